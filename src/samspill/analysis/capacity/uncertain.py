"""Beds when the load itself is not known: one load per drawn future, each with its own days.

`loads` (draws,) are mean beds in use in erlang; arrivals are random, so the number in bed of a future is
Poisson. The probability that too few are there is taken within each future, and then over all of them.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from samspill.analysis.capacity.checks import check_share, check_whole
from samspill.refusal import Refused

Floats = NDArray[np.float64]


def risk_over(loads: ArrayLike, beds: ArrayLike) -> Floats:
    """P(more are needed than `beds`) for each number of beds (n,), over all `loads`; shape (n,)."""
    known = _loads(loads)
    number = np.atleast_1d(np.asarray(beds, dtype=np.float64))
    chances = np.where(known == 0, 0.0, special.pdtrc(number[:, None], np.where(known == 0, 1.0, known)))
    return np.asarray(chances.mean(axis=1), dtype=np.float64)


def beds_over(loads: ArrayLike, risk: float) -> int:
    """The fewest beds with which that probability is at most `risk`."""
    known = _loads(loads)
    check_share(risk, "risk")
    low, high = -1, 1
    while risk_over(known, high)[0] > risk:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if risk_over(known, middle)[0] <= risk else (middle, high)
    return high


def load_for_risk(beds: int, risk: float) -> float:
    """The load (erlang) at which exactly the share `risk` of the time more than `beds` are needed."""
    check_whole(beds, "beds", least=1)
    check_share(risk, "risk")
    return float(special.pdtri(beds, 1 - risk))


def _loads(loads: ArrayLike) -> Floats:
    known = np.atleast_1d(np.asarray(loads, dtype=np.float64))
    if not len(known) or not np.isfinite(known).all() or (known < 0).any():
        raise Refused("number_out_of_range", "The loads must be numbers, 0 or more.", field="load")
    return known
