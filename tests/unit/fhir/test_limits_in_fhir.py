"""Limits as FHIR says them. A reader who knows nothing of us must not take one limit for another."""

from typing import Any

import pytest

from samspill.fhir import validate
from samspill.fhir.mapping.limits import LIMITS, limits_extension, ranges, targets

WEIGHT, PRESSURE = "29463-7", "85354-9"
FOUR = {"red_low": "60", "yellow_low": "62", "yellow_high": "70", "red_high": "72"}
FAST = {"yellow_high": "70", "change": {"within_days": 3, "yellow_high": "2"}}
BOTH_PRESSURES = {"8480-6": {"yellow_low": "100", "red_high": "180"}, "8462-4": {"yellow_high": "90"}}
ANSWERS = {"answers": {"no": "green", "yes": "red"}}
RULES = {"four": FOUR, "fast": FAST, "pressures": BOTH_PRESSURES, "answers": ANSWERS}


def request(given: Any) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "extension": limits_extension(4, given, "kg"),
        "status": "active",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
    }


def goal(given: Any) -> dict[str, Any]:
    made = {
        "resourceType": "Goal",
        "lifecycleStatus": "active",
        "description": {"text": "Vekt"},
        "subject": {"reference": "Patient/1"},
        "target": targets(WEIGHT, given, "kg"),
    }
    return {name: value for name, value in made.items() if value}


def spelled(extension: dict[str, Any]) -> Any:
    """An extension as its address with what it says."""
    if "extension" in extension:
        return extension["url"], [spelled(one) for one in extension["extension"]]
    (said,) = (value for name, value in extension.items() if name != "url")
    return extension["url"], said


def number(value: str) -> dict[str, Any]:
    (one,) = limits_extension(1, {"yellow_high": value}, "kg")
    return one["extension"][1]["valueQuantity"]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_kind_of_rule_is_valid(rule: Any) -> None:
    assert validate(request(rule)) == []
    assert validate(goal(rule)) == []


def test_the_four_stand_side_by_side_with_the_version() -> None:
    (one,) = limits_extension(4, FOUR, "kg")
    assert spelled(one) == (
        LIMITS,
        [("version", 4), *((name, number(value)) for name, value in FOUR.items())],
    )


def test_how_fast_it_may_change_stands_by_itself() -> None:
    (one,) = limits_extension(1, FAST, "kg")
    change = ("change", [("within_days", 3), ("yellow_high", number("2"))])
    assert spelled(one) == (LIMITS, [("version", 1), ("yellow_high", number("70")), change])


def test_a_limit_on_change_alone_is_no_limit_on_the_value() -> None:
    """A weight that may rise by two kilos is not a weight of two kilos."""
    alone = {"change": FAST["change"]}
    assert limits_extension(1, alone, "kg")
    assert targets(WEIGHT, alone, "kg") == []
    assert ranges(WEIGHT, alone, "kg")[WEIGHT] == []


def test_the_two_pressures_have_a_range_each() -> None:
    found = targets(PRESSURE, BOTH_PRESSURES, "mm[Hg]")
    said = {one["measure"]["coding"][0]["code"]: one["detailRange"] for one in found}
    assert {code: set(sides) for code, sides in said.items()} == {"8480-6": {"low"}, "8462-4": {"high"}}
    beside = ranges(PRESSURE, BOTH_PRESSURES, "mm[Hg]")
    assert [one["text"] for one in beside["8480-6"]] == ["inside", "not red"]


def test_the_colour_of_an_answer_is_in_the_extension_alone() -> None:
    (one,) = limits_extension(1, ANSWERS, "")
    assert spelled(one)[1][1:] == [
        ("answers", [("answer", "no"), ("colour", "green")]),
        ("answers", [("answer", "yes"), ("colour", "red")]),
    ]
    assert targets("pust", ANSWERS, "") == []


@pytest.mark.parametrize("nothing", [None, {}])
def test_where_nothing_is_set_nothing_is_said(nothing: Any) -> None:
    assert limits_extension(1, nothing, "kg") == []
    assert targets(WEIGHT, nothing, "kg") == []
    assert ranges(WEIGHT, nothing, "kg") == {}
