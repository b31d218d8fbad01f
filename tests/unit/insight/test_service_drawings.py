"""Spine rows and small curves: everything stays inside, gaps stay gaps; areas are found by name."""

import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from samspill.insight.area_search import area_labels, area_named, level_of
from samspill.insight.drawings.small_curve import HEIGHT, WIDTH, small_curve
from samspill.insight.drawings.spine import spine

numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda one: round(one, 6))


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


@given(st.lists(numbers, min_size=5, max_size=5), numbers, numbers, st.tuples(numbers, numbers))
def test_everything_in_a_spine_is_inside_its_width(
    spread: list[float], value: float, beside: float, limits: tuple[float, float]
) -> None:
    found = spine(value, (min(limits), max(limits)), beside, sorted(spread))
    assert found.limits is not None
    assert all(1 <= percent(one) <= 99 for one in (found.dot, *found.limits, found.range[0], found.half[0]))
    assert percent(found.range[1]) >= percent(found.half[1]) - 0.1 >= -0.1


def test_what_it_is_compared_with_stands_in_the_middle() -> None:
    found = spine(5.0, None, 5.0, [1, 2, 3, 4, 9])
    assert (found.dot, found.limits) == ("50.0%", None)
    assert spine(9.0, None, 5.0, [1, 2, 3, 4, 9]).dot == "96.0%"


marks = st.lists(st.none() | st.floats(0, 100).map(lambda one: (one, one - 1, one + 1)), max_size=12)


@given(marks)
def test_a_year_without_a_figure_is_a_gap(given_marks: list[tuple[float, float, float] | None]) -> None:
    found = small_curve(given_marks, 0, 100)
    runs = re.sub("N+", " ", "".join("N" if one is None else "V" for one in given_marks)).split()
    assert found.stroke.count("M") == sum(len(one) > 1 for one in runs)
    assert len(found.dots) == sum(len(one) == 1 for one in runs)
    assert (found.last is None) == (not runs)
    for x, _y in re.findall(r"[ML](\S+) ([-\d.]+)", found.stroke):
        assert 0 <= float(x) <= WIDTH
    assert HEIGHT > 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Østfold, helsefellesskap", "HF01"),
        (" halden ", "3101"),
        ("hf01", "HF01"),
        ("3101", "3101"),
        ("Norge", "NO"),
        ("", ""),
        ("finnesikke", ""),
    ],
)
def test_an_area_is_found_by_its_name(words: str, code: str) -> None:
    with override("nb"):
        assert area_named(words) == code


def test_every_area_has_a_name_that_finds_it() -> None:
    for language in ("nb", "nn", "en"):
        with override(language):
            labels = area_labels()
            assert len(set(labels.values())) == len(labels) > 357 + 19
            assert {area_named(label) for label in labels.values()} == set(labels)


def test_an_area_knows_how_wide_it_is() -> None:
    levels = {"3101": "municipality", "HF01": "community", "Helse Sør-Øst": "region", "NO": "country"}
    assert {code: level_of(code) for code in levels} == levels
