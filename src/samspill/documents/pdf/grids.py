"""Tables on a PDF page: those drawn with lines, and those whose text merely stands in columns.

A grid holds lines of text per cell; `reader` turns them into rows. A cell merged with the one above comes out
empty.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from samspill.documents.contents import contents_entry
from samspill.documents.joining import DIVIDED
from samspill.documents.marks import is_open, leading_label, starts_small
from samspill.documents.pdf.source import Box, DrawnTable
from samspill.documents.pdf.words import Segment, Word, is_divided, joined, parted, rows_of, segments_of

_FEWEST_ROWS = 3
_NARROWEST = 6.0  # points of white between two columns without lines
_SAME_EDGE = 1.5  # points
_FARTHEST = 3.0  # heights of a line between two rows of one table
_ROW_STEP = 1.25  # of the smallest distance between lines: a larger one parts two rows
_NEW_PARAGRAPH = 0.6  # of the height: white that parts two paragraphs in a cell
_TRAILING = 1.6  # of the ordinary white: what follows after more is no row of the table


@dataclass(slots=True)
class GridCell:
    """Lines of one cell. Lines that begin a paragraph in it are parts of their own."""

    column: int
    spans: int = 1
    parts: list[list[str]] = field(default_factory=list)
    is_bold: bool = False


@dataclass(slots=True)
class Grid:
    """A table on one page. `top` and `bottom` in points, to keep it in order with the text."""

    rows: list[list[GridCell]]
    top: float
    bottom: float
    x0: float
    x1: float


def ruled_grids(tables: Iterable[DrawnTable], words: Sequence[Word]) -> tuple[list[Grid], list[Word]]:
    """Tables drawn with lines, and the words that stand in none. A frame around text is no table."""
    grids, rest = list[Grid](), list(words)
    for table in tables:
        inside = [word for word in rest if _stands_in(word, table.box)]
        rows = [_row(boxes, table.columns, inside) for boxes in table.rows]
        filled = [row for row in rows if any(cell.parts for cell in row)]
        if len({cell.column for row in filled for cell in row if cell.parts}) < 2:
            continue
        x0, top, x1, bottom = table.box
        grids.append(Grid(filled, top, bottom, x0, x1))
        taken = set(map(id, inside))
        rest = [word for word in rest if id(word) not in taken]
    return grids, rest


def _row(boxes: Sequence[Box | None], columns: Sequence[float], words: Sequence[Word]) -> list[GridCell]:
    cells: list[GridCell] = []
    covered = 0  # columns up to this one are covered by the cell to the left
    for column, box in enumerate(boxes):
        if box is not None:
            spans = max(1, sum(box[0] <= place < box[2] - 1 for place in columns))
            covered = column + spans
            cells.append(_cell(column, spans, [word for word in words if _stands_in(word, box)], box))
        elif column >= covered:
            cells.append(GridCell(column))
    return cells


def _stands_in(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _cell(column: int, spans: int, words: Sequence[Word], box: Box) -> GridCell:
    lines = [joined(row) for row in segments_of(words)]
    margin = min((line.x0 for line in lines), default=0.0) - box[0]
    parts = paragraphs_of(lines, box[2] - margin)
    return GridCell(column, spans, parts, bool(words) and all(word.is_bold for word in words))


def paragraphs_of(lines: Sequence[Segment], right: float = math.inf) -> list[list[str]]:
    """The lines of a cell, grouped: a label or white space begins a new paragraph.

    `right` is the edge the lines may reach, where it is known: words divided there are marked (`DIVIDED`).
    """
    parts: list[list[str]] = []
    before: Segment | None = None
    for line in lines:
        gap = line.top - before.bottom if before else 0.0
        found = leading_label(line.text)
        labelled = found is not None and not (found.numbered and starts_small(found.rest))
        if before and gap <= line.bottom - line.top and is_divided(before, line, right):
            parts[-1][-1] += DIVIDED
        elif before is None or labelled or gap > _NEW_PARAGRAPH * (line.bottom - line.top):
            parts.append([])
        parts[-1].append(line.text)
        before = line
    return parts


# Without lines


def unruled_grids(band: Sequence[Segment]) -> list[Grid | list[Segment]]:
    """The rows of a band in order: stretches that stand in columns as grids, others as they are."""
    rows = rows_of(band)
    starts = _column_starts(rows)
    found: list[Grid | list[Segment]] = []
    start = 0
    while start < len(rows):
        stretch = _stretch(rows, start, starts)
        grid = _grid(stretch) if stretch else None
        if grid is None:
            found.append(rows[start])
            start += 1
        else:
            found.append(grid)
            start += len(stretch)
    return found


def _column_starts(rows: Sequence[list[Segment]]) -> list[float]:
    """Left edges that several rows share after a wide gap."""
    edges = sorted(segment.x0 for row in rows for segment in row[1:])
    return sorted({edge for edge, later in pairwise(edges) if later - edge <= _SAME_EDGE})


def _stretch(rows: Sequence[list[Segment]], start: int, starts: Sequence[float]) -> list[list[Segment]]:
    """The rows from `start` on that leave white between the same columns; empty when they are no table."""
    if len(rows[start]) < 2:
        return []
    stretch = [_fitted(rows[start], starts)]
    taken = _spans(stretch[0])
    for row in rows[start + 1 :]:
        fitted = _fitted(row, starts)
        taken = _merged([*taken, *_spans(fitted)])
        is_below = len(fitted) == 1 and _is_apart(stretch, fitted)
        if len(taken) < 2 or is_below or not _is_near(stretch[-1], fitted):
            break
        stretch.append(fitted)
    several = sum(len(row) > 1 for row in stretch)
    return stretch if several >= _FEWEST_ROWS and not _is_contents(stretch) else []


def _fitted(row: Sequence[Segment], starts: Sequence[float]) -> list[Segment]:
    return [part for segment in row for part in parted(segment, starts)]


def _spans(row: Iterable[Segment]) -> list[tuple[float, float]]:
    return [(segment.x0, segment.x1) for segment in row]


def _merged(spans: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What the spans cover together; white narrower than a gutter counts as covered."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(spans):
        if merged and x0 - merged[-1][1] < _NARROWEST:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _is_near(above: Sequence[Segment], below: Sequence[Segment]) -> bool:
    return _white(above, below) < _FARTHEST * (above[0].bottom - above[0].top)


def _is_apart(stretch: Sequence[list[Segment]], row: Sequence[Segment]) -> bool:
    """More white above this row than is usual in the stretch: a heading or a text below the table."""
    white = [_white(above, below) for above, below in pairwise(stretch)]
    height = row[0].bottom - row[0].top
    return bool(white) and _white(stretch[-1], row) > _TRAILING * max(median(white), 0.3 * height)


def _white(above: Sequence[Segment], below: Sequence[Segment]) -> float:
    return min(one.top for one in below) - max(one.bottom for one in above)


def _is_contents(rows: Sequence[list[Segment]]) -> bool:
    several = [row for row in rows if len(row) > 1]
    return all(len(row) == 2 and contents_entry(joined(row, "\t").text) for row in several)


def _grid(rows: Sequence[list[Segment]]) -> Grid | None:
    columns = _together(rows, _merged([span for row in rows for span in _spans(row)]))
    if len(columns) < 2:
        return None
    groups = _groups(rows, columns)
    cells = [_unruled_row(group, columns) for group in groups]
    everything = joined([segment for row in rows for segment in row])
    return Grid(cells, everything.top, everything.bottom, everything.x0, everything.x1)


def _together(rows: Sequence[list[Segment]], columns: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Columns that no row fills both of are one: a word set to the left above figures set to the right."""
    index = 1  # the first column may well be empty wherever the second is not
    while index + 1 < len(columns):
        both = {index, index + 1}
        if any(both <= {_column(segment, columns) for segment in row} for row in rows):
            index += 1
        else:
            columns = [*columns[:index], (columns[index][0], columns[index + 1][1]), *columns[index + 2 :]]
    return columns


def _groups(
    rows: Sequence[list[Segment]], columns: Sequence[tuple[float, float]]
) -> list[list[list[Segment]]]:
    """Lines that make one row of the table: parted by white space if there is any, else by what they say."""
    tops = [min(segment.top for segment in row) for row in rows]
    steps = [below - above for above, below in pairwise(tops)]
    smallest = min(steps)
    is_spaced = any(step > _ROW_STEP * smallest for step in steps)
    groups = [[rows[0]]]
    for row, step in zip(rows[1:], steps, strict=True):
        wraps = step <= _ROW_STEP * smallest if is_spaced else _wraps(groups[-1][-1], row, columns)
        if wraps:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _wraps(above: Sequence[Segment], row: Sequence[Segment], columns: Sequence[tuple[float, float]]) -> bool:
    """Each cell of this line goes on with the one above it."""
    before = {_column(segment, columns): segment for segment in above}
    for segment in row:
        over = before.get(_column(segment, columns))
        if (
            leading_label(segment.text)
            or over is None
            or not (is_open(over.text) and starts_small(segment.text))
        ):
            return False
    return True


def _column(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    return next(index for index, (x0, x1) in enumerate(columns) if x0 <= segment.x0 <= x1)


def _unruled_row(group: Sequence[list[Segment]], columns: Sequence[tuple[float, float]]) -> list[GridCell]:
    cells = []
    for column in range(len(columns)):
        lines = [
            joined(found)
            for row in group
            if (found := [one for one in row if _column(one, columns) == column])
        ]
        cells.append(
            GridCell(column, 1, paragraphs_of(lines), bool(lines) and all(line.is_bold for line in lines))
        )
    return cells
