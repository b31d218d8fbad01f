"""Invented tables: variables, and a figure for every combination of codes that anybody can reckon again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

YEARS = tuple(str(year) for year in range(2015, 2027))
# 0101 Halden gave way to 3001 in 2020 and that to 3101 in 2024: SSB has all three in every year.
HALDEN = ("0101", "3001", "3101")


@dataclass(frozen=True)
class InventedVariable:
    code: str
    label: str
    codes: tuple[str, ...]
    role: str = ""
    elimination: bool = False


@dataclass(frozen=True)
class InventedTable:
    """`gone` are pairs of a region and a year that the server refuses, as if the code did not exist then."""

    id: str
    label: str
    variables: tuple[InventedVariable, ...]
    updated: str = "2026-02-25T07:00:00Z"
    gone: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    codelists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # other codes of Region, by id
    times: Mapping[str, str] = field(default_factory=dict)  # when each measure was updated, where they differ
    tells_measure: bool = False  # has no measure to choose, but tells it as a dimension of its own

    def variable(self, code: str) -> InventedVariable | None:
        return next((one for one in self.variables if one.code.lower() == code.lower()), None)


PEOPLE = InventedTable(
    "07459",
    "07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år",
    (
        InventedVariable("Region", "region", ("0", *HALDEN, "3103", "3105", "31"), "geo", True),
        InventedVariable("Kjonn", "kjønn", ("1", "2"), elimination=True),
        InventedVariable("Alder", "alder", tuple(f"{age:03}" for age in range(10)), elimination=True),
        InventedVariable("ContentsCode", "statistikkvariabel", ("Personer1",), "metric"),
        InventedVariable("Tid", "år", YEARS, "time"),
    ),
    codelists={"agg_KommSummer": ("K-3101", "K-3103")},
)

# FHI names its variables and its years in its own way, and has no variable that may be left out.
ALONE = InventedTable(
    "nokkel/187",
    "Bor alene",
    (
        InventedVariable("GEO", "Geografi", ("0", "31", "3101", "3103", "3105")),
        InventedVariable("AAR", "År", tuple(f"{year}_{year}" for year in YEARS)),
        InventedVariable("ALDER", "Alder", ("16_44", "45_120")),
        InventedVariable("MEASURE_TYPE", "Måltall", ("TELLER", "RATE")),
    ),
)


def figure_of(codes: Mapping[str, str], seed: str = "") -> tuple[float | int | None, str | None]:
    """The figure and the symbol of a cell: some are hidden, some lack; codes not in use are 0."""
    region, year = codes.get("Region", ""), codes.get("Tid", "2015")[:4]
    lives = {"0101": ("1900", "2020"), "3001": ("2020", "2024"), "3101": ("2024", "9999")}.get(region)
    if lives and not lives[0] <= year < lives[1]:
        return 0, None
    told = "|".join(f"{name}={codes[name]}" for name in sorted(codes)) + seed
    number = int(hashlib.sha256(told.encode()).hexdigest()[:8], 16)
    if number % 29 == 0:
        return None, ":"
    if number % 31 == 0:
        return None, ".."
    return (number % 1000 / 10 if number % 7 == 0 else number % 5000), None


def to_jsonstat(table: InventedTable, choice: Mapping[str, list[str]], *, seed: str = "") -> dict[str, Any]:
    """The answer to a question; dimensions that are not in `choice` are gone."""
    chosen = [one for one in table.variables if choice.get(one.code)]
    codes = [[code for code in one.codes if code in choice[one.code]] for one in chosen]
    values, status = [], {}
    for place, row in enumerate(product(*codes)):
        cell = dict(zip((one.code for one in chosen), row, strict=True))
        value, symbol = figure_of(cell, seed)
        values.append(value)
        if symbol:
            status[str(place)] = symbol
    document = structure(table, dict(zip((one.code for one in chosen), codes, strict=True)))
    return {**document, "value": values, **({"status": status} if status else {})}


def structure(table: InventedTable, codes: Mapping[str, list[str] | tuple[str, ...]]) -> dict[str, Any]:
    """Dimensions and no figures, as metadata has them."""
    chosen = [one for one in table.variables if one.code in codes]
    roles: dict[str, list[str]] = {}
    for one in chosen:
        if one.role:
            roles.setdefault(one.role, []).append(one.code)
    times = [table.times[code] for code in codes.get("ContentsCode", ()) if code in table.times]
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": table.label,
        "source": "Statistisk sentralbyrå",
        "updated": max([table.updated, *times]),
        "note": ["Invented."],
        "role": roles,
        "id": [one.code for one in chosen],
        "size": [len(codes[one.code]) for one in chosen],
        "dimension": {one.code: _dimension(one, codes[one.code]) for one in chosen},
        "extension": {"px": {"tableid": table.id}},
    }
    return _with_measure(document) if table.tells_measure else document


def _with_measure(document: dict[str, Any]) -> dict[str, Any]:
    """As PxWeb does it: a dimension that was not asked for, which cannot be chosen either."""
    only = InventedVariable("ContentsCode", "EliminatedContents", ("EliminatedValue",), "metric", True)
    node = _dimension(only, only.codes)
    return {
        **document,
        "role": {**document["role"], "metric": ["ContentsCode"]},
        "id": [*document["id"], "ContentsCode"],
        "size": [*document["size"], 1],
        "dimension": {**document["dimension"], "ContentsCode": node},
    }


def _dimension(variable: InventedVariable, codes: list[str] | tuple[str, ...]) -> dict[str, Any]:
    category: dict[str, Any] = {
        "index": {code: place for place, code in enumerate(codes)},
        "label": {code: f"{variable.label} {code}" for code in codes},
    }
    if variable.role == "metric":
        category["unit"] = {code: {"base": "personer", "decimals": 0} for code in codes}
    return {
        "label": variable.label,
        "category": category,
        "extension": {"elimination": variable.elimination, "show": "code_value"},
    }


def cells_of(choice: Mapping[str, list[str]]) -> int:
    return prod(len(codes) for codes in choice.values() if codes)
