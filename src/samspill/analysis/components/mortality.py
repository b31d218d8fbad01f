"""The nation's risk of dying and its decline, after Lee & Carter 1992 (JASA 87, 659-671).

log m(x, t) = a(x) + b(x)·k(t), for each sex; b sums to 1 over ages, and k goes on as a random walk with
drift from the last year. The level is the last years' own (a(x) is their mean), so that the first
projected year follows on from what was seen (Lee & Miller 2001, Demography 38).
"""

import numpy as np
import scipy

from samspill.analysis.components.rates import Floats
from samspill.analysis.population import AGES, Rates
from samspill.refusal import Refused

WINDOW = 30  # years of death rates behind the decline
LEVEL_ROWS = 3  # the last, behind the level
LEAST_ROWS = 5
STRAIGHT_FROM = 85  # deaths above are few: the line (Gompertz) from here is drawn on
LAST_RATED = 99
FADES_FROM = 90  # above, mortality has fallen little (Human Mortality Database, Norway 1980-2023)
HIGHEST = 0.9  # per person-year
NEWBORN = 0.9  # of the deaths in the first year of life, those before 1 January (HMD, Norway)


def dying(mortality: Rates, first: int, years: int) -> Floats:
    """The risk of dying in each calendar year from `first`, by age reached; shape (years, 2, 106).

    The last `WINDOW` years of `mortality` are used, and their line continued both ways. At age 0 the risk is
    that of the children born in the year. Refuses `mortality_too_short`: fewer than five rows.
    """
    middle = (np.asarray(mortality.first) + np.asarray(mortality.last)) / 2
    rows = np.flatnonzero(middle > middle.max(initial=0.0) - WINDOW)
    if len(rows) < LEAST_ROWS:
        raise Refused(
            "mortality_too_short",
            f"Death rates for at least {LEAST_ROWS} years before the first projected one are needed, to see "
            "how mortality falls. Add earlier years, or choose a later first year.",
        )
    middle, log_rates = middle[rows], np.log(smoothed(mortality.values[rows]))
    level, slope = log_rates[-LEVEL_ROWS:].mean(axis=0), decline(log_rates, middle[-1] - middle[0])
    ahead = np.arange(first, first + years)[:, None, None] - middle[-LEVEL_ROWS:].mean()
    slope = np.pad(slope, ((0, 0), (0, AGES - slope.shape[1])), mode="edge")
    return to_risk(np.minimum(np.exp(extended(level) + slope * ahead), HIGHEST))


def lee_carter(log_rates: Floats) -> tuple[Floats, Floats, Floats]:
    """(a, b, k) of one sex from `log_rates` (years, ages), by the first singular vector; b sums to 1."""
    a = log_rates.mean(axis=0)
    left, size, right = np.linalg.svd(log_rates - a, full_matrices=False)
    total = right[0].sum()
    return a, right[0] / total, left[:, 0] * size[0] * total


def decline(log_rates: Floats, years: float) -> Floats:
    """The change of log m per year, b(x)·drift of k over `years`; (2, ages), never upwards."""
    slopes = []
    for sex in range(log_rates.shape[1]):
        _, b, k = lee_carter(log_rates[:, sex])
        slopes.append(scipy.ndimage.uniform_filter1d(b, 11, mode="nearest") * (k[-1] - k[0]) / years)
    slope = np.minimum(slopes, 0.0)
    slope[:, FADES_FROM:] *= np.linspace(1.0, 0.1, slope.shape[1] - FADES_FROM)
    return slope


def smoothed(rates: Floats) -> Floats:
    """Mean over two ages on either side, from age 2, up to 99. A rate is never quite 0."""
    smooth = rates[..., : LAST_RATED + 1].copy()
    for age in range(2, LAST_RATED + 1):
        smooth[..., age] = rates[..., max(1, age - 2) : min(LAST_RATED, age + 2) + 1].mean(axis=-1)
    return np.asarray(smooth + 1e-6)


def extended(level: Floats) -> Floats:
    """Ages 0-99 continued to 105 along the straight line of 85-99; shape (2, 106)."""
    ages, older = np.arange(STRAIGHT_FROM, LAST_RATED + 1), np.arange(LAST_RATED + 1, AGES)
    lines = [np.polyval(np.polyfit(ages, sex[STRAIGHT_FROM:], 1), older) for sex in level]
    return np.concatenate([level, np.minimum(lines, np.log(HIGHEST))], axis=-1)


def to_risk(rates: Floats) -> Floats:
    """From death rates by age to the risk by age reached: half a year in each age, but for infants."""
    hazard = np.empty_like(rates)
    hazard[..., 0] = NEWBORN * rates[..., 0]
    hazard[..., 1] = (1 - NEWBORN) * rates[..., 0] + 0.5 * rates[..., 1]
    hazard[..., 2:] = 0.5 * (rates[..., 1:-1] + rates[..., 2:])
    hazard[..., -1] = 0.5 * (rates[..., -2] + rates[..., -1])
    return np.asarray(-np.expm1(-hazard))
