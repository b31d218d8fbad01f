"""Figures by month, for areas that are sums of municipalities: enough points to tell a change from chance.

What is hidden is hidden for a whole year at a time. A month with few persons hides its year; so does a month
in which an indicator differs little from one it is a part of. Where an area's year is hidden, so is that of
every area it lies in: else the others would tell. Municipalities have years alone.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from samspill.analysis.disclosure import Flag, Rules, rules_of
from samspill.analysis.indicators.counts import COUNT, POPULATION, parts_of
from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.engines import Engine
from samspill.analysis.indicators.expressions import MOMENT, expression
from samspill.analysis.indicators.families import Counting, counting_of, families_of
from samspill.analysis.indicators.hiding import hidden
from samspill.analysis.indicators.levels import Area, Levels, add_levels, sums_of
from samspill.analysis.indicators.rows import PUBLISHED, rows_of
from samspill.analysis.indicators.running import Asked, log_question
from samspill.analysis.indicators.standardising import Counted, counted, figures_of
from samspill.analysis.indicators.tables import tables

MONTHS = range(1, 13)
HUNDRED = 100  # 202401 is January 2024

Bools = NDArray[np.bool_]


def has_months(definition: Definition) -> bool:
    """Whether what is counted has a day, and what it is counted of too, or is inhabitants."""
    below = definition.denominator
    return _is_dated(definition.numerator.table) and (
        below is None or below.table == "population" or _is_dated(below.table)
    )


def _is_dated(table: str) -> bool:
    return MOMENT in tables()[tables()[table].made_from or table].columns


def publish_months(
    engine: Engine,
    wanted: Sequence[Definition],
    asked: Asked,
    *,
    levels: Levels,
    covered: Iterable[str],
    years: pa.Table | None = None,
    progress: Callable[[str], None] = lambda _line: None,
) -> pa.Table:
    """The months of those of `wanted` that have any, with `PUBLISHED`; `year` is 202401 for January 2024.

    `covered` are the municipalities that their tables have. `years` is what `publish` gave of the same: the
    months of a year that is hidden there would sum to it.

    Rates of inhabitants are a year's: the inhabitants are counted as the part of a year the month is.
    """
    sums = sums_of(levels, covered)
    found = list(_counted(engine, [one for one in wanted if has_months(one)], asked, sums, progress))
    if not found:
        return PUBLISHED.empty_table()
    blocks = {one.definition.id: one.small(asked) for one in found}
    _hide_small_rests(found, blocks, asked)
    for one in found if years is not None else ():
        blocks[one.definition.id] |= one.not_shown(years)
    answers = []
    for one in found:
        shut = one.with_wider(blocks[one.definition.id])
        figures = figures_of(one.definition, one.cells)
        below = shut & (POPULATION in parts_of(one.definition))
        answer = rows_of(one.definition, one.cells, figures, one.levels, shut, below)
        log_question(engine, one.definition, asked, answer)
        answers.append(answer)
    return pa.concat_tables(answers)


@dataclass(frozen=True)
class Monthly:
    """An indicator's months in the sums; `within` has the municipalities of each area."""

    definition: Definition
    cells: Counted
    sums: Mapping[str, Area]

    @property
    def levels(self) -> list[str]:
        return [self.sums[area].level for area in self.cells.areas]

    def small(self, asked: Asked) -> Bools:
        """(cells,): months that must be hidden, and with them their whole year."""
        return self.whole_years(hidden(self.definition, self.cells, on=asked.at.date()))

    def rules(self, asked: Asked) -> Rules:
        return rules_of(self.definition.disclosure, on=asked.at.date()).rules

    def whole_years(self, shut: Bools) -> Bools:
        """All months of an area and a year in which one is hidden."""
        keys = self.years()
        return np.isin(keys, keys[shut])

    def years(self) -> NDArray[np.str_]:
        pairs = zip(self.cells.areas, self.cells.years, strict=True)
        return np.array([f"{area} {month // HUNDRED}" for area, month in pairs])

    def not_shown(self, years: pa.Table) -> Bools:
        """Months of an area and a year that a table of years hides, or does not have."""
        own = years.filter(pc.field("indicator") == self.definition.id)
        shown = own.filter(pc.field("flag") != int(Flag.HIDDEN))
        pairs = zip(shown["area"].to_pylist(), shown["year"].to_pylist(), strict=True)
        return ~np.isin(self.years(), [f"{area} {year}" for area, year in pairs])

    def with_wider(self, shut: Bools) -> Bools:
        """Also the same years of every area that holds one whose year is hidden."""
        years = np.array(self.cells.years) // HUNDRED
        found = shut.copy()
        for area in set(np.array(self.cells.areas)[shut].tolist()):
            inside = self.sums[area].within
            wider = [code for code, one in self.sums.items() if inside < one.within or inside == one.within]
            own = np.unique(years[shut & (np.array(self.cells.areas) == area)])
            found |= np.isin(self.cells.areas, wider) & np.isin(years, own)
        return found


def _counted(
    engine: Engine,
    wanted: Sequence[Definition],
    asked: Asked,
    sums: Sequence[Area],
    progress: Callable[[str], None],
) -> Iterator[Monthly]:
    for definition in wanted:
        progress(f"{definition.id}, by month")
        rows = engine.fetch(expression(definition, engine.tables, years=asked.years, by_month=True))
        cells = counted(definition, within_data(spread(rows)))
        yield Monthly(definition, only_sums(add_levels(cells, sums)), {one.code: one for one in sums})


def spread(rows: pa.Table) -> pa.Table:
    """Inhabitants of a year as those of each of its months: the part of the year that the month is."""
    year = rows["year"].to_numpy()
    of_year = year < HUNDRED**2
    month = np.tile(np.array(MONTHS), int(of_year.sum()))
    whole = rows.filter(pa.array(of_year)).take(pa.array(np.repeat(np.arange(int(of_year.sum())), 12)))
    base = np.repeat(year[of_year], 12)
    part = np.array([share_of_year(int(y), int(m)) for y, m in zip(base, month, strict=True)])
    below = rows["denominator"].to_numpy().astype(np.float64)
    columns = {
        "area": _both(rows["area"].filter(pa.array(~of_year)), whole["area"]),
        "year": np.concatenate([year[~of_year], base * HUNDRED + month]),
        "stratum": np.concatenate([rows["stratum"].to_numpy()[~of_year], whole["stratum"].to_numpy()]),
        "denominator": np.concatenate([below[~of_year], np.repeat(below[of_year], 12) * part]),
    }
    for name in ("numerator", "squares"):
        columns[name] = np.concatenate([rows[name].to_numpy()[~of_year], whole[name].to_numpy()])
    return pa.table(columns)


def _both(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.ChunkedArray:
    return pa.chunked_array([*one.cast(pa.string()).chunks, *other.cast(pa.string()).chunks], pa.string())


def share_of_year(year: int, month: int) -> float:
    return monthrange(year, month)[1] / (366 if isleap(year) else 365)


def within_data(rows: pa.Table) -> pa.Table:
    """From the first month in which anything happened anywhere to the last: the rest is unknown, not zero."""
    months, above = rows["year"].to_numpy(), rows["numerator"].to_numpy()
    there = months[above > 0]
    if not len(there):
        return rows.slice(0, 0)
    return rows.filter(pa.array((months >= there.min()) & (months <= there.max())))


def only_sums(cells: Counted) -> Counted:
    first = cells.municipalities if cells.municipalities is not None else len(cells.areas)
    return Counted(
        cells.areas[first:],
        cells.years[first:],
        cells.strata,
        cells.numerator[first:],
        cells.denominator[first:],
        cells.squares[first:],
    )


def _hide_small_rests(found: Sequence[Monthly], blocks: dict[str, Bools], asked: Asked) -> None:
    """A part that is nearly the whole tells who the few others are: the part's year is hidden then."""
    known = {
        counting_of(part): (one, what) for one in found for what, part in parts_of(one.definition).items()
    }
    for inner, outer in _nested(known):
        one, what = known[inner]
        whole, of_what = known[outer]
        rest = _rest(_numbers(one.cells, what), _numbers(whole.cells, of_what))
        few = (rest > 0) & (rest <= one.rules(asked).highest_hidden)
        blocks[one.definition.id] |= one.whole_years(few)


def _nested(known: Mapping[Counting, object]) -> Iterator[tuple[Counting, Counting]]:
    for family in families_of(known):
        for small, large in permutations(range(len(family.sets)), 2):
            if np.all(family.holds[large] >= family.holds[small]):
                yield family.sets[small], family.sets[large]


Numbers = Mapping[tuple[str, int], float]


def _numbers(cells: Counted, what: str) -> Numbers:
    """By area and month."""
    found = (cells.numerator if what == COUNT else cells.denominator).sum(axis=1)
    return dict(zip(zip(cells.areas, cells.years, strict=True), found.tolist(), strict=True))


def _rest(small: Numbers, large: Numbers) -> NDArray[np.float64]:
    """What the large has more, in the order of the small."""
    return np.array([large.get(key, 0.0) - own for key, own in small.items()])
