"""Scenarios side by side: what changes when assumptions are changed, draw by draw on the same draws.

A scenario is a named set of overrides on one frozen baseline. Parameters keep their streams (`parameters`),
so what is not changed is the same in every draw (common random numbers); differences are taken within the
draw, percentiles last. Not here: what computes an outcome from parameters – that is handed in as `Compute`.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from samspill.analysis.appraisal.distributions import Dirichlet, Distribution, Fixed
from samspill.analysis.appraisal.formulas import Formulas
from samspill.analysis.appraisal.outcomes import MEMORY, Floats
from samspill.analysis.appraisal.parameters import Parameter, check_names, draw_all
from samspill.refusal import Refused

MOST_SCENARIOS = 5
PERCENTILES = (10, 50, 90)
METHOD, VERSION = "appraisal", "1"

# Parameters by name, (draws,) each, to outcomes by name, (draws,) each; without chance of its own.
Compute = Callable[[Mapping[str, Floats]], Mapping[str, Floats]]
Override = Distribution | Dirichlet | float


@dataclass(frozen=True)
class Baseline:
    """What all scenarios start from. `data_version` is of the figures, `horizon` the years it speaks of."""

    name: str
    parameters: tuple[Parameter, ...]
    data_version: str
    seed: int
    horizon: tuple[int, int]

    def __post_init__(self) -> None:
        if not self.parameters:
            raise Refused("missing", f"{self.name} has no parameters. Give at least one.", field="parameters")
        check_names(self.parameters)
        if self.horizon[0] > self.horizon[1]:
            raise Refused("horizon", f"{self.horizon[0]} is after {self.horizon[1]}.", field="horizon")


@dataclass(frozen=True)
class Scenario:
    """A way to do it, as overrides by the name of the parameter; none is the baseline itself."""

    name: str
    overrides: Mapping[str, Override] = field(default_factory=dict)
    says: str = ""


@dataclass(frozen=True)
class Comparison:
    """Scenarios (up to five) on the same draws.

    `values[outcome]` is (draws, scenarios). `fingerprint` tells baseline, scenarios, method and number of
    draws apart: the same fingerprint means the same figures.
    """

    scenarios: tuple[str, ...]
    values: Mapping[str, Floats]
    draws: int
    fingerprint: str

    def band(self, outcome: str, percentiles: Sequence[float] = PERCENTILES) -> Floats:
        """(scenarios, percentiles) of the outcome itself."""
        return np.asarray(np.percentile(self._values(outcome), percentiles, axis=0).T)

    def difference(self, outcome: str, against: str = "") -> Floats:
        """(draws, scenarios): each minus `against` (default the first), within the draw."""
        values = self._values(outcome)
        if against and against not in self.scenarios:
            raise Refused("unknown_scenario", f"There is no scenario {against}.", field="against")
        column = self.scenarios.index(against) if against else 0
        return np.asarray(values - values[:, column : column + 1])

    def difference_band(
        self, outcome: str, against: str = "", percentiles: Sequence[float] = PERCENTILES
    ) -> Floats:
        """(scenarios, percentiles) of the differences."""
        return np.asarray(np.percentile(self.difference(outcome, against), percentiles, axis=0).T)

    def _values(self, outcome: str) -> Floats:
        if outcome not in self.values:
            raise Refused(
                "unknown_outcome",
                f"There is no outcome {outcome}. There are {', '.join(self.values)}.",
                field="outcome",
            )
        return self.values[outcome]


def with_overrides(baseline: Baseline, scenario: Scenario) -> tuple[Parameter, ...]:
    """The parameters of the scenario, in the baseline's order.

    Refuses a parameter that the baseline does not have (`unknown_parameter`), and a split instead of a number
    or with other parts (`split`).
    """
    known = {one.name: one for one in baseline.parameters}
    unknown = sorted(set(scenario.overrides) - set(known))
    if unknown:
        raise Refused(
            "unknown_parameter",
            f"{scenario.name} changes {', '.join(unknown)}, which {baseline.name} does not have.",
            field=unknown[0],
        )
    return tuple(_overridden(one, scenario.overrides.get(one.name)) for one in baseline.parameters)


def run(baseline: Baseline, scenario: Scenario, compute: Compute, *, draws: int) -> dict[str, Floats]:
    """The outcomes (draws,) of one scenario. Refuses what `compute` gives that is no number per draw."""
    return _computed(
        scenario, compute, draw_all(with_overrides(baseline, scenario), draws=draws, seed=baseline.seed)
    )


def partly(
    baseline: Baseline, scenario: Scenario, compute: Compute, *, draws: int
) -> Callable[[Collection[str]], dict[str, Floats]]:
    """The outcomes (draws,) with only some of the scenario's overrides, named, as `run` would give them.

    Every number is drawn once, whatever the number of questions.
    """
    drawn = draw_all(baseline.parameters, draws=draws, seed=baseline.seed)
    changed = {
        one.name: one.draw(draws, baseline.seed)
        for one in with_overrides(baseline, scenario)
        if one.name in scenario.overrides
    }

    def outcomes(kept: Collection[str]) -> dict[str, Floats]:
        numbers = drawn.copy()
        for name in kept:
            numbers |= changed[name]
        return _computed(scenario, compute, numbers)

    return outcomes


def _computed(scenario: Scenario, compute: Compute, drawn: Mapping[str, Floats]) -> dict[str, Floats]:
    draws = len(next(iter(drawn.values())))
    found = {}
    for name, values in compute(drawn).items():
        spread = np.broadcast_to(np.asarray(values, dtype=np.float64), (draws,))
        if not np.all(np.isfinite(spread)):
            raise Refused("not_a_number", f"{name} of {scenario.name} is not a number in some draws.")
        found[name] = spread
    return found


def compare(
    baseline: Baseline,
    scenarios: Sequence[Scenario],
    compute: Compute,
    *,
    draws: int,
    withdrawn: Collection[str] = (),
) -> Comparison:
    """Run up to five scenarios on the same draws.

    `withdrawn` are versions of data that must not be used any more: a baseline or a parameter that refers to
    one is refused (`withdrawn_data`). Refuses none or more than five (`scenarios`), the same name twice.
    Peak memory: draws × (parameters + scenarios × outcomes) × 8 bytes.
    """
    _check(baseline, scenarios, withdrawn)
    drawn = draw_all(baseline.parameters, draws=draws, seed=baseline.seed)
    ran = [_computed(one, compute, drawn | _changed(baseline, one, draws)) for one in scenarios]
    if draws * len(ran) * len(ran[0]) * 8 > MEMORY:
        raise Refused("too_many_draws", f"{draws} draws of so many outcomes do not fit in memory.")
    values = {name: np.column_stack([one[name] for one in ran]) for name in ran[0]}
    names = tuple(scenario.name for scenario in scenarios)
    written = compute.text if isinstance(compute, Formulas) else ""
    return Comparison(names, values, draws, fingerprint(baseline, scenarios, draws, written))


def fingerprint(baseline: Baseline, scenarios: Sequence[Scenario], draws: int, formulas: str = "") -> str:
    """sha256 over all that decides the figures; of a computation that is code, its version is not in it."""
    plain = {
        "method": [METHOD, VERSION],
        "baseline": _plain_parameters(baseline.parameters),
        "data": baseline.data_version,
        "seed": baseline.seed,
        "horizon": baseline.horizon,
        "draws": draws,
        "formulas": formulas,
        "scenarios": [
            [one.name, {name: _plain(value) for name, value in sorted(one.overrides.items())}]
            for one in scenarios
        ],
    }
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def check_data(baseline: Baseline, withdrawn: Collection[str]) -> None:
    """Refuses a baseline that rests on data that were withdrawn (`withdrawn_data`)."""
    gone = set(withdrawn)
    used = {baseline.data_version: baseline.name} | {
        one.data: one.name for one in baseline.parameters if one.data
    }
    for version, user in used.items():
        if version in gone:
            raise Refused(
                "withdrawn_data",
                f"{user} rests on data version {version}, which was withdrawn. Take newer data in use.",
                field="data",
            )


def _changed(baseline: Baseline, scenario: Scenario, draws: int) -> dict[str, Floats]:
    """The draws of what the scenario overrides alone: each parameter has a stream of its own."""
    changed = [one for one in with_overrides(baseline, scenario) if one.name in scenario.overrides]
    return draw_all(changed, draws=draws, seed=baseline.seed)


def _overridden(parameter: Parameter, override: Override | None) -> Parameter:
    if override is None:
        return parameter
    before = parameter.distribution
    new = Fixed(float(override)) if isinstance(override, int | float) else override
    parts = [one.parts if isinstance(one, Dirichlet) else () for one in (before, new)]
    if parts[0] != parts[1]:
        raise Refused(
            "split", f"{parameter.name} must be overridden by the same kind of number, with the same parts."
        )
    return replace(parameter, distribution=new)


def _check(baseline: Baseline, scenarios: Sequence[Scenario], withdrawn: Collection[str]) -> None:
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise Refused(
            "scenarios",
            f"{len(scenarios)} scenarios cannot stand side by side. Choose one to {MOST_SCENARIOS}.",
            field="scenarios",
        )
    names = [one.name for one in scenarios]
    if len(set(names)) < len(names):
        raise Refused("scenarios", "Two scenarios have the same name. Rename one.", field="scenarios")
    check_data(baseline, withdrawn)


def _plain_parameters(parameters: Sequence[Parameter]) -> dict[str, object]:
    return {one.name: _plain(one.distribution) for one in parameters}


def _plain(value: Override) -> list[object]:
    if isinstance(value, int | float):
        value = Fixed(float(value))
    return [type(value).__name__, dict(vars(value))]
