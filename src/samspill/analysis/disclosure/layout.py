"""The cube behind the tables: every cell is a sum of inner cells, the finest ones the dimensions allow.

`suppress` builds on this; `audit` lays out its own (`attack`), so that an error here is seen there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from samspill.analysis.disclosure.cells import At
from samspill.analysis.disclosure.hierarchies import Dimension
from samspill.refusal import Refused

MOST_NODES = 400_000
MOST_INNER = 200_000
Key = tuple[int, ...]
"""A cell: for each dimension the number of its code in `Axis.codes`."""
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Axis:
    """A dimension as used: `covers` (codes, parts) is 1 where a code holds a part.

    A part is a leaf, or several that no code in use tells apart. `sizes` is how many leaves each code has.
    `codes` has None last when some row is a total over the dimension and no code stands for it.
    """

    name: str
    codes: tuple[str | None, ...]
    covers: Whole
    sizes: tuple[int, ...]
    whole: int | None

    @cached_property
    def number(self) -> dict[str | None, int]:
        return {code: place for place, code in enumerate(self.codes)}


def axis_of(dimension: Dimension, used: Iterable[str | None], *, all_codes: bool) -> Axis:
    """`used` are the codes of rows, None for a total; `all_codes` adds those of the hierarchy."""
    wanted: dict[str | None, None] = dict.fromkeys(dimension.codes if all_codes else ())
    wanted.update((dimension.whole if code is None else code, None) for code in used)
    codes = tuple(wanted)
    below = [_leaves(dimension, code) for code in codes]
    patterns = {leaf: tuple(leaf in under for under in below) for leaf in dimension.leaves}
    parts = list(dict.fromkeys(patterns.values()))
    covers = np.array(parts, dtype=np.int64).reshape(len(parts), len(codes)).T
    whole = next((place for place, row in enumerate(covers) if row.all()), None)
    return Axis(dimension.name, codes, covers, tuple(len(under) for under in below), whole)


def _leaves(dimension: Dimension, code: str | None) -> frozenset[str]:
    if code is None:
        return frozenset(dimension.leaves)
    under = dimension.children.get(code)
    return (
        frozenset([code]) if under is None else frozenset().union(*(_leaves(dimension, one) for one in under))
    )


@dataclass(frozen=True, eq=False)
class Cube:
    """All axes; inner cells are numbered in C order over their parts."""

    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        inner, nodes = self.size, prod(len(axis.codes) for axis in self.axes)
        if inner > MOST_INNER or nodes > MOST_NODES:
            raise Refused(
                "too_many_cells",
                f"The tables together have {nodes} cells over {inner} inner ones; at most {MOST_NODES} and "
                f"{MOST_INNER} can be protected at once. Take a dimension, or some years, at a time.",
            )

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(axis.covers.shape[1] for axis in self.axes)

    @property
    def size(self) -> int:
        return prod(self.shape)

    def key(self, at: At) -> Key:
        named = dict(at)
        return tuple(
            axis.number[named[axis.name]] if axis.name in named else axis.number.get(None, axis.whole or 0)
            for axis in self.axes
        )

    def at(self, key: Key) -> At:
        """The codes of a cell; a total that no code stands for is left out."""
        named = ((axis.name, axis.codes[number]) for axis, number in zip(self.axes, key, strict=True))
        return tuple((name, code) for name, code in named if code is not None)

    def leaves(self, key: Key) -> int:
        """How many cells of the finest kind the hierarchies know are in it: how general it is."""
        return prod(axis.sizes[number] for axis, number in zip(self.axes, key, strict=True))

    def inner(self, key: Key) -> Whole:
        """Numbers of its inner cells."""
        parts = [np.flatnonzero(axis.covers[number]) for axis, number in zip(self.axes, key, strict=True)]
        return np.ravel_multi_index(np.ix_(*parts), self.shape).ravel() if parts else np.zeros(1, np.int64)

    def rows(self, keys: Sequence[Key]) -> sparse.csr_array:
        """(keys, inner): 1 where the cell holds the inner cell."""
        covers = [self.inner(key) for key in keys]
        starts = np.cumsum([0, *(len(one) for one in covers)])
        columns = np.concatenate([*covers, np.zeros(0, np.int64)])
        ones = np.ones(len(columns), dtype=np.int64)
        return sparse.csr_array((ones, columns, starts), shape=(len(keys), self.size))

    def sums(self, inner: Whole) -> Whole:
        """The sum in every cell there can be, (codes of each axis): `inner` summed along axis after axis."""
        summed = inner.reshape(self.shape)
        for place, axis in enumerate(self.axes):
            summed = np.moveaxis(np.tensordot(axis.covers, summed, axes=(1, place)), 0, place)
        return summed


def blocks(rows: sparse.csr_array) -> list[tuple[Whole, Whole]]:
    """(rows, columns) of each part of the system that shares no inner cell with the rest."""
    count, size = rows.shape
    joined = sparse.block_array([[None, rows], [rows.T, None]], format="csr") if count else rows
    number, labels = connected_components(joined, directed=False) if count else (0, np.zeros(0, int))
    of_rows, of_columns = labels[:count], labels[count : count + size]
    by_row, by_column = np.argsort(of_rows, kind="stable"), np.argsort(of_columns, kind="stable")
    row_ends = np.searchsorted(of_rows[by_row], np.arange(number + 1))
    column_ends = np.searchsorted(of_columns[by_column], np.arange(number + 1))
    return [
        (by_row[row_ends[one] : row_ends[one + 1]], by_column[column_ends[one] : column_ends[one + 1]])
        for one in range(number)
        if row_ends[one + 1] > row_ends[one]
    ]
