"""Text in columns, put in the order it is read: down the left column, then down the right one.

Here: finding the gutter of running text. Not here: columns of a table without lines (`tables`), which are
read across.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from samspill.documents.marks import leading_label
from samspill.documents.pdf.words import Segment, rows_of

_FEWEST_LINES = 5  # on each side of a gutter
_NARROWEST = 8.0  # points
_STEP = 3.0  # points between the places where a gutter is looked for
_MIDDLE = (0.2, 0.8)  # of the width: where a gutter may lie
_FILLED = 0.75  # of its column, half of the lines of running text are at least this wide
_MARKS = frozenset("•‣◦●○▪■□▢–→")
_MARKED, _FEWEST_MARKED = 0.25, 3  # of the lines in a column of lists; a table may have a list in a cell
_PARTED, _MANY_CELLS = 0.4, 4  # of the lines; in so many parts
_LOPSIDED = 4  # lines on one side for each on the other; more is a note in the margin or a table
_ROW_STEP = 1.25  # of the usual distance between lines
_SAME_HEIGHT = 1.5  # points
_SHARED_STARTS = 0.4  # of the starts, at the same height on both sides: then they are rows of a table
_DEEPEST = 3

Band = list[Segment]


def reading_order(segments: Sequence[Segment], depth: int = 0) -> list[Band]:
    """Bands of segments, each to be read as a column of its own, in order."""
    best = None if depth == _DEEPEST else _best_gutter(segments)
    if best is None:
        return [list(segments)] if segments else []
    bands: list[Band] = []
    for band in _bands(sorted(segments, key=_by_place), best):
        left, right = _sides(band, best)
        if _is_prose(left, right):
            left, below = _parted_below(left, right)
            bands += (
                reading_order(left, depth + 1) + reading_order(right, depth + 1) + ([below] if below else [])
            )
        elif bands and not left and not right:
            bands[-1] += band
        else:
            bands.append(band)
    return bands


def _best_gutter(segments: Sequence[Segment]) -> float | None:
    """The place with most running text on both sides; None when there is none."""
    if len(segments) < 2 * _FEWEST_LINES:
        return None
    x0, x1 = min(one.x0 for one in segments), max(one.x1 for one in segments)
    steps = int((x1 - x0) / _STEP)
    best, most = None, 0
    ordered = sorted(segments, key=_by_place)
    for step in range(int(_MIDDLE[0] * steps), int(_MIDDLE[1] * steps) + 1):
        place = x0 + step * _STEP
        if min(len(side) for side in _sides(ordered, place)) < _FEWEST_LINES:
            continue
        beside = sum(len(band) for band in _bands(ordered, place) if _is_prose(*_sides(band, place)))
        if beside > most:
            best, most = place, beside
    return best


def _by_place(segment: Segment) -> tuple[float, float]:
    return segment.top, segment.x0


def _bands(ordered: Sequence[Segment], gutter: float) -> list[Band]:
    """Divided where a line crosses the gutter; lines that cross make bands of their own."""
    bands: list[Band] = []
    was_crossing = None
    for segment in ordered:
        crosses = segment.x0 < gutter < segment.x1
        if crosses != was_crossing:
            bands.append([])
        bands[-1].append(segment)
        was_crossing = crosses
    return bands


def _sides(band: Sequence[Segment], gutter: float) -> tuple[Band, Band]:
    left = [segment for segment in band if segment.x1 <= gutter]
    right = [segment for segment in band if segment.x0 >= gutter]
    return left, right


def _parted_below(left: Band, right: Band) -> tuple[Band, Band]:
    """The left column, and what stands below both after more white than lines have: a heading, say."""
    rows = rows_of(left)
    tops = [min(one.top for one in row) for row in rows]
    usual = median(below - above for above, below in pairwise(tops))
    end = max(one.bottom for one in right)
    for index in range(1, len(rows)):
        if tops[index] > end and tops[index] - tops[index - 1] > _ROW_STEP * usual:
            return [one for row in rows[:index] for one in row], [one for row in rows[index:] for one in row]
    return left, []


def _is_prose(left: Band, right: Band) -> bool:
    few, many = sorted((len(left), len(right)))
    if few < _FEWEST_LINES or many > _LOPSIDED * few:
        return False
    if min(one.x0 for one in right) - max(one.x1 for one in left) < _NARROWEST:
        return False
    if _cells_beside(left) + _cells_beside(right) >= _MANY_CELLS:
        return False
    is_text = all(_is_filled(column) for column in (left, right)) or all(
        _is_list(one) for one in (left, right)
    )
    return is_text and not _has_rows(left, right)


def _cells_beside(column: Band) -> int:
    """Into how many parts many of its lines are parted; four or more in all are the columns of a table."""
    parts = sorted((len(row) for row in rows_of(column)), reverse=True)
    return parts[int(_PARTED * len(parts))]


def _is_filled(column: Band) -> bool:
    rows = rows_of(column)
    width = max(one.x1 for one in column) - min(one.x0 for one in column)
    return median(row[-1].x1 - row[0].x0 for row in rows) >= _FILLED * width


def _is_list(column: Band) -> bool:
    """Lines that a mark or a label opens, one after the other: short, but text all the same."""
    rows = rows_of(column)
    marked = sum(_is_marked(row[0].text.lstrip()) for row in rows)
    return marked >= _FEWEST_MARKED and marked >= _MARKED * len(rows)


def _is_marked(text: str) -> bool:
    """«• …», «a) …», «2. …»."""
    return text[:1] in _MARKS or leading_label(text) is not None


def _has_rows(left: Band, right: Band) -> bool:
    """After white space both columns begin anew at the same height, again and again: rows of a table."""
    starts, others = _starts(left), _starts(right)
    shared = sum(any(abs(start - other) < _SAME_HEIGHT for other in others) for start in starts)
    return shared >= 2 and shared >= _SHARED_STARTS * min(len(starts), len(others))


def _starts(column: Band) -> list[float]:
    """Where lines stand that have more white above them than lines of one paragraph have."""
    rows = rows_of(column)
    tops = [min(one.top for one in row) for row in rows]
    steps = [below - above for above, below in pairwise(tops)]
    usual = median(steps) if steps else 0.0
    return [top for top, step in zip(tops[1:], steps, strict=True) if step > _ROW_STEP * usual]
