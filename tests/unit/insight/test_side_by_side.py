"""Scenarios side by side: differences on the same draws, the same axes, and drawings that can be drawn."""

import json

import numpy as np
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samspill.documents import drawing
from samspill.insight.calculations.comparison import differences
from samspill.insight.drawings import Curve, fan
from samspill.insight.drawings.beside import Beside, beside
from samspill.insight.drawings.same_axes import on_same_axes
from samspill.insight.retelling import codes_in
from samspill.insight.telling.comparison import number
from samspill.refusal import Refused

DRAWS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@given(DRAWS)
def test_two_that_are_alike_differ_by_nothing(draws: list[float]) -> None:
    assert differences({"a": draws}, {"a": draws}) == {"a": {"low": 0, "middle": 0, "high": 0, "more": 0}}


@given(DRAWS, st.floats(1, 1e4))
def test_the_same_added_to_every_draw_is_the_whole_difference(draws: list[float], more: float) -> None:
    found = differences({"a": draws}, {"a": [one + more for one in draws]})["a"]
    assert found["low"] == pytest.approx(more, abs=1e-6)
    assert found["high"] == pytest.approx(more, abs=1e-6)
    assert found["more"] == 1


@given(DRAWS, st.randoms())
def test_a_difference_turned_around_is_its_mirror(draws: list[float], rng: object) -> None:
    other = [one * 0.5 + 3 for one in draws]
    there, back = (differences({"a": x}, {"a": y})["a"] for x, y in ((draws, other), (other, draws)))
    assert there["low"] == pytest.approx(-back["high"], abs=1e-6)
    assert there["middle"] == pytest.approx(-back["middle"], abs=1e-6)


def test_the_percentiles_are_of_the_differences_and_not_differences_of_percentiles() -> None:
    rng = np.random.default_rng(7)
    shared = rng.normal(1000, 100, 500)
    found = differences({"a": list(shared)}, {"a": list(shared + rng.normal(10, 1, 500))})["a"]
    assert found["high"] - found["low"] < 5


def test_draws_of_other_futures_are_refused_and_other_answers_left_out() -> None:
    with pytest.raises(Refused) as refusal:
        differences({"a": [1, 2]}, {"a": [1]})
    assert refusal.value.code == "comparison.draws"
    assert differences({"a": [1]}, {"b": [1]}) == {}


def spec_of(top: float) -> dict[str, object]:
    curve = Curve((2024, 2025, 2026), (1, 2, top), [(1, 2, 3, 4, 5, top * 1.5)])
    return dict(fan(curve, now=2025, today=2025, told="x", counts="y"))


def domains(spec: object, found: list[list[float]] | None = None) -> list[list[float]]:
    found = [] if found is None else found
    if isinstance(spec, dict):
        y = spec.get("encoding", {}).get("y", {}) if isinstance(spec.get("encoding"), dict) else {}
        if "domain" in y.get("scale", {}):
            found.append(y["scale"]["domain"])
        for value in spec.values():
            domains(value, found)
    if isinstance(spec, list):
        for value in spec:
            domains(value, found)
    return found


def test_drawings_get_the_span_of_them_all() -> None:
    small, large = on_same_axes([spec_of(10), spec_of(1000)])
    every = domains(small) + domains(large)
    assert every
    assert all(one == every[0] for one in every)
    assert every[0][0] == 0
    assert every[0][1] >= 1500


def test_one_drawing_alone_keeps_its_axes_and_no_drawing_is_changed_in_place() -> None:
    alone = spec_of(10)
    before = json.dumps(alone)
    assert on_same_axes([alone]) == [alone]
    on_same_axes([alone, spec_of(99)])
    assert json.dumps(alone) == before


ROWS = [
    Beside("Uten tiltak", 30_000, 28_000, 32_000, "30 000"),
    Beside("Med et svært langt navn som må stå på flere linjer her", 21_000, None, None, "21 000"),
    Beside("Med «anførsel» & <tegn>", 25_500, 24_000, 27_000, "25 500"),
]


@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_each_scenario_stands_with_its_number_in_both_drawings(shape: str) -> None:
    with override("nb"):
        drawn = drawing.svg(beside(ROWS, told="x")[shape], "nb")
    for text in ("30 000", "21 000", "25 500", "Uten tiltak", "&lt;tegn&gt;"):
        assert text in drawn


def test_values_below_nothing_have_room_to_the_left() -> None:
    spec = beside([Beside("a", -5, -9, -1, "-5"), Beside("b", 3, 1, 4, "3")], told="x")["wide"]
    low, high = spec["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert low < -9
    assert high > 4


def test_codes_are_found_however_deep_a_question_is() -> None:
    asked = {
        "areas": ["3101"],
        "scenarios": [{"asked": {"areas": ["3110", "x"]}}],
        "year": 2040,
        "to": "2040a",
    }
    assert codes_in(asked) == {"3101", "3110"}


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(-288.0, 0, "−290"), (-0.5, 1, "−0,5"), (12_345.0, 0, "12\xa0300"), (42.4, 0, "42"), (-4.0, 0, "−4")],
)
def test_a_number_below_nothing_is_rounded_as_one_above_and_has_a_minus(
    value: float, decimals: int, said: str
) -> None:
    with override("nb"):
        assert number(value, decimals) == said
