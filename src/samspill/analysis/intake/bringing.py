"""A file into one of our tables: all of it, or a report of what is wrong and nothing written."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from samspill.analysis.indicators import Table
from samspill.analysis.intake.borders import Areas
from samspill.analysis.intake.cells import rows_that_count, spread_rows, text_of, value_of
from samspill.analysis.intake.checks import key_faults, row_faults, spread_faults, text_name
from samspill.analysis.intake.differences import Difference, compare
from samspill.analysis.intake.faults import MOST_PLACES, Fault, Place
from samspill.analysis.intake.mapping import FileMapping, figure_columns
from samspill.analysis.intake.placing import Lacking, make_ready, place_rows, zeros_left_out
from samspill.analysis.intake.quoting import literal, quoted
from samspill.analysis.intake.staging import NUMBER, Staged, parts_of, stage, unreadable
from samspill.analysis.source import sha256_of

MEMORY = "1GB"
BROKEN = (duckdb.IOException, duckdb.InvalidInputException)
"""What DuckDB says of a file whose rows cannot be read."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Former:
    """The version that is in use: its Parquet files, and the columns of the file it came from."""

    files: tuple[Path, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brought:
    """What came of it. With a fault that stops there are no files; `asks` are for somebody to look at."""

    faults: tuple[Fault, ...]
    columns: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    rows_read: int = 0
    rows: int = 0
    years: tuple[int, ...] = ()
    sha256: str = ""
    source_sha256: str = ""
    footers: int = 0
    zeros_left_out: int = 0
    lacking: tuple[Lacking, ...] = ()
    moved: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    difference: Difference | None = field(default=None, compare=False)

    @property
    def is_usable(self) -> bool:
        return not any(fault.stops for fault in self.faults)

    @property
    def asks(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if not fault.stops)

    def lacking_by_kind(self) -> dict[str, int]:
        return dict(Counter(one.kind for one in self.lacking))


def bring(
    path: Path,
    mapping: FileMapping,
    out: Path,
    *,
    today: date,
    areas: Areas | None = None,
    former: Former | None = None,
    memory: str = MEMORY,
    say: Progress = lambda _line: None,
) -> Brought:
    """Reads `path` by `mapping`, checks every row, and writes `out`/<table>/year=…/part-0.parquet.

    Nothing is written when anything is wrong. `out` is a folder that is there; what is laid out on the way
    goes away with the call. Without `areas` every four digits are taken for a municipality of today.
    """
    with tempfile.TemporaryDirectory(prefix="intake-", dir=out) as scratch:
        say("Reading the file …")
        staged = stage(path, mapping, Path(scratch))
        faults = [*staged.faults, *missing_columns(staged, mapping)]
        if any(one.code != "cells" for one in faults):
            return Brought(tuple(faults), staged.names)
        settings: dict[str, Any] = {"memory_limit": memory, "temp_directory": scratch}
        with duckdb.connect(config=settings) as connection:
            say(f"Checking {staged.rows} rows …")
            try:
                faults += understand(connection, staged, mapping, today, Path(scratch))
            except BROKEN as error:
                return Brought((*faults, unreadable(error)), staged.names)
            placed, wrong = place_rows(connection, mapping, areas)
            faults += wrong
            told = Brought(
                tuple(faults),
                staged.names,
                tuple(name for name in staged.names if name not in mapping.sources()),
                rows_read=staged.rows,
                source_sha256=_source_digest(path),
                footers=staged.footers,
                zeros_left_out=zeros_left_out(connection),
                moved=tuple(sorted({area for area, _ in placed.moves})),
            )
            if faults:
                return told
            lacking = make_ready(connection, mapping, placed)
            faults += _holes(connection, mapping.of)
            if faults:
                return _with(told, faults=tuple(faults), lacking=tuple(lacking))
            say("Writing …")
            files = _write(connection, mapping.of, out)
    if not files:
        return _with(told, faults=(Fault("no_rows", rows=0),), lacking=tuple(lacking))
    return _finished(told, mapping.of, out, files, tuple(lacking), former)


def _finished(
    told: Brought,
    table: Table,
    out: Path,
    files: Sequence[Path],
    lacking: tuple[Lacking, ...],
    former: Former | None,
) -> Brought:
    faults: tuple[Fault, ...] = ()
    difference = None
    if former and former.files:
        difference, faults = compare(
            table, former.files, files, columns_before=former.columns, columns_now=told.columns
        )
    with duckdb.connect() as connection:
        rows = connection.read_parquet([str(path) for path in files], hive_partitioning=False)
        count = rows.count("*").fetchone()
    years = tuple(sorted(int(path.parent.name.removeprefix("year=")) for path in files))
    if any(fault.stops for fault in faults):
        _throw_away(out / table.name)
        files = ()
    return _with(
        told,
        faults=faults,
        lacking=lacking,
        files=tuple(files),
        rows=int((count or (0,))[0]),
        years=years,
        sha256=_digest(files) if files else "",
        difference=difference,
    )


def _with(told: Brought, **changes: Any) -> Brought:
    return Brought(**{**told.__dict__, **changes})


def missing_columns(staged: Staged, mapping: FileMapping) -> list[Fault]:
    """Columns the mapping reads that the file has not."""
    if not staged.names:
        return []
    return [
        Fault("missing_column", name, facts={"name": name})
        for name in mapping.sources()
        if name not in staged.names
    ]


def understand(
    connection: duckdb.DuckDBPyConnection, staged: Staged, mapping: FileMapping, today: date, scratch: Path
) -> list[Fault]:
    """The view `understood`: each row's number, values and what stood there; every fault of its rows."""
    faults: list[Fault] = []
    rows = staged.relation
    if mapping.spread:
        kept = f"(FROM {rows} WHERE {rows_that_count(mapping)})"
        faults += spread_faults(connection, mapping, mapping.spread[1], kept)
        connection.execute(f"CREATE TABLE read AS {spread_rows(mapping, mapping.spread, rows)}")
    else:
        connection.execute(f"CREATE VIEW read AS FROM {rows} WHERE {rows_that_count(mapping)}")
    # Worked out once, and then asked column by column.
    laid = literal(str(scratch / "understood.parquet"))
    connection.execute(f"COPY ({understood_of(mapping, 'read')}) TO {laid} (FORMAT parquet)")
    connection.execute(f"CREATE VIEW understood AS FROM read_parquet({laid})")
    if not (connection.sql("SELECT count(*) FROM understood").fetchone() or (0,))[0]:
        return [*faults, Fault("no_rows", rows=0)]
    return [*faults, *row_faults(connection, mapping, today), *key_faults(connection, mapping)]


def understood_of(mapping: FileMapping, rows: str) -> str:
    """SQL of what the rows of a file are, with what stood there."""
    table = mapping.of
    figures = () if table.persons else figure_columns(table)
    texts, values = [], []
    for name, column in table.columns.items():
        one = mapping.columns[name]
        texts.append(f"{text_of(one, mapping, is_figure=name in figures)} AS {text_name(name)}")
        values.append(f"{value_of(text_name(name), column, one, mapping)} AS {quoted(name)}")
    inner = f"SELECT *, {', '.join(texts)} FROM {rows}"
    kept = ", ".join(text_name(name) for name in table.columns)
    return f"SELECT {quoted(NUMBER)}, {kept}, {', '.join(values)} FROM ({inner})"


def _holes(connection: duckdb.DuckDBPyConnection, table: Table) -> list[Fault]:
    """A table by sex and age has every combination for each municipality's year, or sums are too small."""
    if table.persons or not {"sex", "age"} <= set(table.key):
        return []
    sex, age = table.columns["sex"], table.columns["age"]
    wanted = len(sex.codes) * ((age.highest or 0) - (age.lowest or 0) + 1)
    found = connection.sql(
        f"SELECT year, area, count(*) AS n FROM ready GROUP BY ALL HAVING n <> {wanted} ORDER BY ALL"
    ).fetchall()
    if not found:
        return []
    places = tuple(Place(0, f"{area}, {year}") for year, area, _ in found[:MOST_PLACES])
    facts = {"found": found[0][2], "wanted": wanted, "key": "sex and age"}
    return [Fault("holes", "sex and age", len(found), facts, places)]


def _write(connection: duckdb.DuckDBPyConnection, table: Table, out: Path) -> tuple[Path, ...]:
    """A file per year, in the order of the key: the same rows give the same bytes."""
    key = ", ".join(map(quoted, table.key))
    columns = ", ".join(
        f"CAST({quoted(name)} AS INTEGER) AS year" if name == "year" else quoted(name)
        for name in table.columns
    )
    years = connection.sql("SELECT DISTINCT year FROM ready ORDER BY year").fetchall()
    written = []
    for (year,) in years:
        path = out / table.name / f"year={year}" / "part-0.parquet"
        path.parent.mkdir(parents=True)
        connection.execute(
            f"COPY (SELECT {columns} FROM ready WHERE year = {year} ORDER BY {key}) "
            f"TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)"
        )
        written.append(path)
    return tuple(written)


def _digest(files: Sequence[Path]) -> str:
    told = "\n".join(f"{path.parent.name} {sha256_of(path)}" for path in sorted(files))
    return hashlib.sha256(told.encode()).hexdigest()


def _source_digest(path: Path) -> str:
    """Of the file; of a folder, of all its files."""
    if not path.is_dir():
        return sha256_of(path)
    told = "\n".join(sha256_of(part) for part in parts_of(path))
    return hashlib.sha256(told.encode()).hexdigest()


def _throw_away(folder: Path) -> None:
    for path in sorted(folder.glob("**/*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()
