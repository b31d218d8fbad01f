"""The calculation «appraisal»: ways to do it weighed against each other, on a worked example.

Every way is computed on the same draws. Not here: what the answer says (`telling_appraisals`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.appraisal import (
    MOST_SCENARIOS,
    BudgetImpact,
    Model,
    Outcomes,
    acceptability,
    compare_strategies,
    enough_draws,
    flips,
    moved,
    tornado,
)
from samspill.insight.appraisals import THRESHOLDS, model_of, version
from samspill.insight.asked.onward import appraisal_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.appraisals import key_of, tell
from samspill.refusal import Refused

KEY = "appraisal"
DRAWS, QUICK_DRAWS = 2000, 500
"""Draws of an answer that is kept, and of one that is shown while somebody moves something."""
FEWEST_DRAWS, MOST_DRAWS = 200, 5000
LEVELS = 40  # of willingness to pay, from 0
MOST_BARS = 10  # of a tornado, and of what is worth knowing
STILL = 1e-9  # of the outcome: a bar that is nothing but rounding


def whole(asked: Plain) -> Plain:
    """`model`, `scenarios` (the first of the model is always among them), `means` of moved assumptions,
    `threshold` in kroner per unit of effect, `focus` (the scenario that is looked into), `draws`, `seed`.
    """
    model = model_of(asked.get("model", "midwifery"))
    key = str(asked.get("model", "midwifery"))
    scenarios = _scenarios(model, asked.get("scenarios"))
    means = _means(asked.get("means", {}))
    moved(model, means)
    focus = asked.get("focus") or ""
    if focus not in ("", *scenarios[1:]):
        raise Refused(
            "appraisal.focus",
            _("«%(name)s» is not among the ways that are compared.") % {"name": focus},
            field="focus",
        )
    return {
        "model": key,
        "scenarios": scenarios,
        "means": dict(sorted(means.items())),
        "threshold": _number(asked, "threshold", THRESHOLDS[key], 0, 10_000_000),
        "focus": focus,
        "draws": int(_number(asked, "draws", DRAWS, FEWEST_DRAWS, MOST_DRAWS)),
        "seed": int(_number(asked, "seed", model.baseline.seed, 0, 2**31)),
    }


def _scenarios(model: Model, asked: object) -> list[str]:
    known = [one.name for one in model.scenarios]
    wanted = known[:MOST_SCENARIOS] if asked is None else asked
    if isinstance(wanted, str) or not isinstance(wanted, Sequence):
        raise Refused("appraisal.scenarios", _("Name the ways to compare as a list."), field="scenarios")
    strange = [one for one in wanted if one not in known]
    if strange:
        raise Refused(
            "appraisal.scenarios",
            _("The model has no way called «%(name)s».") % {"name": strange[0]},
            field="scenarios",
        )
    chosen = [one for one in known if one in wanted or one == known[0]]
    if not 2 <= len(chosen) <= MOST_SCENARIOS:
        raise Refused(
            "appraisal.scenarios",
            _("Choose from one to %(most)s ways to hold against today's.") % {"most": MOST_SCENARIOS - 1},
            field="scenarios",
        )
    return chosen


def _means(asked: object) -> dict[str, float]:
    if not isinstance(asked, Mapping):
        raise Refused("appraisal.means", _("Give assumptions by name, each with a number."), field="means")
    for key, value in asked.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise Refused("appraisal.means", _("«%(value)s» is not a number.") % {"value": value}, field=key)
    return {str(key): float(value) for key, value in asked.items()}


def _number(asked: Plain, key: str, default: float, least: float, most: float) -> float:
    value = asked.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise Refused(
            "calculation.number",
            _("«%(name)s» must be a whole number from %(least)s to %(most)s; it is «%(value)s».")
            % {"name": key, "least": least, "most": most, "value": value},
            field=key,
        )
    return value


def answer(_figures: Figures | None, _municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Everything that is told, as plain values; money in kroner, intervals of eight times in ten."""
    return weigh(asked)


def weigh(asked: Plain) -> dict[str, object]:
    """The answer to a whole question. It reads no figures but those of the example."""
    question: Any = asked
    model, draws = _model(question), question["draws"]
    found = model.compare(draws=draws)
    judged = found.values[model.judged_by]
    best = judged.argmin(axis=1) if model.lowest else judged.argmax(axis=1)
    often = np.bincount(best, minlength=len(found.scenarios)) / draws
    means = judged.mean(axis=0)
    outcomes = Outcomes(found.scenarios, found.values[model.cost], found.values[model.effect])
    focus = question["focus"] or _best_new(model, means.tolist())
    threshold = question["threshold"]
    return {
        "fingerprint": found.fingerprint,
        "focus": focus,
        "best": found.scenarios[int(means.argmin() if model.lowest else means.argmax())],
        "often": dict(zip(found.scenarios, often.tolist(), strict=True)),
        "outcomes": {
            name: {"values": found.band(name).tolist(), "differences": found.difference_band(name).tolist()}
            for name in found.values
        },
        "standings": [_standing(one) for one in compare_strategies(outcomes.means())],
        "acceptability": _acceptability(outcomes, threshold),
        "worth": _worth(model, threshold, draws),
        "budgets": {name: _budget(model.impact(name, draws=draws)) for name in found.scenarios[1:]},
        "persons": _persons(model, draws),
        **_causes(model, focus, draws),
        "needed_draws": max(
            enough_draws(column).needed for column in outcomes.cost.T if column.min() < column.max()
        ),
    }


def _model(question: Any) -> Model:
    changed = moved(model_of(question["model"]), question["means"])
    chosen = tuple(one for one in changed.scenarios if one.name in question["scenarios"])
    return replace(changed, baseline=replace(changed.baseline, seed=question["seed"])).having(chosen)


def _best_new(model: Model, means: list[float]) -> str:
    """The scenario that does best on average among those that change something."""
    new = means[1:]
    return model.scenarios[1 + new.index(min(new) if model.lowest else max(new))].name


def _standing(one: Any) -> dict[str, object]:
    return {
        "name": one.strategy.name,
        "cost": one.strategy.cost,
        "effect": one.strategy.effect,
        "status": str(one.status),
        "than": one.than,
        "icer": one.icer,
    }


def _acceptability(outcomes: Outcomes, threshold: float) -> dict[str, object]:
    top = max(2.0 * threshold, 1.0)
    levels = sorted({*np.linspace(0, top, LEVELS + 1).tolist(), float(threshold)})
    found = acceptability(outcomes, levels)
    at = levels.index(float(threshold))
    names = found.strategies
    return {
        "levels": levels,
        "often": {name: found.probability[:, column].tolist() for column, name in enumerate(names)},
        "best": [names[column] for column in found.best],
        "evpi": found.evpi.tolist(),
        "at": at,
    }


def _worth(model: Model, threshold: float, draws: int) -> list[dict[str, object]]:
    """What it is worth per person to know each figure alone, the most valuable first."""
    found = model.information(threshold, draws=draws)[:MOST_BARS]
    return [{"key": one.parameters[0], "value": one.value, "share": one.share} for one in found]


def _budget(impact: BudgetImpact) -> dict[str, object]:
    low, middle, high = impact.band().tolist()
    sums = impact.total() / 100
    return {
        "years": list(impact.years),
        "payers": [str(payer) for payer in impact.payers],
        "low": low,
        "middle": middle,
        "high": high,
        "sides": [
            {
                "payer": str(one.payer),
                "mean": one.mean,
                "low": one.low,
                "high": one.high,
                "bearing": str(one.bearing),
            }
            for one in impact.sides()
        ],
        "all": {
            "mean": float(sums.mean()),
            "low": float(np.percentile(sums, 10)),
            "high": float(np.percentile(sums, 90)),
        },
    }


def _persons(model: Model, draws: int) -> float:
    """How many a year it may concern, on average."""
    if model.budget is None:
        return 0.0
    name = model.budget.eligible
    found = model.having(model.scenarios[:1]).compare(draws=draws).values.get(name)
    if found is not None:
        return float(found.mean())
    return next(one for one in model.baseline.parameters if one.name == name).means()[name]


def _causes(model: Model, focus: str, draws: int) -> dict[str, object]:
    """What makes the difference between the focus and today, what moves it, and what would turn the lead."""
    contest = model.contest()
    storm = tornado(contest.assumptions(), contest.gap(focus, contest.names[0]))
    bars = [one for one in storm.bars if one.width > STILL * abs(storm.base)]
    parts = model.attribute(focus, model.judged_by, draws=draws)
    shown = parts.shown.mean(axis=0).tolist()
    return {
        "tornado": {
            "base": storm.base,
            "bars": [
                [one.name, one.low, one.high, one.outcome_low, one.outcome_high] for one in bars[:MOST_BARS]
            ],
        },
        "flips": [
            {
                "key": one.name,
                "value": one.value,
                "before": one.before,
                "after": one.after,
                "base": one.base,
                "likely": one.likely,
            }
            for one in flips(contest)
        ],
        "parts": {
            "start": float(parts.start.mean()),
            "total": float(parts.total.mean()),
            "changes": [[name, change] for name, change in zip(parts.groups, shown, strict=True)],
            "order_matters": parts.order_matters,
        },
    }


def draws(_figures: Figures | None, _municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """What the focus makes of the outcomes that matter most, against today, in each draw."""
    question: Any = asked
    model = _model(question)
    found = model.compare(draws=question["draws"])
    judged = found.values[model.judged_by].mean(axis=0)
    focus = found.scenarios.index(question["focus"] or _best_new(model, judged.tolist()))
    return {
        key_of(question["model"], name): [float(one) for one in values[:, focus] - values[:, 0]]
        for name, values in found.values.items()
        if name in (model.judged_by, model.effect)
    }


APPRAISAL = CalculationKind(
    KEY, _("Ways to do it, weighed"), version(), whole, answer, tell, draws, appraisal_page
)
