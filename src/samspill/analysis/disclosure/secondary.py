"""Which other cells must be hidden so that no hidden one can be computed (GaussSuppression, Langsrud 2024).

Cells are published one at a time, the most valuable first. One is hidden when it, with those published
before it, would let a hidden cell be computed. What is hidden on the way needs no watching of its own: if it
could be computed later, so could the cell it was hidden for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from samspill.analysis.disclosure.elimination import PRIME, Basis
from samspill.analysis.disclosure.layout import Whole


@dataclass(frozen=True, eq=False)
class Block:
    """Cells that hang together. `rows` (cells, inner); flags by cell, in the same order.

    `known` cells are out already or cannot be hidden; `small` ones must not be computable; the rest are
    published in `order` if they can be.
    """

    rows: sparse.csr_array
    known: np.ndarray
    small: np.ndarray
    order: Sequence[int]

    def cover(self, cell: int) -> Whole:
        return self.rows.indices[self.rows.indptr[cell] : self.rows.indptr[cell + 1]]


@dataclass(frozen=True, eq=False)
class Hidden:
    """`hidden` by cell. `given_away` are small cells that what is known tells whatever is hidden here."""

    hidden: np.ndarray
    given_away: tuple[int, ...]


def hide(block: Block) -> Hidden:
    """Small cells and those that must be hidden with them."""
    basis = Basis(block.rows.shape[1])
    watched = np.flatnonzero(block.small & ~block.known)
    guard = _Guard(block.rows[watched], basis)
    for cell in map(int, np.flatnonzero(block.known)):
        guard.publish(block.cover(cell))
    lost = tuple(int(watched[one]) for one in guard.computable())
    hidden = block.small & ~block.known
    for cell in block.order:
        if not guard.publish_if_safe(block.cover(cell)):
            hidden[cell] = True
    return Hidden(hidden, lost)


class _Guard:
    """Watches cells while others are published: how each answers the two random members of the kernel."""

    def __init__(self, rows: sparse.csr_array, basis: Basis) -> None:
        self._rows, self._basis = rows, basis
        self._answers: Whole = rows @ basis.probe % PRIME

    def computable(self) -> Whole:
        return np.flatnonzero(~self._answers.any(axis=1))

    def publish_if_safe(self, cover: Whole) -> bool:
        residual = self._basis.residual(cover)
        if not residual.any():
            return True  # it follows from the others, and can as well be shown
        across = self._answers[:, 0] * residual[1] % PRIME == self._answers[:, 1] * residual[0] % PRIME
        if (across & self._answers.any(axis=1)).any():
            return False
        self._add(cover, residual)
        return True

    def publish(self, cover: Whole) -> None:
        residual = self._basis.residual(cover)
        if residual.any():
            self._add(cover, residual)

    def _add(self, cover: Whole, residual: Whole) -> None:
        direction, scale = self._basis.add(cover)
        along = self._rows @ direction % PRIME
        self._answers = (self._answers - along[:, None] * (residual * scale % PRIME)) % PRIME
