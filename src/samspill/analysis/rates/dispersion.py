"""How much more areas differ than by chance: φ and τ² of Spiegelhalter et al. 2012 (JRSS A 175:1).

φ is the mean of the squared deviations, after the extreme ones are drawn in (winsorised) or left out
(truncated), so that true outliers do not widen the limits that should find them. τ² is the variance between
areas that explains it (DerSimonian & Laird 1986), 0 where chance is enough.
"""

from enum import StrEnum

import numpy as np
from scipy.stats import rankdata

from samspill.analysis.rates.checks import Floats
from samspill.refusal import Refused


class Overdispersion(StrEnum):
    """What is done with the most extreme areas before the variance between areas is found."""

    NONE = "none"
    WINSORISE = "winsorise"
    TRUNCATE = "truncate"


def dispersion(deviation: Floats, error: Floats, way: Overdispersion, trim: float) -> tuple[float, float]:
    """(φ, τ²) of deviations in standard errors; τ² is 0 when no over-dispersion is asked for."""
    if not 0 <= trim < 0.5:
        raise Refused(
            "number_out_of_range",
            f"trim is {trim}; it must be from 0 to below 0.5.",
            field="trim",
            facts={"where": "trim"},
        )
    kept = np.ones(len(deviation), dtype=bool)
    if way is Overdispersion.WINSORISE and len(deviation):
        deviation = np.clip(deviation, *np.quantile(deviation, [trim, 1 - trim]))
    if way is Overdispersion.TRUNCATE:
        kept = _inner(deviation, trim)
    deviation, error = deviation[kept], error[kept]
    if not len(deviation):
        return float("nan"), 0.0
    phi = float(np.mean(deviation**2))
    return phi, 0.0 if way is Overdispersion.NONE else _between(phi, error)


def _inner(deviation: Floats, trim: float) -> np.ndarray:
    """All but the outermost tenth by rank at each end, as NHS Digital's SHMI does it for a trim of 0.1."""
    if trim == 0:
        return np.ones(len(deviation), dtype=bool)
    tenth = np.floor(rankdata(deviation) / trim / (len(deviation) + 1))
    return (tenth > 0) & (tenth < 1 / trim - 1)


def _between(phi: float, error: Floats) -> float:
    weight, areas = 1 / error**2, len(error)
    spare = weight.sum() - (weight**2).sum() / weight.sum()
    if areas < 2 or spare <= 0:
        return 0.0
    return max(0.0, float((areas * phi - (areas - 1)) / spare))
