"""The graph of what was measured: every point in its place, every band with its limits, on every sheet."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.care.drawings.axes import Axis, days_shown, even_ticks, range_of, spread
from samspill.care.drawings.graph import (
    CROWDED,
    SHEETS,
    Drawing,
    InForce,
    Point,
    Series,
    draw,
    periods,
    whole_days,
    zones,
)
from samspill.rulebook.triage import Limits, colour

START = datetime(2026, 11, 9, 23, tzinfo=UTC)  # midnight in Norway
END = START + timedelta(days=14)
numbers = st.floats(min_value=-1000, max_value=1000, allow_nan=False)


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def drawn(shape: str = "wide", **said: object) -> Drawing:
    series = Series(START, END, **said)  # type: ignore[arg-type]
    return draw(series, shape, day=lambda day, is_last: "today" if is_last else f"{day.day}.")


def four(low: str, less: str, more: str, high: str) -> Limits:
    return Limits(*map(Decimal, (low, less, more, high)))


@pytest.mark.parametrize(
    ("limits", "is_"),
    [
        (four("60", "62", "70", "72"), "red -60 yellow 60-62 green 62-70 yellow 70-72 red 72-"),
        (Limits(yellow_high=Decimal(70)), "green -70 yellow 70-"),
        (Limits(red_low=Decimal(86), yellow_low=Decimal(88)), "red -86 yellow 86-88 green 88-"),
        (Limits(red_low=Decimal(86)), "red -86 green 86-"),
        (Limits(red_high=Decimal(160), yellow_low=Decimal(90)), "yellow -90 green 90-160 red 160-"),
        (Limits(red_low=Decimal(86), yellow_low=Decimal(86)), "red -86 green 86-"),
    ],
)
def test_the_bands_are_those_of_the_limits(limits: Limits, is_: str) -> None:
    said = " ".join(
        f"{name} {'' if low is None else f'{low:g}'}-{'' if high is None else f'{high:g}'}"
        for name, low, high in zones(limits)
    )
    assert said == is_


@given(
    st.lists(st.integers(0, 100), min_size=4, max_size=4).map(sorted),
    st.lists(st.booleans(), min_size=4, max_size=4).filter(any),
    st.integers(-10, 1100),
)
def test_a_value_that_is_inside_a_band_has_its_colour(at_: list[int], kept: list[bool], tenth: int) -> None:
    limits = Limits(*(Decimal(one) if is_set else None for one, is_set in zip(at_, kept, strict=True)))
    value = Decimal(tenth) / 10
    inside = [
        name
        for name, low, high in zones(limits)
        if (low is None or value > low) and (high is None or value < high)
    ]
    assert inside in ([str(colour(limits, value))], []), "nothing but a value on a limit is in no band"


def test_bands_change_on_the_day_the_limits_do() -> None:
    old, new = four("88", "90", "95", "97"), four("86", "88", "95", "97")
    series = Series(START, END, versions=[InForce(at(8), new, "New limits"), InForce(at(-30), old)])
    assert [(start, end, one.limits) for start, end, one in periods(series)] == [
        (START, at(8), old),
        (at(8), END, new),
    ]
    made = drawn(versions=series.versions)
    ((stroke, text),) = made.changes
    assert text.text == "New limits"
    assert float(stroke.x1) == pytest.approx(made.across.at(at(8).timestamp()), abs=0.1)
    assert len(made.limits) == 8


def test_words_of_changes_that_are_near_stand_below_each_other() -> None:
    held = [InForce(at(day), four("1", "2", "3", "4"), f"New limits {day}") for day in (2, 3, 4, 12)]
    first, second, third, last = (text.y for _stroke, text in drawn(versions=held).changes)
    assert int(first) < int(second) < int(third)
    assert last == first


def test_a_version_that_is_replaced_before_and_one_that_comes_later_are_not_shown() -> None:
    held = [
        InForce(at(-30), four("1", "2", "3", "4")),
        InForce(at(-20), None),
        InForce(at(15), None, "later"),
    ]
    made = drawn(versions=held)
    assert made.zones == made.changes == []


def test_what_does_not_count_is_struck_and_not_joined_and_does_not_move_the_axis() -> None:
    points = [
        Point(at(1), 66, "green"),
        Point(at(2), 660, "red", is_struck=True),
        Point(at(3), 67, "green"),
    ]
    made = drawn(points=points)
    assert len(made.struck) == 1
    assert made.joined.count(",") == 2
    assert made.up.high < 100


def test_where_something_did_not_come_the_line_is_dotted_and_the_time_is_marked() -> None:
    points = [Point(at(day), 90 + day, "green") for day in (1, 2, 4, 5)]
    made = drawn(points=points, missing=[at(3)])
    assert made.dotted.count("M") == 1
    assert re.findall("[ML]", made.joined) == ["M", "L", "M", "L"]
    assert [one.g for one in made.dots].count("missing") == 1


def test_a_pause_is_shaded_until_it_ends_or_to_the_edge() -> None:
    made = drawn(pauses=[(at(2), at(4)), (at(12), None), (at(-9), at(-7)), (at(20), None)])
    assert len(made.pauses) == 2
    right = made.sheet.width - made.sheet.right
    assert float(made.pauses[1].x) + float(made.pauses[1].width) == pytest.approx(right, abs=0.2)


def test_shapes_tell_the_colour_and_the_newest_is_the_largest() -> None:
    points = [Point(at(n), 80 + n, one) for n, one in enumerate(("green", "yellow", "none", "red"))]
    marks = drawn(points=points).dots
    assert [one.g for one in marks] == ["", "yellow", "unknown", "red"]
    assert [one.size for one in marks] == ["3", "12", "12", "18"]


def test_of_very_many_only_what_is_outside_is_marked() -> None:
    points = [Point(at(n / 100), 80, "green" if n % 50 else "red") for n in range(CROWDED + 60)]
    made = drawn(points=points)
    assert {one.g for one in made.dots[:-1]} == {"red"}
    assert made.joined.count(",") == len(points)


@pytest.mark.parametrize("shape", SHEETS)
@given(st.lists(st.tuples(st.floats(0, 13.99), numbers), max_size=30), st.lists(numbers, max_size=4))
def test_everything_stands_on_the_sheet(
    shape: str, said: list[tuple[float, float]], limits: list[float]
) -> None:
    held = Limits(
        **dict(zip(("red_low", "yellow_low", "yellow_high", "red_high"), sorted(limits), strict=False))
    )
    versions = [InForce(at(-1), held)] if limits else []
    points = [Point(at(day), value, "green") for day, value in sorted(said)]
    made = drawn(shape, points=points, versions=versions)
    places = [tuple(map(float, one)) for one in re.findall(r"(-?[\d.]+),(-?[\d.]+)", made.joined)]
    sheet = SHEETS[shape]
    for x, y in places:
        assert sheet.left - 0.1 <= x <= sheet.width - sheet.right + 0.1
        assert sheet.top - 0.1 <= y <= made.floor + 0.1
    for box in made.zones:
        assert float(box.height) >= 0 and float(box.width) >= 0
    assert len(places) == len(points)


@given(numbers, numbers)
def test_an_axis_keeps_the_order_of_values(one: float, other: float) -> None:
    axis = Axis(*range_of([one, other]), start=10, length=100, is_upward=True)
    if one < other:
        assert axis.at(one) >= axis.at(other)


@given(numbers, st.floats(0.001, 500), st.integers(2, 9))
def test_ticks_are_few_and_even_and_within(low: float, span: float, most: int) -> None:
    ticks = even_ticks(low, low + span, most)
    assert len(ticks) <= most
    steps = {round(after - before, 9) for before, after in pairwise(ticks)}
    assert len(steps) <= 1
    assert all(low - 1e-6 <= one <= low + span + 1e-6 for one in ticks)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 4000), st.integers(2, 8))
def test_days_end_with_the_last_and_are_few(last: date, back: int, most: int) -> None:
    days = days_shown(last - timedelta(days=back), last, most)
    assert days[-1] == last
    assert len(days) <= most
    assert days[0] >= last - timedelta(days=back)


@given(st.lists(st.floats(0, 300), max_size=6))
def test_words_beside_a_drawing_never_touch(wanted: list[float]) -> None:
    placed = spread(wanted, 19, 20, 280)
    inorder = sorted(placed)
    assert all(after - before >= 19 - 1e-6 for before, after in pairwise(inorder))
    assert sorted(range(len(wanted)), key=lambda n: (wanted[n], n)) == sorted(
        range(len(placed)), key=lambda n: placed[n]
    )
    assert all(one >= 20 - 1e-6 for one in placed)


@pytest.mark.parametrize(
    ("now", "start", "hours"),
    [
        ("2026-11-22T10:00+01:00", "2026-11-08T23:00", 14 * 24),
        ("2026-10-26T10:00+01:00", "2026-10-12T22:00", 14 * 24 + 1),
        ("2027-03-29T00:30+02:00", "2027-03-15T23:00", 14 * 24 - 1),
    ],
)
def test_days_are_whole_also_when_the_clock_is_moved(now: str, start: str, hours: int) -> None:
    first, end = whole_days(datetime.fromisoformat(now), 14)
    assert first.astimezone(UTC) == datetime.fromisoformat(f"{start}+00:00")
    assert (end.astimezone(UTC) - first.astimezone(UTC)) == timedelta(hours=hours)
