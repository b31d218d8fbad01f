"""The tables an indicator may rest on, as `tables.yaml` has them: columns, what they hold and mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("tables.yaml")
TYPES = {"year": "int32", "area": "string", "text": "string", "whole": "int64", "moment": "timestamp"}
"""Kind of column → its type on every engine. Figures are whole, so that engines agree to the last digit."""


@dataclass(frozen=True)
class Column:
    """A column. `not_before` and `not_above` name another column of the row; `codes` are the only values."""

    name: str
    type: str
    means: str
    lowest: int | None = None
    highest: int | None = None
    codes: tuple[str, ...] = ()
    not_before: str = ""
    not_above: str = ""


@dataclass(frozen=True)
class Table:
    """A table: what it is, which columns stand once together, and whether a row is about one person.

    `made_from` names the table another is made from; it is then no file of its own.
    """

    name: str
    means: str
    persons: bool
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    made_from: str = ""

    @property
    def schema(self) -> dict[str, str]:
        return {name: TYPES[column.type] for name, column in self.columns.items()}


@cache
def tables() -> Mapping[str, Table]:
    """All of them by name."""
    read = yaml.safe_load(FILE.read_text("utf-8"))
    return {name: _table(name, one) for name, one in read.items()}


def _table(name: str, one: Mapping[str, Any]) -> Table:
    columns = {
        column: Column(column, **{**said, "codes": tuple(said.get("codes", ()))})
        for column, said in one["columns"].items()
    }
    return Table(name, one["means"], one["persons"], tuple(one["key"]), columns, one.get("made_from", ""))
