"""What a new version of a table changes against the former one: rows, values, totals, categories, structure.

Of rows about persons only how many there are, by year: the numbers that stand for people are of one extract.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from samspill.analysis.indicators import Table
from samspill.analysis.intake.faults import MOST_PLACES, Fault
from samspill.analysis.intake.mapping import figure_columns
from samspill.analysis.intake.quoting import quoted

MOST_TOLD = 20
HALF = 0.5
FEW = 5  # below this a number of persons is not told


@dataclass(frozen=True)
class Change:
    """A figure that is another than it was: its key in words, and both."""

    key: str
    column: str
    before: int
    now: int


@dataclass(frozen=True)
class Total:
    """A figure's sum over everything in a year; None where the year is not there, or the number is small."""

    column: str
    year: int
    before: int | None
    now: int | None


@dataclass(frozen=True)
class Difference:
    """`changed` tells how many figures by column, `largest` those that changed most, `by_year` and `by_area`
    how many changed where. `came` and `went` are categories by column."""

    rows_before: int = 0
    rows_now: int = 0
    added: int = 0
    removed: int = 0
    changed: Mapping[str, int] = field(default_factory=dict)
    largest: tuple[Change, ...] = ()
    by_year: Mapping[str, int] = field(default_factory=dict)
    by_area: Mapping[str, int] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()
    came: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    went: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns_came: tuple[str, ...] = ()
    columns_went: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        """The rows are the same."""
        return not (self.added or self.removed or sum(self.changed.values()))

    def to_plain(self) -> dict[str, Any]:
        return asdict(self)


def to_difference(plain: Mapping[str, Any]) -> Difference:
    """Of what `to_plain` made, as JSON gives it back."""
    return Difference(
        **{
            **plain,
            "largest": tuple(Change(**one) for one in plain["largest"]),
            "totals": tuple(Total(**one) for one in plain["totals"]),
        }
    )


def compare(
    table: Table,
    before: Sequence[Path],
    now: Sequence[Path],
    *,
    columns_before: Sequence[str] = (),
    columns_now: Sequence[str] = (),
) -> tuple[Difference, tuple[Fault, ...]]:
    """Two versions by their Parquet files, and what to look at; `columns_…` are of their files."""
    with duckdb.connect() as connection:
        for name, files in (("old", before), ("new", now)):
            rows = connection.read_parquet([str(path) for path in files], hive_partitioning=False)
            rows.create_view(name)
        came, went = _categories(connection, table)
        columns_came = tuple(name for name in columns_now if columns_before and name not in columns_before)
        columns_went = tuple(name for name in columns_before if columns_now and name not in columns_now)
        values = _persons(connection) if table.persons else _values(connection, table)
        difference = Difference(
            rows_before=_one(connection, "SELECT count(*) FROM old"),
            rows_now=_one(connection, "SELECT count(*) FROM new"),
            came=came,
            went=went,
            columns_came=columns_came,
            columns_went=columns_went,
            **values,
        )
        return difference, tuple(_to_look_at(connection, difference))


def _values(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, Any]:
    figures, key = figure_columns(table), ", ".join(map(quoted, table.key))
    connection.execute(
        f"CREATE VIEW common AS SELECT * FROM old JOIN new USING ({key})".replace(
            "SELECT *",
            f"SELECT {key}, "
            + ", ".join(f'old."{one}" AS "{one}:0", new."{one}" AS "{one}:1"' for one in figures),
        )
    )
    differs = {one: f'"{one}:0" <> "{one}:1"' for one in figures}
    counts = (
        connection.sql(
            "SELECT " + ", ".join(f"count_if({wrong})" for wrong in differs.values()) + " FROM common"
        ).fetchone()
        or ()
    )
    any_differs = " OR ".join(differs.values())
    return {
        "added": _one(connection, f"SELECT count(*) FROM new ANTI JOIN old USING ({key})"),
        "removed": _one(connection, f"SELECT count(*) FROM old ANTI JOIN new USING ({key})"),
        "changed": {one: int(number) for one, number in zip(figures, counts, strict=True) if number},
        "largest": _largest(connection, table.key, figures),
        "by_year": _by(connection, "year", any_differs),
        "by_area": _by(connection, "area", any_differs),
        "totals": tuple(_totals(connection, figures)),
    }


def _persons(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    totals = [
        Total("", year, None if before < FEW else before, None if now < FEW else now)
        for year, before, now in connection.sql(
            "SELECT year, coalesce(o, 0), coalesce(n, 0) FROM "
            "(SELECT year, count(*) AS o FROM old GROUP BY year) FULL JOIN "
            "(SELECT year, count(*) AS n FROM new GROUP BY year) USING (year) ORDER BY year"
        ).fetchall()
    ]
    change = sum((one.now or 0) - (one.before or 0) for one in totals)
    return {"totals": tuple(totals), "added": max(0, change), "removed": max(0, -change)}


def _largest(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], figures: Sequence[str]
) -> tuple[Change, ...]:
    words = f"concat_ws(', ', {', '.join(map(quoted, key))})"
    each = " UNION ALL ".join(
        f"""SELECT {words} AS k, '{one}' AS c, "{one}:0" AS b, "{one}:1" AS n FROM common"""
        for one in figures
    )
    found = connection.sql(
        f"SELECT k, c, b, n FROM ({each}) WHERE b <> n ORDER BY abs(n - b) DESC, k, c LIMIT {MOST_TOLD}"
    ).fetchall()
    return tuple(Change(*row) for row in found)


def _by(connection: duckdb.DuckDBPyConnection, column: str, differs: str) -> dict[str, int]:
    found = connection.sql(
        f"SELECT CAST({column} AS VARCHAR), count(*) AS n FROM common WHERE {differs} "
        f"GROUP BY ALL ORDER BY n DESC, 1 LIMIT {MOST_TOLD}"
    ).fetchall()
    return dict(found)


def _totals(connection: duckdb.DuckDBPyConnection, figures: Sequence[str]) -> Iterator[Total]:
    sums = ", ".join(f"CAST(sum({quoted(one)}) AS BIGINT)" for one in figures)
    known = {
        name: {
            row[0]: row[1:]
            for row in connection.sql(f"SELECT year, {sums} FROM {name} GROUP BY year").fetchall()
        }
        for name in ("old", "new")
    }
    for year in sorted({*known["old"], *known["new"]}):
        for place, one in enumerate(figures):
            before, now = (known[name].get(year) for name in ("old", "new"))
            yield Total(one, year, before[place] if before else None, now[place] if now else None)


def _categories(
    connection: duckdb.DuckDBPyConnection, table: Table
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Values that came and went, of year, municipality and every column with codes."""
    came: dict[str, tuple[str, ...]] = {}
    went: dict[str, tuple[str, ...]] = {}
    for name, column in table.columns.items():
        if column.type in ("year", "area") or column.codes:
            old, new = (
                {
                    str(row[0])
                    for row in connection.sql(f"SELECT DISTINCT {quoted(name)} FROM {one}").fetchall()
                }
                for one in ("old", "new")
            )
            came |= {name: tuple(sorted(new - old))} if new - old else {}
            went |= {name: tuple(sorted(old - new))} if old - new else {}
    return came, went


def _to_look_at(connection: duckdb.DuckDBPyConnection, found: Difference) -> Iterator[Fault]:
    for name in found.columns_went:
        yield Fault("column_gone", name, facts={"name": name})
    for name in found.columns_came:
        yield Fault("column_new", name, facts={"name": name})
    for year in found.went.get("year", ()):
        yield Fault("year_gone", "year", facts={"year": year})
    yield from _areas_gone(connection)
    for code, by_column in (("category_gone", found.went), ("category_new", found.came)):
        for column, names in by_column.items():
            if column not in ("year", "area"):
                for name in names:
                    yield Fault(code, column, facts={"name": name})
    yield from _halved(connection)


def _areas_gone(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """In years both have. Many at once are a file that was cut, or a year that is not whole."""
    found = connection.sql(
        "SELECT DISTINCT year, area FROM old SEMI JOIN (SELECT DISTINCT year FROM new) y USING (year) "
        "ANTI JOIN new USING (year, area) ORDER BY ALL"
    ).fetchall()
    for year, area in found[:MOST_PLACES]:
        yield Fault("area_gone", "area", len(found), {"area": area, "year": year})


def _halved(connection: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    """Less than half of a year's rows are there: half a file, whose end cannot be told from its rows."""
    found = connection.sql(
        "SELECT year, o, n FROM (SELECT year, count(*) AS o FROM old GROUP BY year) JOIN "
        f"(SELECT year, count(*) AS n FROM new GROUP BY year) USING (year) WHERE n < o * {HALF} ORDER BY year"
    ).fetchall()
    for year, before, now in found:
        yield Fault("half_of_before", "year", facts={"year": year, "before": before, "now": now})


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.sql(query).fetchone()
    return int(found[0]) if found else 0
