"""Which strategies are worth considering, and what one more unit of effect costs in each.

Sorted by cost, strong dominance, extended dominance, then the incremental cost-effectiveness ratio of each
kept strategy to the kept one before it (Weinstein & Stason 1977, NEJM 296; Drummond et al. 2015, Methods for
the Economic Evaluation of Health Care Programmes, 4th ed., ch. 4). Not here: uncertainty (`certainty`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite

from samspill.refusal import Refused


class Status(StrEnum):
    """What became of a strategy in the comparison."""

    KEPT = "kept"
    DOMINATED = "dominated"
    EXTENDED = "extended"
    TIED = "tied"


@dataclass(frozen=True)
class Strategy:
    """Mean cost (one currency) and mean effect (one unit, more is better) per person of a way to do it."""

    name: str
    cost: float
    effect: float


@dataclass(frozen=True)
class Standing:
    """A strategy in the comparison.

    `icer` is `extra_cost / extra_effect` to the kept strategy before it (`than`); all three are None for the
    cheapest kept and for those that are not kept. `because` says in words why the status is as it is.
    """

    strategy: Strategy
    status: Status
    because: str
    than: str = ""
    extra_cost: float | None = None
    extra_effect: float | None = None
    icer: float | None = None


def compare_strategies(strategies: Sequence[Strategy]) -> tuple[Standing, ...]:
    """The strategies by rising cost, each with its status and, if kept, its ICER.

    Equal costs are sorted by falling effect, and equal costs and effects by the order given; of those the
    first is kept and the others are told to be tied with it. Equal means the same number: round the input
    if differences of rounding should not count. Refuses none or unnamed (`no_strategies`), the same name
    twice (`strategy_twice`) and costs or effects that are not numbers (`not_a_number`).
    """
    _check(strategies)
    order = sorted(strategies, key=lambda one: (one.cost, -one.effect))
    kept, fallen = _not_dominated(order)
    kept, extended = _without_extended(kept)
    fallen.update(extended)
    standings = {standing.strategy.name: standing for standing in _with_ratios(kept)}
    standings.update(fallen)
    return tuple(standings[one.name] for one in order)


def _check(strategies: Sequence[Strategy]) -> None:
    names = [one.name for one in strategies]
    if not names or not all(name.strip() for name in names):
        raise Refused("no_strategies", "Give at least one strategy, and each a name.", field="strategies")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Refused(
            "strategy_twice",
            f"{', '.join(twice)} is there more than once. Give every strategy a name of its own.",
            field="strategies",
        )
    odd = [one.name for one in strategies if not (isfinite(one.cost) and isfinite(one.effect))]
    if odd:
        raise Refused(
            "not_a_number",
            f"The cost or the effect of {', '.join(odd)} is missing or not a number. A missing one is not 0.",
            field="strategies",
        )


def _not_dominated(order: Sequence[Strategy]) -> tuple[list[Strategy], dict[str, Standing]]:
    """Those whose effect is above that of all cheaper ones; `order` rises in cost."""
    kept: list[Strategy] = []
    fallen: dict[str, Standing] = {}
    for one in order:
        best = kept[-1] if kept else None
        if best is None or one.effect > best.effect:
            kept.append(one)
        elif (one.cost, one.effect) == (best.cost, best.effect):
            because = f"Costs and gives exactly the same as {best.name}, which was named first."
            fallen[one.name] = Standing(one, Status.TIED, because)
        else:
            fallen[one.name] = Standing(one, Status.DOMINATED, _why_dominated(one, best))
    return kept, fallen


def _why_dominated(one: Strategy, best: Strategy) -> str:
    cost = "more than" if one.cost > best.cost else "as much as"
    effect = "less" if one.effect < best.effect else "no more"
    return f"Dominated: it costs {cost} {best.name} and gives {effect}."


def _without_extended(kept: Sequence[Strategy]) -> tuple[list[Strategy], dict[str, Standing]]:
    """The lower convex hull of cost over effect, so that the ICER rises strictly or stays equal.

    A strategy exactly on the line between two others is kept: no mix of them is better than it.
    """
    hull: list[Strategy] = []
    fallen: dict[str, Standing] = {}
    for one in kept:
        while len(hull) > 1 and _ratio(hull[-2], hull[-1]) > _ratio(hull[-1], one):
            weak, before = hull.pop(), hull[-1]
            because = (
                f"Extended dominance: a mix of {before.name} and {one.name} gives as much and costs less; "
                f"its own ratio {_ratio(before, weak):.6g} is above {_ratio(weak, one):.6g} of the next."
            )
            fallen[weak.name] = Standing(weak, Status.EXTENDED, because)
        hull.append(one)
    return hull, fallen


def _ratio(before: Strategy, after: Strategy) -> float:
    return (after.cost - before.cost) / (after.effect - before.effect)


def _with_ratios(kept: Sequence[Strategy]) -> list[Standing]:
    standings = [Standing(kept[0], Status.KEPT, "The cheapest; the others are compared from here.")]
    for before, one in pairwise(kept):
        because = f"Gives more than {before.name}, and no cheaper mix gives as much."
        cost, effect = one.cost - before.cost, one.effect - before.effect
        standings.append(Standing(one, Status.KEPT, because, before.name, cost, effect, cost / effect))
    return standings
