"""A mapping proposed from the names and the first rows of a file, for somebody to read and mend.

What nobody could find is `from: "?"`, which `bring` tells of as a column that is not there.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import yaml

from samspill.analysis.indicators import Column, Table, tables
from samspill.analysis.intake.mapping import ColumnFrom, FileMapping, figure_columns
from samspill.analysis.intake.sheets import Broken
from samspill.analysis.intake.staging import READERS, stage

FILE = Path(__file__).with_name("names.yaml")
UNKNOWN = "?"
MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d")
LOOKED_AT = 2000  # rows
FIRST_ROWS = 20
DECIMAL_COMMA = re.compile(r"[+-]?[0-9][0-9   ]*,[0-9]+")
AGE = re.compile(r"([0-9]{1,3})\s*(år|ar|years?|\+|-)?.*", re.IGNORECASE)
Seen = Mapping[str, Sequence[str]]  # the texts of each column of the file


@cache
def names() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return read


def guess(path: Path, *, today: date, table: str = "") -> FileMapping:
    """The likeliest mapping of the file, to `table` or to the one most of its columns fit."""
    header = _header_row(path)
    seen = _seen(path, header)
    found = tables()[table] if table else _likeliest(seen)
    mapping = FileMapping(found.name, {}, written=today, header=header)
    figure, which, status = (_named(seen, names()[kind]) for kind in ("value", "which_figure", "status"))
    columns = {name: _column(column, seen) for name, column in found.columns.items()}
    figures = figure_columns(found)
    if figure and which and len(figures) > 1:
        mapping = replace(mapping, spread=(which, figure))
        columns |= {name: _spread_column(name, seen[which]) for name in figures}
    if status and figure:
        mapping = replace(mapping, status=status)
    texts = [text for name in figures for text in seen.get(columns[name].source, ())]
    if any(DECIMAL_COMMA.fullmatch(text) for text in texts):
        mapping = replace(mapping, decimal=",")
    return replace(mapping, columns=columns)


def _header_row(path: Path) -> int:
    """The first of the widest rows at the top: titles above a table are narrow."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        return 1
    try:
        rows = list(islice(reader(path, FileMapping("population", {})), FIRST_ROWS))
    except Broken:
        return 1
    widths = [sum(map(bool, cells)) for _, cells in rows]
    return rows[widths.index(max(widths))][0] if rows else 1


def _seen(path: Path, header: int) -> Seen:
    with TemporaryDirectory(prefix="intake-") as scratch:
        mapping = FileMapping("population", {}, header=header)
        staged = stage(path, mapping, Path(scratch), most=LOOKED_AT)
        if not staged.names:
            return {}
        with duckdb.connect() as connection:
            read = connection.sql(f"FROM {staged.relation}").fetchnumpy()
        return {name: [str(text or "").strip() for text in read[name].tolist()] for name in staged.names}


def _likeliest(seen: Seen) -> Table:
    """The table with the greatest share of its columns in the file."""
    known = [table for table in tables().values() if not table.made_from]
    return max(known, key=lambda table: _fits(table, seen))


def _fits(table: Table, seen: Seen) -> tuple[float, int]:
    there = sum(bool(_named(seen, _called(name))) for name in table.columns)
    return there / len(table.columns), there


def _called(name: str) -> Sequence[str]:
    return [name, *names()["columns"].get(name, ())]


def _plain(name: str) -> str:
    return re.sub(r"[\s_.\-]", "", name).lower()


def _named(seen: Iterable[str], called: Iterable[str]) -> str:
    """The column of the file with one of the names, the first of them that is there; "" when none is."""
    by_plain = {_plain(name): name for name in reversed(list(seen))}
    return next((by_plain[_plain(one)] for one in called if _plain(one) in by_plain), "")


def _column(column: Column, seen: Seen) -> ColumnFrom:
    source = _named(seen, _called(column.name))
    if not source:
        return ColumnFrom(source=UNKNOWN)
    texts = [text for text in dict.fromkeys(seen[source]) if text]
    if column.codes:
        return ColumnFrom(source=source, codes=_codes(column, texts))
    if column.name == "age":
        return ColumnFrom(source=source, codes=_ages(texts))
    if column.type == "moment":
        return ColumnFrom(source=source, formats=_formats(texts))
    return ColumnFrom(source=source, may_be_empty=column.type == "text" and "may be empty" in column.means)


def _codes(column: Column, texts: Iterable[str]) -> dict[str, str]:
    known = {said: code for code in column.codes for said in (code.lower(), *names()["codes"].get(code, ()))}
    return {text: known[text.lower()] for text in texts if text.lower() in known and text not in column.codes}


def _ages(texts: Iterable[str]) -> dict[str, str]:
    """«12 år» and «105 år eller eldre» are 12 and 105; figures alone need no word."""
    found = {text: AGE.fullmatch(text) for text in texts if not text.isdigit()}
    return {text: str(int(one[1])) for text, one in found.items() if one}


def _formats(texts: Sequence[str]) -> tuple[str, ...]:
    """How the times are written, where it is not as ISO has it."""
    if not texts or _fit(texts, MOMENTS):
        return ()
    found = [one for one in names()["moments"] if any(_is_written(text, one) for text in texts)]
    return tuple(found)


def _fit(texts: Iterable[str], formats: Sequence[str]) -> bool:
    return all(any(_is_written(text, one) for one in formats) for text in texts)


def _is_written(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)
    except ValueError:
        return False
    return True


def _spread_column(name: str, kinds: Sequence[str]) -> ColumnFrom:
    """A figure among the values of the column that tells which figure a row has."""
    return ColumnFrom(source=_named(dict.fromkeys(kinds), _called(name)) or UNKNOWN)
