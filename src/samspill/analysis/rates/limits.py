"""Limits of counts and of proportions: Byar, exact Poisson, Wilson.

Byar's approximation: Breslow & Day 1987, Statistical Methods in Cancer Research II, IARC, p. 69. Exact limits
of a Poisson count by the chi-squared distribution: Garwood 1936, Biometrika 28; Armitage, Berry & Matthews
2002. Below ten events the exact ones are used, from ten Byar's (OHID, Public Health Technical Guidance).
Wilson 1927, JASA 22:209; Newcombe & Altman 2000. All functions work number by number and spread arrays.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

from samspill.analysis.rates.checks import (
    Floats,
    check_confidence,
    counts,
    refuse_numerator_above,
    refuse_where,
    same_length,
)
from samspill.analysis.rates.estimates import Figures, Method, one_or_many

EXACT_BELOW = 10  # events


def normal_quantile(confidence: float) -> float:
    """The z of two-sided limits: 1.96 for 0.95."""
    return float(ndtri(0.5 + check_confidence(confidence) / 2))


def byar_limits(count: ArrayLike, *, confidence: float = 0.95) -> tuple[Figures, Figures]:
    """(lower, upper) of a Poisson count by Byar's approximation; lower is 0 for no events.

    Where the approximation gives a negative lower limit (one event and a confidence of 0.998), it is not
    valid and the limit is NaN, as in OHID's guidance. Use `poisson_limits`, which is exact there.
    """
    events = counts(count, "count")
    lower, upper = byar(events, normal_quantile(confidence))
    return one_or_many(lower), one_or_many(upper)


def exact_limits(count: ArrayLike, *, confidence: float = 0.95) -> tuple[Figures, Figures]:
    """(lower, upper) of a Poisson count from the chi-squared distribution; lower is 0 for no events."""
    lower, upper = exact(counts(count, "count"), check_confidence(confidence))
    return one_or_many(lower), one_or_many(upper)


def poisson_limits(count: ArrayLike, *, confidence: float = 0.95) -> tuple[Figures, Figures]:
    """(lower, upper) of a Poisson count: exact below ten events, Byar's from ten."""
    lower, upper, _method = of_counts(counts(count, "count"), check_confidence(confidence))
    return one_or_many(lower), one_or_many(upper)


def wilson_limits(
    count: ArrayLike, population: ArrayLike, *, confidence: float = 0.95
) -> tuple[Figures, Figures]:
    """(lower, upper) of the share count / population by Wilson's score; NaN where nobody is counted."""
    part, whole = same_length(
        ("count", counts(count, "count")), ("population", counts(population, "population"))
    )
    refuse_numerator_above(part, whole, "count")
    lower, upper = wilson(part, whole, normal_quantile(confidence))
    return one_or_many(lower), one_or_many(upper)


def byar(events: Floats, z: float) -> tuple[Floats, Floats]:
    """Byar's limits of checked counts."""
    some = np.where(events > 0, events, 1.0)
    root = 1 - 1 / (9 * some) - z / (3 * np.sqrt(some))
    lower = np.where(events > 0, np.where(root >= 0, some * root**3, np.nan), 0.0)
    more = events + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def exact(events: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Exact limits of checked counts. `chdtri` takes the upper tail."""
    tail = (1 - confidence) / 2
    some = np.where(events > 0, events, 1.0)
    lower = np.where(events > 0, chdtri(2 * some, 1 - tail) / 2, 0.0)
    return lower, chdtri(2 * events + 2, tail) / 2


def of_counts(events: Floats, confidence: float) -> tuple[Floats, Floats, Figures]:
    """(lower, upper, method) of checked counts: exact below ten, Byar's from ten."""
    few = events < EXACT_BELOW
    lower, upper = byar(events, normal_quantile(confidence))
    if np.any(few):
        exact_lower, exact_upper = exact(events, confidence)
        lower, upper = np.where(few, exact_lower, lower), np.where(few, exact_upper, upper)
    return lower, upper, np.where(few, str(Method.EXACT), str(Method.BYAR))


def wilson(part: Floats, whole: Floats, z: float) -> tuple[Floats, Floats]:
    """Wilson's limits of checked counts; NaN where the whole is 0.

    The ends 0 and 1 are exact for none and all, which rounding would else miss by the last bit.
    """
    some = np.where(whole > 0, whole, np.nan)
    middle = 2 * part + z**2
    half = z * np.sqrt(z**2 + 4 * part * (1 - part / some))
    lower = (middle - half) / (2 * (some + z**2))
    upper = (middle + half) / (2 * (some + z**2))
    lower = np.where(part == 0, 0.0 * some, lower)
    return lower, np.where(part == whole, 1.0 + 0.0 * some, upper)


def check_denominator(values: Floats, name: str) -> None:
    """Refuse a denominator that is 0 where no figure at all can be made from it."""
    refuse_where(values <= 0, "nothing_to_divide_by", values, name, "it must be above 0")
