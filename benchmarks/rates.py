"""How fast the statistics of indicators are, for all municipalities and ten years at once.

The baseline is the same function called for one area, or one chart, at a time.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks import Case
from samspill.analysis.rates import (
    directly_standardised,
    funnel,
    indirectly_standardised,
    life_expectancy,
    proportion,
    rate,
    smooth,
    spc_xmr,
    trend,
)

AREAS, YEARS, AGES, ABRIDGED = 357, 10, 19, 20
CHARTS, POINTS = 1_000, 36
ROWS = AREAS * YEARS
FUNNELS = 60  # one for each indicator
Numbers = NDArray[np.float64]


def cases() -> list[Case]:
    chance = np.random.default_rng(2026)
    people = chance.gamma(0.7, 900, (ROWS, ABRIDGED)).round() + 5
    events = chance.binomial(people.astype(int), np.geomspace(0.0005, 0.05, ABRIDGED)).astype(float)
    standard = people[:, :AGES].sum(axis=0)
    reference = events[:, :AGES].sum(axis=0)
    series = chance.normal(100, 10, (CHARTS, POINTS))
    count, base = events.sum(axis=1), people.sum(axis=1)
    by_year = count.reshape(AREAS, YEARS), base.reshape(AREAS, YEARS)
    each = f"{AREAS} municipalities, {YEARS} years"

    def steps(counts: Numbers, persons: Numbers) -> object:
        return trend(counts, persons, breaks=[YEARS - 2])

    def charted(rows: Numbers) -> object:
        return spc_xmr(rows, improvement="decrease", target=95, rebase=[18])

    def direct(counts: Numbers, persons: Numbers) -> object:
        return directly_standardised(counts, persons, standard)

    def indirect(counts: Numbers, persons: Numbers) -> object:
        return indirectly_standardised(counts, persons, reference, standard)

    ages = events[:, :AGES], people[:, :AGES]
    charts = f"{CHARTS} charts of {POINTS} points with a step and a target"
    return [
        _against_each("XmR charts", charted, (series,), charts, most_seconds=0.050),
        _against_each("directly standardised", direct, ages, f"{each}, {AGES} ages"),
        _against_each("indirectly standardised", indirect, ages, f"{each}, {AGES} ages"),
        _against_each("crude rates", rate, (count, base), each),
        _against_each("shares", proportion, (count, base), each),
        _against_each("life expectancy", life_expectancy, (events, people), f"{each}, {ABRIDGED} ages"),
        _against_each("trends with a break", steps, by_year, f"{AREAS} series of {YEARS} years"),
        *_of_all_areas(count[:AREAS], base[:AREAS]),
    ]


def _against_each(
    name: str,
    run: Callable[..., object],
    rows: Sequence[Numbers],
    work: str,
    *,
    most_seconds: float | None = None,
) -> Case:
    """All rows at once, against a call for each."""

    def one_by_one() -> None:
        for row in zip(*rows, strict=True):
            run(*row)

    found: Case = {
        "name": f"rates: {name}",
        "run": lambda: run(*rows),
        "baseline": one_by_one,
        "work": f"{work}; baseline: one at a time",
    }
    if most_seconds:
        found["most_seconds"] = most_seconds
    return found


def _of_all_areas(count: Numbers, base: Numbers) -> list[Case]:
    """What looks at all areas together has no one-by-one to be compared with."""
    expected = base * count.sum() / base.sum()

    def funnels() -> None:
        for _indicator in range(FUNNELS):
            funnel(count, expected, kind="ratio", overdispersion="winsorise")

    return [
        {
            "name": "rates: funnels",
            "run": funnels,
            "baseline": None,
            "work": f"{FUNNELS} indicators of {AREAS} municipalities, over-dispersed",
        },
        {
            "name": "rates: smoothing",
            "run": lambda: smooth(count, expected),
            "baseline": None,
            "work": f"{AREAS} municipalities, Poisson-gamma with limits",
        },
    ]
