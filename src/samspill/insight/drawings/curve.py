"""A series of years: known ones first, then expected ones with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

PERCENTILES = (2.5, 10, 25, 75, 90, 97.5)
"""Ends of the intervals that hold the true figure nineteen times of twenty, eight of ten and one of two."""


@dataclass(frozen=True)
class Curve:
    """`values` has one per year of `years`; `bands` a row per expected year, the last ones: PERCENTILES."""

    years: Sequence[int]
    values: Sequence[float]
    bands: Sequence[Sequence[float]]

    def on(self, year: int) -> float:
        """The value of `year`; KeyError for a year it does not hold."""
        if year not in self.years:
            raise KeyError(year)
        return self.values[self.years.index(year)]

    def between(self, year: int) -> tuple[float, float]:
        """What holds the true figure eight times of ten in an expected `year`; else KeyError."""
        place = self.years.index(year) - len(self.values) if year in self.years else 0
        if not -len(self.bands) <= place < 0:
            raise KeyError(year)
        return self.bands[place][1], self.bands[place][-2]
