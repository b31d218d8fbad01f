"""How long a stay lasts: distributions in days, alike in what one may ask of them.

Every distribution knows its mean, the share that stays longer than t (`survival`), the mean of what is spent
before t (`mean_within`, the integral of the survival from 0 to t) and its `quantile`. Draws are made
from quantiles of uniform numbers, so that the same patient stays long in every scenario (common random
numbers). Arrays in, arrays of the same shape out.
"""

import math
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from samspill.analysis.capacity.checks import check_number, check_positive
from samspill.refusal import Refused

Floats = NDArray[np.float64]


class Stay(Protocol):
    """What is asked of a distribution of stays."""

    @property
    def mean(self) -> float:
        """Days."""

    @property
    def scv(self) -> float:
        """Squared coefficient of variation: variance / mean squared; 1 for the exponential."""

    def survival(self, days: ArrayLike) -> Floats:
        """P(stay > days)."""

    def mean_within(self, days: ArrayLike) -> Floats:
        """E[min(stay, days)]."""

    def quantile(self, shares: ArrayLike) -> Floats:
        """The length that the share `shares` does not exceed."""


@dataclass(frozen=True)
class Exponential:
    """Without memory: who has stayed a week leaves tomorrow with the same chance as who came today."""

    mean: float

    def __post_init__(self) -> None:
        check_positive(self.mean, "mean")

    @property
    def scv(self) -> float:
        return 1.0

    def survival(self, days: ArrayLike) -> Floats:
        return np.exp(-np.maximum(days, 0.0) / self.mean)

    def mean_within(self, days: ArrayLike) -> Floats:
        return -self.mean * np.expm1(-np.maximum(days, 0.0) / self.mean)

    def quantile(self, shares: ArrayLike) -> Floats:
        return -self.mean * np.log1p(-np.asarray(shares, dtype=np.float64))


@dataclass(frozen=True)
class Fixed:
    """Everybody stays equally long."""

    mean: float

    def __post_init__(self) -> None:
        check_positive(self.mean, "mean")

    @property
    def scv(self) -> float:
        return 0.0

    def survival(self, days: ArrayLike) -> Floats:
        return np.where(np.asarray(days) < self.mean, 1.0, 0.0)

    def mean_within(self, days: ArrayLike) -> Floats:
        return np.clip(np.asarray(days, dtype=np.float64), 0.0, self.mean)

    def quantile(self, shares: ArrayLike) -> Floats:
        return np.full(np.shape(shares), self.mean)


@dataclass(frozen=True)
class LogNormal:
    """The usual shape of hospital stays: most are short, a few very long. `cv` is sd / mean."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        check_positive(self.mean, "mean")
        check_positive(self.cv, "cv")

    @property
    def scv(self) -> float:
        return self.cv**2

    @property
    def _log(self) -> tuple[float, float]:
        variance = math.log1p(self.scv)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def survival(self, days: ArrayLike) -> Floats:
        middle, width = self._log
        return special.ndtr((middle - _logs(days)) / width)

    def mean_within(self, days: ArrayLike) -> Floats:
        middle, width = self._log
        short = self.mean * special.ndtr((_logs(days) - middle) / width - width)
        return short + np.maximum(days, 0.0) * self.survival(days)

    def quantile(self, shares: ArrayLike) -> Floats:
        middle, width = self._log
        return np.exp(middle + width * special.ndtri(np.asarray(shares, dtype=np.float64)))


@dataclass(frozen=True)
class Gamma:
    """Erlang stages and what lies between; `cv` is sd / mean."""

    mean: float
    cv: float

    def __post_init__(self) -> None:
        check_positive(self.mean, "mean")
        check_positive(self.cv, "cv")

    @property
    def scv(self) -> float:
        return self.cv**2

    def survival(self, days: ArrayLike) -> Floats:
        return special.gammaincc(1 / self.scv, np.maximum(days, 0.0) / (self.mean * self.scv))

    def mean_within(self, days: ArrayLike) -> Floats:
        scaled = np.maximum(days, 0.0) / (self.mean * self.scv)
        short = self.mean * special.gammainc(1 / self.scv + 1, scaled)
        return short + np.maximum(days, 0.0) * self.survival(days)

    def quantile(self, shares: ArrayLike) -> Floats:
        return self.mean * self.scv * special.gammaincinv(1 / self.scv, np.asarray(shares, dtype=np.float64))


@dataclass(frozen=True)
class Mixture:
    """Several kinds of patients in one number: with probability `shares[k]` the stay is `parts[k]`'s."""

    parts: tuple[Stay, ...]
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        for share in self.shares:
            check_number(share, "shares", most=1.0)
        if len(self.shares) != len(self.parts) or abs(sum(self.shares) - 1) > 1e-9:
            raise Refused(
                "shares", "The shares of a mixture must be one for each part and sum to 1.", field="shares"
            )

    @property
    def mean(self) -> float:
        return sum(share * part.mean for share, part in zip(self.shares, self.parts, strict=True))

    @property
    def scv(self) -> float:
        second = sum(
            share * part.mean**2 * (1 + part.scv) for share, part in zip(self.shares, self.parts, strict=True)
        )
        return second / self.mean**2 - 1

    def survival(self, days: ArrayLike) -> Floats:
        return self._mixed([part.survival(days) for part in self.parts])

    def mean_within(self, days: ArrayLike) -> Floats:
        return self._mixed([part.mean_within(days) for part in self.parts])

    def quantile(self, shares: ArrayLike) -> Floats:
        wanted = np.asarray(shares, dtype=np.float64)
        ends = np.stack([part.quantile(wanted) for part in self.parts])
        low, high = ends.min(axis=0), ends.max(axis=0)
        for _ in range(60):  # halvings: to the last bit of a length in days
            middle = (low + high) / 2
            below = 1 - self.survival(middle) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return high

    def _mixed(self, values: list[Floats]) -> Floats:
        return np.asarray(np.tensordot(self.shares, np.stack(values), axes=1))


@dataclass(frozen=True, eq=False)
class Observed:
    """Stays as they were: `days` (n,) each with probability `shares` (n,); a step curve.

    Beyond the longest, nobody is left. `from_stays` makes one from data, also where some have not left yet.
    """

    days: Floats
    shares: Floats
    _reached: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        order = np.argsort(self.days, kind="stable")
        days = np.asarray(self.days, dtype=np.float64)[order]
        shares = np.asarray(self.shares, dtype=np.float64)[order]
        whole = len(days) and abs(shares.sum() - 1) < 1e-9 and (shares >= 0).all()
        if not whole or not np.isfinite(days).all() or (days < 0).any() or not days @ shares > 0:
            raise Refused(
                "observed_stays",
                "Observed stays must be 0 days or more, not all 0, and their shares sum to 1.",
            )
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "shares", shares)
        object.__setattr__(self, "_reached", np.cumsum(shares))

    @property
    def mean(self) -> float:
        return float(self.days @ self.shares)

    @property
    def scv(self) -> float:
        return float(self.days**2 @ self.shares) / self.mean**2 - 1

    def survival(self, days: ArrayLike) -> Floats:
        reached = np.concatenate([[0.0], self._reached])
        return np.maximum(1 - reached[np.searchsorted(self.days, days, side="right")], 0.0)

    def mean_within(self, days: ArrayLike) -> Floats:
        passed = np.searchsorted(self.days, days, side="right")
        spent = np.concatenate([[0.0], np.cumsum(self.days * self.shares)])
        return spent[passed] + np.maximum(days, 0.0) * self.survival(days)

    def quantile(self, shares: ArrayLike) -> Floats:
        place = np.searchsorted(self._reached, np.asarray(shares) - 1e-12, side="left")
        return self.days[np.minimum(place, len(self.days) - 1)]


def from_stays(days: ArrayLike, *, ended: ArrayLike | None = None) -> Observed:
    """The curve of observed stays (n,) in days, by Kaplan & Meier (1958, JASA 53).

    `ended` (n,) is False for those who are still there: they count as longer than so far. If the longest
    has not ended, what is left of the curve is put at its length, so the mean is a lower bound. Refuses
    nobody at all, nobody who left, and lengths below 0 or missing (`observed_stays`).
    """
    lengths = np.asarray(days, dtype=np.float64)
    left = np.ones(len(lengths), bool) if ended is None else np.asarray(ended, dtype=bool)
    if not len(lengths) or not left.any() or not np.isfinite(lengths).all() or (lengths < 0).any():
        raise Refused(
            "observed_stays",
            "A curve of stays needs at least one that has ended, and every length must be 0 days or more.",
        )
    times, place = np.unique(lengths, return_inverse=True)
    leaving = np.bincount(place, weights=left)
    present = len(lengths) - np.concatenate([[0.0], np.cumsum(np.bincount(place))[:-1]])
    surviving = np.cumprod(1 - leaving / present)
    shares = -np.diff(np.concatenate([[1.0], surviving]))
    shares[-1] += surviving[-1]
    return Observed(times, shares / shares.sum())


def _logs(days: ArrayLike) -> Floats:
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(days, 0.0))
