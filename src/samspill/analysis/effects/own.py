"""The series of those it reaches, by itself: its chart, its own trend, and whether it began from a high.

The limits are those of the periods before, and stand still after (Wheeler 2000, Understanding Variation).
Against its own trend: segmented regression (Wagner et al. 2002, Journal of Clinical Pharmacy and Therapeutics
27; Bernal, Cummins & Gasparrini 2017, International Journal of Epidemiology 46). With eight periods on each
side the level and the slope may both change, and errors that remember the period before are allowed for
(Prais & Winsten 1954, or Newey & West 1987); with fewer only the level, with the slope held. So few periods
do not show what the series remembers, so the interval is then of 99 per cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import stdtrit

from samspill.analysis.appraisal import Errors, Interruption, interrupted_series
from samspill.analysis.effects.asked import Area, Asked, Floats, together
from samspill.analysis.effects.comparing import Ratio, ratio_of
from samspill.analysis.rates import Chart, spc_xmr
from samspill.analysis.rates import trend as trend_of
from samspill.refusal import Refused

FEWEST_FOR_LIMITS = 6  # periods before; below twelve the limits are provisional
FEWEST_BEFORE, FEWEST_AFTER = 5, 2  # for its own trend with a step
LONG = 8  # on each side, for a change of slope
SURE = 0.99  # of a step in a short series
HIGH = 2 / 3  # of the way to a limit, or the most extreme of at least four


class OwnWay(StrEnum):
    """How its own trend was allowed for."""

    LEVEL = "level"
    LEVEL_AND_SLOPE = "level_and_slope"


@dataclass(frozen=True)
class Own:
    """The series alone.

    periods, values   those that are there and counted alike
    before, after     how many of them are before, and how many after the start
    baseline          the mean before; NaN without periods before
    chart             with the limits of before; None with fewer than six before or none after
    since             rules that points after the start break, as (period, rule, kind)
    ratio             against its own trend; None when there are too few periods
    interrupted       the whole regression, on the logarithm, where the series is long
    began_bad         the last period before was the worst of them, or near a limit: the next would most
                      likely have been better anyhow (regression to the mean)
    """

    periods: tuple[int, ...]
    values: Floats
    before: int
    after: int
    baseline: float
    chart: Chart | None
    since: tuple[tuple[int, int, str], ...]
    ratio: Ratio | None
    way: OwnWay | None
    interrupted: Interruption | None
    began_bad: bool


def own_series(asked: Asked) -> Own:
    values = together(asked.reached)
    first = _first_alike(asked)
    there = [place for place in range(first, len(values)) if np.isfinite(values[place])]
    before = [place for place in there if place < asked.before]
    after = [place for place in there if place >= asked.after]
    base = values[before]
    chart = _chart(values[there], len(before), asked) if after else None
    since = _since(chart, there, after, asked.periods)
    ratio, way, interrupted = _against_its_trend(asked, values, before, after)
    return Own(
        tuple(asked.periods[place] for place in there),
        values[there],
        len(before),
        len(after),
        float(base.mean()) if before else float("nan"),
        chart,
        since,
        ratio,
        way,
        interrupted,
        _began_bad(base, asked),
    )


def _first_alike(asked: Asked) -> int:
    """The place of the first period counted as the last one is."""
    breaks = [period for period in asked.breaks if period <= asked.periods[-1]]
    return sum(period < max(breaks) for period in asked.periods) if breaks else 0


def _chart(values: Floats, before: int, asked: Asked) -> Chart | None:
    if before < FEWEST_FOR_LIMITS:
        return None
    return spc_xmr(values, improvement=asked.better, baseline=before, minimum_points=FEWEST_FOR_LIMITS)


def _since(
    chart: Chart | None, there: Sequence[int], after: Sequence[int], periods: Sequence[int]
) -> tuple[tuple[int, int, str], ...]:
    if chart is None:
        return ()
    return tuple(
        (periods[place], int(chart.rule[at]), str(chart.kind[at]))
        for at, place in enumerate(there)
        if place in after and chart.rule[at]
    )


def _against_its_trend(
    asked: Asked, values: Floats, before: list[int], after: list[int]
) -> tuple[Ratio | None, OwnWay | None, Interruption | None]:
    used = before + after
    whole = bool(used) and used == list(range(used[0], used[-1] + 1)) and bool(np.all(values[used] > 0))
    if whole and min(len(before), len(after)) >= max(LONG, asked.a_year if asked.a_year > 1 else 0):
        found = _interrupted(np.log(values[used]), len(before), asked.a_year)
        if found is not None:
            change = found.average
            free = len(used) - 4 - (4 if asked.a_year > 1 else 0)
            error = (change.high - change.estimate) / float(stdtrit(free, 0.975))
            return ratio_of(change.estimate, error, free), OwnWay.LEVEL_AND_SLOPE, found
    if len(before) >= FEWEST_BEFORE and len(after) >= FEWEST_AFTER and bool(np.all(values[used] > 0)):
        ratio = _step(asked.reached, values, used, len(before))
        return ratio, OwnWay.LEVEL if ratio else None, None
    return None, None, None


def _interrupted(logs: Floats, start: int, a_year: int) -> Interruption | None:
    for errors in (Errors.PRAIS_WINSTEN, Errors.NEWEY_WEST):
        try:
            return interrupted_series(logs, start, season=a_year if a_year > 1 else None, errors=errors)
        except Refused:
            continue
    return None


def _step(reached: Sequence[Area], values: Floats, used: list[int], before: int) -> Ratio | None:
    """The step over its own trend: of the counts where these are known, else of the value's logarithm."""
    times = np.array(used, dtype=np.float64)
    counts, people = _sums(reached, "counts"), _sums(reached, "populations")
    if counts is not None and people is not None and np.all(np.isfinite(counts[used])):
        try:
            found = trend_of(counts[used], people[used], times=times, breaks=(times[before],))
        except Refused:
            return None
        step, free = found.steps[0], len(used) - 3
        if not np.isfinite(step.value):
            return None
        error = float(np.log(step.upper / step.value) / stdtrit(free, 0.975))
        return ratio_of(float(np.log(step.value)), error, free, SURE)
    design = np.column_stack([np.ones(len(used)), times - times[0], times >= times[before]])
    return _least_squares(design.astype(np.float64), np.log(values[used]))


def _sums(reached: Sequence[Area], name: str) -> Floats | None:
    parts = [getattr(area, name) for area in reached]
    return None if any(part is None for part in parts) else np.asarray(np.sum(parts, axis=0))


def _least_squares(design: Floats, logs: Floats) -> Ratio:
    bread = np.linalg.inv(design.T @ design)
    found = bread @ design.T @ logs
    free = len(logs) - design.shape[1]
    variance = float(((logs - design @ found) ** 2).sum()) / free
    return ratio_of(float(found[2]), float(np.sqrt(variance * bread[2, 2])), free, SURE)


def _began_bad(base: Floats, asked: Asked) -> bool:
    """Whether the last period before was far out on the side from which one wants to come."""
    if len(base) < 4 or asked.better == "neutral":
        return False
    bad = base if asked.better == "decrease" else -base
    ranges = np.abs(np.diff(bad)).mean()
    far = bad[-1] - bad[:-1].mean() > HIGH * 2.66 * ranges
    return bool(far or bad[-1] > bad[:-1].max())
