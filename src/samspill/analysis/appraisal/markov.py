"""Cohort models: persons move between states once a cycle; costs and quality-adjusted life-years follow.

Sonnenberg & Beck 1993 (Medical Decision Making 13); Briggs, Claxton & Sculpher 2006, ch. 2-3; within-cycle
correction: Elbasha & Chhatwal 2016 (Medical Decision Making 36). Every array may begin with an axis of draws.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from samspill.analysis.appraisal.discounting import DiscountRates
from samspill.analysis.appraisal.outcomes import MEMORY, Floats
from samspill.refusal import Refused

TOLERANCE = 1e-9


class Counting(StrEnum):
    """When in a cycle people are counted. `HALF` and `SIMPSON` lie between the two ends."""

    END = "end"
    START = "start"
    HALF = "half"
    SIMPSON = "simpson"


@dataclass(frozen=True)
class Totals:
    """Sums over the horizon, (draws,) or (): undiscounted and discounted alike are made by `evaluate`."""

    cost: Floats
    effect: Floats


def probability_from_rate(rate: ArrayLike, years: ArrayLike = 1.0) -> Floats:
    """p = 1 - exp(-rate · years). Refuses a negative rate or time (`rate`)."""
    rates, times = np.asarray(rate, dtype=np.float64), np.asarray(years, dtype=np.float64)
    if not np.all(rates >= 0) or not np.all(times >= 0):
        raise Refused("rate", "Rates and times must be 0 or more.")
    return np.asarray(-np.expm1(-rates * times))


def with_hazard_ratio(probability: ArrayLike, hazard_ratio: ArrayLike) -> Floats:
    """The probability when the rate behind it is multiplied: 1 - (1 - p)^ratio.

    A ratio of exactly 1 gives back `probability` bit for bit: no effect changes no figure. Multiplying the
    probability itself (a relative risk) is something else, and may end above 1.
    """
    before = _probabilities(probability)
    ratio = np.asarray(hazard_ratio, dtype=np.float64)
    if not np.all(ratio >= 0):
        raise Refused("rate", "A hazard ratio must be 0 or more.")
    with np.errstate(divide="ignore", invalid="ignore"):
        after = -np.expm1(ratio * np.log1p(-before))
    after = np.where((ratio == 0) | (before == 0), 0.0, after)
    return np.asarray(np.where(ratio == 1, before, after))


def for_cycle(probability: ArrayLike, years: float, cycle: float) -> Floats:
    """A probability over `years` as one over a `cycle` of another length, at a constant rate."""
    return with_hazard_ratio(probability, cycle / years)


def with_staying(moves: ArrayLike) -> Floats:
    """Transitions (..., states, states) with the diagonal filled so that each row sums to 1.

    Refuses moves out of a state that sum to more than 1 (`transitions`).
    """
    filled = _probabilities(moves).copy()
    places = np.arange(filled.shape[-1])
    filled[..., places, places] = 0
    staying = 1 - filled.sum(axis=-1)
    if np.any(staying < -TOLERANCE):
        raise Refused("transitions", "The moves out of a state sum to more than 1. Lower them.")
    filled[..., places, places] = np.maximum(staying, 0)
    return filled


def trace(start: ArrayLike, transitions: ArrayLike, cycles: int) -> Floats:
    """Who is in which state at each time: (..., cycles + 1, states), beginning with `start` (..., states).

    `transitions` is (states, states) for every cycle, or (..., cycles, states, states), a row from, a column
    to; the axis of cycles may be 1. Memory: draws × (cycles + 1) × states × 8 bytes, plus what is given.
    Refuses rows that do not sum to 1 (`transitions`), a start below 0 (`start`), a bad horizon (`cycles`).
    """
    moves, begin = np.asarray(transitions, dtype=np.float64), np.asarray(start, dtype=np.float64)
    if moves.ndim == 2:
        moves = moves[None]
    _check_chain(begin, moves, cycles)
    outer = np.broadcast_shapes(begin.shape[:-1], moves.shape[:-3])
    if np.prod(outer, dtype=int) * (cycles + 1) * begin.shape[-1] * 8 > MEMORY:
        raise Refused("too_many_draws", "So many draws do not fit in memory. Run fewer at a time.")
    found = np.empty((*outer, cycles + 1, begin.shape[-1]))
    found[..., 0, :] = begin
    for cycle in range(cycles):
        step = moves[..., cycle if moves.shape[-3] > 1 else 0, :, :]
        found[..., cycle + 1, :] = (found[..., cycle, None, :] @ step)[..., 0, :]
    return found


def evaluate(
    occupied: Floats,
    *,
    cost: ArrayLike,
    quality: ArrayLike,
    cost_rates: DiscountRates,
    effect_rates: DiscountRates,
    years_per_cycle: float = 1.0,
    counting: Counting = Counting.HALF,
) -> Totals:
    """Discounted cost and effect of a trace (..., cycles + 1, states).

    `cost` is per person and cycle in each state, `quality` the weight of a year (1: life-years): (states,) or
    (..., cycles + 1, states), where row t is what is counted at time t. Refuses an odd number of cycles with
    Simpson's rule (`cycles`).
    """
    times = np.arange(occupied.shape[-2]) * years_per_cycle
    weights = counting_weights(occupied.shape[-2] - 1, counting)
    costs, qualities = np.asarray(cost, dtype=np.float64), np.asarray(quality, dtype=np.float64)
    spent = (occupied * costs).sum(axis=-1) @ (weights * cost_rates.factors(times))
    gained = (occupied * qualities).sum(axis=-1) @ (weights * effect_rates.factors(times))
    return Totals(np.asarray(spent), np.asarray(gained * years_per_cycle))


def counting_weights(cycles: int, counting: Counting) -> Floats:
    """What each time 0..cycles weighs, (cycles + 1,): they sum to the number of cycles."""
    weights = np.ones(cycles + 1)
    match counting:
        case Counting.END:
            weights[0] = 0
        case Counting.START:
            weights[-1] = 0
        case Counting.HALF:
            weights[[0, -1]] = 0.5
        case Counting.SIMPSON:
            if cycles % 2:
                raise Refused(
                    "cycles", f"Simpson's rule needs an even number of cycles, not {cycles}.", field="cycles"
                )
            weights[1::2], weights[2:-1:2], weights[[0, -1]] = 4 / 3, 2 / 3, 1 / 3
    return weights


def _probabilities(values: ArrayLike) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if not np.all((found >= 0) & (found <= 1)):
        raise Refused("probability", "A probability must be between 0 and 1, and none may be missing.")
    return found


def _check_chain(start: Floats, moves: Floats, cycles: int) -> None:
    if cycles < 1:
        raise Refused("cycles", "A model needs at least one cycle.", field="cycles")
    states = start.shape[-1]
    if moves.shape[-2:] != (states, states) or moves.shape[-3] not in (1, cycles):
        raise Refused(
            "transitions",
            f"Transitions of shape {moves.shape} do not fit {cycles} cycles of {states} states.",
            field="transitions",
        )
    if not np.all(start >= 0):
        raise Refused("start", "A state cannot begin with fewer than 0 persons.", field="start")
    _probabilities(moves)
    sums = moves.sum(axis=-1)
    if np.any(np.abs(sums - 1) > TOLERANCE):
        worst = np.unravel_index(np.abs(sums - 1).argmax(), sums.shape)
        raise Refused(
            "transitions",
            f"Out of state {worst[-1] + 1} in cycle {worst[-2] + 1} go {sums[worst]:.6g} of everybody; "
            "it must be 1.",
            field="transitions",
        )
