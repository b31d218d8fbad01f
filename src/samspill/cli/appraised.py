"""What `samspill appraise` prints for machines: every figure as it was computed, unrounded."""

from collections.abc import Mapping, Sequence

from samspill.analysis.appraisal import (
    Acceptability,
    Attribution,
    BudgetImpact,
    Comparison,
    Flip,
    Information,
    Model,
    Standing,
    Tornado,
)


def standing_as_json(one: Standing) -> dict[str, object]:
    return {
        "strategy": one.strategy.name,
        "cost": one.strategy.cost,
        "effect": one.strategy.effect,
        "status": one.status,
        "because": one.because,
        "than": one.than or None,
        "extra_cost": one.extra_cost,
        "extra_effect": one.extra_effect,
        "icer": one.icer,
    }


def acceptability_as_json(found: Acceptability) -> dict[str, object]:
    return {
        "strategies": found.strategies,
        "thresholds": found.thresholds.tolist(),
        "probability": found.probability.tolist(),
        "mean_net_benefit": found.mean.tolist(),
        "best": [found.strategies[column] for column in found.best],
        "frontier": found.frontier.tolist(),
        "expected_loss": found.expected_loss.tolist(),
        "evpi": found.evpi.tolist(),
    }


def information_as_json(
    found: Sequence[Information], everything: float, threshold: float
) -> dict[str, object]:
    return {
        "threshold": threshold,
        "evpi": everything,
        "figures": [{**vars(one), "parameters": list(one.parameters)} for one in found],
    }


def budget_as_json(impact: BudgetImpact) -> dict[str, object]:
    low, middle, high = impact.band().tolist()
    return {
        "years": impact.years,
        "payers": [*impact.payers, "all"],
        "kroner": {"p10": low, "p50": middle, "p90": high},
        "sides": [
            {"payer": one.payer, "mean": one.mean, "p10": one.low, "p90": one.high, "bearing": one.bearing}
            for one in impact.sides()
        ],
    }


def tornado_as_json(
    found: Tornado, turning: Sequence[Flip], model: Model, scenario: str
) -> dict[str, object]:
    return {
        "outcome": model.judged_by,
        "scenario": scenario,
        "against": model.scenarios[0].name,
        "base": found.base,
        "bars": [vars(bar) | {"width": bar.width} for bar in found.bars],
        "flips": [vars(one) for one in turning],
    }


def attribution_as_json(found: Attribution, scenario: str, outcome: str) -> dict[str, object]:
    return {
        "outcome": outcome,
        "scenario": scenario,
        "start": float(found.start.mean()),
        "total": float(found.total.mean()),
        "order_matters": found.order_matters,
        "contributions": dict(zip(found.groups, found.shown.mean(axis=0).tolist(), strict=True)),
    }


def comparison_as_json(found: Comparison, bands: Mapping[str, tuple], model: Model) -> dict[str, object]:
    return {
        "scenarios": found.scenarios,
        "draws": found.draws,
        "seed": model.baseline.seed,
        "data": model.baseline.data_version,
        "fingerprint": found.fingerprint,
        "example": model.example,
        "percentiles": [10, 50, 90],
        "outcomes": {
            name: {
                "unit": model.units[name]["nb"],
                "values": values.tolist(),
                "differences": differences.tolist(),
            }
            for name, (values, differences) in bands.items()
        },
    }
