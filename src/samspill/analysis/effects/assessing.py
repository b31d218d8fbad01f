"""Put together: the series alone, against others, what was expected, and the verdict."""

from dataclasses import dataclass

import numpy as np

from samspill.analysis.effects.asked import Asked, Floats
from samspill.analysis.effects.comparing import Compared, Ratio, compare
from samspill.analysis.effects.own import Own, own_series
from samspill.analysis.effects.verdicts import (
    Basis,
    Evidence,
    Smallest,
    Verdict,
    smallest_seen,
    verdict_of,
)
from samspill.analysis.rates import Direction

FEWEST_FOR_HALVES = 4  # periods before, so that their two halves can be compared
WAYS = {Direction.DECREASE: -1, Direction.INCREASE: 1, Direction.NEUTRAL: 0}


@dataclass(frozen=True)
class Assessed:
    """Whether a measure moved an indicator.

    verdict, basis, ratio  what is said, what it rests on, and the rate ratio it speaks of (None: nothing)
    smallest       the smallest change that would have been seen eight times of ten; None without a ratio
    expected       (periods,) the expectation: the level before, a straight line from the start to the period
                   it is expected by, that value from then on; NaN before the start, or without one
    expected_ratio what it makes on average over the periods since the start, over the level before
    compared, before  against others; and the same for the two halves of what is before the start, which
                   should be 1 (None: fewer than four periods before, so it cannot be checked)
    """

    asked: Asked
    verdict: Verdict
    basis: Basis
    ratio: Ratio | None
    smallest: Smallest | None
    own: Own
    compared: Compared | None
    before: Compared | None
    expected: Floats
    expected_ratio: float | None
    is_due: bool

    @property
    def pre_trend_p(self) -> float | None:
        return None if self.before is None else self.before.ratio.p


def assess(asked: Asked) -> Assessed:
    """Refuses what does not fit together when `Asked` is made; whatever cannot be told is a verdict."""
    own = own_series(asked)
    many = len(asked.periods)
    compared, before = None, None
    if asked.others and own.after and asked.before >= FEWEST_FOR_HALVES:
        compared = compare(asked.reached, asked.others, slice(0, asked.before), slice(asked.after, many))
        half = asked.before // 2
        before = compare(asked.reached, asked.others, slice(0, half), slice(half, asked.before))
    line, ratio = _expected(asked, own)
    is_due = asked.expected is None or asked.periods[-1] >= asked.expected.by
    evidence = Evidence(own, compared, before, ratio, _way(asked, own), is_due, _is_broken(asked))
    verdict, basis, told = verdict_of(evidence)
    shown = told or (compared.ratio if compared else None)
    smallest = smallest_seen(shown) if shown else None
    return Assessed(asked, verdict, basis, told, smallest, own, compared, before, line, ratio, is_due)


def _expected(asked: Asked, own: Own) -> tuple[Floats, float | None]:
    line = np.full(len(asked.periods), np.nan)
    if asked.expected is None or not np.isfinite(own.baseline) or own.baseline <= 0 or not asked.before:
        return line, None
    start, end = asked.periods[asked.before - 1], asked.expected.by
    goal = asked.expected.at_end(own.baseline)
    for place in range(asked.before - 1, len(asked.periods)):
        gone = 1.0 if end <= start else min(1.0, (asked.periods[place] - start) / (end - start))
        line[place] = own.baseline + gone * (goal - own.baseline)
    since = line[asked.after :]
    return line, float(since.mean() / own.baseline) if len(since) else None


def _way(asked: Asked, own: Own) -> int:
    """Which way is wanted: that of the expectation, else the better one."""
    if asked.expected is not None and np.isfinite(own.baseline):
        goal = asked.expected.at_end(own.baseline)
        if goal != own.baseline:
            return -1 if goal < own.baseline else 1
    return WAYS[Direction(asked.better)]


def _is_broken(asked: Asked) -> bool:
    """Whether the counting changed between before and after, so that the series alone cannot tell."""
    if not asked.before or asked.after >= len(asked.periods):
        return False
    first, last = asked.periods[asked.before - 1], asked.periods[-1]
    return any(first < period <= last for period in asked.breaks)
