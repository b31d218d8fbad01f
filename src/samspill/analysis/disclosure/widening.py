"""Cells that cannot be computed, but nearly: hide more until every hidden cell can be many numbers.

For each hidden cell another table of whole numbers is found that agrees with everything published and has
that cell far enough from the true one. Such a table is the proof. Tables are sought among the corners of
boxes: in each dimension a number of persons is moved from one code to another, or added to one; every cell
where that shows must be hidden. The box that hides least is taken (the hypercube method of Repsilber 1994,
weighed over all boxes at once).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.disclosure.layout import Cube, Key, Whole

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NEVER = 1e9  # the cost of a box that would break a limit
MOST_BOXES = 2_000  # ways to change one code of a dimension
LARGE = 1e12


@dataclass(frozen=True, eq=False)
class Limits:
    """Of every cell there can be, (codes of each axis): its number, and what anyone knows it lies between.

    `cost` is what it costs to hide it: 0 for one that nobody shows, `NEVER` for one that cannot be hidden.
    """

    values: Whole
    low: Floats
    high: Floats
    cost: Floats


@dataclass(frozen=True, eq=False)
class Wide:
    """`hidden` by cell, now with the further ones. `narrow` ones cannot be as wide as asked."""

    hidden: Bools
    narrow: tuple[Key, ...]


def widen(cube: Cube, limits: Limits, hidden: Bools, asked: Floats) -> Wide:
    """Hide more until each hidden cell spans `asked`."""
    tables = _Tables(limits, hidden, asked)
    narrow: list[Key] = []
    while (key := tables.narrowest()) is not None:
        change = tables.cheapest(cube, key)
        if change is None:
            narrow.append(key)
            tables.asked[key] -= 1  # as wide as can be, then
        else:
            tables.take(change)
    return Wide(tables.needed(hidden), tuple(narrow))


class _Tables:
    """Changes of the true table that show in hidden cells alone, and how far they bring each cell."""

    def __init__(self, limits: Limits, hidden: Bools, asked: Floats) -> None:
        self.limits, self.hidden, self.asked = limits, hidden.copy(), asked.copy()
        self.changes: list[Whole] = []
        self.least = self.most = np.zeros(limits.values.shape, dtype=np.int64)

    def narrowest(self) -> Key | None:
        lacks = np.where(self.hidden, self.asked - (self.most - self.least), 0)
        if lacks.max(initial=0) <= 0:
            return None
        return tuple(int(one) for one in np.unravel_index(int(np.argmax(lacks)), lacks.shape))

    def cheapest(self, cube: Cube, key: Key) -> Whole | None:
        """The change that brings a cell as far as asked, up or down, and hides least. None: there is none."""
        asked = int(self.asked[key])
        boxes = [_boxes(cube, place, number) for place, number in enumerate(key)]
        amounts = (int(self.least[key]) + asked, int(self.most[key]) - asked)
        found = [_cheapest(self.limits, self.hidden, boxes, amount) for amount in amounts]
        cost, change = min(found, key=lambda one: one[0])
        return change if cost < NEVER / 2 else None

    def take(self, change: Whole) -> None:
        self.changes.append(change)
        self.hidden |= (change != 0) & (self.limits.cost > 0)
        self.least, self.most = np.minimum(self.least, change), np.maximum(self.most, change)

    def needed(self, hidden: Bools) -> Bools:
        """What must be hidden when changes that later ones have made needless are left out, first to last."""
        if not self.changes:
            return self.hidden
        changes = np.array([change.ravel() for change in self.changes])
        shows = (changes != 0) & (self.limits.cost > 0).ravel()
        kept = np.ones(len(changes), dtype=bool)
        for place in range(len(changes)):
            kept[place] = False
            within = hidden.ravel() | shows[kept].any(axis=0)
            spans = changes[kept].max(axis=0, initial=0) - changes[kept].min(axis=0, initial=0)
            kept[place] = bool((spans[within] < self.asked.ravel()[within]).any())
        return hidden | shows[kept].any(axis=0).reshape(hidden.shape)


def _boxes(cube: Cube, place: int, number: int) -> Floats:
    """(boxes, codes): what each way to change one code changes in all codes of the axis, -1, 0 or 1."""
    covers = cube.axes[place].covers
    inside, outside = np.flatnonzero(covers[number]), np.flatnonzero(covers[number] == 0)
    alone = covers[:, inside].T
    between = (covers[:, inside, None] - covers[:, None, outside]).reshape(len(covers), -1).T
    return np.concatenate([alone, between])[:MOST_BOXES].astype(float)


def _cheapest(limits: Limits, hidden: Bools, boxes: Sequence[Floats], amount: int) -> tuple[float, Whole]:
    cost = np.where(hidden, 0.0, limits.cost)
    more = np.where(limits.values + amount > limits.high, NEVER, cost)
    more = np.where(limits.values + amount < limits.low, NEVER, more)
    less = np.where(limits.values - amount < limits.low, NEVER, cost)
    less = np.where(limits.values - amount > limits.high, NEVER, less)
    both = _contracted((more + less) / 2, [np.abs(one) for one in boxes])
    signed = _contracted((more - less) / 2, boxes)
    total = both + signed
    best = np.unravel_index(int(np.argmin(total)), total.shape)
    change = reduce(np.multiply.outer, [one[place] for one, place in zip(boxes, best, strict=True)])
    return float(total[best]), np.rint(change * amount).astype(np.int64)


def _contracted(values: Floats, by: Sequence[Floats]) -> Floats:
    """Sums over all axes, each weighed by every row of its matrix in `by`."""
    for matrix in by:
        values = np.tensordot(values, matrix, axes=(0, 1))
    return values
