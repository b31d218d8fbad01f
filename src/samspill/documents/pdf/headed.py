"""Tables without lines that a row of column names opens; their columns are told by what stands below it.

Found before running text is put in columns, since many narrow columns look like columns of text. A table may
go on at the top of the next page, with or without its header. Not here: tables whose header nobody knows
(`grids`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from samspill.documents.marks import is_open, leading_label, starts_small
from samspill.documents.pdf.grids import Grid, GridCell, paragraphs_of
from samspill.documents.pdf.words import Segment, joined, parted, rows_of
from samspill.documents.tables import is_column_name

_LONGEST_NAME, _MOST_WORDS = 45, 6  # of a column
_TWO = 2  # columns, which text is set in as often as tables
_BETWEEN = 1.5  # points of white that must be left between two columns
_ALIGNED = 2.0  # points
_SAME_SIZE = 0.08  # of the size
_FARTHEST = 3.2  # heights of a line: more white ends the table
_WIDEST_LEADING = 1.5  # of the size: lines of one cell stand no farther apart where some stand farther
_ROW_STEP = 1.25  # of the distance of lines in a cell: more white parts two rows
_TRAILING = 1.7  # of the widest white between rows: what follows after more is no row of the table
_MARGIN = 0.12  # of the page's height: where running lines stand
_PAGE_NUMBER = re.compile(
    r"(?:side|page|s\.)?\s?[-–]?\s?\d{1,3}\s?(?:(?:av|of|/)\s?\d{1,4})?\s?[-–]?", re.IGNORECASE
)
# The column that says what is done: by the surest of the names it may have
_DOES = (
    re.compile(r"tiltak(?!sans|snr|snummer|\s?nr)|hvordan|korleis|slik|handling", re.IGNORECASE),
    re.compile(r"aktivitet|oppgave|oppgåve|prioriterte tiltak|beskrivelse|skildring", re.IGNORECASE),
    re.compile(r"hva|kva|svar|overføringsverdi", re.IGNORECASE),
)

Row = list[Segment]


@dataclass(frozen=True, slots=True)
class Headed:
    """The columns of a table: from where to where each reaches, and which one says what is done.

    `size` is that of the letters below its header; 0 before it is known.
    """

    columns: tuple[tuple[float, float], ...]
    does: int
    size: float = 0.0


def headed_parts(
    segments: Sequence[Segment], height: float, above: Headed | None
) -> tuple[list[Grid | list[Segment]], Headed | None]:
    """The tables, and the text between them as it stands; the table that reaches the end, or None."""
    rows = rows_of(segments)
    parts: list[Grid | list[Segment]] = []
    text: list[Segment] = []
    last: Headed | None = None
    start = 0
    while start < len(rows):
        is_top = above is not None and all(_is_running(row, height) for row in rows[:start])
        goes_on = is_top and _may_go_on(above, rows[start:], height)
        table = _header(rows[start]) or (above if goes_on else None)
        end, found = _stretch(rows, start, table, height) if table else (start, None)
        is_alone = (
            end - start < 2 and table is not above and not all(_is_running(one, height) for one in rows[end:])
        )
        if found is None or is_alone:
            text += rows[start]
            last = None if not _is_running(rows[start], height) else last
            start += 1
            continue
        above = None if table is above else above
        parts += [text] if text else []
        text = []
        parts.append(_grid(rows[start:end], found))
        last, start = found, end
    return [*parts, *([text] if text else [])], last


def _may_go_on(table: Headed | None, rows: Sequence[Row], height: float) -> bool:
    """The rows at the top of a page are in the letters of the table before it, in several of its columns."""
    if table is None or _widened(table, rows[0]) is None:
        return False
    several = [len(_fitted(row, table)) > 1 for row in rows[:2]]
    if _is_running(rows[0], height) and not several[0]:
        return False
    return any(several) and (several[0] or not rows[0][0].is_bold) and _has_size(table, rows[0])


def _has_size(table: Headed | None, row: Row) -> bool:
    return table is not None and (not table.size or abs(row[0].size - table.size) < _SAME_SIZE * table.size)


def _is_running(row: Row, height: float) -> bool:
    return not _MARGIN * height < row[0].top < (1 - _MARGIN) * height


def _header(row: Row) -> Headed | None:
    names = [segment.text for segment in row]
    if len(names) < 2 or any(len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS for name in names):
        return None
    if len(names) == _TWO and any(name.endswith(":") for name in names):  # they open lists, side by side
        return None
    known = sum(map(is_column_name, names))
    if known < 2 or 2 * known < len(names) or any(leading_label(name) for name in names):
        return None
    does = next((place for sure in _DOES for place, name in enumerate(names) if sure.match(name)), None)
    if does is None:
        return None
    return Headed(tuple((segment.x0, segment.x1) for segment in row), does)


def _stretch(rows: Sequence[Row], start: int, table: Headed, height: float) -> tuple[int, Headed | None]:
    """The place after the last row of the table, and its columns as wide as its rows make them."""
    widest = 0.0
    end, found = start, table
    for place in range(start, len(rows)):
        row = rows[place]
        white = _white(rows[place - 1], row) if place > start else 0.0
        line = row[0].bottom - row[0].top
        if white > _FARTHEST * line or _is_page_number(row, height) or not _has_size(found, row):
            break
        wider = _widened(found, row)
        if wider is None:
            if not _is_title(row, rows[place + 1 : place + 2], found) or white > 2 * line:
                break
        else:
            if len(row) == 1 and place > start + 2 and white > _TRAILING * max(widest, 0.3 * line):
                break
            found = wider if place == start else replace(wider, size=wider.size or row[0].size)
        widest = max(widest, white)
        end = place + 1
    return end, found if end > start else None


def _white(above: Row, below: Row) -> float:
    return min(one.top for one in below) - max(one.bottom for one in above)


def _is_page_number(row: Row, height: float) -> bool:
    return len(row) == 1 and _is_running(row, height) and bool(_PAGE_NUMBER.fullmatch(row[0].text))


def _is_title(row: Row, after: Sequence[Row], table: Headed) -> bool:
    """One text over several columns, at their left edge, with rows of the table right below it."""
    at_left = len(row) == 1 and abs(row[0].x0 - table.columns[0][0]) <= _ALIGNED
    follows = bool(after) and len(after[0]) > 1 and _widened(table, after[0]) is not None
    return at_left and follows and is_open(row[0].text)


def _widened(table: Headed, row: Row) -> Headed | None:
    """The columns when this row belongs to them; None when its text runs over where two columns meet."""
    columns = list(table.columns)
    taken: set[int] = set()
    for segment in _fitted(row, table):
        place = _column(segment, columns)
        if place is None or (place in taken and len(row) > len(columns)):
            return None
        taken.add(place)
        columns[place] = (min(columns[place][0], segment.x0), max(columns[place][1], segment.x1))
    if any(after[0] - before[1] < _BETWEEN for before, after in pairwise(columns)):
        return None
    return replace(table, columns=tuple(columns))


def _fitted(row: Row, table: Headed) -> list[Segment]:
    starts = [x0 for x0, _ in table.columns]
    return [part for segment in row for part in parted(segment, starts)]


def _column(segment: Segment, columns: Sequence[tuple[float, float]]) -> int | None:
    """The one column it stands below; of those it stands below none of, the nearest to its left edge."""
    below = [place for place, (x0, x1) in enumerate(columns) if segment.x0 < x1 and x0 < segment.x1]
    if len(below) > 1:
        aligned = [place for place in below if abs(segment.x0 - columns[place][0]) <= _ALIGNED]
        return aligned[0] if aligned and below[-1] == aligned[0] else None
    if below:
        return below[0]
    return min(range(len(columns)), key=lambda place: abs(columns[place][0] - segment.x0))


def _grid(rows: Sequence[Row], table: Headed) -> Grid:
    groups = _groups([_fitted(row, table) for row in rows], table)
    everything = joined([segment for row in rows for segment in row])
    cells = [_cells(group, table) for group in groups]
    return Grid(cells, everything.top, everything.bottom, everything.x0, everything.x1)


def _groups(rows: Sequence[Row], table: Headed) -> list[list[Row]]:
    """Lines that make one row: parted by white if there is any, else by what they say."""
    leading = _leading(rows, table)
    steps = [min(s.top for s in below) - min(s.top for s in above) for above, below in pairwise(rows)]
    is_spaced = any(step > _ROW_STEP * leading for step in steps)
    groups = [[rows[0]]]
    for row, step in zip(rows[1:], steps, strict=True):
        near = step <= _ROW_STEP * leading if is_spaced else _goes_on(groups[-1], row, table)
        if near and not _is_labelled_row(groups[-1], row, table):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_labelled_row(group: Sequence[Row], row: Row, table: Headed) -> bool:
    """«b) …» under what is done, and something that does not go on beside it, in a row that has its «a)»."""
    here = {_column(segment, table.columns): segment for segment in row}
    above = {_column(segment, table.columns): segment for line in group for segment in line}
    does = here.pop(table.does, None)
    fresh = [segment for place, segment in here.items() if not _continues(above.get(place), segment)]
    return does is not None and leading_label(does.text) is not None and bool(fresh)


def _leading(rows: Sequence[Row], table: Headed) -> float:
    """How far apart lines of one cell stand: the smallest step inside a column."""
    tops: dict[int, list[float]] = {}
    for row in rows:
        for segment in row:
            tops.setdefault(_column(segment, table.columns) or 0, []).append(segment.top)
    steps = [below - above for column in tops.values() for above, below in pairwise(sorted(column))]
    size = rows[0][0].size
    smallest = min((step for step in steps if step > 0.8 * size), default=1.2 * size)
    is_one_distance = max(steps, default=0.0) <= _ROW_STEP * smallest  # of lines, or of rows with one line
    return smallest if is_one_distance or smallest <= _WIDEST_LEADING * size else _WIDEST_LEADING * size


def _goes_on(group: Sequence[Row], row: Row, table: Headed) -> bool:
    """No white tells: a line begins a row when it says something new under what is done, and beside it."""
    above = {_column(segment, table.columns): segment for line in group for segment in line}
    here = {_column(segment, table.columns): segment for segment in row}
    fresh = {place for place, segment in here.items() if not _continues(above.get(place), segment)}
    if any(leading_label(here[place].text) or here[place].is_bold != _is_bold(group) for place in fresh):
        return False
    if fresh and len(group) == 1 and all(is_column_name(segment.text) for segment in group[0]):
        return False  # below the names of the columns
    return table.does not in fresh or not fresh - {table.does}


def _is_bold(group: Sequence[Row]) -> bool:
    return any(segment.is_bold for line in group for segment in line)


def _continues(above: Segment | None, segment: Segment) -> bool:
    return above is not None and is_open(above.text) and starts_small(segment.text)


def _cells(group: Sequence[Row], table: Headed) -> list[GridCell]:
    only = group[0][0] if len(group) == 1 and len(group[0]) == 1 else None
    if only is not None and _column(only, table.columns) is None:
        return [GridCell(0, len(table.columns), [[only.text]], only.is_bold)]
    cells = []
    for column in range(len(table.columns)):
        lines = [
            joined(found)
            for row in group
            if (found := [one for one in row if (_column(one, table.columns) or 0) == column])
        ]
        bold = bool(lines) and all(line.is_bold for line in lines)
        cells.append(GridCell(column, 1, paragraphs_of(lines), bold))
    return cells
