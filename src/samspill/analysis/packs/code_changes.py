"""Former municipalities counted in the newest borders, by the pack's table of code changes.

Merged ones are added up; a split one is shared out by its weights, in whole persons: each cell's remainder
goes to whoever is owed most so far, so that no person is lost and none of the parts drifts from its weight.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np

from samspill.analysis.packs.reading import connect, load
from samspill.analysis.population import AGES, SEXES
from samspill.refusal import Refused

STEM = "municipality_code_changes"
SOURCE = "Statistisk sentralbyrå (SSB), endringer i kommuneinndelingen"
ORIGINAL, NEWEST = "kommune_nr_original", "kommune_nr_"  # the newest carries its year: kommune_nr_2024
COLUMNS = (ORIGINAL, "weight", "year_from", "year_to")
WHOLE = 1e-6
Row = tuple[int, str, str, int, float]  # year, code, sex, age, persons


@dataclass(frozen=True)
class CodeChange:
    """From 1 January `first` to 1 January `last`, `share` of the persons of `former` live in `newest`."""

    former: str
    newest: str
    share: float
    first: int
    last: int


def read_changes(path: Path) -> tuple[CodeChange, ...]:
    """The table in `path`. Refuses a missing column, a bad row, and shares that do not sum to one."""
    with connect() as connection:
        load(connection, path, COLUMNS, "changes")
        held = [row[0] for row in connection.execute("DESCRIBE changes").fetchall()]
        newest = sorted(name for name in held if name.startswith(NEWEST) and name != ORIGINAL)
        if not newest:
            raise Refused("missing_column", f"{path.name} lacks the newest codes, as kommune_nr_2024.")
        rows = connection.execute(
            f"SELECT CAST({ORIGINAL} AS VARCHAR), CAST({newest[-1]} AS VARCHAR), TRY_CAST(weight AS DOUBLE), "  # noqa: S608
            "TRY_CAST(year_from AS INTEGER), TRY_CAST(year_to AS INTEGER) FROM changes ORDER BY ALL"
        ).fetchall()
    for row in rows:
        if None in row or not 0 < row[2] <= 1 or row[3] > row[4]:
            raise Refused(
                "bad_value", f"{path.name}: the row {row} lacks a value or makes no sense. Mend it."
            )
    changes = tuple(CodeChange(*row) for row in rows)
    for former in sorted({change.former for change in changes if change.share < 1}):
        own = [change for change in changes if change.former == former]
        for year in {change.first for change in own}:
            total = sum(change.share for change in own if change.first <= year <= change.last)
            if abs(total - 1) > WHOLE:
                raise Refused(
                    "bad_value",
                    f"{path.name}: the shares of {former} in {year} sum to {total:.4f}, not to 1. Mend them.",
                )
    return changes


def to_newest_borders(
    connection: duckdb.DuckDBPyConnection,
    known: str,
    path: Path,
    changes: Sequence[CodeChange],
    newest: Iterable[str],
) -> tuple[CodeChange, ...]:
    """Count the persons of table `known` in the `newest` codes; returns the changes that were needed.

    Nothing is done when every code is among `newest`. Refuses a code that no change explains, a former
    municipality that lacks beside those it was merged with, and cells that lack or come twice.
    """
    current = set(newest)
    present = set(connection.execute(f"SELECT DISTINCT year, kommune_nr FROM {known}").fetchall())  # noqa: S608
    if {code for _, code in present} <= current:
        return ()
    _check_cells(connection, known, path)
    used: set[CodeChange] = set()
    for year, code in sorted(present):
        found = [one for one in changes if one.former == code and one.first <= year <= one.last]
        if (not found and code not in current) or {one.newest for one in found} - current:
            raise Refused(
                "unknown_municipality",
                f"{path.name} counts people in {code} on 1 January {year}, which is no municipality of today"
                ", and the table of code changes does not tell what became of it. Add its row.",
            )
        used |= {one for one in found if one.newest != code}
    for year in sorted({year for year, _ in present}):
        found = [one for one in used if one.first <= year <= one.last and (year, one.former) in present]
        _check_partners(path, year, {one.newest: one.former for one in found}, changes, present)
    _map(connection, known, used)
    return tuple(sorted(used, key=lambda one: (one.former, one.newest, one.first)))


def _check_cells(connection: duckdb.DuckDBPyConnection, known: str, path: Path) -> None:
    """Before they are added up, or a cell that lacks would pass for nobody."""
    wrong = connection.execute(
        f"SELECT year, kommune_nr, count(*), count(DISTINCT (sex, age)) FROM {known} GROUP BY ALL "  # noqa: S608
        f"HAVING count(*) != {len(SEXES) * AGES} OR count(DISTINCT (sex, age)) != count(*) "
        "ORDER BY ALL LIMIT 1"
    ).fetchone()
    if wrong:
        code = "duplicate_cell" if wrong[2] > wrong[3] else "missing_cell"
        raise Refused(
            code,
            f"{path.name}, year {wrong[0]}, kommune_nr {wrong[1]}: there are {wrong[2]} rows for {wrong[3]} "
            f"cells, and there must be one for each of {len(SEXES) * AGES}. Mend them.",
        )


def _check_partners(
    path: Path,
    year: int,
    found: Mapping[str, str],
    changes: Sequence[CodeChange],
    present: set[tuple[int, str]],
) -> None:
    """`found` names, for each newest code that former ones were counted in, one of them."""
    for other in changes:
        merged = other.newest in found and other.former != other.newest
        if merged and other.first <= year <= other.last and (year, other.former) not in present:
            raise Refused(
                "missing_cell",
                f"{path.name} has no people for {other.former} on 1 January {year}, though it became "
                f"{other.newest} together with {found[other.newest]}. Add its figures.",
            )


def _map(connection: duckdb.DuckDBPyConnection, known: str, used: Iterable[CodeChange]) -> None:
    connection.execute(
        "CREATE TABLE used (former VARCHAR, newest VARCHAR, share DOUBLE, first INTEGER, last INTEGER)"
    )
    whole = [one for one in used if one.share == 1]
    split = [one for one in used if one.share < 1]
    if whole:
        connection.executemany(
            "INSERT INTO used VALUES (?, ?, ?, ?, ?)",
            [(one.former, one.newest, one.share, one.first, one.last) for one in whole],
        )
    parts = _shared_out(connection, known, split)
    connection.execute(
        f"CREATE TABLE mapped AS SELECT year, COALESCE(newest, kommune_nr) AS kommune_nr, sex, age, value "  # noqa: S608
        f"FROM {known} LEFT JOIN used ON kommune_nr = former AND year BETWEEN first AND last"
    )
    for one in split:
        connection.execute(
            "DELETE FROM mapped WHERE kommune_nr = ? AND year BETWEEN ? AND ?",
            [one.former, one.first, one.last],
        )
    if parts:
        connection.executemany("INSERT INTO mapped VALUES (?, ?, ?, ?, ?)", parts)
    connection.execute(f"DROP TABLE {known}")
    connection.execute(
        f"CREATE TABLE {known} AS SELECT year, kommune_nr, sex, age, sum(value) AS value, "  # noqa: S608
        "CAST(sum(value) AS VARCHAR) AS written FROM mapped GROUP BY ALL"
    )
    connection.execute("DROP TABLE mapped")
    connection.execute("DROP TABLE used")


def _shared_out(connection: duckdb.DuckDBPyConnection, known: str, split: Sequence[CodeChange]) -> list[Row]:
    parts: list[Row] = []
    for former in sorted({one.former for one in split}):
        rows = connection.execute(
            f"SELECT year, sex, age, value FROM {known} WHERE kommune_nr = ? ORDER BY ALL",  # noqa: S608
            [former],
        ).fetchall()
        for year, cells in groupby(rows, key=lambda row: int(row[0])):
            into = [one for one in split if one.former == former and one.first <= year <= one.last]
            if not into:
                continue
            kept = list(cells)
            shares = share_out([row[3] for row in kept], [one.share for one in into])
            for (_, sex, age, _), given in zip(kept, shares, strict=True):
                parts += [
                    (year, one.newest, sex, age, float(persons))
                    for one, persons in zip(into, given, strict=True)
                ]
    return parts


def share_out(persons: Sequence[float], shares: Sequence[float]) -> list[list[int]]:
    """Each of `persons` (whole numbers) parted by `shares` (sum 1) in whole numbers that sum to it.

    Each part is its share rounded up or down; the remainder goes to those owed most over all cells so far.
    """
    owed, given = np.zeros(len(shares)), []
    for count in persons:
        exact = float(count) * np.asarray(shares)
        part = np.floor(exact + WHOLE)
        owed += exact - part
        for place in np.argsort(-owed, kind="stable")[: round(float(count) - part.sum())]:
            part[place] += 1
            owed[place] -= 1
        given.append([int(one) for one in part])
    return given
