"""Which hidden cells are computed from the shown ones: a row is, when it lies in the space the others span.

Gauss-Jordan in whole numbers modulo a prime, remembering what was added to what. A cell that is found has
its computation checked in ordinary whole numbers and fractions; that one is not found is proved by `bounds`,
which shows two tables that differ in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

PRIME = 2_147_483_629  # another one than the one that hides
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Reduced:
    """`rows` in reduced echelon form with their `pivots`; `made` (rows, given) says of which given rows."""

    rows: Whole
    made: Whole
    pivots: Whole

    def combination(self, target: Whole) -> Whole | None:
        """Weights modulo the prime with which the given rows sum to `target`; None when no weights do."""
        weights = target[self.pivots] % PRIME
        if ((_product(weights, self.rows) - target) % PRIME).any():
            return None
        return _product(weights, self.made)

    def moves(self) -> Whole:
        """(moves, unknowns): changes of the unknowns that change no given row, where they are small."""
        free = np.setdiff1d(np.arange(self.rows.shape[1]), self.pivots)
        moves = np.zeros((len(free), self.rows.shape[1]), dtype=np.int64)
        moves[np.arange(len(free)), free] = 1
        moves[:, self.pivots] = -_signed(self.rows[:, free]).T
        return moves[np.abs(moves).max(axis=1, initial=0) < 100]

    def small_rows(self, values: Whole) -> tuple[Whole, Whole]:
        """Reduced rows of -1, 0 and 1, and what they sum to: sums that follow from the given ones."""
        rows, made = _signed(self.rows), _signed(self.made)
        small = (np.abs(rows).max(axis=1, initial=0) < 2) & (np.abs(made).max(axis=1, initial=0) < 100)
        return rows[small], made[small] @ values


def reduce(rows: Whole) -> Reduced:
    """Echelon form; rows first in the list are preferred, so give the smallest sums first."""
    count, size = rows.shape
    table = np.concatenate([rows, np.eye(count, dtype=np.int64)], axis=1) % PRIME
    pivots: list[int] = []
    for column in range(size):
        below = np.flatnonzero(table[len(pivots) :, column])
        if not len(below):
            continue
        here, found = len(pivots), len(pivots) + int(below[0])
        table[[here, found]] = table[[found, here]]
        table[here] = table[here] * pow(int(table[here, column]), -1, PRIME) % PRIME
        _clear(table, here, column)
        pivots.append(column)
    kept = len(pivots)
    return Reduced(table[:kept, :size], table[:kept, size:], np.array(pivots, dtype=np.int64))


def _clear(table: Whole, here: int, column: int) -> None:
    others = np.flatnonzero(table[:, column])
    others = others[others != here]
    touched = np.flatnonzero(table[here])
    place = np.ix_(others, touched)
    table[place] = (table[place] - table[others, column][:, None] * table[here, touched]) % PRIME


def _product(weights: Whole, rows: Whole) -> Whole:
    used = np.flatnonzero(weights)
    total = np.zeros(rows.shape[1], dtype=np.int64)
    for one in used:
        total = (total + weights[one] * rows[one]) % PRIME
    return total


def _signed(numbers: Whole) -> Whole:
    return np.where(numbers > PRIME // 2, numbers - PRIME, numbers)


def exact_weights(weights: Whole, rows: Whole, target: Whole) -> dict[int, Fraction] | None:
    """The weights as fractions, checked: they give `target` exactly. None when they do not."""
    found = {int(one): _fraction(int(weights[one])) for one in np.flatnonzero(weights)}
    total = {int(one): Fraction(0) for one in range(len(target))}
    for one, weight in found.items():
        for column in np.flatnonzero(rows[one]):
            total[int(column)] += weight * int(rows[one, column])
    return found if all(total[column] == int(value) for column, value in enumerate(target)) else None


def _fraction(number: int) -> Fraction:
    """The fraction with the smallest terms that is `number` modulo the prime."""
    before, now = (PRIME, 0), (number % PRIME, 1)
    for _ in _while_large(now):
        if now[0] * now[0] * 2 < PRIME:
            break
        step = before[0] // now[0]
        before, now = now, (before[0] - step * now[0], before[1] - step * now[1])
    return Fraction(now[0], now[1])


def _while_large(_start: tuple[int, int]) -> Iterator[int]:
    return iter(range(64))  # a remainder halves at least every second step
