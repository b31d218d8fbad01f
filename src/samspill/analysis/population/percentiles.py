"""Percentiles over draws, in one way wherever they are made."""

from collections.abc import Sequence

import numpy as np

from samspill.analysis.population.draws import Draws

PERCENTILES = (10, 50, 90)


def percentiles_of(draws: Draws, points: Sequence[float] = PERCENTILES) -> Draws:
    """Percentiles over the last axis, as `np.percentile` (linear) and many times faster; (…, points)."""
    ordered = np.sort(draws, axis=-1)
    place = np.asarray(points) / 100 * (draws.shape[-1] - 1)
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, draws.shape[-1] - 1)
    low, high = ordered[..., below], ordered[..., above]
    return np.asarray(low + (high - low) * (place - below).astype(np.float32))
