"""Sums over areas: community, health region and country beside the municipalities.

What is summed are the counts of each stratum, so that a standardised rate or a share of a community comes
from its own exact counts. A person counted once in each of two municipalities is counted in both in their
sum.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from samspill.analysis.indicators.standardising import Counted, Floats
from samspill.refusal import Refused

Levels = Mapping[str, Mapping[str, Sequence[str]]]
"""Name of a level → code of an area → its municipalities: `{"community": {"HF01": ["3101", …]}}`."""
FILE = "areas.csv"
COLUMNS = ("area", "community", "region")
MUNICIPALITY, COUNTRY = "municipality", "country"
MUNICIPALITIES = 357  # of Norway since 1 January 2024
NORWAY, EVERYTHING = "NO", "ALL"


@dataclass(frozen=True)
class Area:
    """One that has a sum: its code, its level and the municipalities in it."""

    code: str
    level: str
    within: frozenset[str]


def read_levels(folder: Path) -> Levels:
    """From `areas.csv` (area, community, region) of a data set; none without the file.

    A municipality may lack either. Refuses (`areas_file`) other columns, and an area that stands twice.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise _refused(path, f"it must have the columns {', '.join(COLUMNS)}")
        rows = [{name: (row[name] or "").strip() for name in COLUMNS} for row in reader]
    named = [row["area"] for row in rows]
    twice = sorted({one for one in named if named.count(one) > 1 or not one})
    if twice:
        raise _refused(path, f"area {twice[0] or 'without a code'} stands more than once")
    found: dict[str, dict[str, list[str]]] = {}
    for level in COLUMNS[1:]:
        for row in rows:
            if row[level]:
                found.setdefault(level, {}).setdefault(row[level], []).append(row["area"])
    return found


def write_areas(folder: Path, rows: Iterable[tuple[str, str, str]]) -> None:
    """Write `areas.csv` from (area, community, region)."""
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def sums_of(levels: Levels | None, municipalities: Iterable[str]) -> list[Area]:
    """The sums there can be over municipalities that are in the data; a part of a community is no community.

    None: no sums at all. The country is added: `NO` when all municipalities are there, else `ALL`. Refuses
    (`levels_cross`) areas that share municipalities and are not within each other, and `area_code_twice`.
    """
    if levels is None:
        return []
    there = frozenset(municipalities)
    found = [
        Area(code, level, frozenset(within))
        for level, codes in levels.items()
        if level != COUNTRY
        for code, within in codes.items()
        if within and there.issuperset(within)
    ]
    whole = NORWAY if len(there) == MUNICIPALITIES else EVERYTHING
    found += [Area(whole, COUNTRY, there)] if there else []
    _check(found, there)
    return found


def _check(areas: Sequence[Area], there: frozenset[str]) -> None:
    codes = [area.code for area in areas]
    twice = sorted({code for code in codes if codes.count(code) > 1 or code in there})
    if twice:
        raise Refused("area_code_twice", f"{twice[0]} is the code of two areas.", field="levels")
    for number, one in enumerate(areas):
        for other in areas[:number]:
            both = one.within & other.within
            if both and both not in (one.within, other.within):
                raise Refused(
                    "levels_cross",
                    f"{one.code} and {other.code} share {min(both)}, and neither is within the other. Their"
                    " sums would tell of each other; leave out a level.",
                    field="levels",
                )


def add_levels(cells: Counted, sums: Sequence[Area]) -> Counted:
    """The same cells, and after them those of sums: each stratum the sum of those of its municipalities.

    `municipalities` of the result says how many rows are no sums.
    """
    if not sums or not cells.areas:
        return cells
    years = sorted(set(cells.years))
    codes, of_year = np.array(cells.areas), np.searchsorted(years, cells.years)
    sources = [np.flatnonzero(np.isin(codes, sorted(area.within))) for area in sums]
    source = np.concatenate(sources)
    into = np.repeat(np.arange(len(sums)), [len(one) for one in sources]) * len(years) + of_year[source]
    there, into = np.unique(into, return_inverse=True)

    def both(rows: Floats) -> Floats:
        summed = np.zeros((len(there), rows.shape[1]))
        np.add.at(summed, into, rows[source])
        return np.concatenate([rows, summed])

    return Counted(
        (*cells.areas, *(sums[int(one) // len(years)].code for one in there)),
        (*cells.years, *(years[int(one) % len(years)] for one in there)),
        cells.strata,
        numerator=both(cells.numerator),
        denominator=both(cells.denominator),
        squares=both(cells.squares),
        municipalities=len(cells.areas),
    )


def _refused(path: Path, why: str) -> Refused:
    return Refused("areas_file", f"{path} cannot be used: {why}.", field="data")
