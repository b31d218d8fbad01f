"""Indirectly standardised ratios and rates: what happened against what the reference's rates would give.

Expected events are the area's population times the reference's rates by age. Limits of the observed count,
exact below ten and Byar's from ten, over the expected, which count as known (Breslow & Day 1987;
`calculate_ISRatio` and `calculate_ISRate` of PHEindicatormethods). Ratio times the reference's crude rate is
the standardised rate; Folkehelseinstituttet's MEIS and, with the country as 100, its SMR.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    refuse_where,
    same_groups,
    same_length,
)
from samspill.analysis.rates.crude import events_over
from samspill.analysis.rates.estimates import Estimate, Figures, Note, estimate, one_or_many
from samspill.refusal import Refused


@dataclass(frozen=True)
class Standardised(Estimate):
    """The ratio observed / expected as an `Estimate`; `population` is that of the area.

    expected        events expected, a number for one area, an array for many
    reference_rate  the reference's crude rate per `rate.multiplier`
    rate            the standardised rate: ratio × reference rate, as an `Estimate`
    """

    expected: Figures
    reference_rate: Figures
    rate: Estimate


def indirectly_standardised(
    count: ArrayLike,
    population: ArrayLike,
    reference_count: ArrayLike,
    reference_population: ArrayLike,
    *,
    multiplier: float = 1,
    rate_multiplier: float = 100_000,
    confidence: float = 0.95,
    totals: bool = False,
) -> Standardised:
    """Observed over expected, times `multiplier` (100 for "the country = 100"), and the rate that follows.

    `count`, `population` by age, for one area (ages,) or many (areas, ages); the reference's by the same ages
    (ages,). With `totals`, `count` is the area's whole number of events instead: one number, or (areas,).

    Nothing expected: no figure (`nothing_expected`). An age the reference has nobody in expects nothing, and
    is refused where the area has people in it (`reference_without_population`). Refuses missing or negative
    numbers and groups that do not match (`different_lengths`).
    """
    level, scale = check_confidence(confidence), check_above_zero(multiplier, "multiplier")
    per = check_above_zero(rate_multiplier, "rate_multiplier")
    persons, expected, crude = _expected(population, reference_count, reference_population)
    observed, expected, people = _observed(count, persons, expected, totals)
    plain = events_over(observed, expected, scale=1.0, confidence=level, missing=Note.NOTHING_EXPECTED)
    as_ratio = _scaled(plain, scale, people)
    as_rate = _scaled(plain, crude * per, people, per)
    return Standardised(
        **vars(as_ratio), expected=one_or_many(expected), reference_rate=crude * per, rate=as_rate
    )


def _expected(
    population: ArrayLike, reference_count: ArrayLike, reference_population: ArrayLike
) -> tuple[Floats, Floats, float]:
    if np.ndim(reference_count) != 1 or np.ndim(reference_population) != 1:
        raise Refused(
            "different_lengths",
            "The reference is one row of ages, the same for all areas.",
            field="reference_population",
            facts={"where": "reference_population"},
        )
    persons, events, base = same_groups(
        ("population", counts(population, "population")),
        ("reference_count", counts(reference_count, "reference_count")),
        ("reference_population", counts(reference_population, "reference_population")),
    )
    refuse_where(
        (base == 0) & ((events > 0) | (persons > 0)),
        "reference_without_population",
        base,
        "reference_population",
        "there is nobody to take a rate from",
    )
    reference = (
        np.asarray(reference_count, dtype=np.float64),
        np.asarray(reference_population, dtype=np.float64),
    )
    total = float(reference[1].sum())
    crude = float(reference[0].sum()) / total if total > 0 else float("nan")
    return persons, (events / np.where(base > 0, base, 1.0) * persons).sum(axis=-1), crude


def _observed(
    count: ArrayLike, persons: Floats, expected: Floats, totals: bool
) -> tuple[Floats, Floats, Floats]:
    found, people = counts(count, "count"), persons.sum(axis=-1)
    if not totals:
        found = same_groups(("count", found), ("population", persons))[0].sum(axis=-1)
    events, expected, people = same_length(("count", found), ("expected", expected), ("population", people))
    refuse_where(
        (events > 0) & (people == 0),
        "events_without_population",
        events,
        "count",
        "there is no population it can have happened to",
    )
    return events, expected, people


def _scaled(plain: Estimate, factor: float, people: Floats, multiplier: float | None = None) -> Estimate:
    return estimate(
        np.asarray(plain.value) * factor,
        np.asarray(plain.lower) * factor,
        np.asarray(plain.upper) * factor,
        plain.count,
        people,
        plain.method,
        plain.note,
        multiplier=factor if multiplier is None else multiplier,
        confidence=plain.confidence,
    )
