"""The counts of earlier releases, beside those of the one that is made: shown, hidden, and what they are."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa

from samspill.analysis.indicators.counts import Count, Places
from samspill.analysis.indicators.definitions import Definition, Part, Standardisation, all_definitions
from samspill.analysis.indicators.engines import Engine
from samspill.analysis.indicators.expressions import expression
from samspill.analysis.indicators.families import Counting, counting_of, families_of
from samspill.analysis.indicators.releases import Earlier, earlier_of
from samspill.refusal import Refused


def counts_before(
    engine: Engine, counts: dict[Counting, Count], places: Places, tables: Iterable[pa.Table]
) -> None:
    """Mark in `counts` what earlier tables show and hide; add what they counted that is nested with it.

    What is added is counted again, so that hidden numbers can be protected. Refuses (`releases_differ`) a
    table that shows other numbers: it is of other data.
    """
    earlier = earlier_of(tables)
    told = {counting_of(one.part): one.part for one in earlier}
    near = {
        one
        for family in families_of([*counts, *told])
        if counts.keys() & set(family.sets)
        for one in family.sets
    }
    for counting in near - counts.keys():
        counts[counting] = _counted(engine, told[counting], places)
    for one in earlier:
        if (count := counts.get(counting_of(one.part))) is not None:
            _mark(count, one, places)


def _counted(engine: Engine, part: Part, places: Places) -> Count:
    """The true numbers of a part, with their sums."""
    count = Count.empty(part, places.shape)
    rows = engine.fetch(expression(_counting(part), engine.tables, years=list(places.years)))
    at = places.at(rows["area"].to_pylist(), rows["year"].to_pylist())
    np.add.at(count.values, at, rows["numerator"].to_numpy())
    return replace(count, values=places.tree.summed(count.values))


def _counting(part: Part) -> Definition:
    """A definition that counts the part alone."""
    any_one = next(iter(all_definitions().values()))
    return replace(
        any_one,
        id="earlier",
        kind="count",
        numerator=part,
        denominator=None,
        standardisation=Standardisation(),
    )


def _mark(count: Count, earlier: Earlier, places: Places) -> None:
    """A place and a year the table has, and no row for: it shows that there is nobody."""
    place = {within: number for number, within in enumerate(places.within)}
    at = {area: place[earlier.within(area)] for area in earlier.areas}
    years = sorted(set(earlier.years) & set(places.years))
    out, before = np.zeros((2, *places.shape), dtype=bool)
    out[np.ix_(sorted(set(at.values())), [places.year[year] for year in years])] = True
    for area, year, value in zip(earlier.areas, earlier.years, earlier.values, strict=True):
        if year not in places.year:
            continue
        cell = at[area], places.year[year]
        if value is None:
            out[cell], before[cell] = False, True
        elif value != count.values[cell]:
            raise _differ(area, year)
    count.out |= out
    count.before |= before


def _differ(area: str, year: int) -> Refused:
    return Refused(
        "releases_differ",
        f"What was published before has another number for {area}, {year}. Only what is of the same data can"
        " be given as published before.",
        field="published",
        facts={"area": area, "year": year},
    )
