"""Which sums follow from others: elimination in whole numbers modulo a prime, one published cell at a time.

The kernel of what is published – all changes of the inner cells that change no published cell – is kept as
the columns of a matrix. A cell follows from the published ones when no column of the kernel changes it. To
ask that cheaply two random members of the kernel are kept too (`probe`): one that follows always gives 0 on
both, one that does not gives 0 on both with a chance of 1 in 2^61. A chance error hides more, never less.
"""

import numpy as np
from numpy.typing import NDArray

from samspill.refusal import Refused

PRIME = 2_147_483_647  # 2^31 - 1: products fit in 63 bits
MOST_COLUMNS = 8_000
Whole = NDArray[np.int64]


class Basis:
    """What is published of `size` inner cells. `solution` agrees with all values given, modulo the prime."""

    def __init__(self, size: int) -> None:
        if size > MOST_COLUMNS:
            raise Refused(
                "too_many_cells",
                f"{size} inner cells hang together in sums; at most {MOST_COLUMNS} can be protected at once. "
                "Publish fewer totals across them, or a part at a time.",
            )
        chance = np.random.default_rng(size)  # the same table is always hidden alike
        self.kernel: Whole = np.eye(size, dtype=np.int64)
        self.probe: Whole = chance.integers(1, PRIME, (size, 2))
        self.solution: Whole = np.zeros(size, dtype=np.int64)
        self._filled: Whole = np.ones(size, dtype=np.int64)

    def residual(self, cover: Whole) -> Whole:
        """(2,): zero when the sum over `cover` follows from what is published."""
        return self.probe[cover].sum(axis=0) % PRIME

    def add(self, cover: Whole, value: int = 0) -> tuple[Whole, int]:
        """Publish a sum that does not follow yet. Gives (direction, scale): what the kernel loses.

        A member m of the kernel becomes m - (its sum over `cover`) * scale * direction.
        """
        change = self.kernel[cover].sum(axis=0) % PRIME
        touched = np.flatnonzero(change)
        pivot = int(touched[np.argmin(self._filled[touched])])
        direction = self.kernel[:, pivot].copy()
        scale = pow(int(change[pivot]), -1, PRIME)
        residual = self.residual(cover) * scale % PRIME
        short = (int(self.solution[cover].sum()) - value) * scale % PRIME
        self.probe = (self.probe - direction[:, None] * residual) % PRIME
        self.solution = (self.solution - direction * short) % PRIME
        self._eliminate(direction, touched, change[touched] * scale % PRIME)
        return direction, scale

    def _eliminate(self, direction: Whole, touched: Whole, factors: Whole) -> None:
        rows = np.flatnonzero(direction)
        place = np.ix_(rows, touched)
        before = self.kernel[place]
        after = (before - direction[rows, None] * factors) % PRIME
        self.kernel[place] = after
        self._filled[touched] += np.count_nonzero(after, axis=0) - np.count_nonzero(before, axis=0)
