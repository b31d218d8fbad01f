"""Numbers of a question: read as people type them, filled in, refused by name, and put on a slider."""

import pytest

from samspill.insight.questions import Number, filled, read, sliders
from samspill.refusal import Refused

SHARE = Number("share", "Andel", 85, 60, 98)
STAY = Number("stay", "Liggetid", None, 0.1, 365, 0.1)
BOTH = (SHARE, STAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("4,5", 4.5), ("4.5", 4.5), ("190\u00a0000", 190_000), ("1 000", 1000), ("\u22125", -5), ("", None)],
)
def test_a_number_is_read_as_people_type_it(typed: str, meant: float | None) -> None:
    assert read({"stay": typed}, BOTH) == {"stay": meant}


def test_what_is_no_number_is_kept_to_be_refused_by_name() -> None:
    asked = read({"stay": "fire"}, BOTH)
    with pytest.raises(Refused) as refusal:
        filled(asked, BOTH)
    assert (refusal.value.code, refusal.value.field) == ("question.number", "stay")
    assert "Liggetid" in refusal.value.sentence


@pytest.mark.parametrize("value", [59, 99, 85.5, float("nan"), float("inf"), True, "85", [85]])
def test_a_number_outside_or_with_too_many_decimals_is_refused(value: object) -> None:
    with pytest.raises(Refused):
        filled({"share": value}, BOTH)


def test_what_is_left_out_has_its_default() -> None:
    found = filled({}, BOTH)
    assert found == {"share": 85, "stay": None}
    assert isinstance(found["share"], int)


def test_a_slider_stands_where_it_was_put_and_carries_its_own_refusal() -> None:
    shown = sliders(BOTH, {"share": 150.0}, Refused("question.number", "For mye.", field="share"))
    assert [(one.value, one.error) for one in shown] == [("150", "For mye."), ("", "")]
    assert shown[1].ends == ("0.1", "365", "0.1")
