"""Regression of counts with person-time: negative binomial (Poisson at dispersion 0), log link.

log E[events] = log(person-time) + design · coefficients, variance μ + k μ² (NB2; Hilbe 2011, Negative
Binomial Regression; Lawless 1987, Canadian Journal of Statistics 15). Coefficients by iterated weighted
least squares, the dispersion k by maximum likelihood. Errors are robust to clusters when these are given
(Liang & Zeger 1986, Biometrika 73). What has not converged is refused, never shown.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtri

from samspill.analysis.appraisal.linear import inverse_gram, least_squares
from samspill.analysis.appraisal.outcomes import Floats
from samspill.refusal import Refused

MOST_STEPS = 100
FEWEST_CLUSTERS = 10
TOLERANCE = 1e-10
FARTHEST = 30.0  # log of a rate ratio: beyond this a coefficient runs off to infinity
LOG_DISPERSION = (-14.0, 6.0)


@dataclass(frozen=True)
class CountFit:
    """Coefficients (k,) on the log scale, their covariance (k, k), the dispersion, and the log likelihood.

    `expected` (n,) are the fitted counts. `clusters` is how many the errors are robust to; 0: the model's
    own.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    dispersion: float
    log_likelihood: float
    expected: Floats
    clusters: int

    def ratio(self, name: str, percent: float = 95) -> tuple[float, float, float]:
        """The rate ratio of one column with its interval: (estimate, low, high)."""
        column = self.names.index(name)
        half = float(ndtri(0.5 + percent / 200)) * float(np.sqrt(self.covariance[column, column]))
        middle = float(self.coefficients[column])
        return float(np.exp(middle)), float(np.exp(middle - half)), float(np.exp(middle + half))


def fit_counts(
    events: ArrayLike,
    design: ArrayLike,
    person_time: ArrayLike,
    *,
    names: tuple[str, ...],
    clusters: ArrayLike | None = None,
    dispersion: float | None = None,
) -> CountFit:
    """Fit events (n,) on design (n, k) with person-time (n,) as exposure; memory n × k × 8 bytes, a few
    times.

    `dispersion` None estimates it; 0 is Poisson. `clusters` (n,) says who belongs together, as persons or
    municipalities. Refuses missing figures (`not_a_number`), negative or broken counts (`events`),
    person-time that is not above 0 (`person_time`), columns that tell the same (`collinear`), fewer than
    ten clusters (`too_few_clusters`) and what does not converge (`not_converged`).
    """
    counts, columns, exposure = _checked(events, design, person_time, names)
    offset = np.log(exposure)
    if dispersion is None:
        dispersion = _likeliest(counts, columns, offset)
    coefficients, expected = _weighted(counts, columns, offset, dispersion)
    covariance, groups = _covariance(counts, columns, expected, dispersion, clusters)
    likelihood = _log_likelihood(counts, expected, dispersion)
    return CountFit(names, coefficients, covariance, dispersion, likelihood, expected, groups)


def _checked(
    events: ArrayLike, design: ArrayLike, person_time: ArrayLike, names: tuple[str, ...]
) -> tuple[Floats, Floats, Floats]:
    counts, columns = np.asarray(events, dtype=np.float64), np.asarray(design, dtype=np.float64)
    exposure = np.asarray(person_time, dtype=np.float64)
    if columns.shape != (len(counts), len(names)) or exposure.shape != counts.shape:
        raise Refused("shape", f"Events {counts.shape}, design {columns.shape}: they do not fit together.")
    if not all(np.all(np.isfinite(one)) for one in (counts, columns, exposure)):
        raise Refused("not_a_number", "A figure is missing. A missing count is not 0: leave the row out.")
    if np.any(counts < 0) or np.any(counts != np.rint(counts)):
        raise Refused("events", "Events are whole numbers, 0 or more.", field="events")
    if np.any(exposure <= 0):
        raise Refused("person_time", "Person-time must be above 0. Leave out rows without it.")
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        raise Refused(
            "collinear", f"Some of {', '.join(names)} tell the same. Leave one out.", field="design"
        )
    return counts, columns, exposure


def _weighted(counts: Floats, design: Floats, offset: Floats, dispersion: float) -> tuple[Floats, Floats]:
    """Coefficients and expected counts at a given dispersion, by iterated weighted least squares."""
    expected = np.maximum(counts, 0.5)
    before = np.inf
    for _ in range(MOST_STEPS):
        root = np.sqrt(expected / (1 + dispersion * expected))
        working = np.log(expected) - offset + (counts - expected) / expected
        coefficients = least_squares(design * root[:, None], working * root)
        linear = design @ coefficients
        if np.abs(coefficients).max() > FARTHEST + np.abs(offset).max():
            break
        expected = np.exp(np.clip(linear + offset, -500, 500))
        likelihood = _log_likelihood(counts, expected, dispersion)
        if abs(likelihood - before) <= TOLERANCE * (abs(likelihood) + 1):
            return _not_at_infinity(counts, design, expected, coefficients), expected
        before = likelihood
    raise Refused(
        "not_converged",
        "The regression does not settle. A group without a single event is the usual cause: gather groups.",
    )


def _not_at_infinity(counts: Floats, design: Floats, expected: Floats, coefficients: Floats) -> Floats:
    """The coefficients; refuses when a column is on only where nothing happened, so that its rate is 0."""
    for column in design.T:
        on = column != 0
        if not counts[on].any() or expected[on].max() < 1e-8:
            raise Refused(
                "not_converged",
                "One of the groups has no events at all, so its rate ratio is 0 or infinite. Gather groups.",
            )
    return coefficients


def _likeliest(counts: Floats, design: Floats, offset: Floats) -> float:
    """The dispersion of highest profile likelihood; 0 when the counts vary no more than Poisson."""

    def unlikely(log_dispersion: float) -> float:
        dispersion = float(np.exp(log_dispersion))
        return -_log_likelihood(counts, _weighted(counts, design, offset, dispersion)[1], dispersion)

    found = scipy.optimize.minimize_scalar(
        unlikely, bounds=LOG_DISPERSION, method="bounded", options={"xatol": 1e-9}
    )
    poisson = _log_likelihood(counts, _weighted(counts, design, offset, 0.0)[1], 0.0)
    if -found.fun <= poisson + 1e-9 * abs(poisson):
        return 0.0
    if not found.success or found.x > LOG_DISPERSION[1] - 0.01:
        raise Refused("not_converged", "The counts vary more than the method can tell. Look for outliers.")
    return float(np.exp(found.x))


def _log_likelihood(counts: Floats, expected: Floats, dispersion: float) -> float:
    if dispersion == 0:
        return float(np.sum(counts * np.log(expected) - expected - gammaln(counts + 1)))
    size = 1 / dispersion
    return float(
        np.sum(
            gammaln(counts + size)
            - gammaln(size)
            - gammaln(counts + 1)
            - size * np.log1p(dispersion * expected)
            + counts * (np.log(dispersion * expected) - np.log1p(dispersion * expected))
        )
    )


def _covariance(
    counts: Floats, design: Floats, expected: Floats, dispersion: float, clusters: ArrayLike | None
) -> tuple[Floats, int]:
    """Inverse information, or the sandwich of it around the scores of clusters."""
    weight = expected / (1 + dispersion * expected)
    bread = inverse_gram(design * np.sqrt(weight)[:, None])
    if clusters is None:
        return bread, 0
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    groups = int(place.max()) + 1
    if groups < FEWEST_CLUSTERS:
        raise Refused(
            "too_few_clusters",
            f"{groups} clusters are too few for robust errors; at least {FEWEST_CLUSTERS} are needed.",
            field="clusters",
        )
    scores = design * ((counts - expected) / (1 + dispersion * expected))[:, None]
    sums = np.zeros((groups, design.shape[1]))
    np.add.at(sums, place, scores)
    return np.asarray(bread @ (sums.T @ sums) @ bread * (groups / (groups - 1))), groups
