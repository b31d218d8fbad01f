"""A paper as PDF/UA-1: tagged, with language, title and bookmarks and its fonts; for archives also PDF/A-2a.

What people have written goes to typst as data (JSON), never as source, so that no text can be a command. The
fonts are those typst brings (Libertinus Serif first); a letter none of them has becomes «□», since a PDF that
everybody can read may not hold what it cannot show.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from samspill.documents.writing.blocks import (
    Band,
    Block,
    Bullets,
    Figure,
    Heading,
    Paper,
    Row,
    Table,
    Text,
    Title,
    lines_of,
    named,
    printable,
)

PDF = "application/pdf"
MISSING = "□"
LOOK = Path(__file__).with_name("paper.typ")
REGIONS = {"nb": "NO", "nn": "NO", "en": "GB"}
_NOT_SHOWN = re.compile(r'the text `"((?:\\.|[^"\\])*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ROUNDS = 4  # a letter may be shown by no font only after another was taken out
# What opens a list when a line begins with it; it stays on the line of the word before.
_OPENS = re.compile(r" (?=(?:[-*+•‣◦●○▪■□–—·➢➤✓✔⁃∙]|\(?\w{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?)(?: |$))")
_LINE = 100  # letters in a line of a table as wide as the page
_LONGEST = 34  # letters of a word that its column makes room for
_EDGES = 3  # letters' width that a column's own margins take


Standard = Literal["ua-1", "a-2a"]
READABLE: tuple[Standard, ...] = ("ua-1",)
ARCHIVED: tuple[Standard, ...] = ("ua-1", "a-2a")
"""PDF/A-2a (ISO 19005-2) keeps for ever; Riksarkivet takes it in."""


def to_pdf(paper: Paper, *, standards: tuple[Standard, ...] = READABLE) -> bytes:
    """The paper as bytes. The same paper always gives the same bytes."""
    figures = [block for block in paper.blocks if isinstance(block, Figure)]
    images = {f"figure-{number}": figure.svg for number, figure in enumerate(figures)}
    return typeset(_look(), _said(paper), images, standards=standards)


def typeset(
    look: bytes,
    paper: Mapping[str, Any],
    images: Mapping[str, str],
    *,
    standards: tuple[Standard, ...] = READABLE,
) -> bytes:
    """What `look` (typst source) makes of `paper` (its data, as JSON) and `images` (SVG by name), as bytes.

    A letter that no font has becomes «□». All that people wrote is in `paper` and `images`.
    """
    said, inputs = json.dumps(paper, ensure_ascii=False), dict(images)
    for _round in range(_ROUNDS):
        try:
            return _compile(look, {**inputs, "paper": said}, standards)
        except typst.TypstError as error:
            missing = _missing(error.diagnostic)
            if not missing:
                raise
            said = _without(said, missing)
            inputs = {key: _without(svg, missing) for key, svg in inputs.items()}
    return _compile(look, {**inputs, "paper": _plain(said)}, standards)


def _compile(look: bytes, inputs: Mapping[str, str], standards: tuple[Standard, ...]) -> bytes:
    return typst.compile(
        look, format="pdf", font_paths=_fonts(), sys_inputs=dict(inputs), pdf_standards=[*standards]
    )


@cache
def _look() -> bytes:
    return LOOK.read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Those typst brings, so that a paper looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False)


def _missing(diagnostic: str) -> set[str]:
    """The letters no font has, of what typst says about them; what they combine with can be shown."""
    texts = (_ESCAPED.sub(_letter, found) for found in _NOT_SHOWN.findall(diagnostic))
    return {letter for text in texts for letter in text if not letter.isascii()}


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}.get(found[2], found[2])


def _without(text: str, missing: Iterable[str]) -> str:
    return text.translate(dict.fromkeys(map(ord, missing), MISSING))


def _plain(text: str) -> str:
    """Only what Latin letters and common signs can say; the last resort."""
    return "".join(letter if letter < "\u0250" or letter in "–—‘’“”•…€□" else MISSING for letter in text)


def _said(paper: Paper) -> dict[str, Any]:
    number = iter(range(len(paper.blocks)))
    blocks = [_block(block, number) for block in _stepwise(paper.blocks)]
    when = paper.made_at
    return {
        "title": named(paper.title),
        "language": paper.language,
        "region": REGIONS.get(paper.language, "NO"),
        "author": printable(paper.author),
        "header": printable(paper.header),
        "footer": printable(paper.footer),
        "page_of": paper.page_of,
        "made": {name: getattr(when, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "blocks": blocks,
    }


def _stepwise(blocks: Iterable[Block]) -> Iterator[Block]:
    """No heading is more than one level below the one before it, as the standard asks."""
    before = 0
    for block in blocks:
        if isinstance(block, Heading):
            before = min(block.level, before + 1)
            yield Heading(block.text, before)
        else:
            yield block


def _block(block: Block, number: Iterator[int]) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": _whole(named(text)), "level": level}
        case Text(text, tone, keep):
            return {"kind": "text", "text": _whole(text), "tone": str(tone), "keep": keep}
        case Bullets(items):
            return {"kind": "bullets", "items": [_whole(item) for item in items]}
        case Table():
            return _table(block)
        case Figure(_svg, _png, alt, source):
            said = {"alt": printable(alt), "source": printable(source)}
            return {"kind": "figure", "svg": f"figure-{next(number)}", **said}
        case Title():
            return {"kind": "title"}


def _table(table: Table) -> dict[str, Any]:
    shares = _widened(table)
    return {
        "kind": "table",
        "head": [_whole(said) for said in table.head],
        "shares": shares,
        "numeric": table.numeric,
        "total": table.total,
        "rows": [_row(row) for row in table.rows],
    }


def _widened(table: Table) -> list[float]:
    """The columns' parts of the width, with room for the longest word of each; the widest one gives."""
    shares = list(table.shares or (1.0,) * len(table.head))
    shares = [share / sum(shares) for share in shares]
    widest = shares.index(max(shares))
    for column, share in enumerate(shares):
        texts = [row.cells[column] for row in table.rows if isinstance(row, Row)]
        word = max((len(word) for text in (table.head[column], *texts) for word in text.split()), default=0)
        lacks = (min(word, _LONGEST) + _EDGES) / _LINE - share
        if lacks > 0 and column != widest and shares[widest] - lacks > share:
            shares[column] += lacks
            shares[widest] -= lacks
    return shares


def _row(row: Row | Band) -> dict[str, Any]:
    if isinstance(row, Band):
        return {"kind": "band", "text": _whole(row.text)}
    return {"kind": "row", "cells": [[_whole(line) for line in lines_of(cell)] for cell in row.cells]}


def _whole(text: str) -> str:
    """Printable; what opens a list is kept away from the start of a line."""
    return _OPENS.sub("\xa0", printable(text))
