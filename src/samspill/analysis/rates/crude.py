"""Rates, ratios and proportions as they are counted, with limits.

OHID, Public Health Technical Guidance (`phe_rate`, `phe_proportion` of PHEindicatormethods): exact limits
below ten events, Byar's from ten; Wilson's for shares.
"""

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    refuse_events_of_nobody,
    refuse_numerator_above,
    same_length,
)
from samspill.analysis.rates.estimates import Estimate, Figures, Method, Note, estimate
from samspill.analysis.rates.limits import normal_quantile, of_counts, wilson


def rate(
    count: ArrayLike, population: ArrayLike, *, multiplier: float = 100_000, confidence: float = 0.95
) -> Estimate:
    """Events per `multiplier` persons or person-years, number by number: any shape, spread to one.

    No events: value and lower limit 0. Nobody in the population: no figure (`no_population`). Refuses
    negative or missing numbers (`negative`, `not_a_number`), events of nobody
    (`events_without_population`), and numbers that do not belong together (`different_lengths`).
    """
    return _per(count, population, "population", multiplier, confidence, Note.NO_POPULATION)


def ratio(
    observed: ArrayLike, expected: ArrayLike, *, multiplier: float = 1, confidence: float = 0.95
) -> Estimate:
    """Observed events over expected, times `multiplier` (100 for "the country = 100"); as `rate` else."""
    return _per(observed, expected, "expected", multiplier, confidence, Note.NOTHING_EXPECTED)


def proportion(
    count: ArrayLike, population: ArrayLike, *, multiplier: float = 1, confidence: float = 0.95
) -> Estimate:
    """The share count / population with Wilson's limits, times `multiplier` (100 for per cent).

    Number by number: any shape, spread to one. Nobody: no figure (`no_population`). Refuses what `rate`
    refuses, and a count above its population (`numerator_above_denominator`).
    """
    level, scale = check_confidence(confidence), check_above_zero(multiplier, "multiplier")
    part, whole = same_length(
        ("count", counts(count, "count")), ("population", counts(population, "population"))
    )
    refuse_numerator_above(part, whole, "count")
    lower, upper = wilson(part, whole, normal_quantile(level))
    value = divided(part, whole)
    note = np.where(whole > 0, str(Note.NOTHING), str(Note.NO_POPULATION))
    return estimate(
        value * scale,
        np.minimum(lower, value) * scale,
        np.maximum(upper, value) * scale,
        part,
        whole,
        str(Method.WILSON),
        note,
        multiplier=scale,
        confidence=level,
    )


def _per(
    count: ArrayLike, base: ArrayLike, name: str, multiplier: float, confidence: float, missing: Note
) -> Estimate:
    level, scale = check_confidence(confidence), check_above_zero(multiplier, "multiplier")
    events, persons = same_length(("count", counts(count, "count")), (name, counts(base, name)))
    refuse_events_of_nobody(events, persons, "count")
    return events_over(events, persons, scale=scale, confidence=level, missing=missing)


def events_over(events: Floats, base: Floats, *, scale: float, confidence: float, missing: Note) -> Estimate:
    """Checked Poisson counts over a base that is known without error."""
    lower, upper, method = of_counts(events, confidence)
    return estimate(
        divided(events, base) * scale,
        divided(lower, base) * scale,
        divided(upper, base) * scale,
        events,
        base,
        method,
        np.where(base > 0, str(Note.NOTHING), str(missing)),
        multiplier=scale,
        confidence=confidence,
    )


def divided(above: Figures, below: Floats) -> Floats:
    """`above` / `below`, NaN where there is nothing to divide by."""
    return np.asarray(above / np.where(below > 0, below, np.nan), dtype=np.float64)
