"""Measurements in the unit we keep, and those set aside with a reason; nothing is dropped."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.units import Examined, convert, converted_all, examine
from samspill.rulebook.vital_signs import find, known_codes

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
TEMPERATURE, WEIGHT, UPPER, SUGAR, OXYGEN = "8310-5", "29463-7", "8480-6", "15074-8", "59408-5"


@pytest.mark.parametrize(
    ("code", "value", "unit", "expected"),
    [
        (TEMPERATURE, 98.6, "[degF]", "37.0"), (TEMPERATURE, 99.5, "°F", "37.5"),
        (TEMPERATURE, 310.65, "K", "37.5"), (TEMPERATURE, 37.55, "Cel", "37.55"),
        (TEMPERATURE, 37.5, "°C", "37.5"), (WEIGHT, 150, "[lb_av]", "68.0"),
        (WEIGHT, 72500, "g", "72.5"), (WEIGHT, 72.25, "kg", "72.25"), (UPPER, 16, "kPa", "120"),
        (UPPER, 24, "kPa", "180"), (UPPER, 120, "mmHg", "120"), (SUGAR, 100, "mg/dL", "5.6"),
        (SUGAR, 180, "mg/dl", "10.0"), (OXYGEN, 0.88, "1", "88"), ("2708-6", 88, "%", "88"),
        ("8302-2", 1.8, "m", "180.0"), ("8302-2", 70, "[in_i]", "177.8"), ("8867-4", 72, "{beats}/min", "72"),
    ],
)  # fmt: skip
def test_values_come_in_the_unit_we_keep(code: str, value: float, unit: str, expected: str) -> None:
    found, kept = convert(code, value, unit)
    assert (str(found), kept) == (expected, find(code).unit)


@pytest.mark.parametrize(
    ("code", "value", "unit", "refusal"),
    [
        ("99999-9", 1, "kg", "unit.unknown_code"), (WEIGHT, 70, "", "unit.missing"),
        (WEIGHT, 70, "  ", "unit.missing"), (WEIGHT, 70, "mm[Hg]", "unit.unknown"),
        (UPPER, 120, "%", "unit.unknown"), (WEIGHT, "70", "kg", "number.not_a_number"),
        (WEIGHT, True, "kg", "number.not_a_number"), (WEIGHT, float("nan"), "kg", "number.not_finite"),
        (WEIGHT, 1e300, "g", "value.impossible"),
    ],
)  # fmt: skip
def test_what_cannot_be_converted_is_refused(code: str, value: object, unit: str, refusal: str) -> None:
    with pytest.raises(Refused) as refused:
        convert(code, value, unit)
    assert refused.value.code == refusal
    told = examine(code, value, unit)
    assert [one.code for one in told.aside] == [refusal] and told.sent_value is value


@pytest.mark.parametrize(
    ("code", "value", "unit", "likely"),
    [
        (TEMPERATURE, 98.6, "Cel", "[degF]"), (TEMPERATURE, 37, "[degF]", "Cel"),
        (UPPER, 16, "mm[Hg]", "kPa"), (UPPER, 120, "kPa", "mm[Hg]"), (OXYGEN, 0.9, "%", "1"),
        (OXYGEN, 101, "%", ""), (WEIGHT, 0, "kg", ""),
        (WEIGHT, -70, "kg", ""), ("8867-4", 400, "/min", ""), (WEIGHT, 1e300, "kg", ""),
    ],
)  # fmt: skip
def test_what_no_living_body_has_is_set_aside_with_the_likely_unit(
    code: str, value: float, unit: str, likely: str
) -> None:
    told = examine(code, value, unit)
    assert [one.code for one in told.aside] == ["value.impossible"] and not told.is_usable
    assert told.aside[0].likely_unit == likely
    assert told.sent_value == value, "what was sent is kept"


def test_the_bounds_themselves_can_be() -> None:
    for code in known_codes():
        sign = find(code)
        assert examine(code, sign.low, sign.unit).is_usable
        assert examine(code, sign.high, sign.unit).is_usable


@pytest.mark.parametrize(
    ("away", "codes"),
    [
        (timedelta(minutes=10), []), (timedelta(minutes=11), ["time.future"]), (timedelta(days=-31), []),
        (timedelta(days=-32), ["time.old"]), (timedelta(days=-365 * 20), ["time.old"]), (timedelta(0), []),
    ],
)  # fmt: skip
def test_a_clock_gone_wrong_sets_the_measurement_aside(away: timedelta, codes: list[str]) -> None:
    told = examine(WEIGHT, 70, "kg", effective=NOW + away, received=NOW)
    assert [one.code for one in told.aside] == codes


def test_all_reasons_are_told_at_once() -> None:
    told = examine(WEIGHT, 7000, "kg", effective=datetime(2026, 11, 23, 11), received=NOW)
    assert [one.code for one in told.aside] == ["time.no_zone", "value.impossible"]
    assert examine(WEIGHT, 70, "kg", effective=None, received=NOW).aside[0].code == "time.not_a_time"


def test_limits_in_another_unit_can_be_converted_too() -> None:
    found = converted_all(TEMPERATURE, {"yellow_high": 100.4, "red_high": None}, "°F")
    assert found == {"yellow_high": Decimal("38.0")}


@given(
    st.sampled_from(known_codes()), st.floats() | st.integers() | st.text() | st.none(), st.text(max_size=8)
)
def test_whatever_is_sent_is_kept_or_set_aside(code: str, value: object, unit: str) -> None:
    told = examine(code, value, unit, effective=NOW, received=NOW)
    assert isinstance(told, Examined) and (told.is_usable or told.aside)


@given(st.sampled_from(known_codes()), st.integers(1, 2000))
def test_a_larger_value_is_larger_in_any_unit(code: str, value: int) -> None:
    for unit in find(code).units:
        assert convert(code, value, unit)[0] <= convert(code, value + 1, unit)[0]
