"""Means of measured values, with limits by Student's t ("Student" 1908, Biometrika 6; `phe_mean`)."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from samspill.analysis.rates.checks import check_confidence, numbers
from samspill.analysis.rates.estimates import Estimate, Method, Note, estimate


def mean(values: ArrayLike, *, confidence: float = 0.95) -> Estimate:
    """The mean of values (n,), or of each row of (groups, n), with limits.

    `count` and `population` are how many values it rests on. The standard deviation divides by n - 1. One
    value: the mean without limits (`one_value`). Refuses missing values (`not_a_number`) and none at all
    (`nothing_to_count`).
    """
    level, found = check_confidence(confidence), np.atleast_1d(numbers(values, "values"))
    size = found.shape[-1]
    middle = found.mean(axis=-1)
    if size == 1:
        half, note = np.nan, Note.ONE_VALUE
    else:
        half = stdtrit(size - 1, 0.5 + level / 2) * found.std(axis=-1, ddof=1) / np.sqrt(size)
        note = Note.NOTHING
    return estimate(
        middle,
        middle - half,
        middle + half,
        size,
        size,
        str(Method.STUDENT),
        str(note),
        multiplier=1.0,
        confidence=level,
    )
