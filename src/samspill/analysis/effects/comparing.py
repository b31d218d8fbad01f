"""Did those it reaches change otherwise than others: difference in differences of rates, on the log scale.

All periods before and all after are gathered to one figure each, area by area, so that what an area's years
have in common cannot pass for certainty (Bertrand, Duflo & Mullainathan 2004, Quarterly Journal of Economics
119). The ratio of ratios is that of a Poisson regression with the population as offset, a level per group and
one per period (Angrist & Pischke 2009, Mostly Harmless Econometrics, ch. 5).

How sure it is, with thirty areas or more in both groups: errors robust to what belongs to the same area, from
leaving each out in turn; the usual ones (Liang & Zeger 1986) are too small where areas differ in size
(MacKinnon, Nielsen & Webb 2023, Journal of Applied Econometrics 38). With fewer areas they are taken to
differ as much in both groups, beyond Poisson's chance (DerSimonian & Laird 1986; Donald & Lang 2007, Review
of Economics and Statistics 89), with the errors of Hartung & Knapp 2001 (Statistics in Medicine 20), and a
permutation of who was reached stands beside it (Fisher 1935; MacKinnon & Webb 2020). An area is one that
could have been chosen by itself: when whole helsefellesskap are reached, they are the areas.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from samspill.analysis.effects.asked import Area, Floats

FEWEST_CLUSTERS = 30  # in each group
FEWEST_OTHERS = 3
FEWEST_EVENTS = 5.0  # of an area on each side; below it a ratio of one is mostly chance
MOST_ORDERS = 999
SEED = 20_040_201
CONFIDENCE = 0.95


class Way(StrEnum):
    """How it was reckoned how sure the ratio is."""

    CLUSTERS = "clusters"
    AREAS = "areas"


@dataclass(frozen=True)
class Ratio:
    """A rate over another, with its interval. `error` and `free` are of its logarithm."""

    estimate: float
    low: float
    high: float
    error: float
    free: float
    confidence: float = CONFIDENCE

    @property
    def p(self) -> float:
        """Two-sided, of the ratio being 1."""
        log = np.log(self.estimate)
        if self.error == 0:
            return float(log == 0)
        return float(2 * stdtr(self.free, -abs(log) / self.error))

    @property
    def is_told_apart(self) -> bool:
        """Whether its interval leaves 1 out."""
        return not self.low <= 1 <= self.high


@dataclass(frozen=True)
class Compared:
    """The areas reached against the others, after over before.

    ratio        (after/before of those reached) / (after/before of the others)
    reached, others  after over before of each
    areas        how many took part: (reached, others); `left_out` those with missing figures or few events
    permuted     share of all ways to choose who was reached that differ as much; None with many areas
    fewest       the smallest share there can be: above 0.05 permuting alone can never tell
    """

    way: Way
    ratio: Ratio
    reached: Ratio
    others: Ratio
    areas: tuple[int, int]
    left_out: tuple[str, ...]
    permuted: float | None = None
    fewest: float | None = None


def ratio_of(log: float, error: float, free: float, confidence: float = CONFIDENCE) -> Ratio:
    half = float(stdtrit(free, 0.5 + confidence / 2)) * error if error else 0.0
    estimate, low, high = (float(np.exp(one)) for one in (log, log - half, log + half))
    return Ratio(estimate, low, high, error, free, confidence)


def compare(reached: Sequence[Area], others: Sequence[Area], before: slice, after: slice) -> Compared | None:
    """The periods `after` over `before`; None when nobody reached or fewer than three others can be used."""
    halves = [_Halves(area, before, after) for area in (*reached, *others)]
    is_reached = np.arange(len(halves)) < len(reached)
    usable = np.array([half.is_usable for half in halves])
    left_out = tuple(area.code for area, use in zip((*reached, *others), usable, strict=True) if not use)
    treated = is_reached[usable]
    many = int(treated.sum()), int((~treated).sum())
    if many[0] == 0 or many[1] < FEWEST_OTHERS:
        return None
    kept = [half for half, use in zip(halves, usable, strict=True) if use]
    if min(many) >= FEWEST_CLUSTERS and all(half.people[0] > 0 for half in kept):
        return _by_clusters(kept, treated, many, left_out)
    return _by_areas(kept, treated, many, left_out)


class _Halves:
    """An area gathered: events, population and counts, each (before, after)."""

    def __init__(self, area: Area, before: slice, after: slice) -> None:
        parts = [area.values[before], area.values[after]]
        weights = [np.ones_like(part) for part in parts]
        self.people = np.zeros(2)
        if area.populations is not None:
            weights = [area.populations[before], area.populations[after]]
            self.people = np.array([weight.sum() for weight in weights])
        sums = [float((part * weight).sum()) for part, weight in zip(parts, weights, strict=True)]
        self.events = np.array(sums)
        self.means = np.array([total / weight.sum() for total, weight in zip(sums, weights, strict=True)])
        self.chance = 0.0
        enough = True
        if area.counts is not None:
            counts = np.array([area.counts[before].sum(), area.counts[after].sum()])
            enough = bool(np.all(counts >= FEWEST_EVENTS))
            self.chance = float((1 / counts).sum()) if enough else 0.0
        self.is_usable = enough and bool(np.all(np.isfinite(self.means)) and np.all(self.means > 0))

    @property
    def log_ratio(self) -> float:
        return float(np.log(self.means[1] / self.means[0]))


def _by_clusters(
    kept: list[_Halves], treated: NDArray[np.bool_], many: tuple[int, int], left_out: tuple[str, ...]
) -> Compared:
    events, people = np.array([one.events for one in kept]), np.array([one.people for one in kept])
    sides = [_cluster_ratio(events[group], people[group]) for group in (treated, ~treated)]
    (on, on_variance), (off, off_variance) = sides
    together = on_variance + off_variance
    free = together**2 / (on_variance**2 / (many[0] - 1) + off_variance**2 / (many[1] - 1))
    return Compared(
        Way.CLUSTERS,
        ratio_of(on - off, float(np.sqrt(together)), free),
        ratio_of(on, float(np.sqrt(on_variance)), many[0] - 1),
        ratio_of(off, float(np.sqrt(off_variance)), many[1] - 1),
        many,
        left_out,
    )


def _cluster_ratio(events: Floats, people: Floats) -> tuple[float, float]:
    """(log of the rate after over before, its variance) of rows (areas), each left out in turn."""
    sums, persons = events.sum(axis=0), people.sum(axis=0)
    without = _log_ratio(sums - events, persons - people)
    found = _log_ratio(sums[None, :], persons[None, :])[0]
    groups = len(events)
    return float(found), float(((without - found) ** 2).sum() * (groups - 1) / groups)


def _log_ratio(events: Floats, people: Floats) -> Floats:
    rates = np.log(events / people)
    return np.asarray(rates[:, 1] - rates[:, 0])


def _by_areas(
    kept: list[_Halves], treated: NDArray[np.bool_], many: tuple[int, int], left_out: tuple[str, ...]
) -> Compared:
    logs, chance = np.array([one.log_ratio for one in kept]), np.array([one.chance for one in kept])
    design = np.column_stack([~treated, treated]).astype(np.float64)
    found, errors, weights = regress(logs, chance, design)
    free = len(logs) - 2
    share, fewest = _permuted(logs, weights, treated)
    return Compared(
        Way.AREAS,
        ratio_of(float(found[1] - found[0]), float(np.sqrt((errors**2).sum())), free),
        ratio_of(float(found[1]), float(errors[1]), free),
        ratio_of(float(found[0]), float(errors[0]), free),
        many,
        left_out,
        share,
        fewest,
    )


def regress(logs: Floats, chance: Floats, design: Floats) -> tuple[Floats, Floats, Floats]:
    """(coefficients, their errors, weights) of areas that differ beyond chance.

    `chance` (areas,) is the variance of each logarithm were there nothing but Poisson's chance; where it is
    not known (0) all weigh the same.
    """
    known = bool(chance.all())
    weights = 1 / (chance + _between(logs, chance, design)) if known else np.ones(len(logs))
    bread = np.linalg.inv((design * weights[:, None]).T @ design)
    found = bread @ design.T @ (weights * logs)
    scale = float(weights @ (logs - design @ found) ** 2 / (len(logs) - design.shape[1]))
    return found, np.sqrt(np.diag(bread) * (max(1.0, scale) if known else scale)), weights


def _between(logs: Floats, chance: Floats, design: Floats) -> float:
    """τ², how much areas of a group differ beyond chance, by moments."""
    weights = 1 / chance
    weighted = design * weights[:, None]
    bread = np.linalg.inv(weighted.T @ design)
    rest = logs - design @ (bread @ weighted.T @ logs)
    spread = float(weights @ rest**2) - (len(logs) - design.shape[1])
    return max(0.0, spread / float(weights.sum() - np.trace(bread @ weighted.T @ weighted)))


def _permuted(logs: Floats, weights: Floats, treated: NDArray[np.bool_]) -> tuple[float, float]:
    """(share of choices of who was reached that differ as much, the smallest there can be)."""
    areas, some = len(logs), int(treated.sum())
    every = comb(areas, some)
    if every <= MOST_ORDERS:
        chosen = np.zeros((every, areas), dtype=bool)
        for row, places in enumerate(combinations(range(areas), some)):
            chosen[row, list(places)] = True
    else:
        draws = np.random.default_rng(SEED).random((MOST_ORDERS, areas))
        chosen = draws.argsort(axis=1).argsort(axis=1) < some
        chosen[0] = treated  # what happened is one of the ways it could have gone
    apart = _apart(logs, weights, chosen)
    really = _apart(logs, weights, treated[None, :])[0]
    return float(np.mean(apart >= really * (1 - 1e-9))), 1 / len(chosen)


def _apart(logs: Floats, weights: Floats, chosen: NDArray[np.bool_]) -> Floats:
    """How many errors apart the groups are, for each choice (choices, areas)."""
    inside, outside = chosen @ weights, (~chosen) @ weights
    gap = chosen @ (weights * logs) / inside - (~chosen) @ (weights * logs) / outside
    return np.asarray(np.abs(gap) / np.sqrt(1 / inside + 1 / outside))
