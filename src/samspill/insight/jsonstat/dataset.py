"""A dataset: figures over dimensions. It cannot be made wrong; a figure that lacks is None, never 0."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product, repeat
from math import prod
from typing import Any, NamedTuple

from samspill.insight.jsonstat.dimension import Dimension, texts_of
from samspill.refusal import Refused

Value = int | float | str | None
# The symbols of official tables where a figure lacks; some sources give them as the value itself.
INSTEAD_OF_A_FIGURE = frozenset({".", "..", "...", ":", "-"})


class Cell(NamedTuple):
    """A figure and its symbol. `value` None: there is no figure; `status` tells why, if the source does."""

    value: Value
    status: str | None

    @property
    def is_missing(self) -> bool:
        return self.value is None


class Row(NamedTuple):
    """A cell with the codes of its categories, in the order of the dimensions."""

    codes: tuple[str, ...]
    value: Value
    status: str | None


@dataclass(frozen=True)
class Dataset:
    """Cells in row-major order: the last dimension varies fastest.

    `values` holds every cell, or by position those that have a figure (a sparse cube). `statuses` is one
    symbol for all, one per cell, or by position. `roles` has dimensions by «time», «geo», «metric».
    `about` has the document's other keys as they came: `label`, `source`, `updated`, `note`, `extension` …
    """

    dimensions: tuple[Dimension, ...]
    values: tuple[Value, ...] | Mapping[int, Value]
    statuses: str | tuple[str | None, ...] | Mapping[int, str | None] | None = None
    roles: Mapping[str, tuple[str, ...]] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(set(self.id)) != len(self.id):
            twice = next(name for name in self.id if self.id.count(name) > 1)
            raise Refused("jsonstat.duplicate_dimension", f"id has the dimension «{twice}» twice.")
        for role, names in (self.roles or {}).items():
            for name in names:
                if name not in self.id:
                    raise Refused(
                        "jsonstat.unknown_dimension", f"role.{role} names «{name}», which is no dimension."
                    )
        self._check_cells("value", self.values)
        if not isinstance(self.statuses, str) and self.statuses is not None:
            self._check_cells("status", self.statuses)

    @property
    def id(self) -> tuple[str, ...]:
        """The names of the dimensions, in order."""
        return tuple(one.id for one in self.dimensions)

    @cached_property
    def size(self) -> tuple[int, ...]:
        return tuple(len(one.codes) for one in self.dimensions)

    def __len__(self) -> int:
        """How many cells there are, with a figure or without."""
        return prod(self.size)

    @property
    def label(self) -> str:
        return str(self.about.get("label") or "")

    @property
    def source(self) -> str:
        return str(self.about.get("source") or "")

    @property
    def updated(self) -> str:
        """As the source wrote it, mostly ISO 8601."""
        return str(self.about.get("updated") or "")

    @property
    def notes(self) -> tuple[str, ...]:
        return texts_of(self.about.get("note"))

    @property
    def extension(self) -> Mapping[str, Any]:
        """What the source adds of its own; empty when that is no object."""
        given = self.about.get("extension")
        return dict(given) if isinstance(given, Mapping) else {}

    def dimension(self, name: str) -> Dimension:
        for one in self.dimensions:
            if one.id == name:
                return one
        raise Refused(
            "jsonstat.unknown_dimension", f"There is no dimension {name}; there are {', '.join(self.id)}."
        )

    def with_role(self, role: str) -> tuple[Dimension, ...]:
        """The dimensions of «time», «geo» or «metric»; none when the source does not tell."""
        return tuple(self.dimension(name) for name in (self.roles or {}).get(role, ()))

    def cell(self, choice: Mapping[str, str] | None = None, /, **codes: str) -> Cell:
        """The cell of one category per dimension; a dimension with a single category may be left out.

        `cell(Region="0301", Tid="2026")`, or a mapping where a name is no Python word.
        """
        chosen = {**(choice or {}), **codes}
        for name in chosen:
            self.dimension(name)
        places = []
        for one in self.dimensions:
            if one.id not in chosen and len(one.codes) != 1:
                raise Refused(
                    "jsonstat.cell", f"Choose a category of {one.id}: it has {len(one.codes)} of them."
                )
            places.append(one.place_of(chosen[one.id]) if one.id in chosen else 0)
        return self.cell_at(self.position_of(places))

    def position_of(self, places: list[int] | tuple[int, ...]) -> int:
        """Where the cell of these categories, counted from 0, stands in the row of all cells."""
        position = 0
        for place, size in zip(places, self.size, strict=True):
            position = position * size + place
        return position

    def cell_at(self, position: int) -> Cell:
        """The cell at a position in row-major order, from 0."""
        value = self.values.get(position) if isinstance(self.values, Mapping) else self.values[position]
        status = self._status_at(position)
        if isinstance(value, str) and value in INSTEAD_OF_A_FIGURE:
            return Cell(None, status or value)
        return Cell(value, status)

    def rows(self) -> Iterator[Row]:
        """Every cell in order with its codes, those without a figure too."""
        codes = product(*(one.codes for one in self.dimensions))
        return (Row(these, value, status) for these, (value, status) in zip(codes, self.cells(), strict=True))

    def cells(self) -> Iterator[tuple[Value, str | None]]:
        """Figure and status of every cell in order, without the codes."""
        places = range(len(self))
        values = map(self.values.get, places) if isinstance(self.values, Mapping) else iter(self.values)
        statuses: Iterator[str | None]
        if isinstance(self.statuses, Mapping):
            statuses = map(self.statuses.get, places)
        elif isinstance(self.statuses, tuple):
            statuses = iter(self.statuses)
        else:
            statuses = repeat(self.statuses)
        for value, status in zip(values, statuses, strict=False):
            if isinstance(value, str) and value in INSTEAD_OF_A_FIGURE:
                yield None, status or value
            else:
                yield value, status or None

    def to_json(self) -> str:
        """The dataset as JSON-stat 2.0."""
        from samspill.insight.jsonstat.writing import write

        return write(self)

    def _status_at(self, position: int) -> str | None:
        if self.statuses is None or isinstance(self.statuses, str):
            return self.statuses or None
        if isinstance(self.statuses, Mapping):
            return self.statuses.get(position) or None
        return self.statuses[position] or None

    def _check_cells(self, name: str, cells: tuple[Any, ...] | Mapping[int, Any]) -> None:
        makes = f"size {' × '.join(map(str, self.size))} makes {len(self)}"
        if isinstance(cells, Mapping):
            beyond = next((place for place in cells if not 0 <= place < len(self)), None)
            if beyond is not None:
                raise Refused("jsonstat.beyond", f"{name} has a cell {beyond}, but {makes}, counted from 0.")
        elif len(cells) != len(self):
            raise Refused(
                "jsonstat.cells",
                f"{name} has {len(cells)} cells, but {makes}.",
                facts={"has": len(cells), "size": self.size},
            )
