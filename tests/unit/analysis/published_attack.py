"""What an outsider makes of published tables: counts laid out as sums, and the audit of `disclosure`.

Only what stands in the tables is used, with what each says that it counts. The truth is not known here.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pyarrow as pa

from samspill.analysis.disclosure import Cell, Finding, Flag, Release, audit, rules_of
from samspill.analysis.indicators.definitions import Part
from samspill.analysis.indicators.families import Counting, Family, counting_of, families_of

RULES = rules_of("npr_kpr", on=date(2026, 1, 1)).rules
Cells = dict[Counting, dict[tuple[str, int], int | None]]


def attack(tables: Iterable[pa.Table]) -> list[tuple[int, Finding]]:
    """(year, hidden number that can be computed or nearly) from all the tables together."""
    tables = list(tables)
    cells, sums = read(tables)
    found = []
    for family in families_of(cells):
        for year in sorted({year for one in family.sets for _area, year in cells[one]}):
            release = release_of(family, cells, sums, year)
            if any(cell.flag is Flag.HIDDEN for cell in release.cells):
                found += [(year, one) for one in audit(release).findings]
    return found


def read(tables: Iterable[pa.Table]) -> tuple[Cells, dict[str, list[str]]]:
    """Every count by what it counts, area and year (None: hidden), and the municipalities of each sum."""
    cells: Cells = defaultdict(dict)
    sums: dict[str, list[str]] = {}
    for table in tables:
        told = json.loads(table.schema.metadata[b"samspill"])
        sums |= {code: within for code, (_level, within) in told["sums"].items()}
        for row in table.to_pylist():
            for what, written in told["counted"].get(row["indicator"], {}).items():
                counting = counting_of(Part(**{**written, "ages": tuple(written["ages"])}))
                cell = row["area"], row["year"]
                before = cells[counting].get(cell)
                cells[counting][cell] = row[what] if before is None else before
    return cells, sums


def release_of(family: Family, cells: Cells, sums: dict[str, list[str]], year: int) -> Release:
    atoms = [f"atom {place}" for place in range(family.holds.shape[1])]
    names = [f"set {place}" for place in range(len(family.sets))]
    sets = {name: [atoms[k] for k in row.nonzero()[0]] for name, row in zip(names, family.holds, strict=True)}
    own = [(name, cells[one]) for name, one in zip(names, family.sets, strict=True)]
    there = {area for _name, counts in own for area, when in counts if when == year}
    found = [
        Cell(
            (("area", area), ("set", name)),
            counts[area, year],
            Flag.HIDDEN if counts[area, year] is None else Flag.SHOWN,
        )
        for name, counts in own
        for area in sorted(there)
        if (area, year) in counts
    ]
    areas = {code: within for code, within in sums.items() if code in there}
    loose = sorted(there - set(areas) - {one for within in areas.values() for one in within})
    if areas and loose:
        areas["all there are"] = sorted({one for within in areas.values() for one in within} | set(loose))
    return Release(tuple(found), {"area": areas or None, "set": {"all": atoms, **sets}}, RULES)
