"""Which of many series did something in their last period that chance seldom does, and how seldom.

Only two rules are listened to: the last point outside the limits of those before, and seven on one side of
their mean that became seven with the last; each further rule adds false alarms of its own, which counts when
hundreds of charts are watched (Woodall 2006, Journal of Quality Technology 38). With nine points before, 2.66
moving ranges are crossed by chance ten times as often as they should be; the limits are therefore widened by
Student's t with as many degrees of freedom as moving ranges are worth (0.62 for each; Wheeler 1995, Advanced
Topics in Statistical Process Control): a point is outside by chance at most 27 times of ten thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from samspill.analysis.effects.asked import Floats
from samspill.analysis.rates import Direction, PointKind

SELDOM = 0.0027  # of a point outside three sigma
RUN = 7
FEWEST = RUN  # points before the last
WORTH = 0.62  # degrees of freedom of a moving range
SIGMA = 1.128  # a mean moving range in standard deviations
SETTLED = 60  # points, from where more of them change it no more
TRIED, SEED = 40_000, 19_310_516


class Rule(StrEnum):
    OUTSIDE = "outside"
    SHIFT = "shift"
    FUNNEL = "funnel"


@dataclass(frozen=True)
class Alarm:
    """The last point of a series: the rule it met, what that means, and where it was expected to lie."""

    rule: Rule
    kind: PointKind
    value: float
    centre: float
    lower: float
    upper: float


def alarm_of(values: ArrayLike, better: Direction | str = Direction.NEUTRAL) -> Alarm | None:
    """What the last of `values` (points,) says. None: nothing, no last figure, or fewer than seven before.

    Missing figures (NaN) before the last are left out.
    """
    series = np.asarray(values, dtype=np.float64)
    if series.size == 0 or not np.isfinite(series[-1]):
        return None
    series = series[np.isfinite(series)]
    if len(series) <= FEWEST:
        return None
    centre, lower, upper = (float(one[0]) for one in _limits(series[None, :-1]))
    outside, shift = (bool(one[0]) for one in _rules(series[None, :]))
    if not (outside or shift):
        return None
    kind = kind_of(bool(series[-1] > centre), Direction(better))
    rule = Rule.OUTSIDE if outside else Rule.SHIFT
    return Alarm(rule, kind, float(series[-1]), centre, lower, upper)


def kind_of(is_high: bool, better: Direction) -> PointKind:
    if better is Direction.NEUTRAL:
        return PointKind.HIGH if is_high else PointKind.LOW
    return PointKind.IMPROVEMENT if is_high == (better is Direction.INCREASE) else PointKind.CONCERN


@lru_cache(maxsize=64)
def false_alarms(points: int) -> float:
    """How often a series of so many points in which nothing happens alarms at its last; simulated, seeded.

    For independent values. A series that remembers alarms oftener.
    """
    if points <= FEWEST:
        return 0.0
    made = np.random.default_rng(SEED).normal(size=(TRIED, min(points, SETTLED)))
    outside, shift = _rules(made)
    return float(np.mean(outside | shift))


def by_chance(charts: Sequence[int]) -> float:
    """How many alarms to expect by chance alone of charts with so many points each."""
    return sum(false_alarms(points) for points in charts)


def _rules(rows: Floats) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """(outside, seven on one side and no eighth) of the last point of each row."""
    centre, lower, upper = _limits(rows[:, :-1])
    last = rows[:, -1]
    side = np.sign(rows[:, -RUN - 1 :] - centre[:, None])
    run = np.abs(side[:, 1:].sum(axis=1)) == RUN
    return (last > upper) | (last < lower), run & (side[:, 0] != side[:, -1])


def _limits(before: Floats) -> tuple[Floats, Floats, Floats]:
    many = before.shape[1]
    centre = before.mean(axis=1)
    sigma = np.abs(np.diff(before, axis=1)).mean(axis=1) / SIGMA
    half = float(stdtrit(WORTH * (many - 1), 1 - SELDOM / 2)) * np.sqrt(1 + 1 / many) * sigma
    return centre, centre - half, centre + half
