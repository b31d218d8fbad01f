"""A model from plain values, as a YAML file gives them. Unknown words are refused, not passed over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from samspill.analysis.capacity.flow.model import Group, Level, Model, Step, Unit, WhenFull
from samspill.analysis.capacity.stays import Exponential, Fixed, Gamma, LogNormal, Stay
from samspill.refusal import Refused

EXAMPLE = Path(__file__).with_name("example.yaml")  # a model of invented numbers to start from
SHAPES: dict[str, tuple[type, tuple[str, ...]]] = {
    "exponential": (Exponential, ("mean",)),
    "fixed": (Fixed, ("mean",)),
    "lognormal": (LogNormal, ("mean", "cv")),
    "gamma": (Gamma, ("mean", "cv")),
}
UNIT = ("beds", "level", "when_full", "refused_to", "reserved", "admits", "leaves", "beds_by_month")
GROUP = ("enters", "arrivals_per_day", "priority", "weekday", "month", "hour", "steps")
ROWS = ("admits", "leaves", "beds_by_month", "weekday", "month", "hour")


def model_from(values: object) -> Model:
    """A model from `{name, starts, holidays, units: {name: {…}}, groups: {name: {…, steps: …}}}`.

    `steps` is `{unit: {stay, then}}`; `holidays` may be left out.

    A stay is `{shape: lognormal, mean: 4, cv: 1.2}` (exponential and fixed have no cv); `then` is
    `{unit: share}`. Refuses (code) `bad_model` with the place, and what `Model` refuses.
    """
    whole = _mapping(values, "the model", ("name", "starts", "units", "groups"), ("holidays",))
    starts = whole["starts"]
    if type(starts) is not date:  # a time of day is not meant either
        raise Refused(
            "bad_model",
            f"starts must be a date such as 2026-01-05, not {starts}.",
            field="starts",
            facts={"where": "starts"},
        )
    holidays = whole.get("holidays") or []
    if not isinstance(holidays, list) or any(type(day) is not date for day in holidays):
        raise Refused(
            "bad_model",
            f"holidays must be a row of dates, not {holidays}.",
            field="holidays",
            facts={"where": "holidays"},
        )
    units = _mapping(whole["units"], "units")
    groups = _mapping(whole["groups"], "groups")
    return Model(
        name=str(whole["name"]),
        starts=starts,
        units=tuple(_unit(str(name), unit) for name, unit in units.items()),
        groups=tuple(_group(str(name), group) for name, group in groups.items()),
        holidays=tuple(holidays),
    )


def stay_from(values: object, where: str) -> Stay:
    """A distribution of stays from `{shape, mean, cv}`."""
    given = _mapping(values, f"the stay in {where}")
    shape = given.get("shape", "exponential")
    if shape not in SHAPES:
        raise Refused(
            "bad_model",
            f"The stay in {where} has shape {shape}; known are {', '.join(SHAPES)}.",
            facts={"where": f"shape, {where}"},
        )
    kind, needed = SHAPES[shape]
    _mapping(given, f"the stay in {where}", needed, ("shape",))
    stay: Stay = kind(**{name: _number(given[name], f"{name} of the stay in {where}") for name in needed})
    return stay


def _unit(name: str, values: object) -> Unit:
    given = _mapping(values, f"the unit {name}", (), UNIT)
    given = {
        word: tuple(_row(row, f"{word} of {name}")) if word in ROWS else row for word, row in given.items()
    }
    for word, kind in (("level", Level), ("when_full", WhenFull)):
        if word in given:
            if given[word] not in list(kind):
                raise Refused(
                    "bad_model",
                    f"{word} of {name} is {given[word]}; it must be {', '.join(kind)}.",
                    facts={"where": f"{word}, {name}"},
                )
            given[word] = kind(given[word])
    return Unit(name=name, **{"beds": None, **given})


def _group(name: str, values: object) -> Group:
    given = _mapping(values, f"the group {name}", ("enters", "arrivals_per_day", "steps"), GROUP)
    rows = {word: tuple(_row(given[word], f"{word} of {name}")) for word in ROWS if word in given}
    steps = []
    for unit, step in _mapping(given["steps"], f"steps of {name}").items():
        where = f"{name}, {unit}"
        parts = _mapping(step, where, ("stay",), ("then",))
        then = _mapping(parts.get("then", {}), f"then of {where}")
        onward = tuple((str(to), _number(share, f"share to {to}")) for to, share in then.items())
        steps.append(Step(str(unit), stay_from(parts["stay"], where), onward))
    arrivals = _number(given["arrivals_per_day"], f"arrivals_per_day of {name}")
    return Group(name, str(given["enters"]), arrivals, tuple(steps), given.get("priority", 1), **rows)


def _mapping(
    values: object, where: str, needed: tuple[str, ...] = (), allowed: tuple[str, ...] = ()
) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise Refused(
            "bad_model",
            f"{where} must be names with values (name: value), not {values}.",
            facts={"where": where},
        )
    lacking = [word for word in needed if word not in values]
    if lacking:
        raise Refused(
            "bad_model",
            f"{where} lacks {', '.join(lacking)}. Add it.",
            field=lacking[0],
            facts={"where": f"{lacking[0]}, {where}"},
        )
    unknown = [str(word) for word in values if (needed or allowed) and word not in (*needed, *allowed)]
    if unknown:
        raise Refused(
            "bad_model",
            f"{where} has the unknown word {', '.join(unknown)}; known are {', '.join((*needed, *allowed))}.",
            field=unknown[0],
            facts={"where": f"{unknown[0]}, {where}"},
        )
    return dict(values)


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("bad_model", f"The {name} is {value}; it must be a number.", facts={"where": name})
    return float(value)


def _row(values: object, name: str) -> list[float]:
    if not isinstance(values, list) or not all(isinstance(value, int | float) for value in values):
        raise Refused(
            "bad_model",
            f"The {name} must be a row of numbers [1, 1, …], not {values}.",
            facts={"where": name},
        )
    return values
