"""A projection as rows, whole persons, and files (CSV, Parquet).

Columns: year, area, sex, age, persons; with draws also p10, p50, p90 of each row's own cell. Percentiles
of single cells must never be added up: ask `Projection.band` for the band of a sum.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population.history import AGES, SEXES, Counts, Floats
from samspill.analysis.population.percentiles import PERCENTILES, percentiles_of
from samspill.analysis.population.projecting import Projection
from samspill.refusal import Refused

FORMATS = {".csv": "FORMAT csv, HEADER", ".parquet": "FORMAT parquet"}
Columns = dict[str, NDArray]


def whole_persons(projection: Projection) -> Counts:
    """Whole persons, shape (years, areas, 2, 106), by the largest remainder.

    Each year's total over all areas is rounded; areas share it out, then each area its cells, always to
    those who lost most by being cut. So every sum holds, and no cell moves by a whole person or more.
    """
    whole = np.empty(projection.persons.shape, dtype=np.int64)
    for year, persons in enumerate(projection.persons):
        per_area = largest_remainder(persons.sum(axis=(1, 2)), round(float(persons.sum())))
        for area, count in enumerate(per_area):
            cells = largest_remainder(persons[area].ravel(), int(count))
            whole[year, area] = cells.reshape(len(SEXES), AGES)
    return whole


def largest_remainder(shares: Floats, total: int) -> Counts:
    """Whole numbers that sum to `total`, each `shares` rounded up or down (Hamilton's method).

    `total` must lie between the sum of the shares rounded down and up. Ties go to the first.
    """
    whole = np.floor(shares).astype(np.int64)
    missing = total - int(whole.sum())
    if not 0 <= missing <= len(shares):
        raise ValueError(f"cannot round {len(shares)} shares of sum {shares.sum()} to {total}")
    whole[np.argsort(whole - shares, kind="stable")[:missing]] += 1
    return whole


def to_columns(projection: Projection, *, whole: bool = False, keep_draws: bool = False) -> Columns:
    """The rows, an array per column, by year, area, sex, age; `keep_draws` adds draw_1, draw_2 …"""
    years, areas = np.asarray(projection.years, dtype=np.int16), np.asarray(projection.areas)
    cells = len(SEXES) * AGES
    persons = whole_persons(projection) if whole else projection.persons
    columns: Columns = {
        "year": np.repeat(years, len(areas) * cells),
        "area": np.tile(np.repeat(areas, cells), len(years)),
        "sex": np.tile(np.repeat(np.asarray(SEXES), AGES), len(years) * len(areas)),
        "age": np.tile(np.arange(AGES, dtype=np.int16), len(years) * len(areas) * len(SEXES)),
        "persons": persons.ravel(),
    }
    if projection.draws is not None:
        bands = percentiles_of(projection.draws).reshape(-1, len(PERCENTILES))
        columns |= {f"p{point}": bands[:, place].copy() for place, point in enumerate(PERCENTILES)}
        if keep_draws:
            draws = projection.draws.reshape(-1, projection.draws.shape[-1])
            columns |= {f"draw_{number}": draw for number, draw in enumerate(draws.T, 1)}
    return columns


def to_rows(projection: Projection, *, whole: bool = False) -> Iterator[dict[str, object]]:
    """The same rows one by one, as plain values."""
    columns = to_columns(projection, whole=whole)
    names, values = tuple(columns), [column.tolist() for column in columns.values()]
    return (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))


def write(projection: Projection, path: Path, *, whole: bool = False, keep_draws: bool = False) -> None:
    """Write the rows to `path`, a .csv or .parquet file; an existing file is replaced when all is written."""
    write_columns(to_columns(projection, whole=whole, keep_draws=keep_draws), path)


def write_columns(columns: Columns, path: Path) -> None:
    """Write `columns` as rows to `path`, a .csv or .parquet file; all of it or nothing."""
    if path.suffix not in FORMATS:
        raise Refused("file_kind", f"{path.name} must end in .csv or .parquet.", field="out")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with duckdb.connect(":memory:") as connection:
            connection.register("cells", columns)
            target = str(unfinished).replace("'", "''")
            connection.execute(f"COPY (SELECT * FROM cells) TO '{target}' ({FORMATS[path.suffix]})")  # noqa: S608
        unfinished.replace(path)
    except (OSError, duckdb.IOException) as problem:
        raise Refused(
            "cannot_write", f"{path} cannot be written: {problem}. Choose a folder that exists and has room."
        ) from problem
    finally:
        unfinished.unlink(missing_ok=True)
