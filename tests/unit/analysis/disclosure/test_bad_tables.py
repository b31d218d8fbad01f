"""What cannot be is refused with a stable code, and the row."""

from typing import Any

import numpy as np
import pytest

from samspill.analysis.disclosure import Flag, audit, suppress
from samspill.refusal import Refused

AREA = {"all": ["a", "b"]}
ROWS = [{"area": "a", "count": 10}, {"area": "b", "count": 20}, {"area": "all", "count": 30}]


def code_of(rows: Any, **named: Any) -> str:
    with pytest.raises(Refused) as refused:
        suppress(rows, **{"dimensions": {"area": AREA}, **named})
    assert refused.value.sentence
    return refused.value.code


def changed(place: int, **to: Any) -> list[dict[str, Any]]:
    return [{**row, **to} if number == place else row for number, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (changed(0, count=-1), "negative_count"),
        (changed(0, count=1.5), "not_whole_count"),
        (changed(0, count="10"), "not_whole_count"),
        (changed(0, count=True), "not_whole_count"),
        (changed(0, count=float("inf")), "not_whole_count"),
        (changed(0, area="b"), "duplicate_cell"),
        (changed(0, area=None), "no_code"),
        (changed(0, area="c"), "unknown_parent"),
        (changed(2, count=31), "totals_do_not_add"),
        ([ROWS[0], {**ROWS[2], "count": 9}], "totals_do_not_add"),
        (changed(0, flag=7), "unknown_flag"),
        ([{"count": 1}], "no_such_column"),
        ([{"area": "a"}], "no_such_column"),
        ({"area": ["a", "b"], "count": [1]}, "columns_differ"),
    ],
)
def test_a_bad_table_is_refused(rows: Any, code: str) -> None:
    assert code_of(rows) == code


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ({"all": ["a", "b"], "a": ["all"]}, "cycle_in_hierarchy"),
        ({"a": ["a"]}, "cycle_in_hierarchy"),
        ({"all": ["x", "y"], "x": ["a", "b"], "y": ["b"]}, "parts_overlap"),
        ({"all": "ab"}, "hierarchy_not_read"),
        ("area", "hierarchy_not_read"),
    ],
)
def test_a_bad_hierarchy_is_refused(area: Any, code: str) -> None:
    assert code_of(ROWS, dimensions={"area": area}) == code


def test_a_refusal_names_the_row() -> None:
    with pytest.raises(Refused) as refused:
        suppress(changed(1, count=-3), dimensions={"area": AREA})
    assert refused.value.facts == {"row": 2, "area": "b"}


def test_more_than_there_are_is_refused() -> None:
    rows = [{"area": "a", "count": 11, "people": 10}]
    assert code_of(rows, population="people") == "count_above_population"
    assert code_of([{"area": "a", "count": 1, "people": None}], population="people") == "population_missing"


def test_options_that_are_not_there_are_refused() -> None:
    assert code_of(ROWS, totals="some") == "unknown_option"
    assert code_of(ROWS, time="year") == "unknown_option"


def test_a_total_below_its_known_parts_is_refused_though_one_is_missing() -> None:
    rows = [{"area": "a", "count": 10}, {"area": "b", "count": None}, {"area": "all", "count": 8}]
    assert code_of(rows) == "totals_do_not_add"


def test_an_audit_of_what_cannot_be_is_refused() -> None:
    for rows, code in (
        (
            [{"area": "a", "count": 10}, {"area": "b", "count": None}, {"area": "all", "count": 8}],
            "published_cannot_be",
        ),
        ([ROWS, changed(2, count=31)], "releases_differ"),
    ):
        with pytest.raises(Refused) as refused:
            audit(rows, dimensions={"area": AREA})  # type: ignore[arg-type]
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        audit(ROWS)
    assert refused.value.code == "no_dimensions"


def test_columns_and_numbers_of_numpy_are_read_and_nothing_is_read_from_nothing() -> None:
    out = suppress(
        {"area": np.array(["a", "b"]), "count": np.array([3, 20]), "note": ["x", "y"]},
        dimensions={"area": AREA},
    )
    assert out.columns["note"] == ["x", "y"]
    assert out.columns["flag"][0] == Flag.HIDDEN
    assert len(suppress([], dimensions={"area": AREA})) == 0
    assert audit(suppress([], dimensions={"area": AREA})).ok


def test_the_same_cell_under_a_code_and_without_one_is_a_duplicate() -> None:
    rows = [{"area": "all", "sex": "m", "count": 9}, {"sex": "m", "count": 9}]
    assert code_of(rows, dimensions={"area": AREA, "sex": None}) == "duplicate_cell"
