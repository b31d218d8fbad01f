"""What of indicators may be published, with sums over areas, beside all that was published before.

Small counts are hidden as in `run`; then, over all indicators that count the same things and all sums over
areas, whatever else must be hidden so that no hidden number can be computed or known nearly; then everything
ever published from the data is audited together. If the audit finds anything nothing is given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from samspill.analysis.disclosure import SourcedRules, rules_of
from samspill.analysis.indicators.before import counts_before
from samspill.analysis.indicators.counts import (
    COUNT,
    POPULATION,
    Bools,
    Count,
    Places,
    known_most,
    parts_of,
)
from samspill.analysis.indicators.definitions import Definition
from samspill.analysis.indicators.engines import Engine
from samspill.analysis.indicators.families import Counting, counting_of, families_of
from samspill.analysis.indicators.hiding import few_behind, small_above, small_below
from samspill.analysis.indicators.levels import Area, Levels, add_levels, sums_of
from samspill.analysis.indicators.protecting import layouts_of, protect, strictest
from samspill.analysis.indicators.releases import sums_before, told_of
from samspill.analysis.indicators.rows import PUBLISHED, rows_of
from samspill.analysis.indicators.running import Asked, check_areas, check_tables, counted_of, log_question
from samspill.analysis.indicators.standardising import Counted, figures_of
from samspill.analysis.indicators.union import Audited, audit_union
from samspill.refusal import Refused

Found = Sequence[tuple[Definition, Counted]]


@dataclass(frozen=True)
class Hidden:
    """A number that is hidden, for the owner of the data alone: to tell why would tell of the number."""

    indicator: str
    what: str
    area: str
    year: int
    reason: str


@dataclass(frozen=True, eq=False)
class Published:
    """`table` may be published, and goes with its metadata to the next `publish`; `hidden` may not.

    `withheld` are indicators and years the table lacks: what was published before leaves no room for them.
    """

    table: pa.Table
    audit: Audited
    hidden: tuple[Hidden, ...]
    withheld: tuple[tuple[str, int], ...]

    def report(self) -> dict[str, Any]:
        """For the owner, as JSON: the audit, the rules, and what is hidden and why."""
        withheld = [{"indicator": indicator, "year": year} for indicator, year in self.withheld]
        return {**self.audit.report(), "hidden": [vars(one) for one in self.hidden], "withheld": withheld}


def publish(
    engine: Engine,
    wanted: Sequence[Definition],
    asked: Asked,
    *,
    levels: Levels | None = None,
    published: Sequence[pa.Table] = (),
    told: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda _line: None,
) -> Published:
    """The figures of `wanted` that may be published, with `PUBLISHED`, ordered by indicator, level and area.

    `levels` are the sums to publish beside the municipalities; None: no sums. `asked.areas` may name any code
    of a level. `published` are all tables that `publish` gave before from the same data: what they show is
    known to everybody, what they hide stays hidden. `told` goes into the metadata of the table.

    A count and a value are None where a number is hidden (flag 3); figures of persons have as many digits as
    their count, three at least. Refuses as `run`, and `levels_cross`, `levels_differ`, `not_published`; and
    `audit_failed` when something hidden could be computed from all that is published.
    """
    for definition in wanted:
        check_tables(definition, engine)
    found: Found = list(counted_of(engine, wanted, asked, progress))
    sums = sums_of(levels, {area for _one, cells in found for area in cells.areas})
    found = [(one, add_levels(cells, sums)) for one, cells in found]
    places = _places(found, sums, published, asked)
    rules = {one.disclosure: rules_of(one.disclosure, on=asked.at.date()) for one in wanted if parts_of(one)}
    counts = _counts(found, places, _asked_places(places, sums, asked), rules)
    counts_before(engine, counts, places, published)
    hardest = strictest([one.rules for one in rules.values()])
    layouts = layouts_of(families_of(counts), counts, places, hardest)
    protect(layouts, places.tree, hardest)
    audited = audit_union(counts, layouts, places, hardest, rules)
    if not audited.ok:
        raise _leaks(audited)
    answers = list(_answers(engine, found, counts, places, asked))
    table = pa.concat_tables(answers) if answers else PUBLISHED.empty_table()
    table = table.replace_schema_metadata(told_of(wanted, sums, **(told or {})))
    withheld = tuple(_withheld(wanted, counts, places))
    return Published(table, audited, tuple(_hidden(found, counts, places)), withheld)


def _leaks(audited: Audited) -> Refused:
    return Refused(
        "audit_failed",
        f"Nothing is published: {len(audited.findings)} hidden numbers could be computed, or nearly, from"
        " this and what was published before from the same data. The report for the owner says which.",
        facts={"report": audited.report()},
    )


def _places(found: Found, sums: Sequence[Area], published: Sequence[pa.Table], asked: Asked) -> Places:
    everywhere = [*sums, *sums_before(published, sums)]
    municipalities = {area for _one, cells in found for area in cells.areas[: cells.municipalities]}
    municipalities |= {one for area in everywhere for one in area.within}
    if municipalities:
        check_areas(asked, municipalities | {area.code for area in sums})
    years = {year for _one, cells in found for year in cells.years}
    return Places.of(municipalities, everywhere, years)


def _asked_places(places: Places, sums: Sequence[Area], asked: Asked) -> Bools:
    """(places,): what the table is to have."""
    own = {area.code for area in sums} | {
        code for code, one in places.levels.items() if one == "municipality"
    }
    wanted = own if asked.areas is None else own & set(asked.areas)
    found = np.zeros(places.shape[0], dtype=bool)
    found[[places.codes[code] for code in sorted(wanted)]] = True
    return found


def _counts(
    found: Found, places: Places, shown: Bools, rules: Mapping[str, SourcedRules]
) -> dict[Counting, Count]:
    """Everything that is counted of persons in this release, small counts marked."""
    counts: dict[Counting, Count] = {}
    for definition, cells in found:
        for what, part in parts_of(definition).items():
            one = counts.setdefault(counting_of(part), Count.empty(part, places.shape))
            one.asked |= shown[:, None]
            _mark(one, what, definition, cells, places.at(cells.areas, cells.years), rules)
    for one in counts.values():
        one.values = places.tree.summed(one.values)  # also of sums that are not asked for, but were before
    return counts


def _mark(
    count: Count,
    what: str,
    definition: Definition,
    cells: Counted,
    at: tuple[Any, Any],
    rules: Mapping[str, SourcedRules],
) -> None:
    """Fill in the counts of an indicator, and which are small."""
    own = rules[definition.disclosure].rules
    if what == COUNT:
        count.values[at] = cells.numerator.sum(axis=1)
        count.high[at] = np.minimum(count.high[at], known_most(definition, cells))
        few = few_behind(cells, own)
        count.few[at] |= few
        count.small[at] |= small_above(cells, own) | few
    else:
        count.values[at] = cells.denominator.sum(axis=1)
        count.small[at] |= small_below(cells, own)


def _flags(definition: Definition, cells: Counted, counts: Mapping[Counting, Count], places: Places) -> Any:
    """Where the count and the population of an indicator are hidden."""
    at = places.at(cells.areas, cells.years)
    found = {what: np.zeros(len(cells.areas), dtype=bool) for what in (COUNT, POPULATION)}
    for what, part in parts_of(definition).items():
        found[what] = counts[counting_of(part)].hidden[at]
    return found


def _answers(
    engine: Engine, found: Found, counts: Mapping[Counting, Count], places: Places, asked: Asked
) -> Iterator[pa.Table]:
    for definition, cells in found:
        hidden = _flags(definition, cells, counts, places)
        level = [places.levels[area] for area in cells.areas]
        figures = figures_of(definition, cells)
        answer = rows_of(definition, cells, figures, level, hidden[COUNT], hidden[POPULATION])
        there = _is_told(definition, cells, counts, places)
        if asked.areas is not None:
            there &= np.isin(np.array(cells.areas), list(asked.areas))
        answer = answer.filter(pa.array(there))
        log_question(engine, definition, asked, answer)
        yield answer


def _is_told(
    definition: Definition, cells: Counted, counts: Mapping[Counting, Count], places: Places
) -> Bools:
    """Rows of years that are not withheld."""
    found = np.ones(len(cells.areas), dtype=bool)
    for part in parts_of(definition).values():
        found &= ~counts[counting_of(part)].withheld[places.at(cells.areas, cells.years)[1]]
    return found


def _withheld(
    wanted: Sequence[Definition], counts: Mapping[Counting, Count], places: Places
) -> Iterator[tuple[str, int]]:
    """Indicators and years that are left out of the table."""
    for definition in wanted:
        years = np.zeros(len(places.years), dtype=bool)
        for part in parts_of(definition).values():
            years |= counts[counting_of(part)].withheld
        yield from ((definition.id, places.years[one]) for one in np.flatnonzero(years))


def _hidden(found: Found, counts: Mapping[Counting, Count], places: Places) -> Iterator[Hidden]:
    for definition, cells in found:
        rows, years = places.at(cells.areas, cells.years)
        for what, part in parts_of(definition).items():
            one = counts[counting_of(part)]
            for cell in np.flatnonzero(one.hidden[rows, years]):
                place, year = int(rows[cell]), int(years[cell])
                reason = one.reason(place, year)
                yield Hidden(definition.id, what, cells.areas[cell], cells.years[cell], reason)
