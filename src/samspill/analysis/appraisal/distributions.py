"""How uncertain a number is: beta for shares, gamma for costs, log-normal for ratios, normal, Dirichlet.

Each from (mean, standard error) or from an interval (low, high, percent): Briggs, Claxton & Sculpher 2006,
Decision Modelling for Health Economic Evaluation, ch. 4. A distribution is a quantile function, so that draws
of the same stream stay paired when the numbers of a distribution change. No spread gives the number itself,
exactly. Not here: which draws a named parameter gets (`parameters`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite, log, sqrt
from typing import Protocol

import numpy as np
import scipy
from scipy.special import betaincinv, gammaincinv, ndtri

from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

PERCENT = 80.0
# Log of a gamma's shape: from most of it at almost 0, to an interval as narrow as 1 in 40 000.
NARROWEST, WIDEST = -5.0, 23.0


class Distribution(Protocol):
    """A number that is not known for sure; `quantile` maps shares of (0, 1) to values, same shape."""

    @property
    def mean(self) -> float: ...

    def quantile(self, shares: Floats) -> Floats: ...


@dataclass(frozen=True)
class Fixed:
    """A number that is known, or that one chooses."""

    value: float

    @property
    def mean(self) -> float:
        return self.value

    def quantile(self, shares: Floats) -> Floats:
        return np.full_like(shares, self.value, dtype=np.float64)


@dataclass(frozen=True)
class Beta:
    """Between 0 and 1."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    def quantile(self, shares: Floats) -> Floats:
        return np.asarray(betaincinv(self.a, self.b, shares))


@dataclass(frozen=True)
class Gamma:
    """Above 0, skewed to the right."""

    shape: float
    scale: float

    @property
    def mean(self) -> float:
        return self.shape * self.scale

    def quantile(self, shares: Floats) -> Floats:
        return np.asarray(self.scale * gammaincinv(self.shape, shares))


@dataclass(frozen=True)
class LogNormal:
    """Above 0; its logarithm is normal with mean `mu` and standard deviation `sigma`."""

    mu: float
    sigma: float

    @property
    def mean(self) -> float:
        return exp(self.mu + self.sigma**2 / 2)

    def quantile(self, shares: Floats) -> Floats:
        return np.asarray(np.exp(self.mu + self.sigma * ndtri(shares)))


@dataclass(frozen=True)
class Normal:
    """Any number."""

    mean: float
    sd: float

    def quantile(self, shares: Floats) -> Floats:
        return np.asarray(self.mean + self.sd * ndtri(shares))


@dataclass(frozen=True)
class Dirichlet:
    """How a whole is split: shares that sum to 1 in every draw. `weights` are counts of persons, above 0."""

    parts: tuple[str, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if (
            len(self.parts) < 2
            or len({*self.parts}) < len(self.parts)
            or len(self.parts) != len(self.weights)
        ):
            raise Refused("split", "A split needs at least two parts, each with a name and a weight.")
        if not all(isfinite(weight) and weight > 0 for weight in self.weights):
            raise Refused("split", "Every part of a split must weigh more than 0. Leave empty parts out.")

    @property
    def means(self) -> dict[str, float]:
        whole = sum(self.weights)
        return {part: weight / whole for part, weight in zip(self.parts, self.weights, strict=True)}

    def quantile(self, shares: Mapping[str, Floats]) -> dict[str, Floats]:
        """The shares of the parts, from one array of (0, 1) for each part."""
        pieces = {
            part: np.asarray(gammaincinv(weight, shares[part]))
            for part, weight in zip(self.parts, self.weights, strict=True)
        }
        whole = np.sum(list(pieces.values()), axis=0)
        return {part: piece / whole for part, piece in pieces.items()}


def share(mean: float, se: float) -> Distribution:
    """A beta by its moments. Refuses a share outside 0-1 and a standard error it cannot have (`share`)."""
    _check_moments(mean, se)
    if not 0 <= mean <= 1:
        raise Refused("share", f"{mean:g} is no share. Give a number from 0 to 1.", field="mean")
    if se == 0:
        return Fixed(mean)
    if se**2 >= mean * (1 - mean):
        raise Refused(
            "share",
            f"A share of {mean:g} cannot have the standard error {se:g}. "
            f"It must be below {sqrt(mean * (1 - mean)):.4g}.",
            field="se",
        )
    persons = mean * (1 - mean) / se**2 - 1
    return Beta(mean * persons, (1 - mean) * persons)


def share_between(low: float, high: float, percent: float = PERCENT) -> Distribution:
    """A beta that lies in [low, high] with `percent` probability, and below and above equally often."""
    z = _check_interval(low, high, percent)
    if not 0 <= low <= high <= 1:
        raise Refused("share", f"{low:g} to {high:g} are no shares. Give numbers from 0 to 1.", field="low")
    if low == high:
        return Fixed(low)
    if low == 0 or high == 1:
        raise Refused(
            "share", "A beta reaches 0 and 1 only at the very end. Give bounds strictly between.", field="low"
        )
    tail = (1 - percent / 100) / 2
    sd, middle = (high - low) / (2 * z), (low + high) / 2
    persons = max(middle * (1 - middle) / sd**2 - 1, 0.5)

    def misses(logs: Floats) -> Floats:
        return np.asarray(betaincinv(*np.exp(logs), [tail, 1 - tail]) - (low, high)) / sd

    found = scipy.optimize.root(misses, np.log([middle * persons, (1 - middle) * persons]), tol=1e-12)
    if np.abs(misses(found.x)).max() > 1e-6:
        raise Refused(
            "share",
            f"No beta lies between {low:g} and {high:g} {percent:g} times of a hundred. "
            "Give a mean and a standard error instead.",
            field="low",
        )
    return Beta(*(float(value) for value in np.exp(found.x)))


def cost(mean: float, se: float) -> Distribution:
    """A gamma by its moments. Refuses a cost below 0, or 0 with a standard error (`cost`)."""
    _check_moments(mean, se)
    if mean < 0 or (mean == 0 and se > 0):
        raise Refused(
            "cost", f"A cost of {mean:g} cannot be gamma. Write what is saved as a difference.", field="mean"
        )
    if se == 0:
        return Fixed(mean)
    return Gamma((mean / se) ** 2, se**2 / mean)


def cost_between(low: float, high: float, percent: float = PERCENT) -> Distribution:
    """A gamma that lies in [low, high] with `percent` probability, and below and above equally often."""
    _check_interval(low, high, percent)
    if low <= 0 < high:
        raise Refused("cost", "A gamma needs a lower bound above 0.", field="low")
    if low < 0:
        raise Refused("cost", f"A cost of {low:g} cannot be gamma.", field="low")
    if low == high:
        return Fixed(low)
    tail = (1 - percent / 100) / 2

    def miss(log_shape: float) -> float:
        lower, upper = gammaincinv(exp(log_shape), [tail, 1 - tail])
        return float(np.log(max(upper, 1e-300) / max(lower, 1e-300)) - log(high / low))

    if miss(NARROWEST) < 0 or miss(WIDEST) > 0:
        raise Refused("cost", f"No gamma fits {low:g} to {high:g}. Give a fixed number.", field="low")
    shape = exp(scipy.optimize.brentq(miss, NARROWEST, WIDEST, xtol=1e-13))
    return Gamma(shape, high / float(gammaincinv(shape, 1 - tail)))


def ratio(mean: float, se: float) -> Distribution:
    """A log-normal with this mean and standard error on the natural scale, both of the ratio itself."""
    _check_moments(mean, se)
    if mean <= 0:
        raise Refused("ratio", f"A ratio of {mean:g} is impossible. It must be above 0.", field="mean")
    if se == 0:
        return Fixed(mean)
    variance = log(1 + (se / mean) ** 2)
    return LogNormal(log(mean) - variance / 2, sqrt(variance))


def ratio_between(low: float, high: float, percent: float = PERCENT) -> Distribution:
    """A log-normal with this interval, as a confidence interval of a published ratio with `percent` 95."""
    z = _check_interval(low, high, percent)
    if low <= 0:
        raise Refused("ratio", f"A ratio of {low:g} is impossible. It must be above 0.", field="low")
    if low == high:
        return Fixed(low)
    return LogNormal((log(low) + log(high)) / 2, (log(high) - log(low)) / (2 * z))


def normal(mean: float, se: float) -> Distribution:
    """A normal by its moments."""
    _check_moments(mean, se)
    return Normal(mean, se) if se else Fixed(mean)


def normal_between(low: float, high: float, percent: float = PERCENT) -> Distribution:
    """N((low + high)/2, (high - low)/(2 z)); 2 z is 2.563 for 80 %, as in the New Hospital Programme's
    model.
    """
    z = _check_interval(low, high, percent)
    return Normal((low + high) / 2, (high - low) / (2 * z)) if low < high else Fixed(low)


def split(shares: Mapping[str, float], persons: float) -> Dirichlet:
    """A Dirichlet of these mean shares, as sure as if that many persons had been counted."""
    if not shares or abs(sum(shares.values()) - 1) > 1e-9:
        raise Refused("split", f"The shares sum to {sum(shares.values()):g}; they must sum to 1.")
    if not persons > 0:
        raise Refused("split", "Say how many persons the split rests on; more than 0.", field="persons")
    return Dirichlet(tuple(shares), tuple(value * persons for value in shares.values()))


def _check_moments(mean: float, se: float) -> None:
    if not (isfinite(mean) and isfinite(se)) or se < 0:
        raise Refused(
            "not_a_number", f"Mean {mean} with standard error {se}: give numbers, the error 0 or more."
        )


def _check_interval(low: float, high: float, percent: float) -> float:
    """How many standard deviations of a normal the half interval is."""
    if not (isfinite(low) and isfinite(high)) or low > high:
        raise Refused("interval", f"{low} to {high} is no interval. Give the lower bound first.", field="low")
    if not 0 < percent < 100:
        raise Refused("interval", f"{percent} per cent is not between 0 and 100.", field="percent")
    return float(ndtri(0.5 + percent / 200))
