"""Counts of sets that are parts of each other, over a tree of areas, for many years: the table to protect.

Sets are made of atoms that share nothing (acute stays of children, of others up to 79, of 80 and older). All
counts are sums: of the atoms of a set, and of the areas below an area. Years have no sum.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]
FAR = 10**12  # no limit


@dataclass(frozen=True, eq=False)
class Tree:
    """Areas by number; `parent` is -1 for one that has no sum above it."""

    parent: Whole

    @cached_property
    def children(self) -> tuple[Whole, ...]:
        order = np.argsort(self.parent, kind="stable")
        ends = np.searchsorted(self.parent[order], np.arange(len(self.parent) + 1))
        return tuple(order[low:high] for low, high in pairwise(ends))

    @cached_property
    def is_leaf(self) -> Bools:
        found = np.ones(len(self.parent), dtype=bool)
        found[self.parent[self.parent >= 0]] = False
        return found

    @cached_property
    def tiers(self) -> tuple[Whole, ...]:
        """Areas by their depth, those at the top first."""
        depth = np.zeros(len(self.parent), dtype=np.int64)
        above = self.parent.copy()
        while (above >= 0).any():
            depth += above >= 0
            above = np.where(above >= 0, self.parent[above], -1)
        return tuple(np.flatnonzero(depth == one) for one in range(int(depth.max(initial=-1)) + 1))

    @cached_property
    def leaves(self) -> Whole:
        """How many areas without parts are in each."""
        found = self.is_leaf.astype(np.int64)
        for tier in self.tiers[:0:-1]:
            np.add.at(found, self.parent[tier], found[tier])
        return found

    def summed(self, values: Whole) -> Whole:
        """(areas, …): those of leaves as they are, all others the sum of their parts."""
        found = np.where(self.is_leaf.reshape(-1, *[1] * (values.ndim - 1)), values, 0)
        for tier in self.tiers[:0:-1]:
            np.add.at(found, self.parent[tier], found[tier])
        return found


@dataclass(frozen=True, eq=False)
class Linked:
    """Cells are (areas, years, sets); `holds` (sets, atoms) says what each set is made of.

    `inner` (areas, years, atoms) are the true counts. `small`: must not be known. `asked`: to be shown unless
    it must be hidden. `out`: shown earlier. A cell that is none of these nobody shows, and it may be known.
    `lowest` (sets,) is what a hidden count is known to be at least, `high` what each is known to be at most.
    """

    tree: Tree
    holds: Bools
    inner: Whole
    small: Bools
    asked: Bools
    out: Bools
    high: Whole
    lowest: Whole
    width: int

    @cached_property
    def values(self) -> Whole:
        return self.inner @ self.holds.T.astype(np.int64)
