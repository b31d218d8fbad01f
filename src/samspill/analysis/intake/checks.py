"""Every row of a file against the table it becomes: all faults, with row and column, and how many."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from samspill.analysis.indicators import Column
from samspill.analysis.intake.cells import clean
from samspill.analysis.intake.faults import MOST_PLACES, Fault, Place
from samspill.analysis.intake.mapping import FileMapping, figure_columns
from samspill.analysis.intake.quoting import literal, quoted
from samspill.analysis.intake.staging import NUMBER

FIRST_YEAR = 1980
COMMA = r"[+-]?[0-9 ]+,[0-9]+"


@dataclass(frozen=True)
class Rule:
    """`wrong` is SQL that is true where a row breaks it."""

    code: str
    column: str
    wrong: str
    facts: dict[str, Any] = field(default_factory=dict)


def text_name(column: str) -> str:
    """The column of the view with what stood in the file."""
    return quoted(f"{column}:text")


def lacks(column: str, mapping: FileMapping) -> str:
    """True where a figure lacks: its cell has a symbol, or nothing."""
    symbols = ", ".join(map(literal, mapping.missing))
    return f"({text_name(column)} IN ({symbols}))"


def rules_of(mapping: FileMapping, today: date) -> Iterator[Rule]:
    table = mapping.of
    figures = () if table.persons else figure_columns(table)
    for name, column in table.columns.items():
        value, text = quoted(name), text_name(name)
        there = f"NOT {lacks(name, mapping)}" if name in figures else f"{text} <> ''"
        if name not in figures and not mapping.columns[name].may_be_empty:
            yield Rule("empty", name, f"{text} = ''")
        yield from _kind_rules(column, f"{value} IS NULL AND {there}", mapping)
        yield from _limit_rules(column, value, today)


def _kind_rules(column: Column, nothing: str, mapping: FileMapping) -> Iterator[Rule]:
    """What a text that is no value is called."""
    name, text = column.name, text_name(column.name)
    if column.type == "whole":
        has_comma = f"regexp_full_match({text}, '{COMMA}')"
        if mapping.decimal == ".":
            yield Rule("decimal_comma", name, f"{nothing} AND {has_comma}")
            nothing = f"{nothing} AND NOT {has_comma}"
        yield Rule("not_whole", name, nothing)
    elif column.type in ("year", "area", "moment"):
        yield Rule(f"not_{column.type}", name, nothing)


def _limit_rules(column: Column, value: str, today: date) -> Iterator[Rule]:
    name = column.name
    if column.type == "year":
        facts = {"first": FIRST_YEAR, "last": today.year}
        yield Rule("years", name, f"{value} NOT BETWEEN {FIRST_YEAR} AND {today.year}", facts)
    if column.codes:
        known = ", ".join(map(literal, column.codes))
        yield Rule("unknown_code", name, f"{value} NOT IN ({known})", {"codes": ", ".join(column.codes)})
    if column.lowest is not None:
        yield Rule("too_low", name, f"{value} < {column.lowest}", {"limit": column.lowest})
    if column.highest is not None:
        yield Rule("too_high", name, f"{value} > {column.highest}", {"limit": column.highest})
    if column.not_above:
        yield Rule("above", name, f"{value} > {quoted(column.not_above)}", {"other": column.not_above})
    if column.not_before:
        yield Rule("before", name, f"{value} < {quoted(column.not_before)}", {"other": column.not_before})
    elif column.type == "moment":
        yield Rule("other_year", name, f'year({value}) <> "year"')


def row_faults(connection: duckdb.DuckDBPyConnection, mapping: FileMapping, today: date) -> Iterator[Fault]:
    """Of the view `understood`: one pass to count, and one for the places of each kind that is there."""
    rules = list(rules_of(mapping, today))
    counts = connection.sql(
        "SELECT " + ", ".join(f"count_if({rule.wrong})" for rule in rules) + " FROM understood"
    ).fetchone()
    for rule, number in zip(rules, counts or (), strict=True):
        if number:
            found = connection.sql(
                f"SELECT {quoted(NUMBER)}, {text_name(rule.column)} FROM understood WHERE {rule.wrong} "
                f"ORDER BY 1 LIMIT {MOST_PLACES}"
            ).fetchall()
            yield Fault(rule.code, _named(rule.column, mapping), number, rule.facts, _places(found))


def key_faults(connection: duckdb.DuckDBPyConnection, mapping: FileMapping) -> Iterator[Fault]:
    """Rows whose key an earlier row has."""
    key = mapping.of.key
    columns = ", ".join(map(quoted, key))
    there = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in key)
    fault = Fault("key_twice", " and ".join(key), 0, {"key": " and ".join(key)})
    yield from _twice(connection, f"(FROM understood WHERE {there})", columns, fault)


def spread_faults(
    connection: duckdb.DuckDBPyConnection, mapping: FileMapping, value: str, rows: str
) -> Iterator[Fault]:
    """With `spread`: a figure (`value`) that stands twice for the same combination. `rows` is SQL."""
    others = [name for name in mapping.sources() if name not in (value, mapping.status)]
    columns = ", ".join(clean(name) for name in others)
    yield from _twice(connection, rows, columns, Fault("spread_twice", value, 0, {}))


def _twice(connection: duckdb.DuckDBPyConnection, rows: str, columns: str, fault: Fault) -> Iterator[Fault]:
    """Counted by groups, which need little; rows are only numbered where some stand twice."""
    number = connection.sql(
        f"SELECT sum(n - 1) FROM (SELECT count(*) AS n FROM {rows} GROUP BY {columns} HAVING count(*) > 1)"
    ).fetchone()
    if number and number[0]:
        found = connection.sql(
            f"SELECT r, v FROM (SELECT {quoted(NUMBER)} AS r, concat_ws(', ', {columns}) AS v, "
            f"row_number() OVER (PARTITION BY {columns} ORDER BY {quoted(NUMBER)}) AS n FROM {rows}) "
            f"WHERE n > 1 ORDER BY r LIMIT {MOST_PLACES}"
        ).fetchall()
        yield Fault(fault.code, fault.column, int(number[0]), fault.facts, _places(found))


def _named(column: str, mapping: FileMapping) -> str:
    """As the file calls it, where it has it."""
    return mapping.columns[column].source or column


def _places(found: list[tuple[int, str]]) -> tuple[Place, ...]:
    return tuple(Place(int(row), "" if value is None else str(value)[:80]) for row, value in found)
