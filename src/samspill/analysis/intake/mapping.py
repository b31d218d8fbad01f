"""How a file becomes one of our tables: which column is which, what its codes mean, how figures are written.

Documented in docs/reference/mappings.md, which is printed from `KEYS` and `COLUMN_KEYS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from samspill.analysis.indicators import Table, tables
from samspill.refusal import Refused

KINDS = ("missing", "hidden", "not_possible")
SYMBOLS: Mapping[str, str] = {
    "": "missing", "..": "missing", "...": "missing", "-": "missing", ":": "hidden", ".": "not_possible",
}  # fmt: skip
"""What stands for a figure that lacks, and why. None of them is ever 0."""
AREA_YEAR, ROW = "area_year", "row"

KEYS: Mapping[str, str] = {
    "table": "Which table the file becomes; see tables.md.",
    "written": "The day the mapping was written, as 2026-11-23.",
    "note": "Anything that people should know of it.",
    "sheet": "XLSX: the name of the sheet. Otherwise the first.",
    "header": "The row with the names of the columns, counted from 1. Otherwise the first.",
    "separator": "CSV: what stands between cells. Otherwise found in the header.",
    "encoding": "CSV: utf-8 or cp1252. Otherwise found.",
    "decimal": "What stands before decimals: a point, unless a comma is said.",
    "thousands": "What parts thousands, besides blanks: a point or a comma.",
    "missing": "Symbols for figures that lack, each missing, hidden or not_possible; beside those of"
    " Statistics Norway.",
    "status": "The column that holds the symbol where a figure's own cell is empty.",
    "lacking": "What is left out when a figure lacks: area_year (its municipality's year, so that no sum"
    " is too small; so unless said) or row.",
    "only": "Column and its values: other rows are not read. ? is any letter and * any letters.",
    "without": "Column and its values: these rows are not read.",
    "spread": "`from` and `value`: the file has a row per figure, and `from` tells which figure `value` is.",
    "columns": "A column of the table and where it comes from, for every column.",
}
COLUMN_KEYS: Mapping[str, str] = {
    "from": "The column of the file; with spread also a value of its `from`.",
    "is": "The same in every row.",
    "codes": "What stands in the file, and what it is with us. Other values are left as they are.",
    "format": "How times are written, as %d.%m.%Y %H:%M, or several such in a list.",
    "times": "Figures are multiplied by this number, or by this column of the file: a mean becomes the total"
    " it is the mean of. The result is rounded.",
    "may_be_empty": "Texts: an empty cell is no fault.",
}


@dataclass(frozen=True)
class ColumnFrom:
    """Where a column comes from: `source` names a column of the file, or `constant` stands in every row."""

    source: str = ""
    constant: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()
    times: float | str = 1
    may_be_empty: bool = False


@dataclass(frozen=True)
class FileMapping:
    """See KEYS. `only` and `without` are patterns by column."""

    table: str
    columns: Mapping[str, ColumnFrom]
    written: date | None = None
    note: str = ""
    sheet: str = ""
    header: int = 1
    separator: str = ""
    encoding: str = ""
    decimal: str = "."
    thousands: str = ""
    missing: Mapping[str, str] = field(default_factory=lambda: SYMBOLS)
    status: str = ""
    lacking: str = AREA_YEAR
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spread: tuple[str, str] | None = None

    @property
    def of(self) -> Table:
        return tables()[self.table]

    def sources(self) -> tuple[str, ...]:
        """The columns of the file that are read, each once, in order."""
        named = [
            one.source for one in self.columns.values() if one.source and not self._is_spread(one.source)
        ]
        factors = [one.times for one in self.columns.values() if isinstance(one.times, str)]
        both = [*named, *factors, *self.only, *self.without, *(self.spread or ()), self.status]
        return tuple(dict.fromkeys(name for name in both if name))

    def _is_spread(self, source: str) -> bool:
        return self.spread is not None and source in self.spread_figures()

    def spread_figures(self) -> tuple[str, ...]:
        """With `spread`: the values of its column that are figures of ours."""
        if self.spread is None:
            return ()
        figures = figure_columns(self.of)
        return tuple(one.source for name, one in self.columns.items() if name in figures and one.source)


def find_table(name: str) -> Table | None:
    """A table that files can become; None for one we do not have, or that is made of another."""
    found = tables().get(name)
    return found if found and not found.made_from else None


def figure_columns(table: Table) -> tuple[str, ...]:
    """Columns that are figures to be summed: whole numbers that are no part of the key."""
    return tuple(name for name, one in table.columns.items() if one.type == "whole" and name not in table.key)


def read_mapping(path: Path) -> FileMapping:
    """The mapping in a YAML file. Refuses what it cannot understand, by name (`mapping`)."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(f"{path.name} cannot be read ({error})") from None
    return parse_mapping(text)


def parse_mapping(text: str) -> FileMapping:
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _wrong(f"it is no YAML ({' '.join(str(error).split())})") from None
    if not isinstance(read, dict):
        raise _wrong("it must be names with what they are")
    unknown = [str(key) for key in read if key not in KEYS]
    if unknown:
        raise _wrong(f"«{unknown[0]}» is no key; there are {', '.join(KEYS)}")
    table = find_table(str(read.get("table")))
    if table is None:
        names = ", ".join(name for name, one in tables().items() if not one.made_from)
        raise _wrong(f"table must be one of {names}")
    return _checked(table, read)


def _checked(table: Table, read: Mapping[str, Any]) -> FileMapping:
    said = read.get("columns")
    if not isinstance(said, dict):
        raise _wrong("columns must be names of the table's columns with where each comes from")
    if lacks := [name for name in table.columns if name not in said]:
        raise _wrong(f"columns lacks {', '.join(lacks)} of the table {table.name}")
    if other := [str(name) for name in said if name not in table.columns]:
        raise _wrong(f"{table.name} has no column {other[0]}; it has {', '.join(table.columns)}")
    return FileMapping(
        table=table.name,
        columns={name: _column(name, said[name]) for name in table.columns},
        written=_day(read.get("written")),
        note=str(read.get("note", "")),
        sheet=str(read.get("sheet", "")),
        header=_number(read.get("header", 1)),
        separator=_one_of("separator", read, ("", ";", ",", "\t", "|")),
        encoding=_one_of("encoding", read, ("", "utf-8", "cp1252")),
        decimal=_one_of("decimal", read, (".", ",")),
        thousands=_one_of("thousands", read, ("", ".", ",", "'")),
        missing=_symbols(read.get("missing", {})),
        status=str(read.get("status", "")),
        lacking=_one_of("lacking", read, (AREA_YEAR, ROW)),
        only=_patterns("only", read.get("only", {})),
        without=_patterns("without", read.get("without", {})),
        spread=_spread(read.get("spread")),
    )


def _column(name: str, said: Any) -> ColumnFrom:
    if isinstance(said, str):
        said = {"from": said}
    if not isinstance(said, dict) or ("from" in said) == ("is" in said):
        raise _wrong(f"columns: {name} must say «from» a column of the file, or what it «is» in every row")
    if unknown := [str(key) for key in said if key not in COLUMN_KEYS]:
        raise _wrong(f"columns: {name}: «{unknown[0]}» is no key; there are {', '.join(COLUMN_KEYS)}")
    codes, formats, times = said.get("codes", {}), said.get("format", ()), said.get("times", 1)
    if not isinstance(codes, dict):
        raise _wrong(f"columns: {name}: codes must be what stands in the file with what it is")
    if isinstance(times, bool) or not isinstance(times, int | float | str):
        raise _wrong(f"columns: {name}: times must be a number or a column of the file")
    return ColumnFrom(
        source=str(said.get("from", "")),
        constant=None if "is" not in said else str(said["is"]),
        codes={str(key): str(value) for key, value in codes.items()},
        formats=(formats,) if isinstance(formats, str) else tuple(map(str, formats)),
        times=times,
        may_be_empty=said.get("may_be_empty", False) is True,
    )


def _one_of(key: str, read: Mapping[str, Any], allowed: tuple[str, ...]) -> str:
    value = read.get(key, allowed[0])
    if value not in allowed:
        raise _wrong(f"{key} is «{value}»; it may be {', '.join(repr(one) for one in allowed if one)}")
    return str(value)


def _symbols(said: Any) -> Mapping[str, str]:
    if not isinstance(said, dict) or any(kind not in KINDS for kind in said.values()):
        raise _wrong(f"missing must be symbols, each one of {', '.join(KINDS)}")
    return {**SYMBOLS, **{str(key): str(kind) for key, kind in said.items()}}


def _patterns(key: str, said: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(said, dict):
        raise _wrong(f"{key} must be columns of the file, each with its values")
    return {
        str(name): tuple(map(str, values if isinstance(values, list) else [values]))
        for name, values in said.items()
    }


def _spread(said: Any) -> tuple[str, str] | None:
    if said is None:
        return None
    if not isinstance(said, dict) or set(said) != {"from", "value"}:
        raise _wrong("spread must say «from» which column, and which column has the «value»")
    return str(said["from"]), str(said["value"])


def _day(said: Any) -> date:
    if not isinstance(said, date):
        raise _wrong("written must be the day the mapping was written, as 2026-11-23")
    return said


def _number(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        raise _wrong("header must be the number of the row with the names, from 1")
    return said


def _wrong(what: str) -> Refused:
    return Refused("mapping", f"The mapping cannot be used: {what}.", field="mapping", facts={"what": what})
