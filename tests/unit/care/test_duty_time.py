"""When a team is told of an alert nobody takes: day and night, or from the beginning of its duty."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.care.duty_time import DutyTime, on_duty_from

OSLO = ZoneInfo("Europe/Oslo")
DAYTIME = DutyTime(time(7, 30), time(15, 30), weekends=False)
EVERY_DAY = DutyTime(time(7, 30), time(15, 30), weekends=True)
NIGHT = DutyTime(time(22), time(7), weekends=True)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("duty", "now", "told"),
    [
        (DutyTime(), "2026-11-21T03:00", "2026-11-21T03:00"),
        (DAYTIME, "2026-11-23T10:00", "2026-11-23T10:00"),
        (DAYTIME, "2026-11-23T07:00", "2026-11-23T07:30"),
        (DAYTIME, "2026-11-23T15:30", "2026-11-24T07:30"),
        (DAYTIME, "2026-11-20T16:00", "2026-11-23T07:30"),
        (EVERY_DAY, "2026-11-20T16:00", "2026-11-21T07:30"),
        (NIGHT, "2026-11-23T03:00", "2026-11-23T03:00"),
        (NIGHT, "2026-11-23T07:00", "2026-11-23T22:00"),
        (NIGHT, "2026-11-23T23:59", "2026-11-23T23:59"),
    ],
)
def test_a_team_is_told_on_duty(duty: DutyTime, now: str, told: str) -> None:
    assert on_duty_from(at(now), duty, is_weekday) == at(told)


def test_the_wall_clock_decides_also_when_clocks_change() -> None:
    """28 March 2027 loses an hour: half past seven is 05:30 UTC, and no longer 06:30."""
    assert on_duty_from(at("2027-03-27T20:00"), EVERY_DAY, is_weekday).astimezone(UTC) == datetime(
        2027, 3, 28, 5, 30, tzinfo=UTC
    )


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.times(),
    st.times(),
    st.booleans(),
)
def test_nobody_is_told_before_it_is_or_more_than_four_days_later(
    now: datetime, starts: time, until: time, weekends: bool
) -> None:
    told = on_duty_from(now, DutyTime(starts, until, weekends), is_weekday)
    assert now <= told <= now + timedelta(days=4)
    assert on_duty_from(told, DutyTime(starts, until, weekends), is_weekday) == told
