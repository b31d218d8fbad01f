"""A joint text as the parts a page and a document draw: paragraphs, lists and tables. Plain values.

A table is written with upright strokes, one line for each row; the line of dashes below the first row may be
left out. `<br>` parts lines in a cell. Nothing else in a text is markup.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from samspill.governance.rules.joint_text import paragraphs

_BULLET = re.compile(r"\s*[-*•–o]\s+(?=\S)")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STROKE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Words:
    """A paragraph, on one line."""

    text: str


@dataclass(frozen=True)
class Items:
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table; every row has as many cells as `head`, and a cell's lines are parted by a newline."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Words | Items | Grid


def parts_of(text: str) -> list[Part]:
    """The whole text as parts, in order."""
    return [part for one in paragraphs(text) for part in parts_in(one)]


def parts_in(paragraph: str) -> list[Part]:
    """The parts of one paragraph: mostly one; lines of different kinds right below each other are several."""
    found: list[Part] = []
    for kind, lines in groupby(paragraph.split("\n"), key=_kind):
        found += _drawn(kind, [line.strip() for line in lines])
    return found


def _kind(line: str) -> str:
    if line.strip().startswith("|") and len(_STROKE.findall(line)) > 1:
        return "row"
    return "item" if _BULLET.match(line) else "words"


def _drawn(kind: str, lines: Sequence[str]) -> list[Part]:
    if kind == "item":
        return [Items(tuple(_BULLET.sub("", line, count=1) for line in lines))]
    if kind == "row":
        return [_grid(lines)]
    said = " ".join(line for line in lines if line)
    return [Words(said)] if said else []


def _grid(lines: Sequence[str]) -> Part:
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
    if not rows:
        return Words(" ".join(lines))
    width = max(len(row) for row in rows)
    whole = [(*row, *[""] * (width - len(row))) for row in rows]
    return Grid(whole[0], tuple(whole[1:]))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [_BREAK.sub("\n", cell.replace("\\|", "|")).strip() for cell in _STROKE.split(inner)]
