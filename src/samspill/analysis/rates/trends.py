"""Trends of rates over time, with steps where the counting changed.

A log-linear Poisson regression with the population as exposure (McCullagh & Nelder 1989; Wagner et al. 2002,
J Clin Pharm Ther 27:299). A break is a step in the level: in 2025 the registration of hospital discharges
changed, and a step takes that jump, so that it is not told as growth. Counts that vary more than Poisson's
widen the limits (quasi-likelihood, Student's t). One break after which there is one point can never be told
from what happened that year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    numbers,
    refuse_where,
    same_groups,
)
from samspill.analysis.rates.estimates import Estimate, Method, Note, estimate, one_or_many
from samspill.refusal import Refused

FEWEST_EVENTS = 10
MOST_ROUNDS = 100
SETTLED = 1e-11
LOG_EXPECTED = (-18.0, 300.0)  # events; at the lower end a coefficient runs off to infinity


@dataclass(frozen=True)
class Trend:
    """Arrays are (points,) for one series, (series, points) for many.

    change      per cent per unit of time, breaks taken out
    steps       one for each break: the level after it over the level before, as a ratio
    naive       per cent per unit of time had there been no breaks: what a line through it all would tell
    after       per cent per unit of time after the last break, when the slope may change there; else `change`
    fitted      the rate as fitted, times the multiplier
    comparable  the rates as counted, those before a break brought to the level after the last one
    dispersion  variance over Poisson's, 1 or more; a number for each series
    """

    change: Estimate
    steps: tuple[Estimate, ...]
    naive: Estimate
    after: Estimate
    fitted: Floats
    comparable: Floats
    dispersion: Any
    note: Any


def trend(
    count: ArrayLike,
    population: ArrayLike,
    *,
    times: ArrayLike | None = None,
    breaks: Sequence[float] = (),
    slope_changes: bool = False,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Trend:
    """The trend of `count` over `population`, (points,) or (series, points), at `times` (points,).

    `breaks` are the times from which counting is another; `times` default to 0, 1, 2 … With `slope_changes`
    the trend may be another after each break. Fewer than ten events: no figures (`few_events`). Refuses
    missing or negative numbers, a population of nobody (`nothing_to_divide_by`), times that do not rise
    (`times`), breaks outside of them (`step_outside`), and too few points to tell (`too_short`).
    """
    level, scale = check_confidence(confidence), check_above_zero(multiplier, "multiplier")
    events, people = same_groups(
        ("count", counts(count, "count")), ("population", counts(population, "population"))
    )
    refuse_where(people <= 0, "nothing_to_divide_by", people, "population", "it must be above 0")
    when = _times(times, events.shape[-1])
    cuts = _breaks(breaks, when)
    design = _design(when, cuts, slope_changes)
    rows, exposure = np.atleast_2d(events), np.atleast_2d(people)
    full = _Fit(design, rows, exposure)
    plain = _Fit(_design(when, (), False), rows, exposure)
    return _told(full, plain, cuts, slope_changes, level, scale, one=events.ndim == 1)


def _times(times: ArrayLike | None, points: int) -> Floats:
    when = np.arange(points, dtype=np.float64) if times is None else numbers(times, "times")
    if when.shape != (points,) or np.any(np.diff(when) <= 0):
        raise Refused(
            "times", "The times must rise, one for each point.", field="times", facts={"where": "times"}
        )
    return when


def _breaks(breaks: Sequence[float], when: Floats) -> tuple[float, ...]:
    cuts = tuple(sorted({float(cut) for cut in np.atleast_1d(np.asarray(breaks, dtype=np.float64))}))
    if any(not when[0] < cut <= when[-1] for cut in cuts):
        raise Refused(
            "step_outside",
            "A break must be after the first time, and not after the last.",
            field="breaks",
            facts={"where": "breaks"},
        )
    return cuts


def _design(when: Floats, cuts: tuple[float, ...], slope_changes: bool) -> Floats:
    """(points, columns): level, trend, a step for each break, and a change of trend for each if asked."""
    columns = [np.ones_like(when), when - when[0]]
    columns += [(when >= cut).astype(np.float64) for cut in cuts]
    if slope_changes:
        columns += [np.where(when >= cut, when - cut, 0.0) for cut in cuts]
    design = np.stack(columns, axis=1)
    if len(when) <= design.shape[1] or np.linalg.matrix_rank(design) < design.shape[1]:
        raise Refused(
            "too_short",
            f"{len(when)} points are too few for a trend with {len(cuts)} breaks.",
            field="count",
            facts={"where": "count"},
        )
    return design


class _Fit:
    """Iterated weighted least squares of many series at once on one design."""

    def __init__(self, design: Floats, events: Floats, exposure: Floats) -> None:
        self.design, self.events, self.exposure = design, events, exposure
        self.few = events.sum(axis=1) < FEWEST_EVENTS
        fitted = np.where(self.few[:, None], 1.0, events + 0.5)
        target = np.where(self.few[:, None], 1.0, events)
        offset = np.log(exposure)
        for _round in range(MOST_ROUNDS):
            coefficients = self._step(fitted, target, offset)
            before, fitted = fitted, np.exp(np.clip(coefficients @ design.T + offset, *LOG_EXPECTED))
            if np.all(np.abs(fitted - before) <= SETTLED * (1 + before)):
                break
        still = np.abs(fitted - before) <= 1e-6 * (1 + before)
        self.settled = np.all(still & (fitted > 2 * np.exp(LOG_EXPECTED[0])), axis=1)
        self.coefficients, self.fitted = coefficients, fitted
        self.free = len(design) - design.shape[1]
        self.dispersion = np.maximum(1.0, ((target - fitted) ** 2 / fitted).sum(axis=1) / self.free)
        self.covariance = np.linalg.inv(self._information(fitted)) * self.dispersion[:, None, None]

    def _step(self, fitted: Floats, target: Floats, offset: Floats) -> Floats:
        working = np.log(fitted) - offset + (target - fitted) / fitted
        right = np.einsum("pi,sp->si", self.design, fitted * working, optimize=True)
        return np.asarray(
            np.linalg.solve(self._information(fitted), right[..., None])[..., 0], dtype=np.float64
        )

    def _information(self, fitted: Floats) -> Floats:
        """(series, columns, columns): X'WX of each series."""
        return np.asarray(
            np.einsum("pi,pj,sp->sij", self.design, self.design, fitted, optimize=True), dtype=np.float64
        )

    def ratio(self, columns: Sequence[int], level: float) -> tuple[Floats, Floats, Floats]:
        """(value, lower, upper) of exp of the sum of these coefficients; NaN of too few events."""
        picked = np.zeros(self.design.shape[1])
        picked[list(columns)] = 1.0
        middle = self.coefficients @ picked
        half = stdtrit(self.free, 0.5 + level / 2) * np.sqrt(
            np.einsum("i,sij,j->s", picked, self.covariance, picked)
        )
        middle = np.where(self.few | ~self.settled, np.nan, middle)
        return np.exp(middle), np.exp(middle - half), np.exp(middle + half)

    def note(self) -> np.ndarray:
        return np.select(
            [self.few, ~self.settled], [str(Note.FEW_EVENTS), str(Note.NOT_CONVERGED)], str(Note.NOTHING)
        )


def _told(
    full: _Fit,
    plain: _Fit,
    cuts: tuple[float, ...],
    slope_changes: bool,
    level: float,
    scale: float,
    *,
    one: bool,
) -> Trend:
    steps = list(range(2, 2 + len(cuts)))
    later = [1, *range(2 + len(cuts), full.design.shape[1])] if slope_changes else [1]
    shown = np.where(full.few | ~full.settled, np.nan, scale)[:, None]
    level_of = full.coefficients[:, steps] @ full.design[:, steps].T
    lift = np.exp(level_of[:, -1:] - level_of)

    def rows(array: Any) -> Any:
        return one_or_many(array[0] if one else array)

    return Trend(
        change=_per_cent(full, [1], level, one),
        steps=tuple(_as_ratio(full, [column], level, one) for column in steps),
        naive=_per_cent(plain, [1], level, one),
        after=_per_cent(full, later, level, one),
        fitted=rows(full.fitted / full.exposure * shown),
        comparable=rows(full.events / full.exposure * lift * shown),
        dispersion=rows(full.dispersion),
        note=rows(full.note()),
    )


def _per_cent(fit: _Fit, columns: Sequence[int], level: float, one: bool) -> Estimate:
    value, lower, upper = ((ratio - 1) * 100 for ratio in fit.ratio(columns, level))
    return _estimated(fit, (value, lower, upper), 100.0, level, one)


def _as_ratio(fit: _Fit, columns: Sequence[int], level: float, one: bool) -> Estimate:
    return _estimated(fit, fit.ratio(columns, level), 1.0, level, one)


def _estimated(
    fit: _Fit, figures: tuple[Floats, Floats, Floats], multiplier: float, level: float, one: bool
) -> Estimate:
    rows = (*figures, fit.events.sum(axis=1), fit.exposure.sum(axis=1))
    value, lower, upper, events, people = (array[0] if one else array for array in rows)
    note = fit.note()[0] if one else fit.note()
    return estimate(
        value,
        lower,
        upper,
        events,
        people,
        str(Method.QUASI_POISSON),
        note,
        multiplier=multiplier,
        confidence=level,
    )
