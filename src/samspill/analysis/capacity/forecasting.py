"""Beds in the coming days: those who are in hospital now and still will be, and those who are still to come.

Each patient present stays on with probability S(elapsed + t) / S(elapsed); their number is Poisson-binomial,
convolved exactly. Those who come are Poisson, thinned by the share that has not left again. Method as in
patientflow (UCL), with the exact convolution. Time runs in days of 24 hours from the moment of the forecast.
Memory: days x (patients + arrivals) x 8 bytes, a few times.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import scipy
from numpy.typing import ArrayLike, NDArray
from scipy import special

from samspill.analysis.capacity.checks import check_number, check_whole
from samspill.analysis.capacity.stays import Stay
from samspill.refusal import Refused

LONGEST = 28  # days ahead; beyond, who is there now says little
PARTS = 48  # of a day in which arrivals are put, when leaving follows the weekday
UNSEEN = 1e-12
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Patients:
    """One group: those present have been there `elapsed_days` (n,), `arrivals_per_day` (days,) are expected.

    Refuses a missing or negative time or rate (`number_out_of_range`).
    """

    name: str
    stay: Stay
    elapsed_days: Floats
    arrivals_per_day: Floats

    def __post_init__(self) -> None:
        for word in ("elapsed_days", "arrivals_per_day"):
            values = np.atleast_1d(np.asarray(getattr(self, word), dtype=np.float64))
            if not np.isfinite(values).all() or (values < 0).any():
                raise Refused(
                    "number_out_of_range", f"{word} of {self.name} must be numbers, 0 or more.", field=word
                )
            object.__setattr__(self, word, values)


@dataclass(frozen=True, eq=False)
class Forecast:
    """Beds needed 1, 2 … days ahead: `shares` (days, most + 1) is the probability of each number.

    `present` and `coming` (days,) are the mean numbers of those there now and those who come; `beyond` is how
    many have already been there longer than their group's curve knows of.
    """

    shares: Floats
    present: Floats
    coming: Floats
    beyond: int
    _reached: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reached", np.cumsum(self.shares, axis=1))

    @property
    def mean(self) -> Floats:
        return self.present + self.coming

    def percentiles(self, shares: Sequence[float] = (0.1, 0.5, 0.9)) -> NDArray[np.int64]:
        """The smallest number that is not exceeded with each probability, shape (days, shares)."""
        return np.stack([(self._reached < share - UNSEEN).sum(axis=1) for share in shares], axis=1)

    def over(self, beds: int) -> Floats:
        """The probability that more than `beds` are needed, shape (days,)."""
        check_whole(beds, "beds")
        return np.clip(self.shares[:, beds + 1 :].sum(axis=1), 0.0, 1.0)


def forecast(
    patients: Sequence[Patients], *, days: int, leaving: ArrayLike | None = None, rate_cv: float = 0.0
) -> Forecast:
    """The distribution of beds needed at the end of each of `days` days.

    `leaving` (days,) scales the rate of leaving each day (1 as usual, 0.4 on a Sunday, say). `rate_cv` is how
    uncertain the level of arrivals is (sd / mean): above 0 the number of those who come is negative binomial.
    Refuses (code): `too_far`, `arrivals_missing`, `number_out_of_range`.
    """
    check_number(rate_cv, "rate_cv")
    check_whole(days, "days", least=1)
    if days > LONGEST:
        raise Refused("too_far", f"{days} days is too far for this. Ask for at most {LONGEST}.", field="days")
    speed = np.ones(days) if leaving is None else np.asarray(leaving, dtype=np.float64)
    if speed.shape != (days,) or not np.isfinite(speed).all() or (speed < 0).any():
        raise Refused("number_out_of_range", f"leaving must be {days} numbers, 0 or more.", field="leaving")
    still, beyond, coming = [np.empty((0, days))], 0, np.zeros(days)
    for group in patients:
        if len(group.arrivals_per_day) < days:
            raise Refused(
                "arrivals_missing",
                f"{group.name} has expected arrivals for {len(group.arrivals_per_day)} of {days} days.",
                field="arrivals_per_day",
            )
        still.append(still_there(group.stay, group.elapsed_days, speed))
        beyond += int((group.stay.survival(group.elapsed_days) <= 0).sum())
        coming += _coming(group.stay, group.arrivals_per_day[:days], speed)
    chances = np.concatenate(still)
    shares = _convolved(poisson_binomial(chances), _arrived(coming, rate_cv))
    return Forecast(shares, chances.sum(axis=0), coming, beyond)


def expected_arrivals(
    per_day: float,
    start: date,
    days: int,
    *,
    weekday: Sequence[float] = (1.0,) * 7,
    month: Sequence[float] = (1.0,) * 12,
) -> Floats:
    """Expected arrivals each day from `start`, shape (days,): relative weekdays and months of mean 1."""
    check_number(per_day, "per_day")
    calendar = [start + timedelta(day) for day in range(days)]
    by_day, by_month = (np.asarray(row, dtype=np.float64) / np.mean(row) for row in (weekday, month))
    return per_day * np.array([by_day[day.weekday()] * by_month[day.month - 1] for day in calendar])


def still_there(stay: Stay, elapsed_days: ArrayLike, leaving: Floats) -> Floats:
    """P(still there 1, 2 … days from now) for each patient (n,), shape (n, days).

    Beyond the end of an observed curve nothing is known: such a patient leaves at 1 / mean per day.
    """
    elapsed = np.asarray(elapsed_days, dtype=np.float64)[:, None]
    known = stay.survival(elapsed + np.arange(len(leaving) + 1))
    unknown = known[:, :-1] <= 0
    daily = np.where(unknown, np.exp(-1 / stay.mean), known[:, 1:] / np.where(unknown, 1.0, known[:, :-1]))
    return np.asarray(np.cumprod(daily**leaving, axis=1), dtype=np.float64)


def poisson_binomial(chances: Floats) -> Floats:
    """How many of n independent events happen: chances (n, days) to probabilities (days, n + 1), exactly."""
    patients, days = chances.shape
    shares = np.zeros((days, patients + 1))
    shares[:, 0] = 1
    for number, chance in enumerate(chances):
        before = shares[:, : number + 1].copy()
        shares[:, : number + 1] *= 1 - chance[:, None]
        shares[:, 1 : number + 2] += before * chance[:, None]
    return shares


def _coming(stay: Stay, rates: Floats, leaving: Floats) -> Floats:
    """Mean number of those who come and are there at the end of each day (days,); even within a day."""
    days = len(rates)
    if (leaving == 1).all():
        stays = np.diff(stay.mean_within(np.arange(days + 1)))  # of those who came k days ago
        return np.convolve(rates, stays)[:days]
    mean = np.zeros(days)
    ages = (np.arange(PARTS) + 0.5) / PARTS  # at the end of the day of coming
    first = stay.survival(ages)
    for day in range(days):
        there = first ** leaving[day]
        mean[day] += rates[day] * there.mean()
        later = there[:, None] * still_there(stay, ages, leaving[day + 1 :])
        mean[day + 1 :] += rates[day] * later.mean(axis=0)
    return mean


def _arrived(mean: Floats, rate_cv: float) -> Floats:
    """Probabilities (days, most + 1) of the number of those who have come."""
    largest = float(mean.max())
    if rate_cv == 0:
        most = int(scipy.stats.poisson.isf(UNSEEN, largest)) + 1
        number = np.arange(most + 1)
        logs = special.xlogy(number, mean[:, None]) - mean[:, None] - special.gammaln(number + 1)
        return np.exp(logs)
    size = 1 / rate_cv**2
    most = int(scipy.stats.nbinom.isf(UNSEEN, size, size / (size + largest))) + 1
    return np.asarray(scipy.stats.nbinom.pmf(np.arange(most + 1), size, (size / (size + mean))[:, None]))


def _convolved(one: Floats, other: Floats) -> Floats:
    whole = np.stack([np.convolve(left, right) for left, right in zip(one, other, strict=True)])
    return whole / whole.sum(axis=1, keepdims=True)
