"""How many of a cohort are alive a year later, with mortality that goes on falling as it has.

Log-linear decline by age and sex, as in the Lee-Carter family (Lee & Carter 1992, JASA 87) with a
slope of its own for each age: log m(x, t) = level(x) + slope(x) * t. Fitted to several lengths of the past
and averaged, since no one length is best everywhere (combined forecasts: Bates & Granger 1969, Operational
Research Quarterly 20; mean over fitting periods: Booth, Maindonald & Smith 2002, Population Studies 56).
Migration is not here.
"""

from collections.abc import Sequence

import numpy as np
import scipy
from numpy.typing import NDArray

from samspill.analysis.population.history import AGES, OPEN_AGE, Floats, Rates
from samspill.refusal import Refused

LAST_RATED_AGE = 99  # above, deaths are too few to rate by single year
SLOPE_FADES_FROM = 90  # above 90 mortality has fallen little (Human Mortality Database, Norway 1980-2023)
HIGHEST_RATE = 0.9  # per person-year; keeps the extrapolated rate of the very old below one


def survival(mortality: Rates, first: int, last: int, *, windows: Sequence[int]) -> Floats:
    """The share alive on the next 1 January, for the calendar years `first`..`last` (last included).

    Shape (years, 2, 106), by age *reached*; age 0 is 1, since births are counted as children alive on
    1 January. Each of `windows` fits a line to that many of the last calendar years of `mortality` and
    extends it both ways; the result is their mean (of log rates). Refuses when fewer than two rows are at
    hand.
    """
    years = np.arange(first, last + 1)
    lines = [_line(mortality, window, years) for window in windows]
    return _to_survival(np.exp(np.mean(lines, axis=0)))


def _line(mortality: Rates, window: int, years: NDArray[np.int64]) -> Floats:
    """Log death rates of `years`, from the last `window` calendar years; shape (years, 2, 106)."""
    newest = max(mortality.last, default=0)
    rows = [row for row, start in enumerate(mortality.first) if start > newest - window]
    if len(rows) < 2:  # periods of several years: the two last are the least that show a decline
        rows = list(range(len(mortality.first)))[-2:]
    if len(rows) < 2:
        raise Refused(
            "mortality_too_short",
            "Death rates for at least two periods before the first projected year are needed, to see how "
            "mortality falls. Add earlier years to the death rates, or choose a later first year.",
        )
    middle = np.array([(mortality.first[row] + mortality.last[row]) / 2 for row in rows])
    length = np.array([mortality.last[row] - mortality.first[row] + 1.0 for row in rows])
    level, slope, origin = _fit(np.log(_smooth(mortality.values[rows])), middle, length)
    return np.asarray(level + slope * (years - origin)[:, None, None])


def _smooth(rates: Floats) -> Floats:
    """Mean over two ages on either side; the first year of life stands alone. A rate is never quite 0."""
    smooth = rates[..., : LAST_RATED_AGE + 1].copy()
    for age in range(2, LAST_RATED_AGE + 1):
        smooth[..., age] = rates[..., max(1, age - 2) : min(LAST_RATED_AGE, age + 2) + 1].mean(axis=-1)
    return smooth + 1e-6


def _fit(log_rates: Floats, middle: Floats, length: Floats) -> tuple[Floats, Floats, float]:
    """Weighted least squares per sex and age: level, slope per year, and the year they are counted from."""
    origin = float(np.average(middle, weights=length))
    weight = length[:, None, None]
    time = (middle - origin)[:, None, None]
    level = (weight * log_rates).sum(axis=0) / length.sum()
    slope = (weight * time * log_rates).sum(axis=0) / (weight * time**2).sum(axis=0)
    slope = np.minimum(scipy.ndimage.uniform_filter1d(slope, 11, axis=-1, mode="nearest"), 0.0)
    slope[:, SLOPE_FADES_FROM:] *= np.linspace(1.0, 0.1, slope.shape[-1] - SLOPE_FADES_FROM)
    return _extend(level), np.pad(slope, ((0, 0), (0, AGES - slope.shape[-1]))), origin


def _extend(level: Floats) -> Floats:
    """Continue the straight (Gompertz) line of ages 85-99 to 105."""
    ages, older = np.arange(85, LAST_RATED_AGE + 1), np.arange(LAST_RATED_AGE + 1, AGES)
    lines = [np.polyval(np.polyfit(ages, sex[85:], 1), older) for sex in level]
    return np.concatenate([level, np.minimum(lines, np.log(HIGHEST_RATE))], axis=-1)


def _to_survival(rates: Floats) -> Floats:
    """From death rates by age to survival by age reached: half a year in each age, but for infants."""
    alive = np.ones_like(rates)
    alive[..., 1] = np.exp(
        -0.1 * rates[..., 0] - 0.5 * rates[..., 1]
    )  # most infant deaths come in the first weeks
    alive[..., 2:] = np.exp(-0.5 * (rates[..., 1:-1] + rates[..., 2:]))
    alive[..., OPEN_AGE] = np.exp(-0.5 * (rates[..., OPEN_AGE - 1] + rates[..., OPEN_AGE]))
    return alive
