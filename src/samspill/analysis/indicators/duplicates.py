"""Rows that stand more than once, found among any number of them in little memory.

A key of several columns is made one number. Where no number stands twice, no key does; where some do, their
rows alone are compared by the key itself, so that two keys with the same number are not taken for one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

AT_ONCE = 2**24  # numbers that are sorted together: 128 MB
BATCH = 2**17  # rows that are fetched together


@dataclass(frozen=True)
class Twice:
    """How many rows are too many, and where the first that has a double stands (row from 0)."""

    rows: int
    file: str
    row: int


def find_twice(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[str], key: Sequence[str], rows: int
) -> Twice | None:
    """Rows of the files, `rows` in all, whose `key` stands more than once; None where all stand once.

    The numbers are fetched in parts of about `AT_ONCE`; the files are read once for each part.
    """
    columns = ", ".join(f'"{name}"' for name in key)
    parts = -(-rows // AT_ONCE)
    found = [
        _standing_twice(_numbers(connection, paths, columns, part, parts, rows)) for part in range(parts)
    ]
    suspects = np.concatenate(found) if found else np.zeros(0, dtype=np.uint64)
    return _compared(connection, paths, columns, suspects) if len(suspects) else None


def _numbers(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[str],
    columns: str,
    part: int,
    parts: int,
    rows: int,
) -> NDArray[np.uint64]:
    """Those of one part, in an array made once."""
    read = connection.read_parquet(list(paths), hive_partitioning=False).project(f"hash({columns}) AS number")
    if parts > 1:
        read = read.filter(f"number % {parts} = {part}")
    numbers, filled = np.empty(min(rows, 2 * AT_ONCE), dtype=np.uint64), 0
    for batch in _batches(read):
        if filled + len(batch) > len(numbers):
            numbers = np.concatenate([numbers[:filled], np.empty(filled + len(batch), dtype=np.uint64)])
        numbers[filled : filled + len(batch)] = batch
        filled += len(batch)
    return numbers[:filled]


def _batches(read: duckdb.DuckDBPyRelation) -> Iterator[NDArray[np.uint64]]:
    for batch in read.to_arrow_reader(BATCH):
        yield batch.column(0).to_numpy()


def _standing_twice(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    numbers.sort()
    return np.unique(numbers[1:][numbers[1:] == numbers[:-1]])


def _compared(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[str], columns: str, suspects: NDArray[np.uint64]
) -> Twice | None:
    read = connection.read_parquet(
        list(paths), filename=True, file_row_number=True, hive_partitioning=False
    ).project(f"row({columns}) AS key, (filename, file_row_number) AS place, hash({columns}) AS number")
    rows = read.join(connection.from_arrow(pa.table({"number": suspects})), "number", how="semi")
    keys = rows.aggregate("key, count(*) AS times, min(place) AS first", "key")
    found = keys.filter("times > 1").aggregate("sum(times - 1), min(first)").fetchone()
    if not found or not found[0]:
        return None
    (file, row) = found[1]
    return Twice(int(found[0]), str(file), int(row))
