"""Meeting days of a year avoid holidays, and every deadline is a working day in its order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.governance.rules.year_plan import (
    LAST,
    Days,
    check_days,
    deadlines_of,
    every,
    nth_weekday,
    propose,
)
from samspill.refusal import Refused
from samspill.worklist.public import is_workday

WEDNESDAY, THURSDAY = 2, 3


def test_the_second_wednesday_of_every_second_month_from_february() -> None:
    days = propose(2027, weekday=WEDNESDAY, nth=2, months=every(2, 2), is_workday=is_workday)
    assert days == [
        date(2027, 2, 10), date(2027, 4, 14), date(2027, 6, 9),
        date(2027, 8, 11), date(2027, 10, 13), date(2027, 12, 8),
    ]  # fmt: skip


def test_a_meeting_that_would_be_on_maundy_thursday_is_a_week_later() -> None:
    assert date(2027, 3, 25) == nth_weekday(2027, 3, THURSDAY, LAST)
    assert propose(2027, weekday=THURSDAY, nth=LAST, months=[3], is_workday=is_workday) == [date(2027, 4, 1)]


def test_nobody_meets_in_july() -> None:
    assert 7 not in every(1, 1)


def test_deadlines_before_the_meeting_move_back_and_those_after_move_on() -> None:
    found = deadlines_of(
        date(2027, 4, 5), Days(report=10, brief=7, notice=3, minutes=5, remarks=12), is_workday
    )
    assert found.notice_by == date(2027, 4, 2)
    assert found.brief_by == date(2027, 3, 24)  # 29 March is Easter Monday
    assert found.minutes_by == date(2027, 4, 12)  # the fifth day is a Saturday


@given(
    day=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    numbers=st.lists(st.integers(0, 60), min_size=5, max_size=5),
)
def test_deadlines_are_working_days_in_their_order(day: date, numbers: list[int]) -> None:
    notice, brief, report = sorted(numbers[:3])
    minutes, remarks = sorted(numbers[3:])
    days = Days(report, brief, notice, minutes, remarks)
    check_days(days)
    found = deadlines_of(day, days, is_workday)
    assert found.report_by <= found.brief_by <= found.notice_by <= day <= found.minutes_by <= found.remarks_by
    for one in (found.report_by, found.brief_by, found.notice_by, found.minutes_by, found.remarks_by):
        assert is_workday(one)


@given(st.integers(2024, 2030), st.integers(0, 4), st.integers(1, 5), st.integers(1, 12))
def test_a_proposed_day_is_a_working_day_on_the_chosen_weekday(
    year: int, weekday: int, nth: int, month: int
) -> None:
    (day,) = propose(year, weekday=weekday, nth=nth, months=[month], is_workday=is_workday)
    assert day.weekday() == weekday
    assert is_workday(day)


@pytest.mark.parametrize("days", [Days(report=5, brief=9), Days(remarks=2), Days(report=500)])
def test_days_that_do_not_come_in_order_are_refused(days: Days) -> None:
    with pytest.raises(Refused):
        check_days(days)
