"""A model that can be asked everything: compare its scenarios, certainty, budgets, what drives the
difference.

Not here: how it is written in a file (`model_files`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from samspill.analysis.appraisal.attribution import Attribution, attribute, main_groups
from samspill.analysis.appraisal.budget import BudgetImpact, Payer, budget_impact
from samspill.analysis.appraisal.contest import Contest
from samspill.analysis.appraisal.distributions import Fixed
from samspill.analysis.appraisal.formulas import Formulas
from samspill.analysis.appraisal.information import Information, evppi
from samspill.analysis.appraisal.outcomes import Floats, Outcomes
from samspill.analysis.appraisal.parameters import draw_all
from samspill.analysis.appraisal.scenario import Baseline, Comparison, Scenario, compare, with_overrides
from samspill.refusal import Refused

Words = Mapping[str, str]


@dataclass(frozen=True)
class Origin:
    """Where a figure is from; `assumption`: nobody has measured it."""

    source: Words
    assumption: bool


@dataclass(frozen=True)
class BudgetPlan:
    """Years, whom it may concern, uptake per year, and outcomes that are costs: per person, and once.

    `eligible` is an outcome or a parameter; one-off costs fall in the first year.
    """

    years: tuple[int, ...]
    eligible: str
    uptake: tuple[float, ...]
    per_person: Mapping[Payer, str]
    one_off: Mapping[Payer, str]
    old: str


@dataclass(frozen=True)
class Model:
    """A file that was read.

    Words for people are by written form, `nb` and `nn`: `name` and `says` of the model itself, `labels[id]`
    the names, `units[id]` the units, `reasons[scenario]` what a scenario is about; empty when nobody wrote
    any. `origins` has every assumption, named as in `contest`.
    """

    baseline: Baseline
    scenarios: tuple[Scenario, ...]
    formulas: Formulas
    name: Words
    says: Words
    units: Mapping[str, Words]
    labels: Mapping[str, Words]
    reasons: Mapping[str, Words]
    example: bool
    judged_by: str
    lowest: bool
    cost: str = ""
    effect: str = ""
    budget: BudgetPlan | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)

    def compare(self, *, draws: int, withdrawn: Collection[str] = ()) -> Comparison:
        """All scenarios of the file on the same draws."""
        return compare(self.baseline, self.scenarios, self.formulas, draws=draws, withdrawn=withdrawn)

    def having(self, scenarios: tuple[Scenario, ...]) -> "Model":
        """The same model with other scenarios."""
        return replace(self, scenarios=scenarios)

    def contest(self) -> Contest:
        """Which scenario does best on the outcome the file is judged by."""
        return Contest(self.baseline, self.scenarios, self.formulas, self.judged_by, self.lowest)

    def outcomes(self, *, draws: int) -> Outcomes:
        """Cost and effect of the scenarios in each draw. Refuses a file that names none (`no_effect`)."""
        if not self.cost:
            raise Refused(
                "no_effect",
                f"{self.baseline.name} has no `effectiveness`. "
                "Say which outcome is the cost and which the effect.",
            )
        found = self.compare(draws=draws)
        return Outcomes(found.scenarios, found.values[self.cost], found.values[self.effect])

    def information(self, threshold: float, *, draws: int) -> tuple[Information, ...]:
        """What it would be worth, per person, to know each figure before choosing; the most valuable first.

        A figure that scenarios override has one stream in all of them: to know it is to know it everywhere.
        """
        known, groups = self._streams(draws)
        return evppi(self.outcomes(draws=draws), known, threshold, groups=groups)

    def _streams(self, draws: int) -> tuple[dict[str, Floats], list[tuple[str, ...]]]:
        """The draws of every figure that varies in some scenario, and which of them belong together."""
        known: dict[str, Floats] = {}
        groups: dict[str, tuple[str, ...]] = {}
        for scenario in self.scenarios:
            for one in with_overrides(self.baseline, scenario):
                if one.name not in groups and not isinstance(one.distribution, Fixed):
                    known |= one.draw(draws, self.baseline.seed)
                    groups[one.name] = one.names[: max(1, len(one.names) - 1)]  # the last part is the rest
        return known, list(groups.values())

    def impact(self, scenario: str, *, draws: int) -> BudgetImpact:
        """The budget impact of going from the old scenario to this one."""
        plan = self.budget
        if plan is None:
            raise Refused(
                "no_budget", f"{self.baseline.name} has no `budget`. Write years, uptake and payers."
            )
        values = {name: self._values(name, draws) for name in (plan.old, scenario)}
        costs = [
            {payer: values[name][outcome][:, None] for payer, outcome in plan.per_person.items()}
            for name in (plan.old, scenario)
        ]
        return budget_impact(
            plan.years,
            eligible=values[plan.old][plan.eligible][:, None],
            uptake=plan.uptake,
            old=costs[0],
            new=costs[1],
            one_off={
                payer: _first_year(values[scenario][key] - values[plan.old][key], len(plan.years))
                for payer, key in plan.one_off.items()
            },
        )

    def attribute(self, scenario: str, outcome: str, *, draws: int) -> Attribution:
        """How much each change of a scenario, or the seven largest and the others, makes of its
        difference.
        """
        chosen = self._scenario(scenario)
        groups = main_groups(self.baseline, chosen, self.formulas, outcome, draws=draws)
        return attribute(self.baseline, chosen, self.formulas, outcome, draws=draws, groups=groups)

    def _scenario(self, name: str) -> Scenario:
        found = [one for one in self.scenarios if one.name == name]
        if not found:
            raise Refused("unknown_scenario", f"There is no scenario {name}.", field="scenario")
        return found[0]

    def _values(self, name: str, draws: int) -> dict[str, Floats]:
        """Parameters and outcomes (draws,) of one scenario."""
        chosen = with_overrides(self.baseline, self._scenario(name))
        parameters = draw_all(chosen, draws=draws, seed=self.baseline.seed)
        outcomes = self.formulas(parameters)
        return {**parameters, **{key: np.broadcast_to(value, (draws,)) for key, value in outcomes.items()}}


def _first_year(costs: Floats, years: int) -> Floats:
    """(draws, years): all of it in the first year."""
    spread = np.zeros((len(costs), years))
    spread[:, 0] = costs
    return spread
