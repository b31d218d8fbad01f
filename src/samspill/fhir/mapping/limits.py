"""Limits as FHIR says them: an extension with all of the rule, the targets of a goal, the ranges of a value.

What a profile has no place for (limits on change, colours of answers) is in the extension alone: read as a
target or a range it would be another limit than it is.
"""

from collections.abc import Mapping
from typing import Any

from samspill.fhir.mapping.common import Json, as_number, measured, quantity
from samspill.rulebook.triage.limits import (
    CHANGE,
    NAMES,
    WITHIN,
    AnswerRules,
    Change,
    Components,
    Limits,
    LimitsWithChange,
    as_rule,
)

LIMITS = "urn:samspill:limits"
_RANGES = (("inside", "yellow_low", "yellow_high"), ("not red", "red_low", "red_high"))
_INSIDE = _RANGES[0][1:]


def limits_extension(version: int, given: object, unit: str) -> list[Json]:
    """The version of the limits in force, side by side with its number (FUT's pattern, care.md A1).

    `given` is a rule as `as_rule` takes it; where nothing is set there is no extension.
    """
    parts = _parts(as_rule(given), unit) if given else []
    numbered = [{"url": "version", "valueInteger": version}, *parts]
    return [{"url": LIMITS, "extension": numbered}] if parts else []


def targets(code: str, given: object, unit: str) -> list[Json]:
    """To stay where it is green: a range for the measurement, or one for each component."""
    return [
        {"measure": measured(name), "detailRange": inside}
        for name, limits in _ranged(code, given).items()
        if (inside := _range(limits, *_INSIDE, unit))
    ]


def ranges(code: str, given: object, unit: str) -> dict[str, list[Json]]:
    """By code of the measurement or its component: where it is inside, and where it is not red."""
    return {
        name: [
            {**one, "text": text} for text, low, high in _RANGES if (one := _range(limits, low, high, unit))
        ]
        for name, limits in _ranged(code, given).items()
    }


def _parts(rule: Any, unit: str) -> list[Json]:
    match rule:
        case LimitsWithChange(change=Change() as change):
            return [*_sides(rule, unit), _change(change, unit)]
        case Limits():
            return _sides(rule, unit)
        case AnswerRules(colours):
            return [_answer(answer, colour) for answer, colour in colours.items()]
        case Components(rules):
            return [_component(code, one, unit) for code, one in rules.items()]
    return []


def _sides(limits: Limits, unit: str) -> list[Json]:
    at = {name: getattr(limits, name) for name in NAMES}
    return [
        {"url": name, "valueQuantity": quantity(value, unit)}
        for name, value in at.items()
        if as_number(value) is not None
    ]


def _change(change: Change, unit: str) -> Json:
    days = {"url": WITHIN, "valueInteger": int(change.within_days)}
    return {"url": CHANGE, "extension": [days, *_sides(change.limits, unit)]}


def _answer(answer: object, colour: str) -> Json:
    said = {"url": "answer", "valueString": str(answer)}
    return {"url": "answers", "extension": [said, {"url": "colour", "valueCode": str(colour)}]}


def _component(code: str, rule: Any, unit: str) -> Json:
    named = {"url": "code", "valueCodeableConcept": measured(code)}
    return {"url": "component", "extension": [named, *_parts(rule, unit)]}


def _ranged(code: str, given: object) -> Mapping[str, Limits]:
    """What has limits, by its code."""
    match as_rule(given) if given else None:
        case Limits() as limits:
            return {code: limits}
        case Components(rules):
            return {name: one for name, one in rules.items() if isinstance(one, Limits)}
    return {}


def _range(limits: Limits, low: str, high: str, unit: str) -> Json:
    at = {"low": getattr(limits, low), "high": getattr(limits, high)}
    return {side: quantity(value, unit) for side, value in at.items() if as_number(value) is not None}
