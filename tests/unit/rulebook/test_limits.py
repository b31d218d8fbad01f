"""Limits that can be, and the sentences for those that cannot."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from samspill.refusal import Refused, reason
from samspill.rulebook.triage import AnswerRules, Components, Limits, as_rule, check_limits


@pytest.mark.parametrize(
    "limits",
    [
        Limits(86, 88, 92, 96),
        Limits(red_low=86),
        Limits(yellow_high=37.5, red_high=Decimal("38.5")),
        Limits(88, 88, 88, 88),
        Limits(red_low=-2, red_high=0),
        {"yellow_low": 90},
        {"red_low": 86, "yellow_low": None},
        (86, 88, None, None),
        [None, None, None, 4],
        {"ja": "red", "nei": "green"},
        {1: "green", 2: "yellow"},
        {"answers": {"ja": "red", "nei": "green"}},
        {True: "red", False: "green"},
        AnswerRules({"verre": "yellow"}),
        {"8480-6": {"red_high": 180}, "8462-4": (None, None, 100, 110)},
        Components({"8480-6": Limits(red_high=180)}),
    ],
)
def test_limits_that_can_be_are_let_through(limits: object) -> None:
    check_limits(limits)


@pytest.mark.parametrize(
    ("limits", "code", "named"),
    [
        (Limits(), "limits.none_set", ("red_low", "red_high")),
        ({}, "limits.none_set", ()),
        (AnswerRules(), "limits.none_set", ()),
        (Components({}), "limits.none_set", ()),
        (Limits(red_low=90, yellow_low=88), "limits.order", ("red_low is 90", "yellow_low is 88")),
        (Limits(yellow_high=9, red_high=8), "limits.order", ("yellow_high", "red_high")),
        (Limits(red_low=10, red_high=9), "limits.order", ("red_low", "red_high")),
        (Limits(yellow_low=5, yellow_high=4), "limits.order", ("yellow_low", "yellow_high")),
        (Limits(1, 2, 4, 3), "limits.order", ("yellow_high", "red_high")),
        (Limits(red_low=float("nan")), "limits.not_finite", ("red_low",)),
        (Limits(red_high=float("inf")), "limits.not_finite", ("red_high",)),
        (Limits(red_high=Decimal("sNaN")), "limits.not_finite", ("red_high",)),
        (Limits(red_low="86"), "limits.not_a_number", ("red_low", "'86'")),  # type: ignore[arg-type]
        (Limits(red_low=True), "limits.not_a_number", ("red_low",)),
        ({"red_lo": 86}, "limits.unknown", ("red_lo", "yellow_low")),
        ({"red_low": 86, "orange_low": 88}, "limits.unknown", ("orange_low",)),
        ((86, 88), "limits.unknown", ("2 limits",)),
        ({"ja": "rød"}, "limits.colour", ("'ja'", "'rød'")),
        ({"ja": "none"}, "limits.colour", ("'none'",)),
        ({"8480-6": {"red_low": 90, "yellow_low": 80}}, "limits.order", ("8480-6", "red_low")),
        ({"a": {"b": {"red_low": 1}}}, "limits.unknown", ("components",)),
        ("86", "limits.unknown", ()),
        (86, "limits.unknown", ()),
    ],
)
def test_limits_that_cannot_be_are_refused_by_name(limits: object, code: str, named: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        check_limits(limits)
    assert refused.value.code == code
    assert all(name in refused.value.sentence for name in named)


def test_the_two_that_are_out_of_order_are_facts_for_a_form() -> None:
    with pytest.raises(Refused) as refused:
        check_limits(Limits(red_low=90, yellow_low=88.5))
    facts = refused.value.facts
    assert (facts["low"], facts["high"]) == ("red_low", "yellow_low")
    assert (facts["low_value"], facts["high_value"]) == (Decimal(90), Decimal("88.5"))


def test_a_reason_can_be_asked_for_without_a_refusal() -> None:
    assert reason(check_limits, Limits(red_low=86)) == ""
    assert "red_low" in reason(check_limits, Limits(red_low=90, yellow_low=88))


def test_any_object_with_the_four_names_is_limits() -> None:
    @dataclass
    class Stored:
        red_low: float | None = 86
        yellow_low: float | None = None
        yellow_high: float | None = None
        red_high: float | None = 100

    assert as_rule(Stored()) == Limits(red_low=86, red_high=100)
