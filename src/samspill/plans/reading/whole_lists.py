"""Lists put together again: lines numbered «A.1» that are items, and items parted at «Ansvar:».

Not here: lists over page breaks (`bullets`), or what a list holds (`weighing_lists`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.details import WORDS_OF_DETAIL
from samspill.plans.reading.words import clean

_LETTERED = re.compile(
    r"(?P<letter>[A-ZÆØÅ])[.\s]?(?P<number>\d{1,2}(?:\.\d{1,2})?)(?:[.:)]|\s?[–-])?\s+(?P<text>\S.*)",
    re.DOTALL,
)
_CUT_OFF = re.compile(rf"(?:^|[\s.,;(]){WORDS_OF_DETAIL}\s?:$", re.IGNORECASE)
_LEAD = re.compile(r"[A-ZÆØÅ][^.:;]{2,60}:")
_LONGEST = 200  # characters of what stands after «Ansvar:» on a line of its own


def with_whole_lists(document: Document) -> Document:
    """The document with such lines as items of lists; the same document when it has none."""
    apart = [one for block in document.blocks for one in _lines_apart(block)]
    blocks = list(_with_lettered(_with_joined(apart)))
    return document if blocks == list(document.blocks) else replace(document, blocks=tuple(blocks))


def _lines_apart(block: Block) -> list[Block]:
    """«A.1 …» and «A.2 …» on lines that were read as one paragraph, and «Effekt:» on the line after them."""
    lines = block.verbatim.split("\n")
    if block.kind is not BlockKind.PARAGRAPH or not _LETTERED.fullmatch(lines[0].strip()):
        return [block]
    parts: list[list[str]] = []
    for line in map(str.strip, lines):
        if not parts or _LETTERED.fullmatch(line) or _LEAD.fullmatch(line):
            parts.append([line])
        else:
            parts[-1].append(line)
    if len(parts) < 2:
        return [block]
    return [replace(block, text=" ".join(part), verbatim="\n".join(part)) for part in parts]


def _with_joined(blocks: Sequence[Block]) -> list[Block]:
    """«… Ansvar:» and «Fastlegene i Gratangen.» on the line below are one item."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if (
            last is not None
            and last.kind is BlockKind.LIST_ITEM
            and block.kind is BlockKind.PARAGRAPH
            and len(block.text) < _LONGEST
            and _CUT_OFF.search(clean(last.text))
        ):
            found[-1] = replace(
                last,
                text=f"{last.text} {block.text}",
                verbatim=f"{last.verbatim}\n{block.verbatim}",
                last_line=block.last_line,
            )
        else:
            found.append(block)
    return found


def _with_lettered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Two or more paragraphs «A.1 …», «A.2 …» with nothing but deeper lists between them are a list."""
    own = _lettered_places(blocks)
    is_below = False
    for place, block in enumerate(blocks):
        if place in own and (found := _LETTERED.fullmatch(block.text)):
            is_below = True
            label = f"{found['letter']}.{found['number']}"
            yield replace(block, kind=BlockKind.LIST_ITEM, level=1, label=label, text=found["text"])
        elif is_below and block.kind is BlockKind.LIST_ITEM:
            yield replace(block, level=min(block.level + 1, 9))
        else:
            is_below = is_below and block.kind is BlockKind.PAGE_BREAK
            yield block


def _lettered_places(blocks: Sequence[Block]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    letter = ""
    for place, block in enumerate(blocks):
        line = _LETTERED.fullmatch(block.text) if block.kind is BlockKind.PARAGRAPH else None
        if line is not None and run and line["letter"] == letter:
            run.append(place)
        elif line is not None:
            run, letter = [place], line["letter"]
        elif block.kind not in (BlockKind.LIST_ITEM, BlockKind.PAGE_BREAK):
            run = []
        if len(run) > 1:
            found |= set(run)
    return found
