"""Running headers, footers and page numbers, taken out of the pages they stand on.

What comes again on page after page is not furniture for that alone: a goal, or «Innsatsområde 2», may open
many pages. A running line keeps its place on the paper, has that place to itself, stands outermost, and
leaves more white to the text than paragraphs leave between them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samspill.documents.pdf.grids import Grid
from samspill.documents.pdf.layout import Line, Page
from samspill.documents.pdf.letters import HEADING_SIZE, ordinary_size

_MARGIN = 0.12  # of the page's height, at its top and bottom: where running lines stand
_ROWS = 3  # at the top and at the bottom of a page
_SHARE = 0.4  # of the pages (left and right pages may differ)
_SAME_PLACE = 3.0  # points from the edge of the page
_OTHERS = 0.25  # of the pages with the line: so many may have something else in its place, like a title
_WHITE = 1.25  # of the size, between a running line and the text
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:side|page|s\.)?\s?[-–]?\s?\d{1,3}\s?(?:(?:av|of|/)\s?\d{1,4})?\s?[-–]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line at the edge of its page. `distance` in points from that edge, `white` to what stands inside."""

    page: Page
    line: Line
    is_above: bool
    distance: float
    white: float

    @property
    def is_page_number(self) -> bool:
        return bool(_PAGE_NUMBER.fullmatch(self.line.text))


class _Kind(NamedTuple):
    """What makes two running lines the same; numbers may differ."""

    words: str
    size: int
    is_above: bool
    height: int


def drop_running_lines(pages: Sequence[Page]) -> None:
    """Take out, in place, what stands at the top or foot of page after page, and page numbers."""
    edges = [list(_edge(page, is_above=is_above)) for page in pages for is_above in (True, False)]
    running = _running(pages, [row for rows in edges for row in rows])
    gone: set[int] = set()
    for rows in edges:
        gone |= {id(row.line) for row in _outermost(rows, running)}
    for page in pages:
        page.items = [item for item in page.items if id(item) not in gone]


def _edge(page: Page, *, is_above: bool) -> Iterator[_Row]:
    """The lines in one margin of a page, from its edge inwards."""
    items = sorted(page.items, key=lambda item: item.top if is_above else -item.bottom)
    for place, line in enumerate(items[:_ROWS]):
        distance = line.top if is_above else page.height - line.bottom
        is_far = (line.bottom if is_above else page.height - line.bottom) > _MARGIN * page.height
        if isinstance(line, Grid) or is_far:
            return
        inside = items[place + 1] if place + 1 < len(items) else None
        white = (
            (inside.top - line.bottom if is_above else line.top - inside.bottom) if inside else page.height
        )
        yield _Row(page, line, is_above, distance, white)


def _running(pages: Sequence[Page], rows: Sequence[_Row]) -> set[int]:
    """Those that come again in one place that is theirs."""
    size = ordinary_size([item for page in pages for item in page.items if isinstance(item, Line)], pages)
    groups = list(_same_place(rows))
    often = [group for group in groups if len(group) >= _least(pages, group[0])]
    known = {id(row.line) for group in often for row in group}
    known |= {id(row.line) for row in rows if row.is_page_number}
    others = [row for row in rows if id(row.line) not in known]
    return {
        id(row.line)
        for group in often
        for row in group
        if _has_its_place(group, others, pages) and not _counts(group, size)
    }


def _same_place(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """The rows that say the same, as far from the same edge."""
    alike: dict[_Kind, list[_Row]] = defaultdict(list)
    for row in rows:
        words = _DIGITS.sub("#", row.line.text).casefold()
        alike[_Kind(words, round(row.line.size), row.is_above, round(row.page.height))].append(row)
    for same in alike.values():
        group: list[_Row] = []
        for row in sorted(same, key=lambda one: one.distance):
            if group and row.distance - group[-1].distance > _SAME_PLACE:
                yield group
                group = []
            group.append(row)
        yield group


def _least(pages: Sequence[Page], row: _Row) -> float:
    alike = sum(round(page.height) == round(row.page.height) for page in pages)
    return max(2, _SHARE * alike)


def _has_its_place(group: Sequence[_Row], others: Sequence[_Row], pages: Sequence[Page]) -> bool:
    """Other pages have nothing else there: where they have, it is where the text begins."""
    own = group[0]
    reach = own.line.size / 2
    beside = {row.page.number for row in others if row.is_above == own.is_above and _is_at(own, row, reach)}
    beside |= {page.number for page in pages if _table_edge(page, own) < own.distance + reach}
    return len(beside - {row.page.number for row in group}) <= _OTHERS * len(group)


def _is_at(own: _Row, row: _Row, reach: float) -> bool:
    return round(row.page.height) == round(own.page.height) and abs(row.distance - own.distance) < reach


def _table_edge(page: Page, own: _Row) -> float:
    """How far the outermost table stands from the edge that the row stands at."""
    tables = [item for item in page.items if isinstance(item, Grid)]
    edges = [table.top if own.is_above else page.height - table.bottom for table in tables]
    return min(edges, default=page.height)


def _counts(group: Sequence[_Row], size: float) -> bool:
    """«Innsatsområde 1», «Innsatsområde 2»: numbers that do not follow those of the pages, or a heading's."""
    found = [[int(number) for number in _DIGITS.findall(row.line.text)] for row in group]
    changing = [
        [number - row.page.number for number, row in zip(numbers, group, strict=True)]
        for numbers in zip(*found, strict=True)
        if len(set(numbers)) > 1
    ]
    is_heading = any(row.line.is_bold or row.line.size >= HEADING_SIZE * size for row in group)
    return bool(changing) and (is_heading or any(len(set(steps)) > 1 for steps in changing))


def _outermost(rows: Sequence[_Row], running: set[int]) -> list[_Row]:
    """Page numbers, and running lines with nothing outside of them that stays, well away from the text."""
    numbers = [row for row in rows if row.is_page_number]
    stack: list[_Row] = []
    for row in rows:
        if id(row.line) not in running and not row.is_page_number:
            break
        stack.append(row)
    while stack and not stack[-1].is_page_number and stack[-1].white < _WHITE * stack[-1].line.size:
        stack.pop()
    return [*numbers, *stack]
