"""Paragraphs put together again where a page break, a header or a footer has parted a sentence.

Not here: tables over page breaks (`runs`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.plans.reading.drafts import Anchor, anchor_of
from samspill.plans.reading.paragraph_labels import label_of, tells_how_things_are
from samspill.plans.reading.words import PAGE_NUMBER, clean, fold, pattern_of

_SENTENCE_END = re.compile(r"(?:(?<=[a-zæøåA-ZÆØÅ0-9)»”%][.!?])|(?<=[a-zæøå][.!?][»”]))\s+(?=[A-ZÆØÅ«“(])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:f\.?\s?eks|bl\.?\s?a|jf|ca|nr|iht|mfl|m\.?fl|osv|dvs|inkl|kap|pkt|evt|mv|m\.m|St|Meld|Prop|kl"
    r"|avd|[A-ZÆØÅ]))\.$"
)
_BETWEEN = (BlockKind.PAGE_BREAK, BlockKind.FOOTNOTE, BlockKind.CONTENTS)
# «Helsefellesskapet i Nord vil …»: here the title is who the sentence is about
_FINITE = r"(?:skal|vil|må|bør|kan|er|var|har|ble|blir|vert|vart|består|omfatter|omfattar|dekker|dekkjer|og)"
_LONGEST_HEADER = 120  # characters
_FURTHEST = 6  # blocks between the two halves of a sentence
_DIGITS = re.compile(r"\d+")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; «f.eks.», «nr. 3» and «jf. Nasjonal …» do not end one."""
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text that belongs together; `indexes` are the places of its blocks, mostly one."""

    indexes: tuple[int, ...]
    text: str


def passages(document: Document, indexes: Sequence[int]) -> Iterator[Passage]:
    """The paragraphs at `indexes`, in order, those that go on in the next one as one."""
    blocks = document.blocks
    if not indexes:
        return
    noise, header = _noise(blocks), _header(blocks)
    texts = {index: header.sub("", _without_page(document, blocks[index]), count=1) for index in indexes}
    wanted = {index for index in indexes if blocks[index].kind is BlockKind.PARAGRAPH and index not in noise}
    used: set[int] = set()
    for index in sorted(wanted):
        if index in used:
            continue
        chain, text = [index], texts[index]
        while (following := _goes_on(blocks, chain[-1], text, noise, texts)) is not None:
            if following not in wanted:
                break
            chain.append(following)
            text = f"{text} {texts[following]}"
        used |= set(chain)
        yield Passage(tuple(chain), text)


def promising(passage: Passage) -> list[str]:
    """The sentences in which something may be promised, without a label before the first of them."""
    label = label_of(passage.text)
    return [] if tells_how_things_are(label) else sentences(passage.text.removeprefix(label))


def _without_page(document: Document, block: Block) -> str:
    """The text without the page number that was a line of its own before it."""
    text, first = clean(block.text), clean(document.lines[block.line - 1])
    is_number = PAGE_NUMBER.fullmatch(first) and block.last_line > block.line
    return text.removeprefix(first).strip() if is_number else text


def _header(blocks: Sequence[Block]) -> re.Pattern[str]:
    """The title with a page number before the rest of a sentence: a header that was read as running text."""
    title = next((clean(block.text) for block in blocks if block.kind is BlockKind.HEADING), "")
    words = r"\s+".join(map(re.escape, title.split()))
    return (
        re.compile(rf"^{words}\s+(?:(?:side\s)?\d{{1,3}}\s+|(?!{_FINITE}\b))(?=[a-zæøå])")
        if words
        else re.compile(r"(?!)")
    )


def _goes_on(
    blocks: Sequence[Block], index: int, text: str, noise: set[int], texts: Mapping[int, str]
) -> int | None:
    """The paragraph that goes on in the middle of a sentence: a small letter after no full stop."""
    if re.search(r"[.:;?!]\W*$", text):
        return None
    for place in range(index + 1, min(index + _FURTHEST, len(blocks))):
        block = blocks[place]
        if place in noise or block.kind in _BETWEEN:
            continue
        is_rest = block.kind is BlockKind.PARAGRAPH and texts.get(place, "")[:1].islower()
        return place if is_rest else None
    return None


def _noise(blocks: Sequence[Block]) -> set[int]:
    """Page numbers, and lines that are said more than once: headers and footers."""
    short = {
        index: _masked(block)
        for index, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and len(block.text) < _LONGEST_HEADER
    }
    said = Counter(short.values())
    return {
        index
        for index, masked in short.items()
        if PAGE_NUMBER.fullmatch(clean(blocks[index].text))
        or (said[masked] > 1 and _DIGITS.search(blocks[index].text))
    }


def _masked(block: Block) -> str:
    return _DIGITS.sub("#", re.sub(r"[\s\d]+$", "", fold(block.text)))


def anchor_in(document: Document, passage: Passage, text: str) -> Anchor:
    """Where `text` stands; the lines from its first to its last word when it goes over a page break."""
    blocks = [document.blocks[index] for index in passage.indexes]
    if len(blocks) == 1:
        return anchor_of(document, blocks[0], text)
    for block in blocks:
        source = "\n".join(document.lines[block.line - 1 : block.last_line])
        if text in source or pattern_of(text).search(source):
            return anchor_of(document, block, text)
    first, last = blocks[0].line, blocks[-1].last_line
    return Anchor(first, last, "\n".join(document.lines[first - 1 : last]))
