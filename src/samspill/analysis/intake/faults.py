"""What is wrong with a file, and where: every kind of fault, how often, and the first places of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

MOST_PLACES = 20  # places told of a kind of fault; `rows` says how many there are

SENTENCES: Mapping[str, str] = {
    "unreadable": "it cannot be read as %(kind)s: %(why)s",
    "half_file": "it ends in the middle: %(why)s",
    "cells": "there are %(found)s cells where the header has %(wanted)s",
    "no_rows": "there are no rows",
    "header_twice": "the header has «%(name)s» more than once",
    "missing_column": "the file has no column «%(name)s», which the mapping reads",
    "empty": "it is empty",
    "not_year": "it is no year",
    "not_area": "it is no municipality's four digits",
    "not_whole": "it is no whole number",
    "decimal_comma": "it has a decimal comma, and the mapping does not say so",
    "not_moment": "it is no time we can read",
    "unknown_code": "it is none of %(codes)s",
    "too_low": "it is below %(limit)s",
    "too_high": "it is above %(limit)s",
    "above": "it is above %(other)s, which it is a part of",
    "before": "it is before %(other)s",
    "other_year": "it is in another year than the row",
    "years": "it is outside %(first)s to %(last)s",
    "key_twice": "the same %(key)s stands more than once",
    "spread_twice": "the same figure stands more than once",
    "unknown_area": "it is no municipality, today or before",
    "not_in_use": "the municipality was not in use that year, and yet has figures",
    "counted_twice": "both the municipality and those it was made of have figures that year",
    "split": "the municipality was split, and a row about one person cannot be shared out",
    "holes": "%(found)s of %(wanted)s combinations of %(key)s are there",
    "half_of_before": "there are %(now)s rows for %(year)s; the former version has %(before)s",
    "year_gone": "the former version has %(year)s, and this has not",
    "area_gone": "the former version has %(area)s in %(year)s, and this has not",
    "category_gone": "the former version has «%(name)s», and this has not",
    "category_new": "«%(name)s» is new; the former version has it not",
    "column_gone": "the file no longer has the column «%(name)s»",
    "column_new": "the file has a new column «%(name)s», which is not read",
}  # fmt: skip
ASKING = frozenset({"year_gone", "area_gone", "category_gone", "category_new", "column_gone", "column_new"})
"""These may be right: somebody must look before it is taken in use."""


@dataclass(frozen=True)
class Place:
    """A row as counted in the file from 1, its header included, and what stands there."""

    row: int
    value: str


@dataclass(frozen=True)
class Fault:
    """`column` is the column of the file, or of the table where no one column of the file is at fault."""

    code: str
    column: str = ""
    rows: int = 1
    facts: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether it keeps the file from being used; otherwise a person looks at it first."""
        return self.code not in ASKING

    def __str__(self) -> str:
        why = SENTENCES[self.code] % self.facts
        column = f"column {self.column}: " if self.column else ""
        if not self.places:
            return f"{column}{why}"
        first = self.places[0]
        value = f": «{first.value}»" if first.value else ""
        more = f" ({self.rows} rows)" if self.rows > 1 else ""
        return f"row {first.row}, {column}{why}{value}{more}"


def to_plain(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """As JSON."""
    return [asdict(one) for one in faults]


def from_plain(plain: Sequence[Mapping[str, Any]]) -> tuple[Fault, ...]:
    return tuple(
        Fault(**{**one, "places": tuple(Place(**place) for place in one["places"])}) for one in plain
    )
