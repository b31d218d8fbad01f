"""Expressions mean what PxWebApi 2 means by them; what means nothing is refused, never the total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.insight.connectors import Limits, Table, Variable, expand, read_choices, resolve, split
from samspill.refusal import Refused
from statistics_server import InventedVariable
from statistics_server.expressions import Problem
from statistics_server.expressions import expand as as_the_server

YEARS = tuple(str(year) for year in range(2015, 2027))
TIME = Variable("Tid", "år", YEARS, {}, is_time=True)
REGION = Variable("Region", "region", ("0", "0101", "3101", "3103", "31a", "K-3101"), {}, is_area=True)
TABLE = Table(
    "07459",
    "People",
    "",
    (
        Variable("Region", "region", REGION.codes, {}, is_area=True, may_be_left_out=True),
        Variable("ContentsCode", "what", ("Personer1",), {}),
        TIME,
    ),
)


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ("*", REGION.codes),
        ("31*", ("3101", "3103", "31a")),
        ("*01", ("0101", "3101", "K-3101")),
        ("*10*", ("0101", "3101", "3103", "K-3101")),
        ("????", ("0101", "3101", "3103")),
        ("?1??", ("0101", "3101", "3103")),
        ("31A", ("31a",)),
        ("k-3101", ("K-3101",)),
        ("top(2)", ("0", "0101")),
        ("TOP(2,1)", ("0101", "3101")),
        ("bottom(2)", ("31a", "K-3101")),
        ("Bottom(2,1)", ("3103", "31a")),
        ("from(3103)", ("3103", "31a", "K-3101")),
        ("to(0101)", ("0", "0101")),
        ("range(3101,31A)", ("3101", "3103", "31a")),
        ("RANGE(31a,3101)", ("3101", "3103", "31a")),
    ],
)
def test_an_expression_means_codes_in_the_order_of_the_table(expression: str, codes: tuple[str, ...]) -> None:
    assert expand(REGION, [expression]) == codes


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ("top(3)", ("2024", "2025", "2026")),
        ("top(1,5)", ("2021",)),
        ("bottom(2)", ("2015", "2016")),
        ("bottom(2,1)", ("2016", "2017")),
        ("top(99)", YEARS),
        ("202?", YEARS[5:]),
    ],
)
def test_the_top_of_time_is_the_latest(expression: str, codes: tuple[str, ...]) -> None:
    assert expand(TIME, [expression]) == codes


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("9999", "source.unknown_code"),
        ("from(9999)", "source.unknown_code"),
        ("range(0101,9999)", "source.unknown_code"),
        ("top()", "source.selection"),
        ("top(0)", "source.selection"),
        ("top(-1)", "source.selection"),
        ("top(2, 1)", "source.selection"),
        ("top(two)", "source.selection"),
        ("range(0101)", "source.selection"),
        ("3*1", "source.selection"),
        ("*3*1*", "source.selection"),
        ("zz*", "source.selects_nothing"),
        ("?", None),
        ("??", "source.selects_nothing"),
        ("top(2,10)", "source.selects_nothing"),
    ],
)
def test_what_is_no_expression_or_means_nothing_is_refused(expression: str, code: str | None) -> None:
    if code is None:
        assert expand(REGION, [expression]) == ("0",)
        return
    with pytest.raises(Refused) as refused:
        expand(REGION, [expression])
    assert refused.value.code == code
    assert "Region" in refused.value.sentence


PIECE = st.sampled_from(["0", "1", "3", "31", "a", "K", "-", "*", "?", "3101", "2020"])
CODE = st.text("01aK-", min_size=1, max_size=3)


@given(
    st.lists(CODE, min_size=1, max_size=6, unique_by=str.lower),
    st.booleans(),
    st.one_of(
        st.lists(PIECE, min_size=1, max_size=3).map("".join),
        st.builds("{}({})".format, st.sampled_from(["top", "Bottom"]), st.integers(0, 4)),
        st.builds(
            "{}({},{})".format, st.sampled_from(["TOP", "bottom"]), st.integers(0, 4), st.integers(0, 7)
        ),
        st.builds("{}({})".format, st.sampled_from(["from", "To", "range"]), CODE),
        st.builds("rAnge({},{})".format, CODE, CODE),
    ),
)
def test_the_slow_server_means_the_same(codes: list[str], is_time: bool, expression: str) -> None:
    theirs = InventedVariable("V", "v", tuple(codes), "time" if is_time else "")
    ours = Variable("V", "v", tuple(codes), {}, is_time=is_time)
    try:
        expected = tuple(as_the_server(theirs, expression))
    except Problem:
        expected = ()
    if expected:
        assert set(expand(ours, [expression])) == set(expected)
        return
    with pytest.raises(Refused):
        expand(ours, [expression])


def test_choices_are_read_from_what_is_typed() -> None:
    assert read_choices(["Region=3101, 31*,[range(3101,3103)]", "Tid=top(2,1),2015", "Region=0"]) == {
        "Region": ("3101", "31*", "range(3101,3103)", "0"),
        "Tid": ("top(2,1)", "2015"),
    }
    for text in ("Region", "=3101", "Region=", "Region= , "):
        with pytest.raises(Refused, match="chooses nothing"):
            read_choices([text])


def test_what_must_be_chosen_and_is_not_is_taken_whole_and_the_rest_left_out() -> None:
    assert resolve(TABLE, {"time": ["top(1)"]}) == {"ContentsCode": ("Personer1",), "Tid": ("2026",)}
    assert resolve(TABLE, {"region": ["3103", "0", "3103"], "Tid": ["2015"]})["Region"] == ("0", "3103")
    with pytest.raises(Refused, match="no variable Kjonn; it has Region, ContentsCode, Tid"):
        resolve(TABLE, {"Kjonn": ["1"]})
    with pytest.raises(Refused, match="chosen twice"):
        resolve(TABLE, {"Tid": ["2015"], "time": ["2016"]})


def test_at_most_a_hundred_municipalities_in_a_part() -> None:
    codes = tuple(f"{number:04}" for number in range(101))
    table = Table("t", "t", "", (Variable("Region", "r", codes, {}, is_area=True), TIME))
    parts = split(table, {"Region": codes, "Tid": YEARS}, Limits(10**9))
    assert [len(part["Region"]) for part in parts] == [51, 50]


@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=4),
    st.integers(1, 60),
    st.none() | st.integers(4, 30),
    st.integers(1, 5),
)
def test_parts_hold_every_cell_once_and_none_is_above_the_limits(
    lengths: list[int], cells: int, values: int | None, areas: int
) -> None:
    variables = tuple(
        Variable(f"V{place}", "v", tuple(f"{place}-{code}" for code in range(length)), {}, is_area=place == 1)
        for place, length in enumerate(lengths)
    )
    choice = {one.code: one.codes for one in variables}
    parts = split(Table("t", "t", "", variables), choice, Limits(cells, values, areas))
    seen = set()
    for part in parts:
        size = 1
        for codes in part.values():
            size *= len(codes)
        assert size <= cells
        assert values is None or sum(map(len, part.values())) <= max(values, len(part))
        assert len(part.get("V1", ())) <= areas
        rows = {()}
        for codes in part.values():
            rows = {(*row, code) for row in rows for code in codes}
        assert not rows & seen
        seen |= rows
    whole = 1
    for length in lengths:
        whole *= length
    assert len(seen) == whole
