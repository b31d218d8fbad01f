"""What is known on 1 January: population by area, sex and single year of age, and the nation's rates.

Here are the plain values that a projection starts from, and the checks that they are whole. How they
are read from files is in `samspill.analysis.packs` and `samspill.analysis.figures`.

Axes, everywhere in this package: `[..., sex, age]`; sex in the order of `SEXES`, age in completed years
0..105, the last open (105 and older). Units: persons on 1 January.
"""

import hashlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samspill.refusal import Refused

AGES = 106
OPEN_AGE = AGES - 1
SEXES = ("K", "M")  # kvinner, menn: the codes of Statistics Norway
WOMEN = 0

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PopulationHistory:
    """Persons by year, area, sex and age; `persons` has shape (years, areas, 2, 106).

    `groups` names, for each area, the larger unit it resembles (a helsefellesskap); without it all areas
    are one group. A missing (not a number), negative or fractional count is refused: a missing cell is never
    a zero. Once made, `persons` is int64.
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    persons: NDArray
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "years", tuple(int(year) for year in self.years))
        object.__setattr__(self, "groups", self.groups or ("",) * len(self.areas))
        _check_labels(self)
        object.__setattr__(self, "persons", _whole_persons(self))

    def on(self, year: int) -> Counts:
        """Persons on 1 January `year`, shape (areas, 2, 106)."""
        if year not in self.years:
            raise Refused(
                "year_missing",
                f"There is no population for 1 January {year}: the figures hold {_years(self.years)}. "
                "Choose one of those years, or add the year to the data.",
                field="jump_off",
            )
        return self.persons[self.years.index(year)]

    def until(self, year: int) -> "PopulationHistory":
        """The same without any year after `year`."""
        keep = [place for place, known in enumerate(self.years) if known <= year]
        return replace(self, years=tuple(self.years[i] for i in keep), persons=self.persons[keep])

    def only(self, areas: tuple[str, ...]) -> "PopulationHistory":
        """The same for `areas` alone, in that order."""
        unknown = sorted(set(areas) - set(self.areas))
        if unknown:
            raise Refused(
                "unknown_area",
                f"The figures hold no area with code {', '.join(unknown)}. Check the code, "
                "or whether it ceased in a merger.",
                field="areas",
            )
        rows = [self.areas.index(area) for area in areas]
        return replace(
            self,
            areas=tuple(areas),
            persons=self.persons[:, rows],
            groups=tuple(self.groups[row] for row in rows),
        )

    def total(self) -> "PopulationHistory":
        """All areas as one, with the empty code."""
        return PopulationHistory(self.years, ("",), self.persons.sum(axis=1, keepdims=True))


@dataclass(frozen=True, eq=False)
class Rates:
    """Yearly rates of the nation: row i holds for the calendar years `first[i]`..`last[i]`, both included.

    `values` has the rows first and age last. Events per person-year.
    """

    first: tuple[int, ...]
    last: tuple[int, ...]
    values: Floats

    def before(self, year: int) -> "Rates":
        """Only the rows that were over by 1 January `year`."""
        keep = [place for place, last in enumerate(self.last) if last < year]
        first, last = tuple(self.first[i] for i in keep), tuple(self.last[i] for i in keep)
        return Rates(first, last, self.values[keep])


@dataclass(frozen=True, eq=False)
class NationalRates:
    """What a projection borrows from the nation.

    `mortality.values`: central death rates, shape (rows, 2, ages), ages 0..99. `fertility.values`: births
    per woman-year, shape (rows, 106). `population`: the nation as one area, or None when it is not at
    hand; then the sum of the areas stands in for it.
    """

    mortality: Rates
    fertility: Rates
    population: PopulationHistory | None = None

    def __post_init__(self) -> None:
        for rates, name in ((self.mortality, "death"), (self.fertility, "birth")):
            _check_rates(rates, name)

    def until(self, year: int) -> "NationalRates":
        """Only what was known on 1 January `year`."""
        population = self.population.until(year) if self.population is not None else None
        return NationalRates(self.mortality.before(year), self.fertility.before(year), population)


def fingerprint(history: PopulationHistory, rates: NationalRates) -> str:
    """sha256 over every value a projection may read: the identity of its input."""
    digest = hashlib.sha256()
    for known in (history, rates.population):
        if known is not None:
            digest.update(repr((known.years, known.areas, known.groups)).encode())
            digest.update(np.ascontiguousarray(known.persons, dtype="<i8").tobytes())
    for table in (rates.mortality, rates.fertility):
        digest.update(repr((table.first, table.last)).encode())
        digest.update(np.ascontiguousarray(table.values, dtype="<f8").tobytes())
    return digest.hexdigest()


def _check_labels(history: PopulationHistory) -> None:
    twice = sorted({area for area in history.areas if history.areas.count(area) > 1})
    if twice:
        raise Refused("duplicate_area", f"Two areas have the code {twice[0]}. Give each area its own code.")
    if list(history.years) != sorted(set(history.years)):
        raise Refused("years_unordered", "The years of the population must rise, each named once.")
    expected = (len(history.years), len(history.areas), len(SEXES), AGES)
    if np.shape(history.persons) != expected or len(history.groups) != len(history.areas):
        raise Refused(
            "population_shape",
            f"The population has shape {np.shape(history.persons)}, expected {expected}: "
            "years, areas, two sexes and the ages 0 to 105.",
        )


def _whole_persons(history: PopulationHistory) -> Counts:
    persons = np.asarray(history.persons)
    whole = persons if persons.dtype.kind in "iu" else np.where(np.isfinite(persons), np.rint(persons), -1)
    wrong = (whole < 0) | (whole != persons)
    if wrong.any():
        year, area, sex, age = (int(place) for place in np.argwhere(wrong)[0])
        raise Refused(
            "not_whole_persons",
            f"Area {history.areas[area]}, 1 January {history.years[year]}, sex {SEXES[sex]}, age {age}, "
            f"holds {persons[year, area, sex, age]}. Every cell must be a whole number of persons, 0 or "
            "more; a missing cell is not 0.",
        )
    return whole.astype(np.int64)


def _check_rates(rates: Rates, name: str) -> None:
    if not np.all(np.isfinite(rates.values)) or np.any(rates.values < 0) or np.any(rates.values > 1):
        raise Refused(
            "rate_out_of_range",
            f"A {name} rate is missing, negative or above one per person-year. Mend the {name} rates.",
        )


def _years(years: tuple[int, ...]) -> str:
    return ", ".join(str(year) for year in years) if len(years) < 8 else f"{years[0]} to {years[-1]}"
