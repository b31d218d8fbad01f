"""How much two figures differ, and between what the difference lies: from their own limits alone.

Newcombe's tenth method (1998, Statistics in Medicine 17:873) for shares, and what Zou & Donner made general
(2008, Statistics in Medicine 27:1693): each end is the difference, less or more the root of the squared
distances from each figure to the end that counts. It asks nothing of how the limits were made, so it serves
standardised rates too. It takes the two to be independent; where one is a part of the other they are not, and
the limits are then wider than they need be.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.rates.checks import Floats


@dataclass(frozen=True)
class Difference:
    """`value` is the first less the second; NaN where one of them has no figure or no limits."""

    value: Floats
    lower: Floats
    upper: Floats

    @property
    def is_clear(self) -> np.ndarray:
        """Whether nothing at all is outside the limits; False where there are none."""
        return np.asarray((self.lower > 0) | (self.upper < 0))


def difference(
    first: tuple[ArrayLike, ArrayLike, ArrayLike], second: tuple[ArrayLike, ArrayLike, ArrayLike]
) -> Difference:
    """`first` and `second` are (value, lower, upper), each a number or (areas,), at the same confidence."""
    one, one_low, one_high = (np.atleast_1d(np.asarray(part, dtype=np.float64)) for part in first)
    two, two_low, two_high = (np.atleast_1d(np.asarray(part, dtype=np.float64)) for part in second)
    value = one - two
    return Difference(
        value,
        value - np.hypot(one - one_low, two_high - two),
        value + np.hypot(one_high - one, two - two_low),
    )
