"""Scenarios judged by one outcome, as a function of each assumption: what `sensitivity` varies.

An assumption that a scenario overrides is its own, named «parameter [scenario]»; the others are shared by all
scenarios. A part of a split moves the other parts in proportion, so that the whole stays 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samspill.analysis.appraisal.distributions import Beta, Dirichlet, Distribution, Fixed
from samspill.analysis.appraisal.outcomes import Floats
from samspill.analysis.appraisal.parameters import Parameter
from samspill.analysis.appraisal.scenario import Baseline, Compute, Scenario, with_overrides
from samspill.refusal import Refused


@dataclass(frozen=True)
class Contest:
    """Which scenario does best on `outcome` (the highest, or with `lowest` the lowest)."""

    baseline: Baseline
    scenarios: tuple[Scenario, ...]
    compute: Compute
    outcome: str
    lowest: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.scenarios)

    def assumptions(self) -> dict[str, Distribution]:
        """Every number by its key, with its distribution; a part of a split is a beta."""
        found: dict[str, Distribution] = {}
        for scenario in self.scenarios:
            for parameter in with_overrides(self.baseline, scenario):
                for name, distribution in _numbers(parameter).items():
                    found[_key(name, parameter, scenario)] = distribution
        return found

    def __call__(self, values: Mapping[str, Floats]) -> Floats:
        """The outcome (n, scenarios) where assumptions have these `values` (n,), the others their means."""
        size = max((np.size(value) for value in values.values()), default=1)
        return np.column_stack([self._of(column, values, size) for column in range(len(self.scenarios))])

    def gap(self, one: str, other: str) -> "Difference":
        """How much higher the outcome of scenario `one` is than that of `other`."""
        return Difference(self, self._column(one), self._column(other))

    def leaders(self, values: Mapping[str, Floats]) -> Sequence[int]:
        """The column of the best scenario, (n,); ties go to the one named first."""
        found = self(values)
        return [int(column) for column in (found.argmin(axis=1) if self.lowest else found.argmax(axis=1))]

    @cached_property
    def _means(self) -> list[list[tuple[Parameter, dict[str, tuple[str, float]]]]]:
        """Per scenario its parameters, with the key and the mean of each number of them."""
        return [
            [
                (one, {name: (_key(name, one, scenario), mean) for name, mean in one.means().items()})
                for one in with_overrides(self.baseline, scenario)
            ]
            for scenario in self.scenarios
        ]

    def _column(self, name: str) -> int:
        if name not in self.names:
            raise Refused("unknown_scenario", f"There is no scenario {name}.", field="scenario")
        return self.names.index(name)

    def _of(self, column: int, values: Mapping[str, Floats], size: int) -> Floats:
        numbers: dict[str, Floats] = {}
        for parameter, keyed in self._means[column]:
            means = {name: mean for name, (_, mean) in keyed.items()}
            moved = {name: np.asarray(values[key]) for name, (key, _) in keyed.items() if key in values}
            numbers.update(_filled(means, moved, whole=isinstance(parameter.distribution, Dirichlet)))
        outcomes = self.compute({name: np.broadcast_to(value, (size,)) for name, value in numbers.items()})
        if self.outcome not in outcomes:
            raise Refused(
                "unknown_outcome",
                f"There is no outcome {self.outcome}. There are {', '.join(outcomes)}.",
                field="outcome",
            )
        return np.broadcast_to(outcomes[self.outcome], (size,))


@dataclass(frozen=True)
class Difference:
    """The difference between two scenarios of a contest, as a function of assumptions (n,) to (n,)."""

    contest: Contest
    one: int
    other: int

    def __call__(self, values: Mapping[str, Floats]) -> Floats:
        found = self.contest(values)
        return np.asarray(found[:, self.one] - found[:, self.other])


def _key(name: str, parameter: Parameter, scenario: Scenario) -> str:
    return key_of(name, scenario.name) if parameter.name in scenario.overrides else name


def key_of(name: str, scenario: str) -> str:
    """What an assumption is called that a scenario changes."""
    return f"{name} [{scenario}]"


def _numbers(parameter: Parameter) -> dict[str, Distribution]:
    split = parameter.distribution
    if not isinstance(split, Dirichlet):
        return {parameter.name: split}
    whole = sum(split.weights)
    return {
        f"{parameter.name}_{part}": Beta(weight, whole - weight)
        for part, weight in zip(split.parts, split.weights, strict=True)
    }


def _filled(means: Mapping[str, float], moved: Mapping[str, Floats], *, whole: bool) -> dict[str, Floats]:
    """The moved values, and the means of the others; of a whole, scaled to what is left of it."""
    rest = {name: mean for name, mean in means.items() if name not in moved}
    scale: Floats = np.asarray(1.0)
    if whole and moved and rest:
        scale = (1 - np.sum(list(moved.values()), axis=0)) / sum(rest.values())
    return {**moved, **{name: np.asarray(mean * scale) for name, mean in rest.items()}}


def varying(assumptions: Mapping[str, Distribution]) -> dict[str, Distribution]:
    """Those that are not known for sure."""
    return {name: one for name, one in assumptions.items() if not isinstance(one, Fixed)}
