"""Figures of small areas, drawn towards what is common as far as chance explains that they differ.

Poisson-gamma: Clayton & Kaldor 1987 (Biometrics 43:671), the prior by maximum likelihood of the negative
binomial. Marshall 1991 (Applied Statistics 40:283): the same shrinkage from moments alone, towards all areas
or towards each area's neighbours. A smoothed figure is for maps and rankings; a funnel tells who differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq, minimize_scalar
from scipy.special import digamma, gammaln
from scipy.stats import gamma

from samspill.analysis.rates.checks import (
    Floats,
    check_above_zero,
    check_confidence,
    counts,
    refuse_events_of_nobody,
    same_groups,
    word,
)
from samspill.analysis.rates.estimates import Note
from samspill.refusal import Refused

FEWEST_AREAS = 3
STEP = 0.05  # of the log shape round where it was first found
LOG_SHAPE = (-8.0, 16.0)  # of the prior
NO_SPREAD = 12.0  # a shape above e^12 is a spread of a quarter of a per cent: areas do not differ


class Way(StrEnum):
    """How the common is found."""

    POISSON_GAMMA = "poisson_gamma"
    MARSHALL = "marshall"
    LOCAL = "local"


@dataclass(frozen=True)
class Smoothed:
    """value  (areas,) smoothed, times the multiplier; `raw` is as counted. Nobody there: the prior's mean

    lower, upper    (areas,) limits of the smoothed figure, from its gamma distribution; NaN for the others
    weight          (areas,) how much of the area's own figure is kept, from 0 to 1
    prior_mean, prior_variance  what it is drawn towards, (areas,); the variance not times the multiplier
    """

    value: Floats
    lower: Floats
    upper: Floats
    raw: Floats
    weight: Floats
    prior_mean: Floats
    prior_variance: Floats
    method: str
    note: str
    multiplier: float
    confidence: float


def smooth(
    count: ArrayLike,
    base: ArrayLike,
    *,
    method: Way | str = Way.POISSON_GAMMA,
    neighbours: Sequence[Sequence[int]] | None = None,
    multiplier: float = 1,
    confidence: float = 0.95,
) -> Smoothed:
    """Smoothed figures of `count` (areas,) over `base` (areas,): expected events, or population.

    `neighbours` are the numbers, from 0, of each area's neighbours, itself not needed; for "local" only.
    Where areas differ no more than by chance, all have the common figure (`no_more_than_chance`).
    Refuses missing or negative numbers, fewer than three areas (`too_short`), no events at all
    (`nothing_to_count`), events of nobody, and neighbours that are not areas (`neighbours`).
    """
    way, level = word(Way, method, "method"), check_confidence(confidence)
    scale = check_above_zero(multiplier, "multiplier")
    events, size = same_groups(("count", counts(count, "count")), ("base", counts(base, "base")))
    refuse_events_of_nobody(events, size, "count")
    if events.ndim != 1 or len(events) < FEWEST_AREAS or events.sum() == 0:
        code = "nothing_to_count" if events.size and events.sum() == 0 else "too_short"
        raise Refused(code, "There must be three areas or more, and events in them.", field="count", facts={})
    middle, variance = _prior(way, events, size, neighbours)
    return _shrunk(events, size, middle, variance, way, scale, level)


def _prior(
    way: Way, events: Floats, size: Floats, neighbours: Sequence[Sequence[int]] | None
) -> tuple[Floats, Floats]:
    if way is Way.LOCAL:
        return _of_neighbours(events, size, neighbours)
    middle, variance = _poisson_gamma(events, size) if way is Way.POISSON_GAMMA else _moments(events, size)
    return np.full(len(events), middle), np.full(len(events), variance)


def _poisson_gamma(events: Floats, size: Floats) -> tuple[float, float]:
    """Mean and variance of the gamma distribution that makes the counts most likely."""
    events, size = events[size > 0], size[size > 0]
    found = minimize_scalar(
        lambda log_shape: -_likelihood(events, size, np.exp(log_shape)), bounds=LOG_SHAPE, method="bounded"
    )
    if found.x > NO_SPREAD:
        return float(events.sum() / size.sum()), 0.0
    ends = found.x - STEP, found.x + STEP
    slopes = [_slope(events, size, np.exp(end)) for end in ends]
    settles = slopes[0] > 0 > slopes[1]
    best = brentq(lambda x: _slope(events, size, np.exp(x)), *ends, xtol=1e-14) if settles else found.x
    shape = float(np.exp(best))
    middle = _mean_for(events, size, shape)
    return middle, middle**2 / shape


def _mean_for(events: Floats, size: Floats, shape: float) -> float:
    """The most likely mean of the prior when its shape is known."""
    raw = events.sum() / size.sum()
    rates = events[events > 0] / size[events > 0]

    def score(log_mean: float) -> float:
        expected = np.exp(log_mean) * size
        return float(((events - expected) / (shape + expected)).sum())

    least, most = np.log(min(raw, rates.min())) - 1, np.log(max(raw, rates.max())) + 1
    while score(least) < 0:
        least -= 1
    return float(np.exp(brentq(score, least, most, xtol=1e-14)))


def _likelihood(events: Floats, size: Floats, shape: float) -> float:
    """Log likelihood of the negative binomial at the most likely mean, but for what is the same for all."""
    expected = _mean_for(events, size, shape) * size
    terms = gammaln(shape + events) - gammaln(shape) + shape * np.log(shape / (shape + expected))
    return float((terms + events * np.log(expected / (shape + expected))).sum())


def _slope(events: Floats, size: Floats, shape: float) -> float:
    """How the likelihood rises with the shape."""
    expected = _mean_for(events, size, shape) * size
    terms = digamma(shape + events) - digamma(shape) + np.log(shape / (shape + expected))
    return float((terms + 1 - (shape + events) / (shape + expected)).sum())


def _moments(events: Floats, size: Floats) -> tuple[float, float]:
    """Marshall's: weighted variance of the rates, less what is expected of chance; not below 0."""
    some = size > 0
    rates, people = events[some] / size[some], size[some]
    middle = float(events.sum() / people.sum())
    spread = float((people * (rates - middle) ** 2).sum() / people.sum())
    return middle, max(0.0, spread - middle / float(people.mean()))


def _of_neighbours(
    events: Floats, size: Floats, neighbours: Sequence[Sequence[int]] | None
) -> tuple[Floats, Floats]:
    if neighbours is None or len(neighbours) != len(events):
        raise Refused(
            "neighbours",
            "Give the neighbours of every area.",
            field="neighbours",
            facts={"where": "neighbours"},
        )
    found = []
    for area, others in enumerate(neighbours):
        near = sorted({area, *map(int, others)})
        if near[0] < 0 or near[-1] >= len(events):
            raise Refused(
                "neighbours",
                f"Area number {area + 1} has a neighbour that is not among the areas.",
                field="neighbours",
                facts={"where": "neighbours", "place": (area,)},
            )
        here = np.array(near)
        found.append(_moments(events[here], size[here]) if size[here].sum() > 0 else (np.nan, 0.0))
    middle, variance = np.array(found).T
    return middle, variance


def _shrunk(
    events: Floats, size: Floats, middle: Floats, variance: Floats, way: Way, scale: float, level: float
) -> Smoothed:
    chance = np.where(size > 0, middle / np.where(size > 0, size, 1.0), np.inf)
    weight = np.where(variance > 0, variance / (variance + chance), 0.0)
    raw = np.where(size > 0, events / np.where(size > 0, size, 1.0), np.nan)
    value = np.where(weight > 0, middle + weight * (np.nan_to_num(raw) - middle), middle)
    lower, upper = np.full(len(events), np.nan), np.full(len(events), np.nan)
    if way is Way.POISSON_GAMMA and variance[0] > 0:
        shape, rate = events + middle**2 / variance, size + middle / variance
        lower, upper = (
            gamma.ppf(share, shape, scale=1 / rate) for share in ((1 - level) / 2, (1 + level) / 2)
        )
    note = Note.NOTHING if np.any(variance > 0) else Note.NO_MORE_THAN_CHANCE
    return Smoothed(
        value * scale, lower * scale, upper * scale, raw * scale, weight, middle * scale, variance, str(way),
        str(note), scale, level,
    )  # fmt: skip
