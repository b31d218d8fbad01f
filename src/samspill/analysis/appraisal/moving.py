"""A model with some assumptions moved: what a slider asks for.

An assumption is named as in `contest`: «parameter», or «parameter [scenario]» where a scenario changes it.
Its mean becomes what one says; how uncertain it is follows: in proportion for what is above 0, as many
persons counted for a share, as wide for any number. The streams stay, so what is not moved is the same in
every draw.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite, log

from samspill.analysis.appraisal.contest import key_of
from samspill.analysis.appraisal.distributions import (
    Beta,
    Dirichlet,
    Distribution,
    Fixed,
    Gamma,
    LogNormal,
    Normal,
)
from samspill.analysis.appraisal.models import Model
from samspill.analysis.appraisal.scenario import Scenario
from samspill.refusal import Refused


def moved(model: Model, means: Mapping[str, float]) -> Model:
    """`model` with the mean of each assumption in `means` moved there; none gives the model itself.

    Refuses an assumption it does not have (`unknown_parameter`), one that is a split (`split`), and a mean
    that its kind cannot have (`moved_too_far`).
    """
    if not means:
        return model
    unknown = sorted(set(means) - set(movable(model)))
    if unknown:
        raise Refused("unknown_parameter", f"There is no assumption {unknown[0]}.", field=unknown[0])
    parameters = tuple(
        replace(one, distribution=_with_mean(one.name, one.distribution, means[one.name]))
        if one.name in means and not isinstance(one.distribution, Dirichlet)
        else one
        for one in model.baseline.parameters
    )
    scenarios = tuple(_scenario(one, means) for one in model.scenarios)
    baseline = replace(model.baseline, parameters=parameters)
    return replace(model, baseline=baseline, scenarios=scenarios)


def movable(model: Model) -> dict[str, Distribution]:
    """Every assumption that is one number, with its distribution: of the baseline, then of each scenario."""
    found: dict[str, Distribution] = {}
    for one in model.baseline.parameters:
        if not isinstance(one.distribution, Dirichlet):
            found[one.name] = one.distribution
    for scenario in model.scenarios:
        for name, value in scenario.overrides.items():
            if not isinstance(value, Dirichlet):
                found[key_of(name, scenario.name)] = _as_distribution(value)
    return found


def _scenario(scenario: Scenario, means: Mapping[str, float]) -> Scenario:
    overrides = {
        name: _with_mean(key, value, means[key])
        if (key := key_of(name, scenario.name)) in means and not isinstance(value, Dirichlet)
        else value
        for name, value in scenario.overrides.items()
    }
    return replace(scenario, overrides=overrides)


def _as_distribution(value: Distribution | float) -> Distribution:
    return Fixed(float(value)) if isinstance(value, int | float) else value


def _with_mean(key: str, value: Distribution | float, mean: float) -> Distribution:
    distribution = _as_distribution(value)
    if mean == distribution.mean:
        return distribution
    if not isfinite(mean):
        raise Refused("not_a_number", f"{key} must be a number. A missing one is not 0.", field=key)
    match distribution:
        case Fixed():
            return Fixed(mean)
        case Normal(sd=sd):
            return Normal(mean, sd)
        case Gamma(shape=shape) if mean > 0:
            return Gamma(shape, mean / shape)
        case LogNormal(sigma=sigma) if mean > 0:
            return LogNormal(log(mean) - sigma**2 / 2, sigma)
        case Beta(a=a, b=b) if 0 < mean < 1:
            return Beta(mean * (a + b), (1 - mean) * (a + b))
        case Gamma() | LogNormal():
            needed = "above 0"
        case _:
            needed = "above 0 and below 1"
    raise Refused("moved_too_far", f"{key} must be {needed}; it is {mean:g}.", field=key)
