"""`suppress`: a table in, the same rows out, what must be hidden hidden, a flag and a reason on each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samspill.analysis.disclosure.cells import Cell, Flag, Hierarchy, Release
from samspill.analysis.disclosure.completing import Completed, complete
from samspill.analysis.disclosure.hierarchies import dimension_of
from samspill.analysis.disclosure.layout import Cube, Key, axis_of
from samspill.analysis.disclosure.primary import Counted, reasons
from samspill.analysis.disclosure.protecting import Known, Protected, protect
from samspill.analysis.disclosure.reading import (
    Dimensions,
    Row,
    Rows,
    cells_of,
    hierarchies_of,
    refused_row,
    rows_of,
)
from samspill.analysis.disclosure.rules import Rules
from samspill.refusal import Refused


@dataclass(frozen=True, eq=False)
class Suppressed(Sequence[dict[str, Any]]):
    """The rows of a table in their order, with "flag" and "reason" added; `value` is None unless it is shown.

    `cells` are the same as typed cells; `derived` those that no row has but anyone can compute from rows and
    hierarchies, hidden or shown like the rest. `given_away` are hidden cells that earlier releases tell,
    exactly or too nearly: nothing that is hidden here can help them.
    """

    rows: tuple[dict[str, Any], ...]
    cells: tuple[Cell, ...]
    derived: tuple[Cell, ...]
    given_away: tuple[Cell, ...]
    dimensions: Mapping[str, Hierarchy]
    rules: Rules

    def __getitem__(self, place: Any) -> Any:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The same rows as columns."""
        names = dict.fromkeys(name for row in self.rows for name in row)
        return {name: [row.get(name) for row in self.rows] for name in names}

    @property
    def hidden(self) -> tuple[Cell, ...]:
        """Rows that are hidden, and why."""
        return tuple(cell for cell in self.cells if cell.flag is Flag.HIDDEN)

    def release(self, name: str = "") -> Release:
        """What goes out, as `already_published` of the next table and as input of `audit`."""
        return Release((*self.cells, *self.derived), self.dimensions, self.rules, name)


def suppress(
    rows: Rows,
    *,
    dimensions: Dimensions,
    value: str = "count",
    population: str | None = None,
    rules: Rules | None = None,
    time: str | None = None,
    totals: str = "derive",
    already_published: Sequence[Suppressed | Release] | Suppressed | Release = (),
) -> Suppressed:
    """Hide what is small, and what else must be hidden so that nobody can compute it or come too near.

    `rows`: dicts, or columns by name. Each has a code for every dimension of the table – one that is left out
    is a total over it, so that several linked tables go in one list – a whole number or None (missing) under
    `value`, and its denominator under `population` if that is named. A row that comes with "flag" 3 is hidden
    whatever its count; 1 (missing) and 2 (not possible) have no number.

    `dimensions`: for each its hierarchy `{parent: [children]}`, over any number of levels; a code may stand
    under several parents (county and helsefellesskap, moving three-year sums). None: its codes have no sum.

    `rules`: which cells are small, and how wide what is hidden must be; `rules_of` has those of Norwegian
    data sets. `time` names the dimension of years, for the rules of series and of sums over years.

    `totals`: "derive" takes it that all sums the hierarchies know are shown somewhere, also those no row has;
    "given" that the rows are all there is.

    `already_published`: earlier releases of the same version of the data. What they show is taken as known
    and what they hide stays hidden.

    Refuses bad tables with a stable code and the row: see `reading`, `hierarchies`, `layout`, and
    `totals_do_not_add`, `duplicate_cell`, `releases_differ`, `unknown_option`.
    """
    table = _Table(
        rows, dimensions, value, population, rules or Rules(), time, totals, _releases(already_published)
    )
    known = table.known()
    lowest, width = int(table.rules.zeros_shown), table.rules.width
    done = table.completed
    found = protect(table.cube, known, done.inner, done.inner_known, lowest=lowest, width=width)
    return table.result(known, found)


def _releases(given: Sequence[Suppressed | Release] | Suppressed | Release) -> list[Release]:
    several = [given] if isinstance(given, Suppressed | Release) else list(given)
    return [one if isinstance(one, Release) else one.release() for one in several]


class _Table:
    """A table on its way through `suppress`."""

    def __init__(
        self,
        rows: Rows,
        dimensions: Dimensions,
        value: str,
        population: str | None,
        rules: Rules,
        time: str | None,
        totals: str,
        earlier: Sequence[Release],
    ) -> None:
        self.hierarchies = hierarchies_of(dimensions)
        if totals not in ("derive", "given") or (time is not None and time not in self.hierarchies):
            raise Refused(
                "unknown_option", f"totals «{totals}» must be derive or given, and time «{time}» a dimension."
            )
        self.value, self.rules, self.time, self.derive = value, rules, time, totals == "derive"
        self.rows = rows_of(rows)
        self.cells = cells_of(self.rows, self.hierarchies, value, population)
        self.earlier = earlier
        self.cube = _cube(self.hierarchies, self.cells, earlier, all_codes=self.derive)
        self.keys = self._keys()
        self.completed = self._completed()

    def _keys(self) -> dict[Key, int]:
        """Place of each cell among the rows."""
        keys: dict[Key, int] = {}
        for number, cell in enumerate(self.cells):
            before = keys.setdefault(self.cube.key(cell.at), number)
            if before != number:
                raise refused_row(
                    "duplicate_cell", number + 1, f"is the same cell as row {before + 1}", cell.at
                )
        return keys

    def _completed(self) -> Completed:
        shown = {key: self.cells[place].value for key, place in self.keys.items()}
        for cell in (one for release in self.earlier for one in release.cells if one.value is not None):
            if cell.flag is Flag.SHOWN and _differs(shown, self.cube.key(cell.at), cell.value):
                where = ", ".join(f"{name} {code}" for name, code in cell.at)
                raise Refused(
                    "releases_differ",
                    f"{where} is {cell.value} in an earlier release, {shown[self.cube.key(cell.at)]} here. "
                    "A release counts as earlier only if it is of the same version of the data.",
                    facts=dict(cell.at),
                )
        counted = {key: count for key, count in shown.items() if count is not None}
        return complete(self.cube, list(counted), list(counted.values()))

    def known(self) -> list[Known]:
        """All cells of the system: given ones, those that follow from them, and those of earlier releases."""
        out = {
            key for key, cell in self._earlier() if cell.flag is not Flag.HIDDEN and cell.value is not None
        }
        before = {key for key, cell in self._earlier() if cell.flag is Flag.HIDDEN}
        keys = dict.fromkeys(self.keys)
        if self.derive:
            keys |= dict.fromkeys(tuple(map(int, one)) for one in np.argwhere(self.completed.known))
        keys |= dict.fromkeys([*out, *before])
        people = self._population()
        why = dict(
            zip(keys, reasons([self._counted(key, people(key)) for key in keys], self.rules), strict=True)
        )
        return [
            Known(
                key,
                (count := self._count(key)),
                people(key),
                why="hidden_before" if self._is_hidden(key, before) else why[key],
                out=key in out or self._cannot_hide(count, people(key)),
            )
            for key in keys
        ]

    def _earlier(self) -> Iterator[tuple[Key, Cell]]:
        return ((self.cube.key(cell.at), cell) for release in self.earlier for cell in release.cells)

    def _is_hidden(self, key: Key, before: set[Key]) -> bool:
        return key in before or (key in self.keys and self.cells[self.keys[key]].flag is Flag.HIDDEN)

    def _cannot_hide(self, count: int | None, people: int | None) -> bool:
        return people == 0 or (count == 0 and self.rules.zeros_shown)

    def _count(self, key: Key) -> int | None:
        return int(self.completed.values[key]) if self.completed.known[key] else None

    def _counted(self, key: Key, people: int | None) -> Counted:
        if self.time is None:
            return Counted(self._count(key), people)
        place = [axis.name for axis in self.cube.axes].index(self.time)
        years = self.cube.axes[place].sizes[key[place]]
        return Counted(self._count(key), people, years, (key[:place], key[place + 1 :], years))

    def _population(self) -> Callable[[Key], int | None]:
        """The denominator of a cell: its row's, or the sum of those of its inner cells."""
        given = {key: self.cells[place].population for key, place in self.keys.items()}
        inner, lacks = np.zeros(self.cube.size, np.int64), np.ones(self.cube.size, np.int64)
        for key, people in given.items():
            cover = self.cube.inner(key) if people is not None else ()
            if len(cover) == 1:
                inner[cover], lacks[cover] = people or 0, 0
        sums, lacking = self.cube.sums(inner), self.cube.sums(lacks)

        def of(key: Key) -> int | None:
            own = given.get(key)
            return own if own is not None else (None if lacking[key] else int(sums[key]))

        return of

    def result(self, known: Sequence[Known], found: Protected) -> Suppressed:
        cells = dict(zip((one.key for one in known), map(self._cell, known, found.why), strict=True))
        given = tuple(cells[key] for key in self.keys)
        return Suppressed(
            rows=tuple(self._row(row, cell) for row, cell in zip(self.rows, given, strict=True)),
            cells=given,
            derived=tuple(cell for key, cell in cells.items() if key not in self.keys),
            given_away=tuple(cells[known[one].key] for one in found.given_away),
            dimensions=self.hierarchies,
            rules=self.rules,
        )

    def _cell(self, one: Known, why: str) -> Cell:
        at = self.cube.at(one.key)
        place = self.keys.get(one.key)
        flag = Flag.SHOWN if place is None else self.cells[place].flag
        if why:
            return Cell(at, None, Flag.HIDDEN, one.population, why)
        if flag is Flag.NOT_POSSIBLE or one.population == 0:
            return Cell(at, None, Flag.NOT_POSSIBLE, one.population, "not_possible")
        if one.value is None or flag is Flag.MISSING:
            return Cell(at, None, Flag.MISSING, one.population, "missing")
        return Cell(at, one.value, Flag.SHOWN, one.population)

    def _row(self, row: Row, cell: Cell) -> dict[str, Any]:
        return {**row, self.value: cell.value, "flag": int(cell.flag), "reason": cell.reason}


def _differs(shown: dict[Key, int | None], key: Key, value: int | None) -> bool:
    """Takes the earlier value into `shown` where there is none."""
    if shown.get(key) is None:
        shown[key] = value
    return shown[key] != value


def _cube(
    hierarchies: Mapping[str, Hierarchy],
    cells: Sequence[Cell],
    earlier: Sequence[Release],
    *,
    all_codes: bool,
) -> Cube:
    """The cube of this table and of all earlier ones."""
    everything = [*cells, *(cell for release in earlier for cell in release.cells)]
    names = dict.fromkeys([*hierarchies, *(name for release in earlier for name in release.dimensions)])
    axes = []
    for name in names:
        codes = [dict(cell.at).get(name) for cell in everything]
        several = [hierarchies.get(name), *(release.dimensions.get(name) for release in earlier)]
        dimension = dimension_of(name, several, (code for code in codes if code is not None))
        axes.append(axis_of(dimension, codes, all_codes=all_codes))
    return Cube(tuple(axes))
