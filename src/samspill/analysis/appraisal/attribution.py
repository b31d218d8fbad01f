"""Which change contributes how much: a waterfall in a fixed order, and Shapley values when order matters.

Shapley 1953; as used for decomposition by Shorrocks 2013 (Journal of Economic Inequality 11). All
contributions are computed within the draw and sum to the total there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np

from samspill.analysis.appraisal.outcomes import Floats
from samspill.analysis.appraisal.scenario import Baseline, Compute, Scenario, partly
from samspill.refusal import Refused

MOST_GROUPS = 8
OTHERS = "others"
MATTERS = 0.05  # of the total: from here on the order of the steps is a choice that people must not make


@dataclass(frozen=True)
class Attribution:
    """Contributions of groups of changes to the difference between a scenario and its baseline.

    steps    (draws, groups) added one after another in the order of `groups`
    shapley  (draws, groups) averaged over all orders
    start, total  (draws,) the baseline's outcome, and the scenario's minus it: each row sums to its total
    """

    groups: tuple[str, ...]
    steps: Floats
    shapley: Floats
    start: Floats
    total: Floats

    @property
    def order_matters(self) -> bool:
        """Whether some group's mean would be another by more than 5 % of the mean total in another order."""
        apart = np.abs(self.steps.mean(axis=0) - self.shapley.mean(axis=0)).max()
        return bool(apart > MATTERS * abs(self.total.mean()))

    @property
    def shown(self) -> Floats:
        """What to show: Shapley values if the order matters, else the steps."""
        return self.shapley if self.order_matters else self.steps


def attribute(
    baseline: Baseline,
    scenario: Scenario,
    compute: Compute,
    outcome: str,
    *,
    draws: int,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Attribution:
    """How much of the change in `outcome` each group of overrides makes; default each override by itself.

    Runs the model 2^groups times and keeps as many arrays of (draws,); at most eight groups. Refuses groups
    that do not hold every override exactly once (`groups`).
    """
    chosen = {name: tuple(names) for name, names in groups.items()} if groups else None
    chosen = chosen or {name: (name,) for name in scenario.overrides}
    _check(chosen, scenario)
    names = tuple(chosen)
    values: dict[frozenset[str], Floats] = {}
    outcomes_with = partly(baseline, scenario, compute, draws=draws)
    for size in range(len(names) + 1):
        for subset in combinations(names, size):
            kept = {one for name in subset for one in chosen[name]}
            values[frozenset(subset)] = _outcome(outcomes_with(kept), outcome)
    start = values[frozenset()]
    steps = [
        values[frozenset(names[: place + 1])] - values[frozenset(names[:place])]
        for place in range(len(names))
    ]
    shapley = [_shapley(name, names, values) for name in names]
    total = values[frozenset(names)] - start
    return Attribution(names, np.column_stack(steps), np.column_stack(shapley), start, total)


def main_groups(
    baseline: Baseline, scenario: Scenario, compute: Compute, outcome: str, *, draws: int
) -> dict[str, tuple[str, ...]]:
    """Each override by itself; of more than eight the seven that alone move the mean most, and the others.

    Equally large ones keep the order of the scenario.
    """
    names = list(scenario.overrides)
    if len(names) <= MOST_GROUPS:
        return {name: (name,) for name in names}

    outcomes_with = partly(baseline, scenario, compute, draws=draws)

    def outcome_of(*kept: str) -> float:
        return float(_outcome(outcomes_with(kept), outcome).mean())

    start = outcome_of()
    alone = {name: abs(outcome_of(name) - start) for name in names}
    largest = sorted(names, key=lambda name: -alone[name])[: MOST_GROUPS - 1]
    groups = {name: (name,) for name in names if name in largest}
    return {**groups, OTHERS: tuple(name for name in names if name not in largest)}


def _outcome(found: Mapping[str, Floats], outcome: str) -> Floats:
    if outcome not in found:
        raise Refused(
            "unknown_outcome",
            f"There is no outcome {outcome}. There are {', '.join(found)}.",
            field="outcome",
        )
    return found[outcome]


def _shapley(name: str, names: Sequence[str], values: Mapping[frozenset[str], Floats]) -> Floats:
    """The mean of what `name` adds, over all orders in which the others may come before it."""
    others = [one for one in names if one != name]
    mean = np.zeros_like(values[frozenset()])
    for size in range(len(names)):
        weight = factorial(size) * factorial(len(others) - size) / factorial(len(names))
        for before in combinations(others, size):
            mean += weight * (values[frozenset((*before, name))] - values[frozenset(before)])
    return mean


def _check(groups: Mapping[str, Sequence[str]], scenario: Scenario) -> None:
    listed = sorted(one for names in groups.values() for one in names)
    if not scenario.overrides:
        raise Refused("groups", f"{scenario.name} changes nothing, so there is nothing to explain.")
    if listed != sorted(scenario.overrides):
        raise Refused(
            "groups", "The groups must hold every change of the scenario, each exactly once.", field="groups"
        )
    if len(groups) > MOST_GROUPS:
        raise Refused(
            "groups",
            f"{len(groups)} changes are too many to tell apart. Gather them in at most {MOST_GROUPS} groups.",
            field="groups",
        )
