"""Words and lines of one page: where they stand, how large and how bold they are.

Coordinates are points from the top left corner of the page. Not here: the order of columns (`columns`),
tables (`tables`), paragraphs (`reader`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Protocol, TypeVar

from samspill.documents.marks import leading_label, raised
from samspill.documents.markup import visible
from samspill.documents.pdf.source import RawPage

_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd\b", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})\.?")
_SIGN_FONT = re.compile(r"dingbats|wingdings|webdings", re.IGNORECASE)  # their «n» is a square
_UNMAPPED = re.compile(r"\(cid:\d{1,6}\)")
_LIGATURES = {ord(sign): text for sign, text in zip("ﬀﬁﬂﬃﬄ", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)}
_SMALLEST = 2.0  # points; smaller text is not meant for people
_RAISED_SIZE = 0.8  # of the line's size
_RAISED_REACH = 0.4  # of the size, from a word to the mark of its footnote
_TOUCHING = 0.12  # of the size: words this close are one word that changes font
_COLUMN_GAP = 0.4  # of the size: what parts two columns where they are known to be; a space is about 0.28
_ALIGNED = 1.5  # points that words at the left edge of a column may differ
_WIDE_GAP = 1.0  # of the size: words this far apart do not belong to one sentence
_ALIKE = 0.6  # of the height: how much of a word must stand beside a line to be in it
_OVERLAP = 1.0  # points that letters may reach into the next word
_BULLET_SIZES = (1.5, 7.0)  # points
_BULLET_REACH = 36.0  # points from a drawn bullet to its text
_MOST_BULLETS = 500  # on one page; more small shapes are a chart
_LATEST = 4  # rows that a word further right may still belong to: columns need not share their lines


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    is_cut: bool = False
    is_led: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line without a wide gap between them; several make a line, or cells of a row.

    is_cut  no space follows the last word, by a program that would have written one
    first   how wide the first word is, in points; 0 after a space that was carried to this line
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    words: tuple[Word, ...] = ()
    is_cut: bool = False
    first: float = 0.0


class Ended(Protocol):
    """A line, in a paragraph or in a cell."""

    @property
    def text(self) -> str: ...
    @property
    def x1(self) -> float: ...
    @property
    def is_cut(self) -> bool: ...
    @property
    def first(self) -> float: ...


Placed = TypeVar("Placed", Word, Segment)


def words_of(page: RawPage) -> list[Word]:
    """The upright words of a page, and bullets that are drawn rather than written."""
    found = (_word(one) for one in page.words if one.get("upright", True) and one["size"] >= _SMALLEST)
    words = [word for word in found if word.text]
    return words + _drawn_bullets(page.shapes, words)


def _drawn_bullets(shapes: Sequence[dict[str, Any]], words: Sequence[Word]) -> list[Word]:
    """Browsers draw the bullets of a list as small discs and squares: words right after, none before."""
    small = [shape for shape in shapes if _is_small(shape)]
    if len(small) > _MOST_BULLETS:
        return []
    bullets = []
    for shape in small:
        middle = (shape["top"] + shape["bottom"]) / 2
        beside = [word for word in words if word.top <= middle <= word.bottom]
        after = [word for word in beside if 0 <= word.x0 - shape["x1"] <= _BULLET_REACH]
        before = any(0 <= shape["x0"] - word.x1 <= _BULLET_REACH for word in beside)
        if after and not before:
            size = after[0].size
            bullets.append(
                Word("•", shape["x0"], shape["x1"], shape["top"], shape["bottom"], size, after[0].is_bold)
            )
    return bullets


def _is_small(shape: dict[str, Any]) -> bool:
    width, height = shape["x1"] - shape["x0"], shape["bottom"] - shape["top"]
    least, most = _BULLET_SIZES
    return least <= width <= most and least <= height <= most and abs(width - height) < least


def segments_of(words: Iterable[Word]) -> list[list[Segment]]:
    """Rows of segments, from top to bottom and left to right."""
    return [_segments(row) for row in rows_of(words)]


def joined(segments: Sequence[Segment], between: str = " ") -> Segment:
    """One line of several segments."""
    sizes = [segment.size for segment in segments for _ in segment.text]
    return Segment(
        between.join(segment.text for segment in segments),
        min(segment.x0 for segment in segments),
        max(segment.x1 for segment in segments),
        min(segment.top for segment in segments),
        max(segment.bottom for segment in segments),
        median(sizes),
        all(segment.is_bold for segment in segments),
        is_cut=segments[-1].is_cut,
        first=segments[0].first,
    )


def is_divided(above: Ended, below: Ended, right: float) -> bool:
    """The last word of the line above goes on below: it is cut off, and there was no room for more of it.

    `right` is the edge of their column. A line ended by hand leaves room, and a hyphen speaks for itself.
    """
    return above.is_cut and not above.text.endswith("-") and right - above.x1 < below.first


def _word(found: dict[str, Any]) -> Word:
    # A sign that stands alone and has no letter to it is a bullet
    is_sign = len(found["text"]) == 1 and _SIGN_FONT.search(str(found["fontname"]))
    said = _UNMAPPED.sub("", "•" if is_sign or _UNMAPPED.fullmatch(found["text"]) else found["text"])
    text = visible(said.translate(_LIGATURES)).strip()
    is_bold = bool(_BOLD.search(str(found["fontname"])))
    size = round(float(found["size"]), 1)
    return Word(
        text,
        found["x0"],
        found["x1"],
        found["top"],
        found["bottom"],
        size,
        is_bold,
        found.get("is_cut", False),
        found.get("is_led", False),
    )


def rows_of(things: Iterable[Placed]) -> list[list[Placed]]:
    """Words or segments that stand side by side, from top to bottom and left to right."""
    rows: list[list[Placed]] = []
    tallest: list[Placed] = []  # of each row
    for thing in sorted(things, key=lambda one: (one.top, one.x0)):
        place = _row_beside(thing, rows, tallest)
        if place is None:
            rows.append([thing])
            tallest.append(thing)
        else:
            rows[place].append(thing)
            if thing.bottom - thing.top > tallest[place].bottom - tallest[place].top:
                tallest[place] = thing
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _row_beside(thing: Placed, rows: list[list[Placed]], tallest: list[Placed]) -> int | None:
    """Of the latest rows that are mostly at its height, and have nothing where it is, the nearest one."""
    best, most = None, 0.0
    for place in range(max(len(rows) - _LATEST, 0), len(rows)):
        shared = _shared(thing, tallest[place])
        if shared >= _ALIKE and (best is None or shared > most) and _has_room(thing, rows[place]):
            best, most = place, shared
    return best


def _has_room(thing: Placed, row: Sequence[Placed]) -> bool:
    right = thing.x1 - _OVERLAP
    return not any(thing.x0 < other.x1 - _OVERLAP and other.x0 < right for other in row)


def _shared(one: Placed, other: Placed) -> float:
    """How much of the lower of the two stands at the height of the other, 0–1."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.bottom - one.top, other.bottom - other.top), 0.1)


def _segments(row: Sequence[Word]) -> list[Segment]:
    groups: list[list[Word]] = []
    for word in row:
        size = max(word.size, *(one.size for one in groups[-1])) if groups else word.size
        gap = word.x0 - groups[-1][-1].x1 if groups else 0.0
        is_label = bool(groups) and _is_label(_text(groups[-1], size))
        if groups and (gap <= _WIDE_GAP * size or (is_label and len(groups[-1]) == 1)):
            groups[-1].append(word)
        else:
            groups.append([word])
    # What is small beside a heading in the next column is no mark of a footnote
    return [_segment(group, max(word.size for word in group)) for group in groups]


def _is_label(text: str) -> bool:
    """«a)», «2.1», «•»; but «31.12.23» is a day, and may stand in a column of its own."""
    return not _DAY.fullmatch(text) and leading_label(f"{text} x") is not None


def _segment(words: Sequence[Word], size: float) -> Segment:
    main = [word for word in words if word.size > _RAISED_SIZE * size] or words
    return Segment(
        _text(words, size),
        words[0].x0,
        words[-1].x1,
        min(word.top for word in main),
        max(word.bottom for word in main),
        median([word.size for word in main for _ in word.text]),
        all(word.is_bold for word in main),
        tuple(words),
        words[-1].is_cut,
        0.0 if words[0].is_led else words[0].x1 - words[0].x0,
    )


def parted(segment: Segment, starts: Sequence[float]) -> list[Segment]:
    """The segment divided before words that stand where columns start, after more white than a space."""
    groups: list[list[Word]] = [[]]
    for before, word in zip((None, *segment.words), segment.words, strict=False):
        aligned = any(abs(word.x0 - start) <= _ALIGNED for start in starts)
        if before is not None and aligned and word.x0 - before.x1 >= _COLUMN_GAP * word.size:
            groups.append([])
        groups[-1].append(word)
    return [_segment(group, segment.size) for group in groups] if len(groups) > 1 else [segment]


def _text(words: Sequence[Word], size: float) -> str:
    text = ""
    for before, word in zip((None, *words), words, strict=False):
        said, reach = word.text, _TOUCHING
        if before and word.size <= _RAISED_SIZE * size and said.isascii() and said.isdigit():
            said, reach = raised(said), _RAISED_REACH
        touching = before is not None and word.x0 - before.x1 < reach * size
        text += said if before is None or touching else f" {said}"
    return text
