"""What is counted of persons for some indicators, by area and year: numbers that can tell of others.

A count is that of a numerator, or of a denominator that is no public number. Two indicators that count the
same share it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.disclosure.linked import FAR, Tree
from samspill.analysis.indicators.definitions import Definition, Part
from samspill.analysis.indicators.families import Counting, counting_of
from samspill.analysis.indicators.levels import MUNICIPALITY, Area
from samspill.analysis.indicators.standardising import Counted
from samspill.analysis.indicators.tables import tables

Bools = NDArray[np.bool_]
Whole = NDArray[np.int64]
OPEN = "open"
COUNT, POPULATION = "count", "population"


@dataclass(frozen=True, eq=False)
class Places:
    """Areas with their sums as a tree, and years. Two codes for the same municipalities are one place.

    `levels` is the level of each code; the first places are the municipalities.
    """

    codes: Mapping[str, int]
    levels: Mapping[str, str]
    within: tuple[frozenset[str], ...]
    tree: Tree
    years: tuple[int, ...]

    @classmethod
    def of(cls, municipalities: Iterable[str], sums: Iterable[Area], years: Iterable[int]) -> "Places":
        single = [Area(code, MUNICIPALITY, frozenset([code])) for code in sorted(municipalities)]
        areas = [*single, *sums]
        within = sorted({area.within for area in areas}, key=lambda one: (len(one), min(one)))
        place = {one: number for number, one in enumerate(within)}
        return cls(
            {area.code: place[area.within] for area in areas},
            {area.code: area.level for area in areas},
            tuple(within),
            Tree(_parents(within)),
            tuple(sorted(years)),
        )

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.tree.parent), len(self.years)

    def tile(self, place: int) -> Whole | None:
        """1 for the largest places that are together exactly this one, and -1 for it; None: none are."""
        left, found = set(self.within[place]), np.zeros(len(self.within), dtype=np.int64)
        for part in range(place - 1, -1, -1):
            if self.within[part] < self.within[place] and self.within[part] <= left:
                left -= self.within[part]
                found[part] = 1
        found[place] = -1
        return None if left or len(self.within[place]) == 1 else found

    @cached_property
    def year(self) -> dict[int, int]:
        return {year: number for number, year in enumerate(self.years)}

    def at(self, areas: Sequence[str], years: Sequence[int]) -> tuple[Whole, Whole]:
        """Numbers of cells."""
        rows = np.array([self.codes[area] for area in areas], dtype=np.int64)
        return rows, np.array([self.year[int(year)] for year in years], dtype=np.int64)


def _parents(within: Sequence[frozenset[str]]) -> Whole:
    """The smallest that holds each, from the smallest to the largest; -1 where none does."""
    found = np.full(len(within), -1)
    sums = [number for number, one in enumerate(within) if len(one) > 1]
    for number, one in enumerate(within):
        found[number] = next((above for above in sums if above > number and one < within[above]), -1)
    return found


@dataclass(eq=False)
class Count:
    """One thing counted, (areas, years). `small` must not be known, `few` of them for having few persons
    behind, `before` since an earlier release hid them; `asked` are to be shown; `out` have been. `withheld`
    (years,) are left out of the release.
    """

    counting: Counting
    part: Part
    values: Whole
    high: Whole
    small: Bools
    few: Bools
    before: Bools
    asked: Bools
    out: Bools
    hidden: Bools
    withheld: Bools

    @classmethod
    def empty(cls, part: Part, shape: tuple[int, int]) -> "Count":
        values, years = np.zeros(shape, dtype=np.int64), np.zeros(shape[1], dtype=bool)
        names = ("small", "few", "before", "asked", "out", "hidden")
        flags: dict[str, Any] = {name: np.zeros(shape, dtype=bool) for name in names}
        return cls(counting_of(part), part, values, np.full(shape, FAR), **flags, withheld=years)

    def reason(self, place: int, year: int) -> str:
        """Why a cell is hidden, one of `disclosure.WORDS`."""
        if self.few[place, year]:
            return "few_persons"
        if self.small[place, year]:
            return "small_count"
        return "hidden_before" if self.before[place, year] else "protects_others"

    @property
    def shown(self) -> Bools:
        """What is shown, now or before."""
        return (self.asked & ~self.hidden) | self.out

    @property
    def sought(self) -> Bools:
        """What must not be known, if anybody shows or hides it at all."""
        return ((self.small & self.asked) | self.before | self.hidden) & ~self.out


def parts_of(definition: Definition) -> dict[str, Part]:
    """What of an indicator is a count of persons, by the column it stands in."""
    if definition.disclosure == OPEN:
        return {}
    found = {COUNT: definition.numerator, POPULATION: definition.denominator}
    return {what: part for what, part in found.items() if part is not None and tables()[part.table].persons}


def one_per_person(part: Part) -> bool:
    """Whether nobody is counted twice, so that there are no more of them than inhabitants."""
    return part.how == "distinct" or (part.how == "count" and "person" in tables()[part.table].key)


def known_most(definition: Definition, cells: Counted) -> Whole:
    """What everybody knows a numerator to be at most: the inhabitants, if it counts each of them once."""
    below = definition.denominator
    most = np.full(len(cells.areas), FAR)
    if below is None or tables()[below.table].persons or not one_per_person(definition.numerator):
        return most
    people, above = cells.denominator.sum(axis=1), cells.numerator.sum(axis=1)
    same = (below.ages, below.sex) == (definition.numerator.ages, definition.numerator.sex)
    return np.where((people >= above) & (people > 0), people, most).astype(np.int64) if same else most
