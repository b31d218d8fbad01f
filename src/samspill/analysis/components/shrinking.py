"""Rates of few people, held to the rates of many. Small tools of estimation, each a formula.

Sources: Poisson-gamma shrinkage as in Clayton & Kaldor 1987, Biometrics 43; Hampel 1974 (the median
absolute deviation as a measure of what is usual).
"""

import numpy as np
import scipy

from samspill.analysis.components.rates import Floats

AROUND = 2  # ages on either side
MAD_TO_SD = 1.4826  # for normally distributed values


def around(values: Floats, reach: int = AROUND) -> Floats:
    """Sums over `reach` ages on either side, from age 1; the newborn stand alone. Last axis ages."""
    width = 2 * reach + 1
    summed = scipy.ndimage.uniform_filter1d(values[..., 1:], width, axis=-1, mode="constant") * width
    return np.concatenate([values[..., :1], summed], axis=-1)


def shrunk_level(found: Floats, expected: Floats, weight: float) -> Floats:
    """(found + weight)/(expected + weight): how far from 1, the less the fewer are expected."""
    return np.asarray((found + weight) / (expected + weight))


def shrunk_rate(events: Floats, exposure: Floats, prior: Floats, weight: float) -> Floats:
    """(events + weight·prior)/(exposure + weight): the prior counts as `weight` persons of exposure."""
    return np.asarray((events + weight * prior) / (exposure + weight))


def calmed(events: Floats, mads: float = 3.0) -> Floats:
    """The same with no year of an area far above its others: a reception centre that came and went.

    `events` (years, areas, 2, 106). A year whose sum is more than `mads` deviations above the median of the
    years is brought down to that limit, all its cells in proportion. The deviation is the median absolute
    one, and never less than chance alone would make (the square root of the median).
    """
    sums = events.sum(axis=(2, 3))
    middle = np.median(sums, axis=0)
    spread = MAD_TO_SD * np.median(np.abs(sums - middle), axis=0)
    limit = middle + mads * np.maximum(spread, np.sqrt(np.maximum(middle, 1.0)))
    factor = np.where(sums > limit, limit / np.where(sums > 0, sums, 1.0), 1.0)
    return np.asarray(events * factor[..., None, None])
