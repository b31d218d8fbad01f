"""How sure the choice is: net benefit, acceptability curve and frontier, expected loss, EVPI, enough draws.

Fenwick, Claxton & Sculpher 2001 (Health Economics 10); Briggs, Claxton & Sculpher 2006, Decision Modelling
for Health Economic Evaluation, ch. 5; expected loss curves: Alarid-Escudero et al. 2019 (Value in Health 22).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.appraisal.outcomes import Floats, Outcomes, thresholds_from
from samspill.refusal import Refused

ERROR = 0.01  # of the interval: the Monte-Carlo error of a mean that nobody would see
INTERVAL = (10, 90)


@dataclass(frozen=True)
class Acceptability:
    """Per threshold (rows): what is best, how often, and what it costs not to know.

    thresholds     (thresholds,) in currency per unit of effect, rising
    probability    (thresholds, strategies) share of draws with the highest net benefit; a row sums to 1
    mean           (thresholds, strategies) mean net monetary benefit, per person
    best           (thresholds,) column of the highest mean: the strategy on the frontier
    frontier       (thresholds,) probability that the one on the frontier is best
    expected_loss  (thresholds, strategies) mean of what is lost by each against the best of each draw
    evpi           (thresholds,) expected value of perfect information, per person: the lowest expected loss
    """

    strategies: tuple[str, ...]
    thresholds: Floats
    probability: Floats
    mean: Floats
    best: tuple[int, ...]
    frontier: Floats
    expected_loss: Floats
    evpi: Floats


def acceptability(outcomes: Outcomes, thresholds: ArrayLike) -> Acceptability:
    """What is best at each threshold. Ties in a draw, and in the mean, go to the strategy named first.

    Only exactly equal net benefits are ties; nothing is left to chance. Peak memory is about four arrays of
    (draws, strategies), whatever the number of thresholds.
    """
    levels = thresholds_from(thresholds)
    shape = (len(levels), len(outcomes.strategies))
    probability, mean, loss = np.empty(shape), np.empty(shape), np.empty(shape)
    for row, level in enumerate(levels):
        benefit = outcomes.net_benefit(level)
        wins = np.bincount(benefit.argmax(axis=1), minlength=shape[1])
        probability[row] = wins / outcomes.draws
        mean[row] = benefit.mean(axis=0)
        # Within the draw, so that the loss of the best is exactly 0 and never below.
        loss[row] = (benefit.max(axis=1, keepdims=True) - benefit).mean(axis=0)
    best = tuple(int(column) for column in mean.argmax(axis=1))
    rows = np.arange(len(levels))
    return Acceptability(
        outcomes.strategies, levels, probability, mean, best, probability[rows, best], loss, loss[rows, best]
    )


def population_value(evpi: ArrayLike, persons_per_year: ArrayLike, factors: ArrayLike) -> Floats:
    """What perfect information is worth to all who are affected while the choice stands.

    `evpi` per person (any shape); `persons_per_year` and discount `factors` (years,). Same shape as `evpi`.
    """
    persons = np.asarray(persons_per_year, dtype=np.float64)
    weights = np.asarray(factors, dtype=np.float64)
    if persons.shape != weights.shape:
        raise Refused("years_differ", "Give persons and discount factors for the same years.")
    return np.asarray(evpi, dtype=np.float64) * float(persons @ weights)


@dataclass(frozen=True)
class Precision:
    """Whether the draws are enough for a mean: its Monte-Carlo standard error against the 80 % interval.

    `share` is error / (high - low); `enough` when below `ERROR`; `needed` is the number of draws that would
    give that, from the same spread. All in the unit of the values, except the share.
    """

    draws: int
    mean: float
    error: float
    low: float
    high: float
    share: float
    needed: int
    enough: bool


def enough_draws(values: ArrayLike, *, error: float = ERROR) -> Precision:
    """Whether the mean of `values` (draws,) is known to within `error` of their 10-90 % interval.

    An interval of no width needs one draw if all are equal. For a normal outcome 1 523 draws are enough.
    Refuses fewer than two draws (`too_few_draws`).
    """
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != 1 or found.size < 2:
        raise Refused("too_few_draws", "The precision of a mean needs at least two draws.")
    low, high = (float(value) for value in np.percentile(found, INTERVAL))
    spread = 0.0 if found.min() == found.max() else float(found.std(ddof=1))
    width = high - low
    if spread == 0:
        return Precision(found.size, float(found[0]), 0.0, low, high, 0.0, 1, True)
    if width == 0:  # rare events: most draws are equal, and the interval says nothing
        raise Refused(
            "no_interval",
            "More than four of five draws are equal, so the 10-90 % interval has no width. "
            "Judge the mean by its own error instead.",
        )
    standard = spread / np.sqrt(found.size)
    needed = int(np.ceil((spread / (error * width)) ** 2))
    share = float(standard / width)
    return Precision(
        found.size, float(found.mean()), float(standard), low, high, share, needed, share <= error
    )
