"""The scales on which areas are compared in a funnel, and the limits on each (Spiegelhalter et al. 2012).

| kind | scale | deviation from target | standard error |
| --- | --- | --- | --- |
| ratio, rate | log | ln(O / μ) | 1 / √μ |
| ratio, rate | root | √(O / μ) - 1 | 1 / (2 √μ) |
| proportion | arcsine | arcsin √p - arcsin √θ | 1 / (2 √n) |
| counts | log | ln((O + ½) / (E + ½)) - ln θ | √(O / (O + ½)² + E / (E + ½)²) |

μ is the count the target gives: θ times the denominator. No event at all is ½ on the log scale.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import gammaincc, pdtrik

from samspill.analysis.rates.checks import Floats
from samspill.analysis.rates.limits import normal_quantile

LARGE = 1e7  # expected events; the expansion is right to 1e-8 there
HALVINGS = 50


class Kind(StrEnum):
    """What is compared."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"
    COUNTS = "counts"


class Scale(StrEnum):
    """How it is transformed before it is compared."""

    NONE = "none"
    LOG = "log"
    ROOT = "root"
    ARCSINE = "arcsine"


OF_KIND = {
    Kind.PROPORTION: Scale.ARCSINE,
    Kind.RATE: Scale.LOG,
    Kind.RATIO: Scale.LOG,
    Kind.COUNTS: Scale.LOG,
}


@dataclass(frozen=True)
class Points:
    """Areas on a scale. Untransformed limits have deviations too: those of the usual scale."""

    kind: Kind
    scale: Scale
    target: float
    events: Floats
    base: Floats

    def deviation(self) -> tuple[Floats, Floats]:
        """(deviations in standard errors, standard errors), without over-dispersion."""
        expected = self.target * self.base
        if self.kind is Kind.COUNTS:
            away = np.log((self.events + 0.5) / (self.base + 0.5)) - np.log(self.target)
            error = _error_of_counts(self.events, self.base)
        elif self.kind is Kind.PROPORTION:
            away = np.arcsin(np.sqrt(self.events / self.base)) - np.arcsin(np.sqrt(self.target))
            error = 1 / (2 * np.sqrt(self.base))
        elif self.scale is Scale.ROOT:
            away, error = np.sqrt(self.events / expected) - 1, 1 / (2 * np.sqrt(expected))
        else:
            away = np.log(np.where(self.events > 0, self.events, 0.5) / expected)
            error = 1 / np.sqrt(expected)
        return away / error, error


def limits_at(
    kind: Kind,
    scale: Scale,
    target: float,
    base: Floats,
    level: float,
    tau2: float,
    events: Floats | None,
) -> tuple[Floats, Floats]:
    """(lower, upper) round the target for areas of size `base`, NaN where it is NaN.

    For two counts the standard error rests on both: on `events` where they are known, else on the target.
    """
    if scale is Scale.NONE:
        return _untransformed(kind, target, base, level)
    z, expected = normal_quantile(level), target * base
    if kind is Kind.COUNTS:
        error = _error_of_counts(expected if events is None else events, base)
        half = z * np.sqrt(error**2 + tau2)
        return target * np.exp(-half), target * np.exp(half)
    if kind is Kind.PROPORTION:
        half = z * np.sqrt(1 / (4 * base) + tau2)
        middle = np.arcsin(np.sqrt(target))
        low, high = np.maximum(middle - half, 0.0), np.minimum(middle + half, np.pi / 2)
        return np.sin(low) ** 2, np.sin(high) ** 2
    if scale is Scale.ROOT:
        half = z * np.sqrt(1 / (4 * expected) + tau2)
        return target * np.maximum(1 - half, 0.0) ** 2, target * (1 + half) ** 2
    half = z * np.sqrt(1 / expected + tau2)
    return target * np.exp(-half), target * np.exp(half)


def _untransformed(kind: Kind, target: float, base: Floats, level: float) -> tuple[Floats, Floats]:
    """Where Wilson's, or the exact Poisson, limits of an area of this size just reach the target."""
    if kind is Kind.PROPORTION:
        half = normal_quantile(level) * np.sqrt(target * (1 - target) / base)
        return np.maximum(target - half, 0.0), np.minimum(target + half, 1.0)
    known = np.isfinite(base)
    expected = np.where(known, target * base, 1.0)
    low, high = _counts_at(expected, level)
    return np.where(known, low / base, np.nan), np.where(known, high / base, np.nan)


def _counts_at(expected: Floats, level: float) -> tuple[Floats, Floats]:
    """The counts, not whole, whose upper and whose lower exact limit is what is expected.

    No count is so low that few expected are too many for it: 0. Above `LARGE` by expansion.
    """
    tail, z = (1 - level) / 2, normal_quantile(level)
    root, shift = z * np.sqrt(expected), (z**2 + 2) / 6
    usual = np.minimum(expected, LARGE)
    low = np.where(np.exp(-usual) >= tail, 0.0, pdtrik(tail, usual))
    high = np.where(np.exp(-usual) >= 1 - tail, _below_one(usual, tail), pdtrik(1 - tail, usual) + 1)
    large = expected > LARGE
    return np.where(large, expected - root + shift - 1, low), np.where(large, expected + root + shift, high)


def _below_one(expected: Floats, tail: float) -> Floats:
    """The count between 0 and 1 whose lower exact limit is so little, by bisection."""
    low, high = np.zeros_like(expected), np.ones_like(expected)
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        too_low = gammaincc(middle, expected) < 1 - tail
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return (low + high) / 2


def _error_of_counts(events: Floats, base: Floats) -> Floats:
    return np.asarray(np.sqrt(events / (events + 0.5) ** 2 + base / (base + 0.5) ** 2), dtype=np.float64)
