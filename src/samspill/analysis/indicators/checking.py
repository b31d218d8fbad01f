"""Check the rows of a data set before anything is made of them: what is wrong, where, and how often."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from samspill.analysis.indicators.data_sets import DataSet
from samspill.analysis.indicators.duplicates import find_twice
from samspill.analysis.indicators.engines import duckdb_settings
from samspill.analysis.indicators.tables import Column, Table, tables
from samspill.refusal import Refused

FIRST_YEAR, LAST_YEAR = 1980, 2100
TOLD = 5  # faults that stand in the sentence


@dataclass(frozen=True)
class Fault:
    """What is wrong in a column of a table: in how many rows, and the first of them."""

    table: str
    column: str
    why: str
    rows: int
    file: str = ""
    row: int = 0

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}, " if self.file else f"{self.table}, "
        return f"{where}column {self.column}: {self.why} ({self.rows} rows)"


def check_data(data: DataSet, *, memory: str | None = None) -> None:
    """Refuses (`bad_rows`) a data set with rows that cannot be; `facts["faults"]` has every kind of fault.

    Rows are counted from 1 in their file. `memory` is as for an engine.
    """
    with tempfile.TemporaryDirectory(prefix="samspill-") as spill:
        settings = duckdb_settings(memory, spill)
        faults = [fault for name in data.files for fault in _faults(data, tables()[name], settings)]
    if faults:
        told = "; ".join(map(str, faults[:TOLD]))
        more = f"; and {len(faults) - TOLD} more" if len(faults) > TOLD else ""
        raise Refused(
            "bad_rows",
            f"The data cannot be used, and nothing of it is: {told}{more}.",
            field="data",
            facts={"faults": faults},
        )


def _faults(data: DataSet, table: Table, settings: dict[str, Any]) -> Iterator[Fault]:
    """All rules are counted in one reading; where rows stand is sought only when there are some."""
    paths = [str(path) for path in data.files[table.name]]
    rules = [(column, *rule) for column in table.columns.values() for rule in _rules(column)]
    with duckdb.connect(config=settings) as connection:
        read = connection.read_parquet(paths, hive_partitioning=False)
        counts = ", ".join(f"count_if({wrong})" for _column, wrong, _why in rules)
        rows, *wrongs = read.aggregate(f"count(*), {counts}").fetchone() or (0,)
        for (column, wrong, why), number in zip(rules, wrongs, strict=True):
            if number:
                at = _first(connection, paths, wrong)
                yield _fault(data.folder, table, column.name, why, number, at)
        twice = find_twice(connection, paths, table.key, rows)
    if twice:
        names = " and ".join(table.key)
        at = (twice.file, twice.row)
        yield _fault(data.folder, table, names, "they stand more than once", twice.rows, at)


def _first(connection: duckdb.DuckDBPyConnection, paths: list[str], wrong: str) -> tuple[str, int]:
    """File and row, counted from 0, of the first row that is wrong."""
    rows = connection.read_parquet(paths, filename=True, file_row_number=True, hive_partitioning=False)
    found = rows.filter(wrong).aggregate("min((filename, file_row_number))").fetchone()
    return found[0] if found else ("", 0)


def _rules(column: Column) -> Iterator[tuple[str, str]]:
    """(condition in SQL that is true where it is wrong, why) of a column."""
    name = f'"{column.name}"'
    yield f"{name} IS NULL", "it is missing"
    if column.type == "year":
        yield f"{name} NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}", "it is no year of ours"
    if column.type == "area":
        yield f"NOT regexp_full_match({name}, '[0-9]{{4}}')", "it is no municipality's four digits"
    if column.codes:
        known = ", ".join(f"'{code}'" for code in column.codes)
        yield f"{name} NOT IN ({known})", f"it is none of {', '.join(column.codes)}"
    if column.lowest is not None:
        yield f"{name} < {column.lowest}", f"it is below {column.lowest}"
    if column.highest is not None:
        yield f"{name} > {column.highest}", f"it is above {column.highest}"
    if column.not_above:
        yield f'{name} > "{column.not_above}"', f"it is above {column.not_above}, which it is a part of"
    if column.not_before:
        yield f'{name} < "{column.not_before}"', f"it is before {column.not_before}"
    if column.type == "moment" and not column.not_before:
        yield f'year({name}) <> "year"', "it is in another year than the row"


def _fault(folder: Path, table: Table, column: str, why: str, number: int, at: tuple[str, int]) -> Fault:
    file, row = at
    return Fault(table.name, column, why, int(number), str(Path(file).relative_to(folder)), int(row) + 1)
