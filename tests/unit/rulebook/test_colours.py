"""A value has one colour, the same whichever way it is written, and a value on a limit is inside it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.triage import (
    Colour,
    Limits,
    Reason,
    Version,
    change,
    colour,
    in_force,
    judge,
    limits_from,
    outcome,
    worst,
)

OXYGEN = Limits(red_low=86, yellow_low=88, yellow_high=92, red_high=96)
NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
LEVEL = {"green": 0, "yellow": 1, "red": 2}
tenths = st.integers(-2000, 2000).map(lambda number: Decimal(number) / 10)
limits = st.lists(st.none() | tenths, min_size=4, max_size=4).filter(
    lambda four: any(x is not None for x in four)
)


@st.composite
def ordered_limits(draw: st.DrawFn) -> Limits:
    four = sorted(draw(st.lists(tenths, min_size=4, max_size=4)))
    kept = draw(st.lists(st.booleans(), min_size=4, max_size=4).filter(any))
    return Limits(*(limit if keep else None for limit, keep in zip(four, kept, strict=True)))


def slow_colour(four: Limits, value: Decimal) -> str:
    """As the rule is told aloud."""
    if (four.red_low is not None and value < four.red_low) or (
        four.red_high is not None and value > four.red_high
    ):
        return "red"
    if (four.yellow_low is not None and value < four.yellow_low) or (
        four.yellow_high is not None and value > four.yellow_high
    ):
        return "yellow"
    return "green"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (85, "red"), (85.9, "red"), (86, "yellow"), (87, "yellow"), (87.9, "yellow"), (88, "green"),
        (90, "green"), (92, "green"), (92.1, "yellow"), (96, "yellow"), (96.1, "red"), (0, "red"),
        (Decimal("96.0"), "yellow"),
        (-1, "red"), (1e300, "red"),
    ],
)  # fmt: skip
def test_a_value_on_a_limit_is_inside_it(value: float, expected: str) -> None:
    assert colour(OXYGEN, value) == expected


def test_one_limit_is_enough() -> None:
    assert colour({"yellow_high": 37.5}, 37.5) == "green"
    assert colour({"yellow_high": 37.5}, 37.6) == "yellow"
    assert colour({"red_low": 90}, 89) == "red"
    assert colour({"red_low": 90}, 300) == "green"


def test_all_limits_alike_leave_one_green_value() -> None:
    four = (5, 5, 5, 5)
    assert [colour(four, value) for value in (4, 5, 6)] == ["red", "green", "red"]


def test_decimals_are_what_was_written() -> None:
    assert colour({"red_high": Decimal("37.5")}, 37.5) == "green"
    assert colour({"red_high": 0.1}, Decimal("0.1")) == "green"
    assert colour({"red_high": 37.1}, np.float32(37.1)) == "green"
    assert colour({"red_high": 37.1}, np.float64(37.1)) == "green"
    assert colour({"red_high": 37}, np.int64(38)) == "red"


def test_without_limits_no_rule_says_anything() -> None:
    told = judge(None, 90)
    assert (told.colour, told.reason) == (Colour.NONE, Reason.NO_RULE)
    assert colour(None, 90) == "none"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("90", "value.not_a_number"), (True, "value.not_a_number"), (None, "value.not_a_number"),
        ([90], "value.not_a_number"), (1j, "value.not_a_number"), (np.bool_(True), "value.not_a_number"),
        (np.array([90]), "value.not_a_number"), (float("nan"), "value.not_finite"),
        (float("-inf"), "value.not_finite"), (Decimal("NaN"), "value.not_finite"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(value: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        colour(OXYGEN, value)
    assert refused.value.code == code


def test_limits_that_cannot_be_colour_nothing() -> None:
    with pytest.raises(Refused) as refused:
        colour(Limits(red_low=90, yellow_low=80), 85)
    assert refused.value.code == "limits.order"


def test_the_outermost_limit_that_is_passed_is_told() -> None:
    told = judge(OXYGEN, 80)
    assert (told.limit, told.at, told.reason) == ("red_low", Decimal(86), Reason.BELOW)
    told = judge(OXYGEN, 93)
    assert (told.limit, told.at, told.reason) == ("yellow_high", Decimal(92), Reason.ABOVE)
    assert judge(OXYGEN, 90).limit == ""


def test_an_answer_has_the_colour_of_its_rule() -> None:
    rules = {"som før": "green", "litt mer": "yellow", "mye mer": "red"}
    assert [colour(rules, answer) for answer in rules] == ["green", "yellow", "red"]
    told = judge(rules, "vet ikke")
    assert (told.colour, told.reason) == (Colour.NONE, Reason.ANSWER_WITHOUT_RULE)


def test_true_is_no_one() -> None:
    assert colour({1: "red"}, True) == "none"
    assert colour({True: "red"}, 1) == "none"
    assert colour({1: "red"}, 1) == "red"


PRESSURE = {"8480-6": Limits(90, 100, 160, 180), "8462-4": Limits(yellow_high=100, red_high=110)}


@pytest.mark.parametrize(
    ("upper", "lower", "expected", "decides"),
    [(120, 80, "green", "8480-6"), (165, 80, "yellow", "8480-6"), (120, 111, "red", "8462-4"),
     (165, 115, "red", "8462-4"), (89, 105, "red", "8480-6")],
)  # fmt: skip
def test_the_worst_component_decides(upper: int, lower: int, expected: str, decides: str) -> None:
    told = judge(PRESSURE, {"8480-6": upper, "8462-4": lower})
    assert (told.colour, told.component) == (expected, decides)
    assert told.parts is not None and set(told.parts) == {"8480-6", "8462-4"}


def test_a_component_that_is_missing_is_never_green() -> None:
    told = judge(PRESSURE, {"8480-6": 120})
    assert (told.colour, told.reason, told.component) == (Colour.NONE, Reason.COMPONENT_MISSING, "8462-4")
    assert colour(PRESSURE, {"8480-6": 200}) == "red"
    assert colour(PRESSURE, {"8480-6": 120, "8462-4": 80, "8478-0": 93}) == "none"
    with pytest.raises(Refused) as refused:
        colour(PRESSURE, 120)
    assert refused.value.code == "value.shape"


def test_worst_is_red_before_yellow_before_none_before_green() -> None:
    assert worst(["green", "none", "yellow", "red"]) == "red"
    assert worst(["green", "none"]) == "none"
    assert worst([]) == "none"


@given(ordered_limits(), tenths)
def test_the_colour_is_that_of_the_rule_told_aloud(four: Limits, value: Decimal) -> None:
    assert colour(four, value) == slow_colour(four, value)
    assert colour(four, float(value)) == slow_colour(four, value)


@given(ordered_limits(), tenths, tenths)
def test_farther_out_is_never_better(four: Limits, one: Decimal, other: Decimal) -> None:
    near, far = sorted((one, other))
    upper = Limits(yellow_high=four.yellow_high, red_high=four.red_high, red_low=-1000)
    assert LEVEL[colour(upper, near)] <= LEVEL[colour(upper, far)]


@given(ordered_limits(), tenths)
def test_the_mirror_has_the_mirrored_colour(four: Limits, value: Decimal) -> None:
    turned = (four.red_high, four.yellow_high, four.yellow_low, four.red_low)
    mirrored = Limits(*(None if limit is None else -limit for limit in turned))
    assert colour(mirrored, -value) == colour(four, value)


@given(ordered_limits(), tenths)
def test_all_ways_to_write_limits_give_the_same(four: Limits, value: Decimal) -> None:
    names = ("red_low", "yellow_low", "yellow_high", "red_high")
    row = tuple(getattr(four, name) for name in names)
    written = (four, dict(zip(names, row, strict=True)), row, list(row))
    assert len({colour(one, value) for one in written}) == 1


@given(limits, tenths)
def test_limits_either_colour_or_are_refused(four: list[Decimal | None], value: Decimal) -> None:
    try:
        assert colour(four, value) in {"green", "yellow", "red"}
    except Refused as refused:
        assert refused.code == "limits.order"


def test_a_measurement_belongs_to_the_version_of_its_own_time() -> None:
    hour = timedelta(hours=1)
    first, second = Version(NOON, Limits(red_low=86), 1), Version(NOON + hour, Limits(red_low=90), 2)
    assert in_force([second, first], NOON - hour) is None
    assert in_force([second, first], NOON) == first
    assert in_force([second, first], NOON + hour - timedelta(seconds=1)) == first
    assert in_force([second, first], NOON + hour) == second
    with pytest.raises(Refused):
        in_force([first, Version(NOON, None, 3)], NOON)


def test_limits_around_what_is_usual() -> None:
    assert limits_from(70, Limits(yellow_high=2, red_high=3)) == Limits(
        yellow_high=Decimal(72), red_high=Decimal(73)
    )
    told = limits_from(80.5, Limits(red_low=-5), per_cent=True)
    assert told.red_low == Decimal("76.475")
    with pytest.raises(Refused):
        limits_from(0, Limits(red_low=-5), per_cent=True)


def test_change_is_from_the_lowest_and_the_highest_before() -> None:
    day = timedelta(days=1)
    series = [(NOON - 4 * day, 60), (NOON - 3 * day, 70), (NOON - day, 71), (NOON, 72.5), (NOON + day, 99)]
    assert change(series, NOON, 3 * day) == (Decimal("2.5"), Decimal(0))
    assert change(series, NOON - day, 3 * day) == (Decimal(11), Decimal(0))
    assert change(series[:1], NOON, 3 * day) is None
    assert change([(NOON - day, 75), (NOON, 72)], NOON, 3 * day) == (Decimal(0), Decimal(3))


class Breaks(dict):  # type: ignore[type-arg]
    """A rule that fails in its own way."""

    def keys(self) -> None:  # type: ignore[override]
        raise RuntimeError("out of order")


@pytest.mark.parametrize(
    ("rule", "value", "kind", "code"),
    [
        (OXYGEN, 90, "inside", ""),
        (OXYGEN, 87, "outside", ""),
        (OXYGEN, 80, "outside", ""),
        (None, 90, "not_triaged", ""),
        ({"ja": "red"}, "kanskje", "not_triaged", ""),
        (OXYGEN, "90", "machine_failure", "value.not_a_number"),
        (Limits(), 90, "machine_failure", "limits.none_set"),
        (Limits(9, 8), 90, "machine_failure", "limits.order"),
        (Breaks(), 90, "machine_failure", "triage.failed"),
    ],
)
def test_everything_measured_has_an_outcome(rule: object, value: object, kind: str, code: str) -> None:
    told = outcome(rule, value)
    assert (told.kind, told.code) == (kind, code)
    assert told.needs_a_person is (kind != "inside")
    assert bool(told.sentence) is (kind == "machine_failure")


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=8,
)


@given(anything, anything)
def test_no_rule_and_no_value_breaks_triage(rule: object, value: object) -> None:
    assert outcome(rule, value).code != "triage.failed"
