"""What stands on the pages of a PDF, in reading order: lines of text and grids, without running headers.

Not here: what a line is (`reader` makes headings, items and paragraphs of them).
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from samspill.documents.pdf.columns import reading_order
from samspill.documents.pdf.grids import Grid, ruled_grids, unruled_grids
from samspill.documents.pdf.source import RawPage
from samspill.documents.pdf.words import Segment, joined, segments_of, words_of

_MARGIN = 0.12  # of the page's height, at its top and bottom: where running lines stand
_RUNNING_ROWS = 3  # at the top and at the bottom of a page
_RUNNING_SHARE = 0.4  # of the pages (left and right pages may differ)
_PAGE_NUMBER = re.compile(
    r"(?:side|page|s\.)?\s?[-–]?\s?\d{1,3}\s?(?:(?:av|of|/)\s?\d{1,4})?\s?[-–]?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on its page. `left` and `right` are the edges of its column."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    left: float
    right: float
    share: float  # how far down the page, 0–1


@dataclass(slots=True)
class Page:
    """Lines and grids of one page, in order. A page without them may still show pictures or odd signs.

    `tabled` counts the letters in drawn tables by their size.
    """

    number: int
    items: list[Line | Grid]
    shows_something: bool
    tabled: Counter[float] = field(default_factory=Counter)


def page_layout(page: RawPage, number: int) -> Page:
    """Everything on one page, put in order."""
    found = words_of(page)
    grids, words = ruled_grids(page.tables, found)
    outside = set(map(id, words))
    tabled: Counter[float] = Counter()
    for word in found:
        tabled[word.size] += len(word.text) if id(word) not in outside else 0
    segments = [segment for row in segments_of(words) for segment in row]
    items: list[Line | Grid] = []
    for part in _between(segments, grids):
        items += [part] if isinstance(part, Grid) else _text_items(part, page.height)
    return Page(number, items, page.shows_something, tabled)


def drop_running_lines(pages: Sequence[Page]) -> None:
    """Take out, in place, what stands at the top or foot of page after page, and page numbers."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _marginal(page)})
    least = max(2, _RUNNING_SHARE * len(pages))
    for page in pages:
        gone = {
            id(line)
            for line in _marginal(page)
            if counts[_key(line)] >= least or _PAGE_NUMBER.fullmatch(line.text)
        }
        page.items = [item for item in page.items if id(item) not in gone]


def _between(segments: Sequence[Segment], grids: Sequence[Grid]) -> list[list[Segment] | Grid]:
    """Text above, between and below the tables. Text beside a table is read before it."""
    parts: list[list[Segment] | Grid] = []
    rest = list(segments)
    for grid in sorted(grids, key=lambda one: (one.top, one.x0)):
        above = [segment for segment in rest if segment.top < grid.top]
        rest = [segment for segment in rest if segment.top >= grid.top]
        parts += [above, grid]
    return [*parts, rest]


def _text_items(segments: Sequence[Segment], height: float) -> list[Line | Grid]:
    items: list[Line | Grid] = []
    for band in reading_order(segments):
        left, right = min(one.x0 for one in band), max(one.x1 for one in band)
        for part in unruled_grids(band):
            items.append(part if isinstance(part, Grid) else _line(joined(part, "\t"), left, right, height))
    return items


def _line(found: Segment, left: float, right: float, height: float) -> Line:
    return Line(
        found.text, found.x0, found.x1, found.top, found.bottom, found.size, found.is_bold, left, right,
        found.bottom / height,
    )  # fmt: skip


def _marginal(page: Page) -> list[Line]:
    """The outermost lines of a page that stand in its margins."""
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.top)
    top = [line for line in lines[:_RUNNING_ROWS] if line.share < _MARGIN]
    return top + [line for line in lines[-_RUNNING_ROWS:] if line.share > 1 - _MARGIN]


def _key(line: Line) -> tuple[str, int, bool]:
    """What makes two running lines the same: words, size, above or below; numbers may differ."""
    return _DIGITS.sub("#", line.text).casefold(), round(line.size), line.share < _MARGIN
