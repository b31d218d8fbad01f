"""Occupancy from stays: every bed-hour once, also in the nights when the clock is moved."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.analysis.capacity import Twice, occupancy, to_local, to_utc
from samspill.refusal import Refused

MONDAY = date(2026, 3, 2)


def moments(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[s]")


def test_the_first_and_the_last_hour_count_by_the_part_of_them() -> None:
    came, left = to_utc(moments("2026-03-02T08:45")), to_utc(moments("2026-03-02T11:20"))
    found = occupancy(came, left, start=MONDAY, end=MONDAY + timedelta(7))
    assert found.in_bed[0, 7:13] == pytest.approx([0, 0.25, 1, 1, 1 / 3, 0])
    assert found.of_week[:3].tolist() == [0, 1, 2]


def test_who_leaves_at_noon_is_not_there_from_noon() -> None:
    found = occupancy(
        to_utc(moments("2026-03-02T11:00")),
        to_utc(moments("2026-03-02T12:00")),
        start=MONDAY,
        end=MONDAY + timedelta(1),
    )
    assert found.in_bed[0, 10:13].tolist() == [0, 1, 0]


stays = st.lists(
    st.tuples(st.integers(0, 40 * 86400), st.integers(0, 20 * 86400), st.integers(0, 2)),
    min_size=1,
    max_size=60,
)


@given(stays)
def test_bed_hours_in_are_bed_hours_out(rows: list[tuple[int, int, int]]) -> None:
    """C6, over the night in March when an hour is left out; and each hour as the slow sum says."""
    begin = np.datetime64("2026-03-15T00:00:00")
    came = begin + np.array([row[0] for row in rows])
    left = came + np.array([row[1] for row in rows])
    unit = np.array([row[2] for row in rows])
    start, end = date(2026, 3, 20), date(2026, 4, 10)
    found = occupancy(came, left, start=start, end=end, unit=unit, units=("a", "b", "c"))
    first, last = np.datetime64("2026-03-19T23:00:00"), np.datetime64("2026-04-09T22:00:00")
    spent = (np.clip(left, first, last) - np.clip(came, first, last)).astype(float) / 3600
    assert found.bed_hours == pytest.approx([spent[unit == one].sum() for one in range(3)], abs=1e-6)
    hour = 77
    low, high = found.starts[hour], found.starts[hour] + np.timedelta64(1, "h")
    slow = (np.clip(left, low, high) - np.clip(came, low, high)).astype(float) / 3600
    assert found.in_bed[:, hour] == pytest.approx([slow[unit == one].sum() for one in range(3)], abs=1e-9)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (MONDAY, 24)])
def test_a_day_has_the_hours_that_passed(day: date, hours: int) -> None:
    """Whoever lies there the whole day spends 23, 24 or 25 bed-hours."""
    came, left = moments("2026-01-01T00:00"), moments("NaT")
    found = occupancy(came, left, start=day, end=day + timedelta(1))
    assert found.in_bed.shape == (1, hours)
    assert found.bed_hours[0] == hours


def test_the_double_hour_counts_as_two_hours_of_that_night() -> None:
    start = date(2026, 10, 19)
    found = occupancy(moments("2026-01-01T00:00"), moments("NaT"), start=start, end=start + timedelta(7))
    profile = found.profile()
    sunday_two = 6 * 24 + 2
    assert profile.weeks[sunday_two] == 2
    assert profile.weeks.sum() == 169
    assert profile.mean[0] == pytest.approx(np.ones(168))


def test_a_time_the_clock_showed_twice_is_refused_unless_one_says_which() -> None:
    night = moments("2026-10-25T02:30")
    with pytest.raises(Refused, match="showed twice that night") as refused:
        to_utc(night)
    assert refused.value.code == "clock_twice"
    assert to_utc(night, twice=Twice.FIRST) == np.datetime64("2026-10-25T00:30:00")
    assert to_utc(night, twice=Twice.SECOND) == np.datetime64("2026-10-25T01:30:00")


def test_a_time_the_clock_left_out_is_refused() -> None:
    with pytest.raises(
        Refused, match="Row 2 says 2026-03-29T02:15:00, which the clock in Europe/Oslo left out"
    ):
        to_utc(moments("2026-03-29T01:59", "2026-03-29T02:15"))


@given(st.integers(0, 2_000_000_000))
def test_what_the_clock_shows_leads_back_to_the_moment(second: int) -> None:
    utc = np.array([second], dtype="datetime64[s]")
    local = to_local(utc)
    assert utc[0] in {to_utc(local, twice=one)[0] for one in (Twice.FIRST, Twice.SECOND)}


def test_percentiles_are_of_the_weeks() -> None:
    """Ten Mondays, on the k-th of which k people lie there from 10 to 11."""
    came = np.concatenate(
        [
            np.full(week, np.datetime64("2026-01-05T09:00:00") + np.timedelta64(7 * week, "D"))
            for week in range(10)
        ]
    )
    found = occupancy(came, came + 3600, start=date(2026, 1, 5), end=date(2026, 3, 16))
    profile = found.profile()
    assert profile.mean[0, 10] == 4.5
    assert profile.percentiles[0, 10].tolist() == pytest.approx(
        np.percentile(np.arange(10), [50, 75, 90, 95])
    )


def test_stays_that_cannot_be_are_refused_by_row() -> None:
    window = {"start": MONDAY, "end": MONDAY + timedelta(7)}
    day = moments("2026-03-03T00:00")
    with pytest.raises(Refused, match="Row 1 leaves before it comes"):
        occupancy(day, day - 60, **window)
    with pytest.raises(Refused, match="Row 1 has no time of coming"):
        occupancy(moments("NaT"), day, **window)
    with pytest.raises(Refused, match="not among the 1 named"):
        occupancy(day, day, unit=[3], **window)
    with pytest.raises(Refused, match="not after its start"):
        occupancy(day, day, start=MONDAY, end=MONDAY)
    with pytest.raises(Refused, match="every hour of a week"):
        occupancy(day, day, start=MONDAY, end=MONDAY + timedelta(2)).profile()
