"""What is asked: whom a measure reaches, whom they are compared with, from when, and what was expected.

Figures come area by area and period by period. A period that is missing or hidden is NaN, never 0. Periods
are whole numbers that rise by one from each to the next: years, or months counted on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.rates import Direction
from samspill.refusal import Refused

Floats = NDArray[np.float64]
LATEST_START = 31  # of January: a measure that starts then has the whole year to work in


@dataclass(frozen=True)
class Area:
    """The figures of an area, each (periods,): the value as it is shown, the events and the population.

    `counts` tell how much is chance; `populations` weigh areas and periods. Both are None for an indicator
    that is neither a rate nor a share.
    """

    code: str
    values: Floats
    counts: Floats | None = None
    populations: Floats | None = None


@dataclass(frozen=True)
class Expected:
    """What the measure was to do by a period: end at `value`, or at `ratio` times the level before it."""

    by: int
    value: float | None = None
    ratio: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.ratio is None):
            raise Refused("expected", "Say where it is to end as a value or as a ratio, one of them.")
        given = self.value if self.ratio is None else self.ratio
        if given is None or not np.isfinite(given) or given < 0:
            raise Refused("expected", "What is expected must be a number, 0 or more.", field="expected")

    def at_end(self, baseline: float) -> float:
        return self.value if self.value is not None else baseline * float(self.ratio or 0)


@dataclass(frozen=True)
class Asked:
    """Whether a measure moved an indicator.

    before, after  how many of the first `periods` are before it, and from which place on they are after; what
                   lies between is when it began, and counts as neither
    better         which way is better
    breaks         periods from which the counting is another: what lies before cannot be set beside it
    a_year         periods in a year, for the season: 12, or 1
    """

    periods: Sequence[int]
    reached: Sequence[Area]
    before: int
    after: int
    better: Direction = Direction.NEUTRAL
    others: Sequence[Area] = ()
    expected: Expected | None = None
    breaks: Sequence[int] = ()
    a_year: int = 1

    def __post_init__(self) -> None:
        many = len(self.periods)
        if not self.reached or many == 0:
            raise Refused("nobody_reached", "Say which areas the measure reaches, and give their figures.")
        if not 0 <= self.before <= self.after <= many:
            raise Refused("periods", "What is before and after the start must be among the periods.")
        if any(later - one != 1 for one, later in zip(self.periods, self.periods[1:], strict=False)):
            raise Refused("periods", "The periods must follow each other without gaps.", field="periods")
        for area in (*self.reached, *self.others):
            arrays = [one for one in (area.values, area.counts, area.populations) if one is not None]
            if any(len(one) != many for one in arrays):
                raise Refused("shape", f"{area.code} does not have one figure for each period.")
        twice = {area.code for area in self.reached} & {area.code for area in self.others}
        if twice:
            raise Refused("area_in_both", f"{min(twice)} is reached, so it cannot be compared with.")


def split_years(years: Sequence[int], started: date) -> tuple[int, int]:
    """(how many years are before the start, the place of the first whole year after it).

    The year it started in is neither, unless it started in January.
    """
    first = started.year if (started.month, started.day) <= (1, LATEST_START) else started.year + 1
    return sum(year < started.year for year in years), sum(year < first for year in years)


def months_on(months: Sequence[int]) -> tuple[int, ...]:
    """202401 and so on as months counted on, so that December is followed by January."""
    return tuple(month // 100 * 12 + month % 100 - 1 for month in months)


def split_months(months: Sequence[int], started: date) -> tuple[int, int]:
    """As `split_years`, of 202401 and so on: the month it started in is neither, unless on its first day."""
    begun = started.year * 100 + started.month
    first = begun if started.day == 1 else begun + 1
    return sum(month < begun for month in months), sum(month < first for month in months)


def together(areas: Sequence[Area]) -> Floats:
    """(periods,) their value as one: weighted by population, or the plain mean; NaN where any is missing."""
    values = np.array([area.values for area in areas], dtype=np.float64)
    if any(area.populations is None for area in areas):
        return np.asarray(values.mean(axis=0))
    people = np.array([area.populations for area in areas], dtype=np.float64)
    if len(areas) == 1:
        return np.asarray(values[0])
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((values * people).sum(axis=0) / people.sum(axis=0))
