"""Beds hour by hour when arrivals follow the clock: the infinite-server queue M(t)/G/oo.

The number in bed is Poisson with mean m(t) = integral of rate(t - u) P(stay > u) du (Eick, Massey &
Whitt 1993, Operations Research 41). The modified offered load puts m(t) in Erlang's formulas
(Jagerman 1975; Massey & Whitt 1994, Annals of Applied Probability 4): close when beds are seldom all taken.
Time in days, rates in arrivals per day.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samspill.analysis.capacity.beds import Rule, beds_for_risk
from samspill.analysis.capacity.checks import check_number, check_positive
from samspill.analysis.capacity.stays import Stay
from samspill.refusal import Refused

Floats = NDArray[np.float64]
FAR = 1e-12  # share of stays that may be longer than what is summed over


def mean_in_bed(rates_per_day: ArrayLike, stay: Stay, *, step_days: float, periodic: bool = True) -> Floats:
    """m(t) at the end of each step, shape (steps,), for arrivals at a constant rate within each step.

    `rates_per_day` (steps,) covers one period, which repeats for ever (`periodic`: a week of hours has 168
    steps of 1/24 day), or all there is since an empty start. Exact for such rates and any stay: each step
    adds rate * (E[min(S, u + step)] - E[min(S, u)]).
    """
    rates = np.asarray(rates_per_day, dtype=np.float64)
    check_positive(step_days, "step_days")
    if rates.ndim != 1 or not len(rates) or not np.isfinite(rates).all() or (rates < 0).any():
        raise Refused("rates", "Arrival rates must be a row of numbers, 0 or more per day.", field="rates")
    steps = len(rates)
    if not periodic:
        return np.convolve(rates, _spent(stay, step_days, steps))[:steps]
    periods = 1
    while stay.mean - float(stay.mean_within(periods * steps * step_days)) > FAR * stay.mean:
        periods *= 2
        if periods * steps > 20_000_000:
            raise Refused("stay_too_long", "Stays are so long that the weeks before cannot be summed.")
    kernel = _spent(stay, step_days, periods * steps).reshape(periods, steps).sum(axis=0)
    spectrum = np.fft.rfft(rates) * np.fft.rfft(kernel)
    return np.maximum(np.fft.irfft(spectrum, steps), 0.0)


def _spent(stay: Stay, step_days: float, steps: int) -> Floats:
    """The mean time in bed at ages within each step: E[min(S, (k + 1) step)] - E[min(S, k step)]."""
    return np.diff(stay.mean_within(np.arange(steps + 1) * step_days))


def sinusoid(
    days: ArrayLike, *, mean_rate_per_day: float, swing: float, period_days: float, mean_stay_days: float
) -> Floats:
    """m(t) for rate (1 + swing sin(2 pi t / period)) and exponential stays, in closed form.

    m(t) = rate stay (1 + swing / (1 + g^2) (sin gt' - g cos gt')), g = 2 pi stay / period (Eick, Massey &
    Whitt 1993, Management Science 39). The peak in bed comes later than that of arrivals, and is lower.
    """
    check_number(swing, "swing", most=1.0)
    for value, name in ((mean_rate_per_day, "mean_rate_per_day"), (period_days, "period_days")):
        check_positive(value, name)
    check_positive(mean_stay_days, "mean_stay_days")
    angle = 2 * math.pi * np.asarray(days, dtype=np.float64) / period_days
    lag = 2 * math.pi * mean_stay_days / period_days
    wave = (np.sin(angle) - lag * np.cos(angle)) * swing / (1 + lag**2)
    return mean_rate_per_day * mean_stay_days * (1 + wave)


def beds_by_hour(
    in_bed: Sequence[float] | Floats, *, risk: float, rule: Rule = Rule.OVERFLOW
) -> NDArray[np.int64]:
    """The fewest beds per step that keep the risk at `risk`, given m(t) (steps,): modified offered load."""
    return np.array([beds_for_risk(float(load), risk, rule=rule).beds for load in in_bed], dtype=np.int64)
