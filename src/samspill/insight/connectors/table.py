"""A table of a source, before its figures: variables and their codes, and what one call may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from samspill.insight.jsonstat import Dataset
from samspill.refusal import Refused

Choice = Mapping[str, tuple[str, ...]]  # codes by variable, in the order of the table
MOST_AREAS = 100  # municipalities in a call: longer questions are refused by sources and their proxies


@dataclass(frozen=True)
class Variable:
    """`may_be_left_out`: the source gives the total when nothing is chosen."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    is_time: bool = False
    is_area: bool = False
    may_be_left_out: bool = False


@dataclass(frozen=True)
class Table:
    """`updated` as the source tells it with its metadata; "" where it tells it only with the figures."""

    id: str
    label: str
    updated: str
    variables: tuple[Variable, ...]

    def variable(self, name: str) -> Variable:
        """By code, in any case; «time» is the time variable, whatever it is called."""
        for one in self.variables:
            if one.code == name:
                return one
        for one in self.variables:
            if one.code.lower() == name.lower() or (name.lower() == "time" and one.is_time):
                return one
        names = ", ".join(one.code for one in self.variables)
        raise Refused(
            "source.unknown_variable",
            f"{self.id} has no variable {name}; it has {names}.",
            facts={"table": self.id, "variable": name},
        )

    @property
    def time(self) -> Variable | None:
        return next((one for one in self.variables if one.is_time), None)

    @property
    def area(self) -> Variable | None:
        return next((one for one in self.variables if one.is_area), None)


@dataclass(frozen=True)
class Limits:
    """What one call may ask: `cells` are the product of the chosen codes, `values` their sum."""

    cells: int
    values: int | None = None
    areas: int = MOST_AREAS


@dataclass(frozen=True)
class Fetched:
    """A part as it came, and what it says."""

    body: bytes
    dataset: Dataset


class Source(Protocol):
    """Someone who has tables."""

    name: str
    producer: str
    licence: str
    address: str

    def limits(self) -> Limits:
        """Asked once per pull; sources change them."""

    def table(self, table_id: str) -> Table:
        """Refuses a table the source does not have."""

    def fetch(self, table: Table, choice: Choice) -> Fetched:
        """The figures of `choice`. Raises `UnknownCode` when the source does not know one of the codes."""


class UnknownCode(Refused):
    """The source refused a question without telling which code it does not know."""
