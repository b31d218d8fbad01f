"""What was published before, read back from its tables: what each number counted, and where."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from samspill.analysis.indicators.counts import parts_of
from samspill.analysis.indicators.definitions import Definition, Part
from samspill.analysis.indicators.levels import COUNTRY, Area
from samspill.refusal import Refused

KEY = b"samspill"


@dataclass(frozen=True, eq=False)
class Earlier:
    """A column of an earlier table: one part, with areas and years; `values` of shown cells, else None.

    `sums` are the municipalities of its areas that are sums.
    """

    part: Part
    areas: list[str]
    years: list[int]
    values: list[int | None]
    sums: Mapping[str, frozenset[str]]

    def within(self, area: str) -> frozenset[str]:
        return self.sums.get(area, frozenset([area]))


def told_of(wanted: Sequence[Definition], sums: Sequence[Area], **more: str) -> dict[bytes, bytes]:
    """Metadata of a published table: what later releases must know to protect what it hides."""
    told = {
        "sums": {area.code: [area.level, sorted(area.within)] for area in sums},
        "counted": {one.id: {what: asdict(part) for what, part in parts_of(one).items()} for one in wanted},
        **more,
    }
    return {KEY: json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()}


def read_told(table: pa.Table) -> Mapping[str, Any]:
    """The same, read. Refuses (`not_published`) a table without: it is none that `publish` gave."""
    found = (table.schema.metadata or {}).get(KEY)
    if found is None:
        raise Refused(
            "not_published",
            "A table said to be published before does not tell what it counts. Give those that were"
            " published, with their metadata.",
            field="published",
        )
    return json.loads(found)


def sums_before(tables: Iterable[pa.Table], sums: Sequence[Area]) -> list[Area]:
    """Sums of earlier tables that are not among `sums`. Refuses (`levels_differ`) one code for two.

    «All» may have been all of other tables; it then has a code of its own here.
    """
    found = {area.code: area for area in sums}
    for table in tables:
        for code, (level, names) in read_told(table)["sums"].items():
            within = frozenset(names)
            if found.get(code, Area(code, level, within)).within == within:
                found.setdefault(code, Area(code, level, within))
            elif level == COUNTRY:
                own = f"{code}: {', '.join(sorted(within))}"
                found.setdefault(own, Area(own, level, within))
            else:
                raise _levels_differ(code)
    return [area for area in found.values() if area not in sums]


def _levels_differ(code: str) -> Refused:
    return Refused(
        "levels_differ",
        f"{code} had other municipalities when it was published before from the same data. Use the same"
        " areas, or new data.",
        field="levels",
    )


def earlier_of(tables: Iterable[pa.Table]) -> list[Earlier]:
    """Every count of persons in the tables."""
    return [one for table in tables for one in _of_table(table)]


def _of_table(table: pa.Table) -> Iterable[Earlier]:
    told = read_told(table)["counted"]
    sums = {code: frozenset(within) for code, (_level, within) in read_told(table)["sums"].items()}
    columns = table.select(["indicator", "area", "year", "count", "population"]).to_pydict()
    ids = np.array(columns["indicator"], dtype=object)
    for indicator, parts in told.items():
        rows = np.flatnonzero(ids == indicator)
        for what, written in parts.items():
            own = {name: [columns[name][row] for row in rows] for name in ("area", "year", what)}
            yield Earlier(_part(written), own["area"], own["year"], own[what], sums)


def _part(written: Mapping[str, Any]) -> Part:
    return Part(**{**written, "ages": tuple(written["ages"])})
