"""Rows into the borders of today, figures that lack left out: the table `ready` of a connection."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from samspill.analysis.indicators import Table
from samspill.analysis.intake.borders import (
    ABSENT,
    KEEP,
    MOVE,
    NOT_IN_USE,
    TWICE,
    UNKNOWN,
    Areas,
    Placed,
    place,
    share_within,
)
from samspill.analysis.intake.checks import lacks, text_name
from samspill.analysis.intake.faults import MOST_PLACES, Fault, Place
from samspill.analysis.intake.mapping import ROW, FileMapping, figure_columns
from samspill.analysis.intake.quoting import literal, quoted
from samspill.analysis.intake.staging import NUMBER
from samspill.analysis.packs import share_out

WHOLE = 1 - 1e-9


@dataclass(frozen=True)
class Lacking:
    """A figure that lacks: what stood there, and why; `row` 0 where a part of a sum is not in the file."""

    row: int
    area: str
    year: int
    column: str
    symbol: str
    kind: str


def place_rows(
    connection: duckdb.DuckDBPyConnection, mapping: FileMapping, areas: Areas | None
) -> tuple[Placed, list[Fault]]:
    """The table `placement`: what becomes of each municipality's year; what is wrong with them."""
    placed = place(_pairs(connection, mapping), areas)
    connection.execute(
        "CREATE TABLE placement (area VARCHAR, year INTEGER, what VARCHAR, newest VARCHAR, share DOUBLE)"
    )
    rows = [
        (area, year, what, newest, share)
        for (area, year), what in placed.what.items()
        for newest, share in placed.moves.get((area, year), ((area, 1.0),))
    ]
    if rows:
        connection.executemany("INSERT INTO placement VALUES (?, ?, ?, ?, ?)", rows)
    return placed, list(_faults(connection, mapping))


def _pairs(connection: duckdb.DuckDBPyConnection, mapping: FileMapping) -> dict[tuple[str, int], bool]:
    figures = () if mapping.of.persons else figure_columns(mapping.of)
    above = " OR ".join(f"coalesce({quoted(name)}, 0) > 0" for name in figures) or "true"
    found = connection.sql(
        f"SELECT area, year, bool_or({above}) FROM understood "
        "WHERE area IS NOT NULL AND year IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return {(area, year): has_figures for area, year, has_figures in found}


def _faults(connection: duckdb.DuckDBPyConnection, mapping: FileMapping) -> Iterator[Fault]:
    wrong = {code: f"what = {literal(code)}" for code in (UNKNOWN, NOT_IN_USE, TWICE)}
    if mapping.of.persons:
        wrong["split"] = f"what = '{MOVE}' AND share < {WHOLE}"
    column = mapping.columns["area"].source or "area"
    for code, condition in wrong.items():
        query = f"FROM understood SEMI JOIN (FROM placement WHERE {condition}) p USING (area, year)"
        number = connection.sql(f"SELECT count(*) {query}").fetchone()
        if number and number[0]:
            found = connection.sql(
                f"SELECT {quoted(NUMBER)}, {text_name('area')} {query} ORDER BY 1 LIMIT {MOST_PLACES}"
            ).fetchall()
            places = tuple(Place(int(row), str(text)[:80]) for row, text in found)
            yield Fault(code, column, number[0], {}, places)


def zeros_left_out(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows of municipalities that were not in use that year; sources fill them with 0."""
    found = connection.sql(
        "SELECT count(*) FROM understood "
        f"SEMI JOIN (FROM placement WHERE what = '{ABSENT}') p USING (area, year)"
    ).fetchone()
    return int(found[0]) if found else 0


def make_ready(connection: duckdb.DuckDBPyConnection, mapping: FileMapping, placed: Placed) -> list[Lacking]:
    """The table or view `ready`, with the columns of ours; the figures that lack."""
    if mapping.of.persons:
        _ready_persons(connection, mapping.of)
        return []
    _placed_rows(connection, mapping)
    _share_out(connection, mapping.of)
    found = _lacking(connection, mapping, placed)
    _sum_up(connection, mapping, placed)
    return found


def _ready_persons(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join("newest AS area" if name == "area" else quoted(name) for name in table.columns)
    connection.execute(
        f"CREATE VIEW ready AS SELECT {columns} FROM understood JOIN placement USING (area, year) "
        f"WHERE what IN ('{KEEP}', '{MOVE}')"
    )


def _placed_rows(connection: duckdb.DuckDBPyConnection, mapping: FileMapping) -> None:
    """The table `placed`: rows in the borders of today, not yet added up; `lacks` where a figure does."""
    table, figures = mapping.of, figure_columns(mapping.of)
    lacking = " OR ".join(lacks(name, mapping) for name in figures)
    columns = ", ".join(
        "newest AS area" if name == "area" else quoted(name) for name in (*table.key, *figures)
    )
    connection.execute(
        f"CREATE TABLE placed AS SELECT {columns}, ({lacking}) AS lacks, share, area AS former "
        f"FROM understood JOIN placement USING (area, year) WHERE what IN ('{KEEP}', '{MOVE}')"
    )


def _share_out(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Rows of municipalities that were split: in whole numbers that add up to what there was."""
    figures, key = figure_columns(table), [name for name in table.key if name != "area"]
    bounds = {name: table.columns[name].not_above for name in figures if table.columns[name].not_above}
    columns = ", ".join(map(quoted, (*key, *figures)))
    split = connection.sql(f"SELECT DISTINCT former, year FROM placed WHERE share < {WHOLE} ORDER BY ALL")
    for former, year in split.fetchall():
        shares = connection.execute(
            "SELECT newest, share FROM placement WHERE area = ? AND year = ? ORDER BY newest", [former, year]
        ).fetchall()
        rows = connection.execute(
            f"SELECT DISTINCT {columns}, lacks FROM placed WHERE former = ? AND year = ? ORDER BY ALL",
            [former, year],
        ).fetchall()
        connection.execute("DELETE FROM placed WHERE former = ? AND year = ?", [former, year])
        given = _parts(rows, len(key), figures, bounds, [share for _, share in shares])
        names = ", ".join(map(quoted, (*key, *figures, "lacks", "area", "share", "former")))
        marks = ", ".join("?" * (len(key) + len(figures) + 4))
        connection.executemany(
            f"INSERT INTO placed ({names}) VALUES ({marks})",
            [
                [*row[: len(key)], *(given[name][at][part] for name in figures), row[-1], newest, 1.0, former]
                for at, row in enumerate(rows)
                for part, (newest, _) in enumerate(shares)
            ],
        )


def _parts(
    rows: list[tuple], first: int, figures: tuple[str, ...], bounds: dict[str, str], shares: list[float]
) -> dict[str, list[list[int]]]:
    """By figure: for each row its parts."""
    given = {
        name: share_out([float(row[first + place] or 0) for row in rows], shares)
        for place, name in enumerate(figures)
    }
    for at in range(len(rows)):
        share_within({name: given[name][at] for name in figures}, bounds)
    return given


def _lacking(connection: duckdb.DuckDBPyConnection, mapping: FileMapping, placed: Placed) -> list[Lacking]:
    found: list[Lacking] = []
    for name in figure_columns(mapping.of):
        rows = connection.sql(
            f"SELECT {quoted(NUMBER)}, newest, year, {text_name(name)} FROM understood "
            f"JOIN placement USING (area, year) WHERE what IN ('{KEEP}', '{MOVE}') AND {lacks(name, mapping)}"
        ).fetchall()
        found += [
            Lacking(int(row), area, int(year), name, symbol, mapping.missing[symbol])
            for row, area, year, symbol in rows
        ]
    found += [Lacking(0, area, year, part, "", "missing") for (area, year), part in placed.lacking.items()]
    return sorted(found, key=lambda one: (one.row, one.area, one.year, one.column))


def _sum_up(connection: duckdb.DuckDBPyConnection, mapping: FileMapping, placed: Placed) -> None:
    """Sums of which a part lacks are left out, and with them what the mapping says."""
    table = mapping.of
    parts = ", ".join(
        quoted(name) if name in table.key else f"CAST(sum({quoted(name)}) AS BIGINT) AS {quoted(name)}"
        for name in table.columns
    )
    group = ", ".join(map(quoted, table.key if mapping.lacking == ROW else ("area", "year")))
    connection.execute("CREATE TABLE parts_gone (area VARCHAR, year INTEGER)")
    if placed.lacking:
        connection.executemany("INSERT INTO parts_gone VALUES (?, ?)", list(placed.lacking))
    key = ", ".join(map(quoted, table.key))
    connection.execute(
        f"CREATE TABLE ready AS SELECT {parts} FROM placed "
        f"ANTI JOIN (SELECT DISTINCT {group} FROM placed WHERE lacks) l USING ({group}) "
        f"ANTI JOIN parts_gone g USING (area, year) GROUP BY {key}"
    )
