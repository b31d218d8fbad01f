"""A small curve of an area over the years with the band its limits make, on an axis it shares with others.

Paths for a view box of WIDTH × HEIGHT. A year without a figure is a gap; nothing is drawn over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 160.0, 64.0
ROOM = 4.0  # above and below the outermost values, so that lines are not cut

Mark = tuple[float, float, float] | None
"""(value, lower, upper) of a year, or None."""


@dataclass(frozen=True)
class SmallCurve:
    """`dots` are (x, y) of years with a figure whose neighbours have none."""

    band: str
    stroke: str
    dots: Sequence[tuple[str, str]]
    last: tuple[str, str] | None


def small_curve(marks: Sequence[Mark], low: float, high: float) -> SmallCurve:
    """`marks` in the order of the years; `low` and `high` are the ends of the common axis."""
    step = WIDTH / max(len(marks) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        up = (value - low) / max(high - low, 1e-9)
        return round(place * step, 1), round(HEIGHT - ROOM - (HEIGHT - 2 * ROOM) * up, 1)

    runs = _runs(marks)
    band = ""
    for run in runs:
        upper = [at(place, one[2]) for place, one in run]
        lower = [at(place, one[1]) for place, one in reversed(run)]
        band += f"{_path([*upper, *lower])}Z" if len(run) > 1 else ""
    line = "".join(_path([at(place, one[0]) for place, one in run]) for run in runs if len(run) > 1)
    alone = [at(run[0][0], run[0][1][0]) for run in runs if len(run) == 1]
    last = at(runs[-1][-1][0], runs[-1][-1][1][0]) if runs else None
    return SmallCurve(band, line, [_written(one) for one in alone], _written(last) if last else None)


def _runs(marks: Sequence[Mark]) -> list[list[tuple[int, tuple[float, float, float]]]]:
    """Years with figures that follow each other."""
    found: list[list[tuple[int, tuple[float, float, float]]]] = []
    before = -2
    for place, one in enumerate(marks):
        if one is None:
            continue
        if place != before + 1:
            found.append([])
        found[-1].append((place, one))
        before = place
    return found


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _written(point: tuple[float, float]) -> tuple[str, str]:
    return f"{point[0]:g}", f"{point[1]:g}"
