"""The calculation «flow»: patients from hospital to municipality, simulated; two models on the same "
"patients."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.capacity import (
    DAYS_PER_YEAR,
    Flow,
    Level,
    Measure,
    Model,
    WhenFull,
    estimate,
    model_from,
    simulate,
)
from samspill.insight.asked.onward import flow_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.flow_models import by_name, in_rows
from samspill.insight.queries.figures import Figures
from samspill.insight.questions import Number, filled
from samspill.insight.telling.flow import tell
from samspill.insight.wording.refusals import in_words
from samspill.refusal import Refused

KEY, VERSION = "flow", "2"
QUICK = {"days": 182, "warm_up_days": 84, "replications": 8, "seed": 2026}
"""A second or two: for a page that answers while one moves a number."""
THOROUGH = {"days": 364, "warm_up_days": 112, "replications": 40, "seed": 2026}
RUN = (
    Number("days", _("Days counted"), QUICK["days"], 28, 3640),
    Number("warm_up_days", _("Days before, not counted"), QUICK["warm_up_days"], 0, 3640),
    Number("replications", _("Repetitions"), QUICK["replications"], 2, 400),
    Number("seed", _("Seed"), QUICK["seed"], 0, 2**31 - 1),
)
LIKELY = (10, 90)  # percentiles of the repetitions
MAIN = ("ready", "corridor", "refused")
HELD = 6  # simulations in memory, of some 0.5 to 10 MB each
Values = Mapping[str, Any]


def whole(asked: Plain) -> Plain:
    """`model`, `other` (None: nothing to compare with), and how it is run. Refuses what no model is."""
    other = asked.get("other")
    if in_rows(other) == in_rows(asked.get("model")):
        other = None
    read_model(asked.get("model"))
    if other is not None:
        read_model(other)
    return {"model": in_rows(asked.get("model")), "other": in_rows(other), **filled(asked, RUN)}


def read_model(values: object) -> Model:
    """A model from plain values, with days as text. Refuses in the reader's language, at the field "
    "«model»."""
    try:
        return model_from(_dated(by_name(values)))
    except Refused as refused:
        raise Refused(refused.code, in_words(refused), field="model") from refused


def _dated(values: object) -> object:
    """JSON has no days: they become days again."""
    if not isinstance(values, Mapping):
        return values
    found = dict(values)
    try:
        if isinstance(found.get("starts"), str):
            found["starts"] = date.fromisoformat(found["starts"])
        if isinstance(found.get("holidays"), list):
            found["holidays"] = [
                date.fromisoformat(day) if isinstance(day, str) else day for day in found["holidays"]
            ]
    except ValueError:
        return values
    return found


@lru_cache(maxsize=HELD)
def _held(model: Model, days: int, warm_up_days: int, replications: int, seed: int) -> Flow:
    return simulate(model, days=days, warm_up_days=warm_up_days, replications=replications, seed=seed)


def run(values: Values, which: str) -> Flow:
    """The simulation of `model` or `other`, held in the process."""
    try:
        return _held(read_model(values[which]), *(values[one.name] for one in RUN))
    except Refused as refused:
        raise Refused(refused.code, in_words(refused), field="model") from refused


def solve(asked: Plain) -> Plain:
    """Per unit of each model and for the whole; differences within each repetition, the same patients."""
    values: Any = asked
    flows = {one: run(values, one) for one in ("model", "other") if values[one] is not None}
    return answer_from(flows)


def answer_from(flows: Mapping[str, Flow]) -> dict[str, Any]:
    found: dict[str, Any] = {name: _told(flow) for name, flow in flows.items()}
    if "other" in flows:
        base, other = (_sums(flows[name]) for name in ("model", "other"))
        found["difference"] = {
            name: _estimate(other[name] - base[name])
            for name in base
            if other[name].shape == base[name].shape
        }
    return found


def _told(flow: Flow) -> dict[str, Any]:
    ready, in_use = (flow.by_weekday(measure) for measure in (Measure.READY, Measure.IN_USE))
    hospitals = _places(flow.model, lambda unit: unit.level is Level.HOSPITAL)
    return {
        **{name: _estimate(values) for name, values in _sums(flow).items()},
        "ready_by_weekday": [round(float(one), 2) for one in ready[:, hospitals].sum(axis=1)],
        "units": [
            {
                "name": one.unit,
                "beds": one.beds,
                "in_use": round(one.in_use.mean, 2),
                "peak": round(one.peak_percentiles[1]),
                "corridor": round(one.overflow.mean, 2),
                "full_days": round(100 * one.overflow_days, 1),
                "ready": round(one.ready.mean, 2),
                "refused": round(DAYS_PER_YEAR * one.refused.mean, 1),
                "by_weekday": [round(float(day), 2) for day in in_use[:, place]],
            }
            for place, one in enumerate(flow.results())
        ],
    }


def _sums(flow: Flow) -> dict[str, np.ndarray]:
    """Means per repetition (replications,): people ready and waiting in hospital, in its corridors, "
    "refused."""
    hospitals = _places(flow.model, lambda unit: unit.level is Level.HOSPITAL)
    refusing = _places(flow.model, lambda unit: unit.when_full is WhenFull.REFUSE)

    def mean(measure: Measure, places: list[int]) -> np.ndarray:
        return np.asarray(flow.daily(measure)[:, :, places].sum(axis=2).mean(axis=1))

    return {
        "ready": mean(Measure.READY, hospitals),
        "in_use": mean(Measure.IN_USE, hospitals),
        "corridor": mean(Measure.OVERFLOW, hospitals),
        "refused": DAYS_PER_YEAR * mean(Measure.REFUSED, refusing),
    }


def _places(model: Model, chosen: Callable[[Any], bool]) -> list[int]:
    return [place for place, unit in enumerate(model.units) if chosen(unit)]


def _estimate(values: np.ndarray) -> dict[str, float | None]:
    """The mean with what holds it (`low`, `high`), and what eight of ten repetitions are within."""
    found = estimate(values)
    return {
        name: None if value is None else round(value, 3)
        for name, value in (
            ("mean", found.mean),
            ("low", found.low),
            ("high", found.high),
            *zip(("from", "to"), (float(end) for end in np.percentile(values, LIKELY)), strict=True),
        )
    }


def work_through(values: Values, keep: Path) -> dict[str, Any]:
    """The answer, with each repetition put in `keep` when it is done: work that stops goes on from there."""
    how = {number.name: values[number.name] for number in RUN}
    return answer_from(
        {
            one: simulate(read_model(values[one]), **how, keep=keep / one)
            for one in ("model", "other")
            if values[one] is not None
        }
    )


def answered(asked: Plain) -> tuple[Plain, Plain]:
    """The whole question and its answer: no open figures are needed."""
    filled_in = whole(asked)
    return filled_in, solve(filled_in)


def answer(_figures: Figures, _municipalities: tuple[str, ...], asked: Plain) -> Plain:
    return solve(asked)


def through(_figures: Figures, _municipalities: tuple[str, ...], asked: Plain, keep: Path) -> Plain:
    return work_through(asked, keep)


def draws(_figures: Figures, _municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """What is tried, in each repetition: the same patients come in all that are compared."""
    values: Any = asked
    sums = _sums(run(values, "model" if values["other"] is None else "other"))
    return {name: [float(one) for one in sums[name]] for name in MAIN}


FLOW = CalculationKind(
    KEY,
    _("From hospital to municipality"),
    VERSION,
    whole,
    answer,
    tell,
    draws,
    flow_page,
    through=through,
    same=tuple(one.name for one in RUN),
)
