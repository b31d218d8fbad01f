"""What is published: cells with a flag, and the releases they stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from samspill.analysis.disclosure.rules import Rules

Hierarchy = Mapping[str, Sequence[str]] | None
"""`{parent: [children]}` in any number of levels; None when the codes have no sum."""
At = tuple[tuple[str, str], ...]
"""Where a cell is: (dimension, code) for each dimension. One that is not named is the whole of it."""


class Flag(IntEnum):
    """Why a cell has a number or none, as FHI's cubes say it. Only a shown cell has a number."""

    SHOWN = 0
    MISSING = 1
    NOT_POSSIBLE = 2
    HIDDEN = 3


@dataclass(frozen=True)
class Cell:
    """One count. `value` is None for all but a shown cell: what is missing or hidden is never 0.

    `population` is the denominator, which the public knows, or None. `reason` is for the owner of the data
    alone: to print it would tell which cells are small, and which are hidden to protect them.
    """

    at: At
    value: int | None
    flag: Flag = Flag.SHOWN
    population: int | None = None
    reason: str = ""

    @property
    def where(self) -> dict[str, str]:
        return dict(self.at)


@dataclass(frozen=True, eq=False)
class Release:
    """What went out together: a page, a file, an answer of the API. All are of one version of the data."""

    cells: tuple[Cell, ...]
    dimensions: Mapping[str, Hierarchy]
    rules: Rules = field(default_factory=Rules)
    name: str = ""
