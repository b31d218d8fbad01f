"""What a paper consists of: plain values that Word and PDF print alike.

All text is text: nothing in it is markup, whatever signs it has. Letters that no document can hold (control
characters, marks that turn the writing direction) are left out by `printable`.
Not here: how a block looks on paper (`word`, `pdf` and `paper.typ`).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import category

# Control characters, lone surrogates, non-characters, the marks that turn or hide text around them, and those
# that only say where a line may end
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"[^\S\xa0\u202f]+")


class Tone(StrEnum):
    """How a paragraph speaks. `LEAD` is the message below the title."""

    BODY = "body"
    LEAD = "lead"
    SLOGAN = "slogan"
    QUIET = "quiet"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Title:
    """Here stands the title of the paper."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 1 to 3; the paper's own title is no heading of these."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `keep`: on the same page as what follows."""

    text: str
    tone: Tone = Tone.BODY
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One text per column; each line of a cell is a paragraph of its own."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A row that is one text over the whole width: what the rows below it serve."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`head` names the columns and is said again on each page. `shares` are the columns' parts of the width.

    caption   what the table shows, for those who hear it
    numeric   the cells after the first are figures, and stand to the right
    total     the last row sums up the others
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row | Band, ...]
    shares: tuple[float, ...] = ()
    numeric: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, told in words in `alt`; `source` is the line below: data set and date.

    `svg` is what a PDF needs, `png` what Word needs; the other may be empty.
    """

    svg: str
    png: bytes
    alt: str
    source: str


Block = Title | Heading | Text | Bullets | Table | Figure
Said = str


@dataclass(frozen=True, slots=True)
class Paper:
    """A4. `language` is "nb", "nn" or "en"; `header` stands above every page, `footer` and its number below.

    page_of  «Side %(page)s av %(pages)s», in the paper's language
    """

    title: str
    language: str
    author: str
    header: str
    footer: str
    page_of: str
    made_at: datetime
    blocks: tuple[Block, ...]


def printable(text: str) -> str:
    """On one line, without what no document can hold. Spaces that do not break stay."""
    return _SPACES.sub(" ", _UNPRINTABLE.sub("", text)).strip()


def named(text: str) -> str:
    """The words of a title or heading; a dash when they show nothing, since a heading must say something."""
    said = printable(text)
    return said if any(category(sign)[0] not in "CZM" for sign in said) else "–"


def lines_of(text: str) -> list[str]:
    """The lines of a cell, each printable; empty ones are left out."""
    return [line for part in text.split("\n") if (line := printable(part))]
