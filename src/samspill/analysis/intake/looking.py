"""The first rows of a file as they would be understood, and what would be wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from samspill.analysis.intake.bringing import missing_columns, understand
from samspill.analysis.intake.checks import text_name
from samspill.analysis.intake.faults import Fault
from samspill.analysis.intake.mapping import FileMapping
from samspill.analysis.intake.quoting import quoted
from samspill.analysis.intake.staging import NUMBER, stage

SHOWN = 8
READ = 2000


@dataclass(frozen=True)
class Looked:
    """`columns` of the file; `rows` with their number, what stood there and what it is, by column of ours:
    «?» where it is nothing.

    `faults` are of the first rows alone.
    """

    columns: tuple[str, ...]
    unread: tuple[str, ...]
    rows: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    faults: tuple[Fault, ...]


def look(path: Path, mapping: FileMapping, *, today: date, shown: int = SHOWN) -> Looked:
    """Nothing is written anywhere. Refuses a kind of file we do not read (`suffix`)."""
    with TemporaryDirectory(prefix="intake-") as scratch:
        staged = stage(path, mapping, Path(scratch), most=READ)
        unread = tuple(name for name in staged.names if name not in mapping.sources())
        faults = (*staged.faults, *missing_columns(staged, mapping))
        if any(one.code != "cells" for one in faults):
            return Looked(staged.names, unread, (), faults)
        with duckdb.connect() as connection:
            faults += tuple(understand(connection, staged, mapping, today, Path(scratch)))
            return Looked(staged.names, unread, _rows(connection, tuple(mapping.columns), shown), faults)


def _shown(value: str | None) -> str:
    return "?" if value is None else value


def _rows(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], shown: int
) -> tuple[tuple[int, tuple[tuple[str, str], ...]], ...]:
    texts = ", ".join(text_name(name) for name in columns)
    values = ", ".join(f"CAST({quoted(name)} AS VARCHAR)" for name in columns)
    found = connection.sql(
        f"SELECT {quoted(NUMBER)}, {texts}, {values} FROM understood ORDER BY 1 LIMIT {shown}"
    ).fetchall()
    wide = len(columns)
    return tuple(
        (int(row[0]), tuple((row[1 + at], _shown(row[1 + wide + at])) for at in range(wide))) for row in found
    )
