"""Directly standardised rates: what the rate would be, had the area the age structure of a standard.

Limits by Dobson, Kuulasmaa, Eberle & Scherer 1991 (Statistics in Medicine 10:457), from Byar's limits of the
total count; none below ten events in all (OHID, Public Health Technical Guidance; `calculate_dsr` of
PHEindicatormethods). When the same persons have events again and again, the variance is that of persons, each
counted with the square of how often.
"""

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    numbers,
    refuse_events_of_nobody,
    refuse_where,
    same_groups,
)
from samspill.analysis.rates.estimates import Estimate, Method, Note, estimate
from samspill.analysis.rates.limits import EXACT_BELOW, byar, normal_quantile
from samspill.analysis.rates.standards import Standard, standard_population
from samspill.refusal import Refused

FEWEST_EVENTS = EXACT_BELOW


def directly_standardised(
    count: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike | Standard | str = "european_2013",
    *,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """The standardised rate per `multiplier` of one area (ages,) or of many (areas, ages).

    `standard` is persons (or weights) by the same ages, one row for all areas or one each; or the code of a
    standard population. The ages are matched by position.

    Fewer than ten events in all: no figure (`few_events`). An age group that nobody is in and that the
    standard counts: no figure (`no_population`). Refuses missing or negative numbers, a standard of nothing
    (`nothing_to_divide_by`), groups that do not match (`different_lengths`) and events of nobody
    (`events_without_population`).
    """
    events = counts(count, "count")
    events, persons, weights = _rows(events, population, standard)
    refuse_events_of_nobody(events, persons, "count")
    return _standardised(events, events, persons, weights, Method.DOBSON, multiplier, confidence)


def directly_standardised_repeated(
    people: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike | Standard | str = "european_2013",
    *,
    frequencies: ArrayLike,
    multiplier: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """The standardised rate when events are not independent: the same persons have several.

    `people` is how many persons in each age had so many events: (ages, frequencies) or (areas, ages,
    frequencies); `frequencies` (frequencies,) is how many: 1, 2, 3 … The rate is that of all events; limits
    are wider than for as many independent ones. No figure and refusals as in `directly_standardised`; more
    persons with events than there are is refused (`numerator_above_denominator`).
    """
    persons_with, times = same_groups(
        ("people", counts(people, "people")), ("frequencies", counts(frequencies, "frequencies"))
    )
    if persons_with.ndim < 2:
        raise Refused(
            "different_lengths",
            "People must be given by age and, within each age, by how many events they had.",
            field="people",
            facts={"where": "people"},
        )
    events, squares = (persons_with * times).sum(axis=-1), (persons_with * times**2).sum(axis=-1)
    events, persons, weights = _rows(events, population, standard)
    refuse_events_of_nobody(events, persons, "people")
    had = persons_with.sum(axis=-1)
    refuse_where(
        had > persons,
        "numerator_above_denominator",
        had,
        "people",
        "there cannot be more persons with events than there are persons",
    )
    squares = np.broadcast_to(squares, events.shape)
    return _standardised(events, squares, persons, weights, Method.DOBSON_REPEATED, multiplier, confidence)


def _rows(
    events: Floats, population: ArrayLike, standard: ArrayLike | Standard | str
) -> tuple[Floats, Floats, Floats]:
    persons, weights = counts(population, "population"), _weights(standard)
    found = same_groups(("count", events), ("population", persons), ("standard", weights))
    total = found[2].sum(axis=-1)
    refuse_where(total <= 0, "nothing_to_divide_by", total, "standard", "its sum must be above 0")
    return found[0], found[1], found[2]


def _weights(standard: ArrayLike | Standard | str) -> Floats:
    if isinstance(standard, str):
        standard = standard_population(standard)
    if isinstance(standard, Standard):
        return standard.as_array()
    return counts(numbers(standard, "standard"), "standard")


def _standardised(
    events: Floats,
    squares: Floats,
    persons: Floats,
    weights: Floats,
    method: Method,
    multiplier: float,
    confidence: float,
) -> Estimate:
    scale, level = check_above_zero(multiplier, "multiplier"), check_confidence(confidence)
    share = weights / weights.sum(axis=-1, keepdims=True)
    per_person = share / np.where(persons > 0, persons, 1.0)
    value = (per_person * events).sum(axis=-1)
    variance = (per_person**2 * squares).sum(axis=-1)
    total = events.sum(axis=-1)
    lower, upper = byar(total, normal_quantile(level))
    width = np.sqrt(variance / np.where(total > 0, total, 1.0))
    empty = np.any((persons == 0) & (weights > 0), axis=-1)
    few = total < FEWEST_EVENTS
    shown = np.where(few | empty, np.nan, scale)
    note = np.select([empty, few], [str(Note.NO_POPULATION), str(Note.FEW_EVENTS)], str(Note.NOTHING))
    return estimate(
        value * shown,
        (value + width * (lower - total)) * shown,
        (value + width * (upper - total)) * shown,
        total,
        persons.sum(axis=-1),
        str(method),
        note,
        multiplier=scale,
        confidence=level,
    )
