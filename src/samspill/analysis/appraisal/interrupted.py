"""Interrupted time series: did the level or the trend change when it began, allowing for season and memory?

For when only sums per month exist. Segmented regression (Wagner et al. 2002, Journal of Clinical Pharmacy and
Therapeutics 27; Lopez Bernal et al. 2017, International Journal of Epidemiology 46) with errors that allow
for autocorrelation: Newey & West 1987 (Econometrica 55), or Prais & Winsten 1954. Something else that
happened at the same time cannot be told apart from the measure.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import scipy
from numpy.typing import ArrayLike

from samspill.analysis.appraisal.linear import inverse_gram, least_squares
from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

FEWEST = 8  # periods on each side; below that a trend is a guess (EPOC asks for more where there is season)
MOST_ROUNDS = 200
SETTLED = 1e-8  # of the memory, from one round to the next
PERCENT = 95.0


class Errors(StrEnum):
    """How the memory of the series is allowed for."""

    NEWEY_WEST = "newey_west"
    PRAIS_WINSTEN = "prais_winsten"


@dataclass(frozen=True)
class Change:
    """A coefficient with its 95 % interval and p value, in the unit of the series (per period for a
    trend).
    """

    estimate: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Interruption:
    """What changed at the start.

    level      the step in the first period after it
    trend      how much steeper it rises per period since
    before     the trend before
    average    how far it lies from what was expected, on average over the periods since the start
    fitted, expected  (periods,) with and without the measure; equal before the start
    memory     autocorrelation of the residuals from one period to the next
    durbin_watson  of the (transformed) residuals: about 2 when no memory is left
    """

    level: Change
    trend: Change
    before: Change
    average: Change
    fitted: Floats
    expected: Floats
    memory: float
    durbin_watson: float


def interrupted_series(
    values: ArrayLike,
    start: int,
    *,
    season: int | None = None,
    harmonics: int = 2,
    errors: Errors = Errors.NEWEY_WEST,
    lags: int | None = None,
) -> Interruption:
    """Segmented regression of `values` (periods,), the first period after the start being number `start`.

    `season` is the number of periods in a year (12), modelled by pairs of sine and cosine. `lags` is the
    memory of Newey-West, default 4 (n/100)^(2/9) rounded down, with the correction n/(n - k) for small
    samples. Refuses missing values, and fewer than eight periods on a side or one year of season
    (`too_short`).
    """
    series = np.asarray(values, dtype=np.float64)
    _check(series, start, season)
    design = segments(len(series), start, season=season, harmonics=harmonics)
    if len(series) <= design.shape[1] + 2:
        raise Refused("too_short", "The series is too short for so many terms. Use fewer harmonics.")
    if errors is Errors.PRAIS_WINSTEN:
        coefficients, covariance, residuals, memory = _prais_winsten(series, design)
    else:
        coefficients, covariance, residuals, memory = _newey_west(series, design, lags)
    free = len(series) - design.shape[1]
    level, trend, before = (
        _change(float(coefficients[place]), float(covariance[place, place]), free) for place in (2, 3, 1)
    )
    since = np.zeros(design.shape[1])
    since[2:4] = design[start:, 2:4].mean(axis=0)
    average = _change(float(since @ coefficients), float(since @ covariance @ since), free)
    without = design.copy()
    without[:, 2:4] = 0
    durbin = float(np.sum(np.diff(residuals) ** 2) / np.sum(residuals**2)) if residuals.any() else 2.0
    fitted, expected = design @ coefficients, without @ coefficients
    return Interruption(level, trend, before, average, fitted, expected, memory, durbin)


def segments(
    periods: int, start: int, *, season: int | None = None, harmonics: int = 2, slope: bool = True
) -> Floats:
    """Columns: 1, time from 0, after the start, time since the start (if `slope`), and pairs for the season.

    For counts with person-time use them as the design of `fit_counts`.
    """
    time = np.arange(periods, dtype=np.float64)
    after = (time >= start).astype(np.float64)
    columns = [np.ones(periods), time, after]
    if slope:
        columns.append(np.maximum(time - start, 0))
    if season:
        for wave in range(1, harmonics + 1):
            angle = 2 * np.pi * wave * time / season
            columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def newey_west(design: Floats, residuals: Floats, lags: int) -> Floats:
    """Covariance (k, k) of least squares coefficients, allowing for memory over `lags` periods.

    Bartlett weights 1 - l/(lags + 1); times n/(n - k).
    """
    scores = design * residuals[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        apart = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (apart + apart.T)
    bread = inverse_gram(design)
    rows, columns = design.shape
    return np.asarray(bread @ middle @ bread * rows / (rows - columns))


def _newey_west(series: Floats, design: Floats, lags: int | None) -> tuple[Floats, Floats, Floats, float]:
    coefficients = least_squares(design, series)
    residuals = series - design @ coefficients
    span = int(4 * (len(series) / 100) ** (2 / 9)) if lags is None else lags
    if not 0 <= span < len(series) // 2:
        raise Refused("lags", f"A memory of {span} periods does not fit the series.", field="lags")
    return coefficients, newey_west(design, residuals, span), residuals, _memory(residuals)


def _prais_winsten(series: Floats, design: Floats) -> tuple[Floats, Floats, Floats, float]:
    """Iterated until the memory settles; refuses one that does not, or that never fades (`not_converged`)."""
    memory = 0.0
    for _ in range(MOST_ROUNDS):
        left, right = _faded(design, memory), _faded(series[:, None], memory)[:, 0]
        coefficients = least_squares(left, right)
        found = _memory(series - design @ coefficients)
        if abs(found) >= 1:
            break
        if abs(found - memory) < SETTLED:
            residuals = right - left @ coefficients
            variance = residuals @ residuals / (len(series) - design.shape[1])
            return coefficients, inverse_gram(left) * variance, residuals, found
        memory = found
    raise Refused("not_converged", "The memory of the series does not settle. Use Newey-West errors.")


def _faded(columns: Floats, memory: float) -> Floats:
    """Each row less `memory` times the row before; the first row scaled, not lost."""
    faded = columns.copy()
    faded[1:] -= memory * columns[:-1]
    faded[0] *= np.sqrt(1 - memory**2)
    return faded


def _memory(residuals: Floats) -> float:
    before = float(residuals[:-1] @ residuals[:-1])
    return float(residuals[1:] @ residuals[:-1]) / before if before else 0.0


def _change(estimate: float, variance: float, free: int) -> Change:
    error = float(np.sqrt(variance))
    half = float(scipy.stats.t.ppf(0.5 + PERCENT / 200, free)) * error
    p = float(2 * scipy.stats.t.sf(abs(estimate) / error, free)) if error else float(estimate == 0)
    return Change(estimate, estimate - half, estimate + half, p)


def _check(series: Floats, start: int, season: int | None) -> None:
    if series.ndim != 1 or not np.all(np.isfinite(series)):
        raise Refused("not_a_number", "A period is missing. A missing period is not 0, and not left out.")
    fewest = max(FEWEST, season or 0)
    if start < fewest or len(series) - start < FEWEST:
        raise Refused(
            "too_short",
            f"{start} periods before and {len(series) - start} after are too few: {fewest} and {FEWEST} are "
            "needed.",
            field="start",
        )
