"""How many persons it takes to see an effect, told before one starts.

Two arms of counts that vary more than Poisson: Zhu & Lakkis 2014 (Statistics in Medicine 33), with the
variance under the true rates. Municipalities instead of persons: times the design effect (Donner & Klar
2000).
"""

from dataclasses import dataclass
from math import ceil, isfinite, log, sqrt

from scipy.special import ndtr, ndtri

from samspill.refusal import Refused


@dataclass(frozen=True)
class Plan:
    """What one wants to see: `rate` events per person-year without the measure, `ratio` with it, over
    `years`.

    `dispersion` k: the variance of a person's count is μ + k μ². `alpha` is two-sided.
    """

    rate: float
    ratio: float
    dispersion: float
    years: float = 1.0
    alpha: float = 0.05

    def __post_init__(self) -> None:
        numbers = (self.rate, self.ratio, self.dispersion, self.years, self.alpha)
        if not all(isfinite(one) for one in numbers) or min(self.rate, self.ratio, self.years) <= 0:
            raise Refused("plan", "Rates, ratio and years must be above 0.")
        if self.ratio == 1:
            raise Refused(
                "plan", "No number of persons shows an effect of nothing. Give a ratio other than 1."
            )
        if self.dispersion < 0 or not 0 < self.alpha < 1:
            raise Refused("plan", "Dispersion is 0 or more, and alpha between 0 and 1.")

    @property
    def spread(self) -> float:
        """The variance of the log rate ratio times persons per arm: 1/μ1 + 1/μ2 + 2 k."""
        before = self.rate * self.years
        return 1 / before + 1 / (before * self.ratio) + 2 * self.dispersion


def persons_per_arm(plan: Plan, *, power: float = 0.8, design_effect: float = 1.0) -> int:
    """n = (z_{α/2} + z_β)² (1/μ1 + 1/μ2 + 2k) / (ln ratio)², rounded up, times the design effect."""
    if not 0 < power < 1 or design_effect < 1:
        raise Refused("plan", "Power lies between 0 and 1, and a design effect is 1 or more.", field="power")
    z = ndtri(1 - plan.alpha / 2) + ndtri(power)
    return ceil(z**2 * plan.spread / log(plan.ratio) ** 2 * design_effect)


def power_with(plan: Plan, persons: float, *, design_effect: float = 1.0) -> float:
    """The chance of seeing the effect with so many persons in each arm."""
    if persons <= 0 or design_effect < 1:
        raise Refused("plan", "Give more than 0 persons, and a design effect of 1 or more.", field="persons")
    seen = abs(log(plan.ratio)) / sqrt(plan.spread * design_effect / persons)
    return float(ndtr(seen - ndtri(1 - plan.alpha / 2)))


def design_effect(persons_per_cluster: float, correlation: float) -> float:
    """1 + (m - 1) ρ: how many times more persons it takes when whole municipalities start."""
    if persons_per_cluster < 1 or not 0 <= correlation <= 1:
        raise Refused("plan", "A cluster has at least one person, and a correlation is 0 to 1.")
    return 1 + (persons_per_cluster - 1) * correlation
