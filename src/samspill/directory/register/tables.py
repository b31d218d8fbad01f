"""Reads the tables of a folder and refuses those that contradict themselves, naming file and line.

Not here: what is asked of the register (`samspill.directory.register`), and the sources (README.md).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from samspill.directory.register.facts import CodeChange, CommunityFact, MunicipalityFact, RegionFact
from samspill.refusal import Refused

COLUMNS = {
    "communities.csv": (
        "code,slug,name,full_name,name_basis,trust_name,trust_orgnr,trust_short_name,health_region,written_form"
    ),
    "municipalities.csv": "code,name,other_names,county_code,county_name,community_code,valid_from,valid_to",
    "code_changes.csv": "old_code,valid_from,valid_to,new_code,weight",
    "regions.csv": "community_code,name,municipality_code,basis",
}
WEIGHT_TOLERANCE = 1e-6  # weights are written with at most four decimals; this only allows for floating point


class Row(NamedTuple):
    file: str
    line: int
    cells: dict[str, str]

    def refusal(self, code: str, what: str) -> Refused:
        return Refused(code, f"{self.file}, line {self.line}: {what}")

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if not self.cells[column].strip():
            raise self.refusal("register.value", f"{column} is empty. Fill it in.")
        return self.cells[column].strip()

    def one_of(self, column: str, *allowed: str) -> str:
        if (value := self.text(column)) not in allowed:
            raise self.refusal(
                "register.value", f"{column} is «{value}». Write one of: {', '.join(allowed)}."
            )
        return value

    def digits(self, column: str, count: int) -> str:
        if not re.fullmatch(rf"[0-9]{{{count}}}", value := self.text(column)):
            raise self.refusal("register.value", f"{column} is «{value}». Write {count} digits.")
        return value

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            raise self.refusal(
                "register.value", f"{column} is «{self.cells[column]}». Write a day as 2024-01-01."
            ) from None

    def weight(self, column: str) -> float:
        try:
            value = float(self.text(column))
        except ValueError:
            value = 0.0
        if not 0 < value <= 1:
            raise self.refusal(
                "register.value", f"{column} is «{self.cells[column]}». Write a share above 0, at most 1."
            )
        return value


@dataclass(frozen=True)
class Tables:
    """All facts of one folder, checked. Municipalities, changes and regions in the order of their files."""

    communities: tuple[CommunityFact, ...]
    municipalities: tuple[MunicipalityFact, ...]
    changes: dict[str, tuple[CodeChange, ...]]
    regions: tuple[RegionFact, ...]


def read(folder: Path) -> Tables:
    """The tables of `folder`; Refused with file and line at the first contradiction."""
    communities = list(map(_community, _unique(_rows(folder, "communities.csv"), "code")))
    codes = {community.code for community in communities}
    municipalities = [
        _municipality(row, codes) for row in _unique(_rows(folder, "municipalities.csv"), "code")
    ]
    homes = {municipality.code: municipality.community_code for municipality in municipalities}
    in_use = {municipality.code for municipality in municipalities if municipality.valid_to is None}
    changes = _changes(_rows(folder, "code_changes.csv"), in_use)
    regions = _regions(_rows(folder, "regions.csv"), homes)
    return Tables(tuple(communities), tuple(municipalities), changes, regions)


def _rows(folder: Path, file: str) -> Iterator[Row]:
    expected = COLUMNS[file].split(",")
    with (folder / file).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        if (header := next(reader, [])) != expected:
            raise Row(file, 1, {}).refusal(
                "register.columns", f"the columns are {','.join(header)}. They must be {COLUMNS[file]}."
            )
        for cells in reader:
            if len(cells) != len(expected):
                raise Row(file, reader.line_num, {}).refusal(
                    "register.columns", f"{len(cells)} cells. There must be {len(expected)}."
                )
            yield Row(file, reader.line_num, dict(zip(expected, cells, strict=True)))


def _unique(rows: Iterator[Row], *columns: str) -> Iterator[Row]:
    """The rows as they come, refused when an earlier line has the same values in `columns`."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in columns)
        if key in seen:
            raise row.refusal(
                "register.duplicate", f"{' '.join(key)} stands on line {seen[key]} too. Keep one of them."
            )
        seen[key] = row.line
        yield row


def _community(row: Row) -> CommunityFact:
    return CommunityFact(
        code=row.text("code"),
        slug=row.text("slug"),
        name=row.text("name"),
        full_name=row.text("full_name"),
        name_basis=row.one_of("name_basis", "own", "formed"),
        trust_name=row.text("trust_name"),
        trust_orgnr=row.digits("trust_orgnr", 9),
        trust_short_name=row.text("trust_short_name"),
        health_region=row.text("health_region"),
        written_form=row.one_of("written_form", "nb", "nn"),
    )


def _municipality(row: Row, communities: set[str]) -> MunicipalityFact:
    community = row.text("community_code")
    if community not in communities:
        raise row.refusal(
            "register.community",
            f"{row.cells['code']} belongs to {community}, which is not in communities.csv.",
        )
    return MunicipalityFact(
        code=row.digits("code", 4),
        name=row.text("name"),
        other_names=tuple(filter(None, row.cells["other_names"].split(" / "))),
        county_code=row.digits("county_code", 2),
        county_name=row.text("county_name"),
        community_code=community,
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to") if row.cells["valid_to"] else None,
    )


def _changes(rows: Iterator[Row], in_use: set[str]) -> dict[str, tuple[CodeChange, ...]]:
    """By old code. Each old code has one period, and its shares add up to one."""
    read_rows: dict[str, list[tuple[Row, CodeChange]]] = defaultdict(list)
    for row in _unique(rows, "old_code", "new_code"):
        change = _change(row, in_use)
        read_rows[change.old_code].append((row, change))
    for entries in read_rows.values():
        _check_shares(entries)
    return {old: tuple(change for _, change in entries) for old, entries in read_rows.items()}


def _change(row: Row, in_use: set[str]) -> CodeChange:
    change = CodeChange(
        old_code=row.digits("old_code", 4),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        new_code=row.digits("new_code", 4),
        weight=row.weight("weight"),
    )
    if change.new_code not in in_use:
        raise row.refusal("register.successor", f"{change.new_code} is not in use in municipalities.csv.")
    if change.old_code in in_use:
        raise row.refusal("register.successor", f"{change.old_code} is still in use in municipalities.csv.")
    if change.valid_to < change.valid_from:
        raise row.refusal("register.period", "valid_to is before valid_from. Turn them round.")
    return change


def _check_shares(entries: list[tuple[Row, CodeChange]]) -> None:
    row, last = entries[-1]
    if len({(change.valid_from, change.valid_to) for _, change in entries}) > 1:
        raise row.refusal("register.period", f"the lines of {last.old_code} have different periods.")
    total = sum(change.weight for _, change in entries)
    if abs(total - 1) > WEIGHT_TOLERANCE:
        raise row.refusal(
            "register.weight", f"the shares of {last.old_code} add up to {total:g}. They must add up to 1."
        )


def _regions(rows: Iterator[Row], homes: dict[str, str]) -> tuple[RegionFact, ...]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in _unique(rows, "municipality_code"):
        community, municipality = row.text("community_code"), row.digits("municipality_code", 4)
        if homes.get(municipality) != community:
            raise row.refusal("register.community", f"{municipality} does not belong to {community}.")
        found[community, row.text("name")].append((municipality, row.one_of("basis", "source", "assumed")))
    return tuple(
        RegionFact(
            community, name, tuple(code for code, _ in members), any(b == "assumed" for _, b in members)
        )
        for (community, name), members in found.items()
    )
