"""The rules by which points of a control chart are more than chance, and what they mean.

NHS England, "Making data count"; `ptd_calculate_point_type` and `ptd_calculate_assurance_type` of
NHSRplotthedots. Points on the mean are on neither side. Whether a point is good or bad is told by its side of
the mean; on the mean itself, by the way its trend goes.
"""

from enum import StrEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from samspill.analysis.rates.checks import Floats

NO_RULE, OUTSIDE, TREND, TWO_OF_THREE, SHIFT = range(5)
RUN = 7  # points that rise, fall or stay on one side
LAST_BIT = 1e-12  # of the largest value: nearer than this to a line is on it

Flags = NDArray[np.bool_]


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class PointKind(StrEnum):
    """What a point says."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


class Assurance(StrEnum):
    """Whether the target is met, were all as it is now: always, never, now and then; or no target."""

    PASS = "consistent_pass"  # noqa: S105 - not a password
    FAIL = "consistent_fail"
    EITHER = "inconsistent"
    NONE = ""


def side_of(points: Floats, line: Floats) -> NDArray[np.int64]:
    """-1 below, 0 on, 1 above the line; what differs by the last bit only is on it."""
    away = points - line
    close = LAST_BIT * np.abs(points).max(axis=1, keepdims=True)
    return np.where(np.abs(away) <= close, 0, np.sign(away)).astype(np.int64)


def rules_of(points: Floats, centre: Floats, half: Floats) -> NDArray[np.int64]:
    """The first rule each point breaks. NaN `half` (no limits): only trend and shift."""
    side = side_of(points, centre)
    unknown = np.isnan(half)
    width = np.where(unknown, np.inf, half)
    outside = (side_of(points, centre + width) > 0) | (side_of(points, centre - width) < 0)
    beyond = (side_of(points, centre + 2 * width / 3) > 0) | (side_of(points, centre - 2 * width / 3) < 0)
    broken = [outside, trend(points), two_of_three(beyond & ~outside, side), shift(side)]
    return np.select(broken, [OUTSIDE, TREND, TWO_OF_THREE, SHIFT], NO_RULE).astype(np.int64)


def trend(points: Floats) -> Flags:
    """Points in a run of seven, each above (or each below) the one before."""
    change = np.sign(np.diff(points, axis=1)).astype(np.int64)
    return _covered(_run(change, RUN - 1), RUN, points.shape)


def shift(side: NDArray[np.int64]) -> Flags:
    """Points in a run of seven on one side of the centre."""
    return _covered(_run(side, RUN), RUN, side.shape)


def two_of_three(near: Flags, side: NDArray[np.int64]) -> Flags:
    """Points near a limit, in three that are all on that side of the centre and two of which are near."""
    if near.shape[1] < 3:
        return np.zeros(near.shape, dtype=bool)
    enough = sliding_window_view(near, 3, axis=1).sum(axis=-1) >= 2
    same = np.abs(sliding_window_view(side, 3, axis=1).sum(axis=-1)) == 3
    return near & _covered(enough & same, 3, near.shape)


def _run(signs: NDArray[np.int64], length: int) -> Flags:
    """Windows of so many ones, or so many minus ones."""
    if signs.shape[1] < length:
        return np.zeros((len(signs), 0), dtype=bool)
    return np.abs(sliding_window_view(signs, length, axis=1).sum(axis=-1)) == length


def _covered(windows: Flags, length: int, shape: tuple[int, ...]) -> Flags:
    """The points of the windows that are flagged; window k begins at point k."""
    flagged = np.zeros(shape, dtype=bool)
    many = windows.shape[1]
    for offset in range(length):
        flagged[:, offset : offset + many] |= windows
    return flagged


def kinds_of(
    points: Floats, rule: NDArray[np.int64], side: NDArray[np.int64], better: Direction
) -> NDArray[np.str_]:
    """What each point says, by its side of the centre."""
    way = np.where(side != 0, side, _way(points))
    if better is Direction.NEUTRAL:
        above, below = PointKind.HIGH, PointKind.LOW
    elif better is Direction.INCREASE:
        above, below = PointKind.IMPROVEMENT, PointKind.CONCERN
    else:
        above, below = PointKind.CONCERN, PointKind.IMPROVEMENT
    return np.where(rule == NO_RULE, str(PointKind.COMMON), np.where(way > 0, str(above), str(below)))


def _way(points: Floats) -> NDArray[np.int64]:
    """Which way the series goes at each point: from the one before, at the first to the next."""
    change = np.sign(np.diff(points, axis=1))
    return np.concatenate([change[:, :1], change], axis=1).astype(np.int64)


def assured(lower: Floats, upper: Floats, target: float, better: Direction) -> NDArray[np.str_]:
    """Of the last segment's limits; "" where there are none or where neither way is better."""
    if better is Direction.NEUTRAL:
        return np.full(len(lower), str(Assurance.NONE))
    up = better is Direction.INCREASE
    above, below = (Assurance.FAIL, Assurance.PASS) if up else (Assurance.PASS, Assurance.FAIL)
    return np.select(
        [np.isnan(lower), target > upper, target < lower],
        [str(Assurance.NONE), str(above), str(below)],
        str(Assurance.EITHER),
    )
