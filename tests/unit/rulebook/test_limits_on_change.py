"""A limit on how fast a value may change goes with the four, and can be what only a clinician means."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.safety_net import scale
from samspill.rulebook.triage import (
    AnswerRules,
    Components,
    Limits,
    LimitsWithChange,
    as_rule,
    check_limits,
    colour,
    judge,
)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TWO_KILOS = {"change": {"within_days": 3, "yellow_high": 2}}


def test_it_is_read_beside_the_four_and_alone() -> None:
    rule = as_rule({"yellow_high": 80, **TWO_KILOS})
    assert isinstance(rule, LimitsWithChange)
    assert (rule.yellow_high, rule.change and rule.change.within_days) == (80, 3)
    check_limits(TWO_KILOS)
    assert colour(TWO_KILOS, 73) == "green", "a value alone has nothing to be held against"


def test_an_answer_or_a_component_may_be_called_change() -> None:
    assert isinstance(as_rule({"change": "red"}), AnswerRules)
    assert isinstance(as_rule({"change": {"yellow_high": 2}}), Components)


WRONG: dict[str, tuple[str, Any]] = {
    "no days": ("limits.change_days", {"within_days": 0, "yellow_high": 2}),
    "half a day": ("limits.change_days", {"within_days": Decimal("1.5"), "yellow_high": 2}),
    "days in words": ("limits.change_days", {"within_days": "tre", "yellow_high": 2}),
    "true days": ("limits.change_days", {"within_days": True, "yellow_high": 2}),
    "no limit": ("limits.none_set", {"within_days": 3}),
    "a fall upwards": ("limits.change", {"within_days": 3, "yellow_low": 2}),
    "a rise downwards": ("limits.change", {"within_days": 3, "yellow_high": -2}),
    "out of order": ("limits.order", {"within_days": 3, "yellow_high": 4, "red_high": 2}),
    "no number": ("limits.not_a_number", {"within_days": 3, "yellow_high": "to"}),
    "unknown": ("limits.unknown", {"within_days": 3, "purple_high": 2}),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_refused(name: str) -> None:
    code, change = WRONG[name]
    with pytest.raises(Refused) as refused:
        check_limits({"yellow_high": 80, "change": change})
    assert refused.value.code == code


def test_the_judgement_says_how_much_and_in_how_many_days() -> None:
    told = judge({"change": {"within_days": 3, "yellow_high": 2}}, [
        (NOON - timedelta(days=2), 70), (NOON, 72.5), (NOON - timedelta(days=1), 71),
    ])  # fmt: skip
    assert (told.moved, told.days, told.limit, told.at) == (Decimal("2.5"), 3, "yellow_high", 2)


@pytest.mark.parametrize("value", [[], [1], ["ab"], [(NOON,)]])
def test_a_row_that_is_no_row_is_no_value(value: object) -> None:
    with pytest.raises(Refused):
        judge(TWO_KILOS, value)


def test_a_scale_of_no_limits_has_no_parts() -> None:
    rule = as_rule(TWO_KILOS)
    assert isinstance(rule, Limits)
    assert scale(rule, "29463-7", "nb") == ()


WEIGHTS = st.lists(st.decimals(50, 99, places=1), min_size=1, max_size=8)


@given(WEIGHTS, st.integers(1, 5))
def test_it_is_what_one_finds_by_looking_at_every_pair(weights: list[Decimal], days: int) -> None:
    series = [(NOON + timedelta(days=place), weight) for place, weight in enumerate(weights)]
    last = weights[-1]
    before = weights[:-1][-days:]
    is_too_much = any(last - one > 2 or one - last > 3 for one in before)
    limits = {"change": {"within_days": days, "yellow_high": 2, "yellow_low": -3}}
    assert (colour(limits, series) == "yellow") == is_too_much


@given(st.integers(40, 120), st.lists(st.integers(40, 120), max_size=3))
def test_the_four_limits_hold_as_before(value: int, before: list[int]) -> None:
    four = {"red_low": 50, "yellow_low": 60, "yellow_high": 90, "red_high": 100}
    series = [*((NOON - timedelta(hours=place + 1), one) for place, one in enumerate(before)), (NOON, value)]
    assert colour(four, series) == colour(four, value)
