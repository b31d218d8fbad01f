"""What was used, and who there was to use it: plain values, with the checks that they are whole.

Use of a year stands against the persons of 1 January of that year. A cell that is not published is not a
number, and never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population import AGES, SEXES, PopulationHistory
from samspill.refusal import Refused

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Use:
    """Use of one service: `values` has shape (years, areas), in the service's own unit.

    Years follow each other without a gap. Refuses a year that lacks (`year_missing`), a shape that does not
    fit (`use_shape`), negative use (`negative_use`).
    """

    service: str
    years: tuple[int, ...]
    areas: tuple[str, ...]
    values: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float64))
        if self.values.shape != (len(self.years), len(self.areas)):
            raise Refused(
                "use_shape",
                f"The use of {self.service} has shape {self.values.shape}, expected "
                f"{(len(self.years), len(self.areas))}: years and areas.",
            )
        wanted = range(self.years[0], self.years[0] + len(self.years)) if self.years else ()
        if tuple(wanted) != self.years:
            raise Refused(
                "year_missing",
                f"The years of {self.service} are {', '.join(map(str, self.years)) or 'none'}: one lacks, or "
                "they do not rise. Add the year.",
            )
        if np.any(self.values < 0):
            year, area = (int(place) for place in np.argwhere(self.values < 0)[0])
            raise Refused(
                "negative_use",
                f"{self.service} of {self.areas[area]} in {self.years[year]} is negative. Mend that figure.",
            )

    def until(self, year: int) -> "Use":
        """The same without any year after `year`. Refuses when nothing is left (`year_missing`)."""
        kept = tuple(one for one in self.years if one <= year)
        if not kept:
            raise Refused(
                "year_missing",
                f"There is no use of {self.service} for {year} or before: the figures start in "
                f"{self.years[0]}. Choose a later jump-off.",
                field="jump_off",
            )
        return Use(self.service, kept, self.areas, self.values[: len(kept)])

    def only(self, areas: tuple[str, ...]) -> "Use":
        """The same for `areas`, in that order; those the figures do not hold are not a number."""
        values = np.full((len(self.years), len(areas)), np.nan)
        for column, area in enumerate(areas):
            if area in self.areas:
                values[:, column] = self.values[:, self.areas.index(area)]
        return Use(self.service, self.years, areas, values)


@dataclass(frozen=True, eq=False)
class Need:
    """What the population alone says: `expected` use at the rates of the profile, and the `residents`.

    Both have shape (years, areas), of the persons on 1 January of each year.
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    expected: Floats
    residents: Floats

    def of(self, years: tuple[int, ...]) -> "Need":
        """The same for `years` alone. Refuses a year there are no persons for (`year_missing`)."""
        lacking = sorted(set(years) - set(self.years))
        if lacking:
            raise Refused(
                "year_missing",
                f"There is no population for {lacking[0]}, which use stands against. "
                "Add that year, or choose another jump-off.",
                field="jump_off",
            )
        rows = [self.years.index(year) for year in years]
        return Need(years, self.areas, self.expected[rows], self.residents[rows])


def need_of(history: PopulationHistory, profile: Floats) -> Need:
    """The need that `profile` (2, 106; use per person and year) gives the persons of each 1 January.

    Years between two known ones are on the straight line between them; none is made outside them.
    """
    check_profile(profile)
    persons = history.persons.astype(np.float64)
    return need_from(history.years, history.areas, persons, profile)


def need_from(years: tuple[int, ...], areas: tuple[str, ...], persons: Floats, profile: Floats) -> Need:
    """The same from `persons` (years, areas, 2, 106) that may have fractions."""
    expected, residents = (persons * profile).sum(axis=(2, 3)), persons.sum(axis=(2, 3))
    every = tuple(range(years[0], years[-1] + 1))
    if every != years:
        expected, residents = (
            np.column_stack([np.interp(every, years, column) for column in values.T])
            for values in (expected, residents)
        )
    return Need(every, areas, np.asarray(expected), np.asarray(residents))


def check_profile(profile: Floats) -> None:
    """Refuses rates that are not (2, 106), that lack an age, or are negative (`profile`)."""
    if profile.shape != (len(SEXES), AGES) or not np.all(np.isfinite(profile)) or np.any(profile < 0):
        raise Refused(
            "profile",
            f"Use rates must be {len(SEXES)} sexes by {AGES} ages without a gap, and none negative.",
        )


def by_age(starts: Mapping[int, float], place: str) -> Floats:
    """Rates by single age (106,) from the rate that holds from each first age. Refuses ages with a gap.

    The first age must be 0, so that nobody is left out by mistake: write 0: 0 where nobody uses a service.
    """
    ages = sorted(starts)
    if not ages or ages[0] != 0 or ages[-1] >= AGES:
        raise Refused(
            "ages_gap",
            f"{place}: the ages must start at 0 and end before {AGES}; they are "
            f"{', '.join(map(str, ages)) or 'none'}. Write the rate from age 0 too, 0 if nobody uses it.",
        )
    rates = np.array([starts[age] for age in ages], dtype=np.float64)
    return np.asarray(rates[np.searchsorted(ages, np.arange(AGES), side="right") - 1])
