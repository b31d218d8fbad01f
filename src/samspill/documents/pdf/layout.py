"""What stands on the pages of a PDF, in reading order: lines of text and grids.

Not here: which lines are the page's and not the text's (`running`), and what a line is (`reader`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from samspill.documents.pdf.columns import reading_order
from samspill.documents.pdf.grids import Grid, ruled_grids, unruled_grids
from samspill.documents.pdf.headed import Headed, headed_parts
from samspill.documents.pdf.source import RawPage
from samspill.documents.pdf.words import Segment, Word, joined, segments_of, words_of

_FEWEST_BESIDE = 3  # lines of text beside a table, to make it one of two columns
_MIDDLE = (0.35, 0.65)  # of the width of what stands on the page


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on its page. `left` and `right` are the edges of its column.

    `is_cut` and `first` as in `words.Segment`.
    """

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
    is_cut: bool = False
    first: float = 0.0


@dataclass(slots=True)
class Page:
    """Lines and grids of one page, in order. A page without them may still show pictures or odd signs.

    `tabled` counts the letters in tables by their size. `ends_in` is the table without lines at its foot.
    """

    number: int
    items: list[Line | Grid]
    shows_something: bool
    tabled: Counter[float] = field(default_factory=Counter)
    ends_in: Headed | None = None
    height: float = 1.0


def page_layout(page: RawPage, number: int, above: Headed | None = None) -> Page:
    """Everything on one page, put in order.

    `above` is the table without lines that the page before this one ended in.
    """
    words = words_of(page)
    grids, rest = ruled_grids(page.tables, words)
    segments = [segment for row in segments_of(rest) for segment in row]
    items: list[Line | Grid] = []
    last: Headed | None = None
    for part in _between(segments, grids):
        if isinstance(part, Grid):
            items.append(part)
            continue
        found, last = headed_parts(part, page.height, above)
        above = None
        for one in found:
            items += [one] if isinstance(one, Grid) else _text_items(one, page.height)
    return Page(number, items, page.shows_something, _tabled(items, words), last, page.height)


def _tabled(items: Sequence[Line | Grid], words: Sequence[Word]) -> Counter[float]:
    """Letters inside tables by their size."""
    counts: Counter[float] = Counter()
    for grid in items:
        if isinstance(grid, Grid):
            for word in words:
                if grid.top <= word.top < grid.bottom and grid.x0 - 1 <= word.x0 < grid.x1:
                    counts[word.size] += len(word.text)
    return counts


def _between(segments: Sequence[Segment], grids: Sequence[Grid]) -> list[list[Segment] | Grid]:
    """Text above, between and below the tables, column by column where tables stand in columns.

    Text beside a table that is in no column is read before it.
    """
    gutter = _gutter_beside(segments, grids)
    if gutter is None:
        return _downwards(segments, grids)
    things: list[Segment | Grid] = [*segments, *grids]
    things.sort(key=lambda one: (one.top, one.x0))
    parts: list[list[Segment] | Grid] = []
    for crosses, band in groupby(things, key=partial(_crosses, gutter)):
        own = list(band)
        sides = (
            [own]
            if crosses
            else [[one for one in own if one.x1 <= gutter], [one for one in own if one.x0 >= gutter]]
        )
        for side in sides:
            parts += _downwards(
                [one for one in side if isinstance(one, Segment)],
                [one for one in side if isinstance(one, Grid)],
            )
    return parts


def _crosses(gutter: float, thing: Segment | Grid) -> bool:
    return thing.x0 < gutter < thing.x1


def _gutter_beside(segments: Sequence[Segment], grids: Sequence[Grid]) -> float | None:
    """The white between a table and the lines of text that stand beside it, near the middle of the page."""
    if not segments:
        return None
    left = min(*(one.x0 for one in segments), *(one.x0 for one in grids), segments[0].x0)
    width = max(*(one.x1 for one in segments), *(one.x1 for one in grids), segments[0].x1) - left
    for grid in grids:
        beside = [one for one in segments if grid.top < one.bottom and one.top < grid.bottom]
        for before, after in (
            ([grid.x1], [one.x0 for one in beside if one.x0 >= grid.x1]),
            ([one.x1 for one in beside if one.x1 <= grid.x0], [grid.x0]),
        ):
            if min(len(before), len(after)) and len(before) + len(after) > _FEWEST_BESIDE:
                place = (max(before) + min(after)) / 2
                if _MIDDLE[0] * width < place - left < _MIDDLE[1] * width:
                    return place
    return None


def _downwards(segments: Sequence[Segment], grids: Sequence[Grid]) -> list[list[Segment] | Grid]:
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
        found.bottom / height, found.is_cut, found.first,
    )  # fmt: skip
