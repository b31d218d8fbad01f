"""A model of the flow from hospital to municipality, made from the numbers of a page.

The shape is fixed: one hospital, municipal acute beds that send on to it, and two nursing homes that patients
of the hospital wait for. Another shape is written as text, as `samspill beds flow --example` prints it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.insight.questions import Number, filled

STARTS = date(2026, 1, 5)  # a Monday; the simulation has no other calendar than weekdays
HOSPITAL_CV, NURSING_CV, ACUTE_CV = 1.0, 0.8, 1.2
WEEKENDS = Number(
    "weekends",
    gettext_lazy("Nursing homes take in at weekends"),
    0,
    0,
    1,
    1,
)
BEDS = (
    Number("hospital", gettext_lazy("Beds in hospital"), 120, 1, 1000, 1),
    Number("kad", gettext_lazy("Municipal acute beds"), 6, 1, 60, 1),
    Number("first", gettext_lazy("Places, first nursing home"), 34, 1, 500, 1),
    Number("second", gettext_lazy("Places, second nursing home"), 12, 1, 500, 1),
    WEEKENDS,
)
"""What is tried: these stand twice in a question, as today and with `try_` before."""
PATIENTS = (
    Number("acute", gettext_lazy("Other patients in hospital, a day"), 20, 0, 200, 0.1),
    Number("acute_stay", gettext_lazy("Their stay in days"), 3.2, 0.2, 60, 0.1),
    Number("old_first", gettext_lazy("Elderly of the first nursing home, a day"), 5, 0, 60, 0.1),
    Number("old_second", gettext_lazy("Elderly of the second nursing home, a day"), 1.5, 0, 60, 0.1),
    Number("old_stay", gettext_lazy("Stay of the elderly in hospital, in days"), 5.5, 0.2, 60, 0.1),
    Number("share", gettext_lazy("Of them, need a place afterwards"), 30, 0, 100, 1, "%"),
    Number("place_stay", gettext_lazy("Stay in the nursing home, in days"), 21, 1, 365, 1),
    Number("to_kad", gettext_lazy("Acute patients to the municipal beds, a day"), 1.4, 0, 40, 0.1),
    Number("kad_stay", gettext_lazy("Stay in the municipal beds, in days"), 3.5, 0.2, 30, 0.1),
    Number("home_weekend", gettext_lazy("Go home at weekends, against other days"), 40, 1, 100, 1, "%"),
)
TRIED = "try_"
ORDERED = frozenset({"units", "groups", "steps", "then"})


def tried_numbers(asked: Mapping[str, Any]) -> tuple[Number, ...]:
    """The beds as they are tried: unless moved, as today."""
    return tuple(
        replace(one, name=f"{TRIED}{one.name}", default=_today(one, asked), reach=_reach(one, asked))
        for one in BEDS
    )


def _today(one: Number, asked: Mapping[str, Any]) -> float | None:
    value = asked.get(one.name)
    return value if isinstance(value, int | float) else one.default


def _reach(one: Number, asked: Mapping[str, Any]) -> tuple[float, float]:
    """From half of today's to as much again and two more."""
    if one.is_yes_or_no:
        return one.least, one.most
    today = _today(one, asked) or one.least
    return max(one.least, round(today / 2)), min(one.most, round(1.5 * today) + 2)


def question_of(asked: Mapping[str, Any]) -> dict[str, object]:
    """`model` and `other` from the numbers of a page. Refuses a number that is none."""
    today: dict[str, Any] = filled(asked, (*BEDS, *PATIENTS))
    tried = filled(asked, tried_numbers(today))
    return {
        "model": model_of(today),
        "other": model_of({**today, **{one.name: tried[f"{TRIED}{one.name}"] for one in BEDS}}),
    }


def in_rows(values: Any) -> Any:
    """A model with units, groups, steps and ways onward as rows of (name, value).

    Their order matters, and a database keeps no order of names.
    """
    if not isinstance(values, Mapping):
        return values
    return {
        name: [[inner, in_rows(value)] for inner, value in part.items()]
        if name in ORDERED and isinstance(part, Mapping)
        else in_rows(part)
        for name, part in values.items()
    }


def by_name(values: Any) -> Any:
    """`in_rows` the other way: names with values, as a model is written. What is no rows stays as it is."""
    if not isinstance(values, Mapping):
        return values
    return {
        name: {str(inner): by_name(value) for inner, value in part}
        if name in ORDERED and _is_rows(part)
        else by_name(part)
        for name, part in values.items()
    }


def _is_rows(part: object) -> bool:
    return isinstance(part, list) and all(isinstance(row, list) and len(row) == 2 for row in part)


def model_of(values: Mapping[str, Any]) -> dict[str, object]:
    """A model as plain values, from every number of BEDS and PATIENTS by name.

    Units are called as the reader calls them; groups by code, since chance follows their names.
    """
    hospital, kad = _("Hospital"), _("Municipal acute beds")
    first, second = _("First nursing home"), _("Second nursing home")
    weekend = values["home_weekend"] / 100
    return {
        "name": _("From hospital to municipality"),
        "starts": STARTS.isoformat(),
        "units": {
            hospital: {
                "beds": values["hospital"],
                "when_full": "overflow",
                "leaves": [1, 1, 1, 1, 1, weekend, weekend],
            },
            kad: {
                "beds": values["kad"],
                "level": "municipality",
                "when_full": "refuse",
                "refused_to": hospital,
            },
            first: _nursing(values["first"], values["weekends"]),
            second: _nursing(values["second"], values["weekends"]),
        },
        "groups": {
            "other": {
                "enters": hospital,
                "arrivals_per_day": values["acute"],
                "weekday": [1.2, 1.1, 1.0, 1.0, 1.0, 0.8, 0.8],
                "steps": {hospital: {"stay": _stay(values["acute_stay"], ACUTE_CV)}},
            },
            "old_first": _elderly(values, "old_first", hospital, first),
            "old_second": _elderly(values, "old_second", hospital, second),
            "to_kad": {
                "enters": kad,
                "arrivals_per_day": values["to_kad"],
                "steps": {
                    kad: {"stay": _stay(values["kad_stay"], HOSPITAL_CV)},
                    hospital: {"stay": _stay(values["acute_stay"], HOSPITAL_CV)},
                },
            },
        },
    }


def _nursing(beds: int, weekends: int) -> dict[str, object]:
    return {"beds": beds, "level": "municipality", "admits": [1, 1, 1, 1, 1, weekends, weekends]}


def _elderly(values: Mapping[str, Any], arrivals: str, hospital: str, home: str) -> dict[str, object]:
    return {
        "enters": hospital,
        "arrivals_per_day": values[arrivals],
        "steps": {
            hospital: {"stay": _stay(values["old_stay"], HOSPITAL_CV), "then": {home: values["share"] / 100}},
            home: {"stay": {"shape": "gamma", "mean": values["place_stay"], "cv": NURSING_CV}},
        },
    }


def _stay(mean: float, cv: float) -> dict[str, object]:
    return {"shape": "lognormal", "mean": mean, "cv": cv}
