"""Limits that follow from one sum at a time, over and over: what a total leaves when the others are least."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROUNDS = 12
ENDLESS = 1e12
"""What nobody has set a limit to. Sums of 8,000 of them are still exact in floating point."""


@dataclass(frozen=True, eq=False)
class Sums:
    """`low` <= `rows` · unknowns <= `high`; rows are of -1, 0 and 1."""

    rows: NDArray[np.int64]
    low: Floats
    high: Floats


def range_of(rows: NDArray[np.int64], low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """What sums can be when the unknowns lie between `low` and `high`."""
    plus, minus = np.maximum(rows, 0), np.minimum(rows, 0)
    return plus @ low + minus @ high, plus @ high + minus @ low


def tightened(sums: Sums, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Limits of the unknowns that hold in every table; never tighter than the truth, often not as tight."""
    rows = [(used, row[used]) for row in sums.rows for used in [np.flatnonzero(row)]]
    for _ in range(ROUNDS):
        before = low, high
        low, high = low.copy(), high.copy()
        for (used, sign), least, most in zip(rows, sums.low, sums.high, strict=True):
            _tighten(low, high, used, sign, least, most)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    return low, high


def _tighten(
    low: Floats, high: Floats, used: NDArray[np.int64], sign: NDArray[np.int64], least: float, most: float
) -> None:
    """One sum: each term is at most what is left when the others are least. Changes `low` and `high`."""
    terms_low = np.where(sign > 0, low[used], -high[used])
    terms_high = np.where(sign > 0, high[used], -low[used])
    new_high = np.minimum(terms_high, most - (terms_low.sum() - terms_low))
    new_low = np.maximum(terms_low, least - (terms_high.sum() - terms_high))
    low[used] = np.where(sign > 0, new_low, -new_high)
    high[used] = np.where(sign > 0, new_high, -new_low)
