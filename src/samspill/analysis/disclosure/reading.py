"""Rows as they come – dicts, or columns – to cells. Everything that cannot be is refused, with its row."""

import math
import numbers
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from samspill.analysis.disclosure.cells import At, Cell, Flag, Hierarchy
from samspill.refusal import Refused

Row = Mapping[str, Any]
Rows = Sequence[Row] | Iterable[Row] | Mapping[str, Sequence[Any]]
Dimensions = Mapping[str, Hierarchy] | Sequence[str]
MOST = 1_000_000_000  # a count above it does not fit in the arithmetic, and is no count of persons


def rows_of(table: Rows) -> list[Row]:
    """A list of dicts, whatever came. Columns must be equally long (`columns_differ`)."""
    if not isinstance(table, Mapping):
        return list(table)
    columns = {name: list(values) for name, values in table.items()}
    if len({len(values) for values in columns.values()}) > 1:
        lengths = ", ".join(f"{name} {len(values)}" for name, values in columns.items())
        raise Refused("columns_differ", f"The columns are not equally long: {lengths}.")
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def hierarchies_of(dimensions: Dimensions) -> dict[str, Hierarchy]:
    """Dimensions by name; a plain list of names has no sums."""
    if isinstance(dimensions, Mapping):
        return {str(name): hierarchy for name, hierarchy in dimensions.items()}
    return {str(name): None for name in dimensions}


def cells_of(
    rows: Sequence[Row], hierarchies: Mapping[str, Hierarchy], value: str, population: str | None
) -> list[Cell]:
    """A cell for each row. A row without one of the dimensions is a total over it.

    Refuses `no_such_column`, `no_code`, `not_whole_count`, `negative_count`, `count_above_population`,
    `population_missing`, `unknown_flag`.
    """
    for name in (*hierarchies, value, *filter(None, [population])):
        if rows and not any(name in row for row in rows):
            raise Refused("no_such_column", f"No row has «{name}».", field=name, facts={"column": name})
    return [_cell(row, number, hierarchies, value, population) for number, row in enumerate(rows, 1)]


def _cell(
    row: Row, number: int, hierarchies: Mapping[str, Hierarchy], value: str, population: str | None
) -> Cell:
    at = tuple((name, _code(row[name], name, number)) for name in hierarchies if name in row)
    people = None if population is None else _count(row.get(population), number, population, at)
    flag = row.get("flag")
    if flag is not None and (isinstance(flag, bool) or flag not in list(Flag)):
        raise refused_row("unknown_flag", number, f"has flag {flag!r}; it must be 0, 1, 2 or 3", at)
    count = _count(row.get(value), number, value, at)
    if count is None or flag in (Flag.MISSING, Flag.NOT_POSSIBLE):
        return Cell(at, None, Flag(flag or Flag.MISSING), people)
    if population is not None and people is None:
        raise refused_row("population_missing", number, f"has a count and no {population}", at)
    if people is not None and count > people:
        raise refused_row("count_above_population", number, f"has {count} of {people}", at)
    return Cell(at, count, Flag(flag or Flag.SHOWN), people)


def _code(code: object, name: str, number: int) -> str:
    if code is None or (isinstance(code, float) and math.isnan(code)) or str(code).strip() == "":
        raise Refused(
            "no_code",
            f"Row {number} has no code for {name}.",
            field=name,
            facts={"row": number, "column": name},
        )
    return str(code)


def _count(value: Any, number: int, name: str, at: At) -> int | None:
    """A whole number; None and «not a number» are missing. «5.0» is 5, «5.5» and «":"» are refused."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool) or not isinstance(value, numbers.Real) or not math.isfinite(value):
        raise refused_row("not_whole_count", number, f"has {name} {value!r}, which is no count", at)
    whole: int = math.floor(value)  # type: ignore[assignment]
    if value != whole:
        raise refused_row("not_whole_count", number, f"has {name} {value}, which is not a whole number", at)
    if whole < 0:
        raise refused_row("negative_count", number, f"has {name} {value}", at)
    if whole > MOST:
        raise refused_row(
            "not_whole_count", number, f"has {name} {value}; at most {MOST} can be reckoned", at
        )
    return whole


def refused_row(code: str, number: int, what: str, at: At) -> Refused:
    """A refusal that says which row, and where that is."""
    where = ", ".join(f"{name} {one}" for name, one in at)
    return Refused(code, f"Row {number} ({where}) {what}.", facts={"row": number, **dict(at)})
