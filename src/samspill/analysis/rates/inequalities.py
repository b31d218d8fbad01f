"""How unequal: the slope and the relative index of inequality over groups from the worst off to the best.

Mackenbach & Kunst 1997 (Soc Sci Med 44:757); Low & Low 2004 (Journal of Public Health 26:388). Each group
stands at the middle of its part of the population, from 0 (worst off) to 1. The slope of a straight line
through the groups, weighted by population, is the SII: the line at 1 less the line at 0. The RII is the line
at 1 over the line at 0. Limits by simulation of the groups' values from their standard errors (`phe_sii`).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from samspill.analysis.rates.checks import (
    Floats,
    check_confidence,
    check_whole,
    counts,
    numbers,
    refuse_where,
    same_groups,
    word,
)
from samspill.analysis.rates.estimates import Estimate, Method, Note, estimate
from samspill.analysis.rates.limits import normal_quantile
from samspill.refusal import Refused

FEWEST_GROUPS = 3  # a line through two groups says nothing of how well it fits
REPETITIONS = 100_000
FEWEST_REPETITIONS = 1_000
BLOCK = 4_000_000  # numbers drawn at a time


class Kind(StrEnum):
    """What the values are: their errors are symmetric as they are, on the log, or on the logit scale."""

    PLAIN = "plain"
    RATE = "rate"
    PROPORTION = "proportion"


class Weights(StrEnum):
    """What the line is weighted by: the groups' population (Low & Low), or 1 / standard error²."""

    POPULATION = "population"
    PRECISION = "precision"


@dataclass(frozen=True)
class Inequality:
    """`slope` (SII) in the values' unit times the multiplier, `relative` (RII) as a ratio, both with limits.

    at_worst, at_best   the line at 0 and at 1, in the values' unit
    rank                (groups,) where each group stands, in the order given
    """

    slope: Estimate
    relative: Estimate
    at_worst: float
    at_best: float
    rank: Floats


def inequality(
    values: ArrayLike,
    population: ArrayLike,
    *,
    se: ArrayLike | None = None,
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
    order: ArrayLike | None = None,
    kind: Kind | str = Kind.PLAIN,
    weights: Weights | str = Weights.POPULATION,
    log_line: bool = False,
    multiplier: float = 1,
    confidence: float = 0.95,
    repetitions: int = REPETITIONS,
    seed: int = 0,
) -> Inequality:
    """The slope and relative index of `values` (groups,) over groups of `population` (groups,).

    Groups are from the worst off to the best, or in the order of `order`. Uncertainty is either `se` (on the
    scale of `kind`: log for rates, logit for proportions) or 95 % limits `lower` and `upper`. `log_line`
    lays the line through logarithms; the slope is then the difference of its ends. A negative `multiplier`
    turns both indices round. Same `seed`, same limits.

    Refuses missing numbers, groups of nobody (`nothing_to_divide_by`), fewer than three groups (`too_short`),
    no uncertainty (`no_uncertainty`), and values outside their kind (`value_out_of_range`).
    """
    level, scale = check_confidence(confidence), float(multiplier)
    rounds = check_whole(repetitions, "repetitions", least=FEWEST_REPETITIONS)
    groups = _groups(values, population, order, word(Kind, kind, "kind"), log_line)
    errors = _errors(groups, se, lower, upper)
    line = _Line(groups, errors, word(Weights, weights, "weights"), log_line)
    ends = line.ends(groups.values[None])[0]
    drawn = line.simulated(rounds, np.random.default_rng(seed))
    return _told(groups, ends, drawn, scale, level)


@dataclass(frozen=True)
class _Groups:
    """In order from the worst off; `given` puts them back as they came."""

    values: Floats
    population: Floats
    rank: Floats
    sorting: np.ndarray
    kind: Kind


def _groups(
    values: ArrayLike, population: ArrayLike, order: ArrayLike | None, kind: Kind, log_line: bool
) -> _Groups:
    found, people = same_groups(
        ("values", numbers(values, "values")), ("population", counts(population, "population"))
    )
    if found.ndim != 1 or len(found) < FEWEST_GROUPS:
        raise Refused(
            "too_short",
            f"There must be one row of {FEWEST_GROUPS} groups or more.",
            field="values",
            facts={"where": "values"},
        )
    refuse_where(people <= 0, "nothing_to_divide_by", people, "population", "it must be above 0")
    beyond = found >= 1 if kind is Kind.PROPORTION else np.zeros(len(found), dtype=bool)
    if kind is not Kind.PLAIN or log_line:
        beyond = beyond | (found <= 0)
    refuse_where(
        beyond, "value_out_of_range", found, "values", "rates are above 0, proportions below 1 as well"
    )
    sorting = np.arange(len(found)) if order is None else _sorting(order, found)
    share = people[sorting] / people.sum()
    return _Groups(found[sorting], people[sorting], np.cumsum(share) - share / 2, sorting, kind)


def _sorting(order: ArrayLike, values: Floats) -> np.ndarray:
    places, _values = same_groups(("order", numbers(order, "order")), ("values", values))
    if len(np.unique(places)) < len(places):
        raise Refused(
            "order", "Two groups have the same place in the order.", field="order", facts={"where": "order"}
        )
    return np.argsort(places)


def _errors(
    groups: _Groups, se: ArrayLike | None, lower: ArrayLike | None, upper: ArrayLike | None
) -> Floats:
    if se is not None:
        found = same_groups(("se", counts(se, "se")), ("values", groups.values))[0]
        return found[groups.sorting]
    if lower is None or upper is None:
        raise Refused(
            "no_uncertainty",
            "Give the standard errors of the groups, or their 95 % limits.",
            field="se",
            facts={"where": "se"},
        )
    low, high, _values = same_groups(
        ("lower", numbers(lower, "lower")), ("upper", numbers(upper, "upper")), ("values", groups.values)
    )
    refuse_where(low > high, "value_out_of_range", low, "lower", "it is above the upper limit")
    bounds = {Kind.PLAIN: (-np.inf, np.inf), Kind.RATE: (0.0, np.inf), Kind.PROPORTION: (0.0, 1.0)}
    least, most = bounds[groups.kind]
    for name, limit in (("lower", low), ("upper", high)):
        refuse_where(
            (limit <= least) | (limit >= most),
            "value_out_of_range",
            limit,
            name,
            "a limit is outside its kind",
        )
    half = (_to_scale(high, groups.kind) - _to_scale(low, groups.kind)) / (2 * normal_quantile(0.95))
    return np.asarray(half[groups.sorting], dtype=np.float64)


class _Line:
    """A weighted straight line: its two ends for any values of the groups."""

    def __init__(self, groups: _Groups, errors: Floats, weights: Weights, log_line: bool) -> None:
        self.groups, self.errors, self.log_line = groups, errors, log_line
        weight = groups.population
        if weights is Weights.PRECISION:
            refuse_where(
                errors <= 0, "value_out_of_range", errors, "se", "a weight of 1 / se² needs it above 0"
            )
            weight = 1 / errors**2
        design = np.stack([np.ones_like(groups.rank), groups.rank])
        weighted = design * (weight / weight.sum())
        self.solver = np.linalg.solve(weighted @ design.T, weighted)  # (2, groups): at 0, and the slope

    def ends(self, values: Floats) -> Floats:
        """(rows, 2): the line at 0 and at 1, of values (rows, groups)."""
        line = (np.log(values) if self.log_line else values) @ self.solver.T
        ends = np.stack([line[:, 0], line[:, 0] + line[:, 1]], axis=1)
        return np.exp(ends) if self.log_line else ends

    def simulated(self, rounds: int, rng: np.random.Generator) -> Floats:
        middle, kind = _to_scale(self.groups.values, self.groups.kind), self.groups.kind
        size = max(1, BLOCK // len(middle))
        return np.concatenate(
            [
                self.ends(
                    _from_scale(
                        rng.normal(middle, self.errors, (min(size, rounds - done), len(middle))), kind
                    )
                )
                for done in range(0, rounds, size)
            ]
        )


def _told(groups: _Groups, ends: Floats, drawn: Floats, scale: float, level: float) -> Inequality:
    with np.errstate(divide="ignore", invalid="ignore"):
        relative, relatives = ends[1] / ends[0], drawn[:, 1] / drawn[:, 0]
        if scale < 0:
            relative, relatives = 1 / relative, 1 / relatives
    slopes = np.sort((drawn[:, 1] - drawn[:, 0]) * scale)
    common = {"count": len(groups.values), "population": groups.population.sum()}
    rank = np.empty_like(groups.rank)
    rank[groups.sorting] = groups.rank
    return Inequality(
        _with_limits((ends[1] - ends[0]) * scale, slopes, scale, level, **common),
        _with_limits(relative, np.sort(relatives), 1.0, level, **common),
        float(ends[0]),
        float(ends[1]),
        rank,
    )


def _with_limits(
    value: float, drawn: Floats, scale: float, level: float, *, count: int, population: float
) -> Estimate:
    """Limits are the drawn values at the places of the percentiles, counted from 1 (`phe_sii`)."""
    low, high = (round(len(drawn) * share) for share in ((1 - level) / 2, (1 + level) / 2))
    return estimate(
        value,
        drawn[max(low, 1) - 1],
        drawn[max(high, 1) - 1],
        count,
        population,
        str(Method.SIMULATION),
        str(Note.NOTHING),
        multiplier=scale,
        confidence=level,
    )


def _to_scale(values: Floats, kind: Kind) -> Floats:
    if kind is Kind.RATE:
        return np.asarray(np.log(values), dtype=np.float64)
    return np.asarray(logit(values), dtype=np.float64) if kind is Kind.PROPORTION else values


def _from_scale(values: Floats, kind: Kind) -> Floats:
    if kind is Kind.RATE:
        return np.asarray(np.exp(values), dtype=np.float64)
    return np.asarray(expit(values), dtype=np.float64) if kind is Kind.PROPORTION else values
