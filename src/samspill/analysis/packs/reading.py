"""Read one table of a pack with DuckDB, and refuse it with the first thing that is wrong.

Here are the checks of a single file. What must agree between files is in `opening`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from samspill.analysis.packs.tables import SUFFIXES, PackTable
from samspill.analysis.population import SEXES
from samspill.refusal import Refused

WHOLE = "CASE WHEN TRY_CAST({0} AS DOUBLE) = floor(TRY_CAST({0} AS DOUBLE)) THEN TRY_CAST({0} AS INTEGER) END"
TEXT = "CAST({0} AS VARCHAR)"
KINDS = {"year": WHOLE, "age": WHOLE, "kommune_nr": TEXT, "bydel_nr": TEXT, "sex": TEXT}
FOUR_DIGITS = "[0-9]{4}"
SIX_DIGITS = "[0-9]{6}"


@dataclass(frozen=True, eq=False)
class Cells:
    """The values of one table: one axis per key, in the order of `PackTable.keys`."""

    years: tuple[int, ...]
    codes: tuple[str, ...]
    values: NDArray[np.float64]


def connect() -> duckdb.DuckDBPyConnection:
    """A database in memory that fetches nothing from anywhere."""
    connection = duckdb.connect(":memory:")
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    return connection


def has_file(folder: Path, stem: str) -> bool:
    """Whether the folder holds a file of the table, for those that may be left out."""
    return bool(_files(folder, stem))


def _files(folder: Path, stem: str) -> list[Path]:
    return sorted(
        path for suffix in SUFFIXES for path in folder.glob(f"{stem}*") if path.name.endswith(suffix)
    )


def find_file(folder: Path, stem: str) -> Path:
    """The one file of the table. Refuses none (`missing_file`) and several (`two_files`)."""
    found = _files(folder, stem)
    if not found:
        raise Refused(
            "missing_file",
            f"The data pack {folder} has no file called {stem}….parquet, .csv or .csv.gz. Put it there.",
        )
    if len(found) > 1:
        raise Refused(
            "two_files",
            f"The data pack holds both {found[0].name} and {found[1].name}. "
            "Keep the newest and take the other away.",
        )
    return found[0]


def load(connection: duckdb.DuckDBPyConnection, path: Path, columns: Sequence[str], view: str) -> None:
    """Make the file a table `view` of the connection. Refuses what cannot be read, or lacks a column."""
    if any(sign in str(path) for sign in "*?["):
        raise Refused(
            "pack_path", f"The path {path} has *, ? or [ in it. Move the data pack to another folder."
        )
    reader = (
        "read_parquet(?)" if path.suffix == ".parquet" else "read_csv(?, header = true, all_varchar = true)"
    )
    try:
        connection.execute(f"CREATE TABLE {view} AS SELECT * FROM {reader}", [str(path)])  # noqa: S608
    except duckdb.Error as problem:
        reason = str(problem).splitlines()[0]
        raise Refused(
            "unreadable_file", f"{path.name} cannot be read: {reason}. Fetch it again."
        ) from problem
    held = [row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()]
    lacking = [column for column in columns if column not in held]
    if lacking:
        raise Refused(
            "missing_column",
            f"{path.name} lacks the column {', '.join(lacking)}; it has {', '.join(held)}. "
            "Rename the column, or fetch the file again.",
        )


def read_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: PackTable,
    *,
    adapt: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None,
) -> Cells:
    """The whole table as one array. Refuses bad values, gaps, cells that lack and cells that come twice.

    `adapt` may change the table (its name is handed over) once its values are known to be good.
    """
    raw = f"raw_{table.stem}"
    load(connection, path, table.columns, raw)
    known = f"known_{table.stem}"
    keys = ", ".join(f"{KINDS[key].format(key)} AS {key}" for key in table.keys)
    connection.execute(
        f"CREATE TABLE {known} AS SELECT {keys}, TRY_CAST({table.value} AS DOUBLE) AS value, "  # noqa: S608
        f"CAST({table.value} AS VARCHAR) AS written FROM {raw}"
    )
    connection.execute(f"DROP TABLE {raw}")
    _check_keys(connection, path, table, known)
    if table.by_age:
        connection.execute(f"DELETE FROM {known} WHERE age < ? OR age > ?", [*table.ages])  # noqa: S608
    _check_values(connection, path, table, known)
    if adapt is not None:
        adapt(connection, known)
    years = _years(connection, path, table, known)
    codes = _distinct(connection, known, table.area) if table.by_municipality else ()
    _check_whole(connection, path, table, known, len(years) * max(1, len(codes)))
    order = ", ".join(table.keys)
    values = connection.execute(f"SELECT value FROM {known} ORDER BY {order}").fetchnumpy()["value"]  # noqa: S608
    connection.execute(f"DROP TABLE {known}")
    low, high = table.ages
    shape = (
        len(years),
        *((len(codes),) if codes else ()),
        *((len(SEXES),) if table.by_sex else ()),
        *((high - low + 1,) if table.by_age else ()),
    )
    return Cells(years, codes, np.asarray(values, dtype=np.float64).reshape(shape))


def _check_keys(connection: duckdb.DuckDBPyConnection, path: Path, table: PackTable, known: str) -> None:
    rules = {
        "year": "year IS NULL OR year < 1800 OR year > 2200",
        "age": "age IS NULL OR age < 0" + (f" OR age > {table.ages[1]}" if table.whole else ""),
        "kommune_nr": f"kommune_nr IS NULL OR NOT regexp_full_match(kommune_nr, '{FOUR_DIGITS}')",
        "bydel_nr": f"bydel_nr IS NULL OR NOT regexp_full_match(bydel_nr, '{SIX_DIGITS}')",
        "sex": "sex IS NULL OR sex NOT IN ('K', 'M')",
    }
    wanted = {
        "year": "a year",
        "age": "a whole age",
        "kommune_nr": "four digits as text",
        "bydel_nr": "six digits as text",
        "sex": "K or M",
    }
    for key in table.keys:
        wrong = _first(connection, table, known, rules[key])
        if wrong:
            raise Refused(
                "bad_value",
                f"{path.name}, {_place(table, wrong)}: {key} must be {wanted[key]}. Mend that row.",
            )


def _check_values(connection: duckdb.DuckDBPyConnection, path: Path, table: PackTable, known: str) -> None:
    rules = [
        (
            "missing_cell",
            "value IS NULL OR NOT isfinite(value)",
            "must be a number; a missing figure is not 0",
        ),
        ("negative_count", "value < 0", "must not be negative"),
        ("fractional_count", "value != floor(value)", "must be a whole number of persons")
        if table.whole
        else ("rate_out_of_range", "value > 1", "is a rate per person-year and must not be above 1"),
    ]
    for code, rule, wanted in rules:
        wrong = _first(connection, table, known, rule)
        if wrong:
            raise Refused(
                code,
                f"{path.name}, {_place(table, wrong)}: {table.value} is {wrong[-1] or 'empty'}, "
                f"but {wanted}. Mend that row, or fetch the file again.",
            )


def _years(
    connection: duckdb.DuckDBPyConnection, path: Path, table: PackTable, known: str
) -> tuple[int, ...]:
    years = tuple(int(year) for year in _distinct(connection, known, "year"))
    if not years:
        raise Refused("missing_year", f"{path.name} holds no {table.what}. Fetch it again.")
    lacking = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    if lacking:
        raise Refused(
            "missing_year",
            f"{path.name} lacks the year {', '.join(map(str, lacking))} of {table.what} "
            f"between {years[0]} and {years[-1]}. Add it.",
        )
    if len(years) < table.least_years:
        raise Refused(
            "missing_year",
            f"{path.name} holds {len(years)} years of {table.what} and needs {table.least_years}. "
            "Add earlier years.",
        )
    return years


def _check_whole(
    connection: duckdb.DuckDBPyConnection, path: Path, table: PackTable, known: str, groups: int
) -> None:
    """Every cell once: every year x municipality x sex x age."""
    keys = ", ".join(table.keys)
    twice = connection.execute(
        f"SELECT {keys}, count(*) FROM {known} GROUP BY {keys} HAVING count(*) > 1 ORDER BY {keys} LIMIT 1"  # noqa: S608
    ).fetchone()
    if twice:
        raise Refused(
            "duplicate_cell",
            f"{path.name}, {_place(table, twice)}: there are {twice[-1]} rows. "
            "Two places may share a code; keep one row.",
        )
    low, high = table.ages
    full = groups * (len(SEXES) if table.by_sex else 1) * (high - low + 1 if table.by_age else 1)
    (held,) = connection.execute(f"SELECT count(*) FROM {known}").fetchone() or (0,)  # noqa: S608
    if held < full:
        lacking = _first_lacking(connection, table, known)
        raise Refused(
            "missing_cell",
            f"{path.name} lacks {full - held} rows of {table.what}, the first at {_place(table, lacking)}. "
            "Add them; write 0 only where there truly is nobody.",
        )


def _first_lacking(connection: duckdb.DuckDBPyConnection, table: PackTable, known: str) -> tuple[object, ...]:
    low, high = table.ages
    axes = {key: f"(SELECT DISTINCT {key} FROM {known})" for key in table.keys}  # noqa: S608
    if "age" in axes:
        axes["age"] = f"(SELECT unnest(range({low}, {high + 1})) AS age)"
    if "sex" in axes:
        axes["sex"] = "(SELECT unnest(['K', 'M']) AS sex)"
    keys = ", ".join(table.keys)
    product = " CROSS JOIN ".join(axes.values())
    row = connection.execute(
        f"SELECT {keys} FROM {product} EXCEPT SELECT {keys} FROM {known} ORDER BY {keys} LIMIT 1"  # noqa: S608
    ).fetchone()
    return row or ()


def _first(
    connection: duckdb.DuckDBPyConnection, table: PackTable, known: str, rule: str
) -> tuple[object, ...] | None:
    keys = ", ".join(table.keys)
    return connection.execute(
        f"SELECT {keys}, written FROM {known} WHERE {rule} ORDER BY {keys} LIMIT 1"  # noqa: S608
    ).fetchone()


def _distinct(connection: duckdb.DuckDBPyConnection, known: str, key: str) -> tuple[str, ...]:
    rows = connection.execute(f"SELECT DISTINCT {key} FROM {known} ORDER BY {key}").fetchall()  # noqa: S608
    return tuple(row[0] for row in rows)


def _place(table: PackTable, row: Sequence[object]) -> str:
    shown = zip(table.keys, row, strict=False)
    return ", ".join(f"{key} {'empty' if value is None else value}" for key, value in shown)
