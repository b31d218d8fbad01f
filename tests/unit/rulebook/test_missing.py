"""What is missing at an instant: due times on the wall clock, grace, pauses, and both changes of the
clocks.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.refusal import Refused
from samspill.rulebook.triage import Pause, Schedule, as_schedule, due_between, missing_at
from samspill.rulebook.wall_clock import instant

OSLO = ZoneInfo("Europe/Oslo")
HOUR = timedelta(hours=1)
MORNING = Schedule(times=(time(8),), first_day=date(2026, 11, 20), grace=2 * HOUR)


def oslo(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_nothing_is_missing_before_the_first_day_or_within_the_grace() -> None:
    assert missing_at(MORNING, [], [], oslo(19, 23)) == ()
    assert missing_at(MORNING, [], [], oslo(20, 7, 59)) == ()
    told = missing_at(MORNING, [], [], oslo(20, 10))
    assert told == () and told.pending == (utc(20, 7),)


def test_it_is_missing_when_the_grace_is_over() -> None:
    assert missing_at(MORNING, [], [], oslo(20, 10, 1)) == (utc(20, 7),)
    assert missing_at(MORNING, [], [], oslo(22, 12)) == (utc(20, 7), utc(21, 7), utc(22, 7))


@pytest.mark.parametrize("minutes", [-120, -1, 0, 1, 120])
def test_a_measurement_within_the_time_meets_it(minutes: int) -> None:
    taken = oslo(20, 8) + timedelta(minutes=minutes)
    told = missing_at(MORNING, [taken], [], oslo(20, 12))
    assert (tuple(told), told.unexpected, list(told.met)) == ((), (), [utc(20, 7)])


@pytest.mark.parametrize("minutes", [-121, 121, 600])
def test_a_measurement_outside_the_time_is_unexpected_and_meets_nothing(minutes: int) -> None:
    taken = oslo(20, 8) + timedelta(minutes=minutes)
    told = missing_at(MORNING, [taken], [], oslo(20, 20))
    assert told == (utc(20, 7),)
    assert told.unexpected == (taken,)
    assert told.late == ({utc(20, 7): taken} if minutes > 0 else {})


@dataclass
class Measurement:
    effective: datetime


@pytest.mark.parametrize(
    "given", [oslo(20, 9), (oslo(20, 9), 72.5), {"effective": oslo(20, 9)}, Measurement(oslo(20, 9))]
)
def test_measurements_may_come_as_they_are_kept(given: object) -> None:
    assert missing_at(MORNING, [given], [], oslo(20, 12)) == ()


def test_how_early_may_differ_from_the_grace() -> None:
    strict = Schedule((time(8),), date(2026, 11, 20), grace=2 * HOUR, early=timedelta(minutes=10))
    assert missing_at(strict, [oslo(20, 7, 49)], [], oslo(20, 12)) == (utc(20, 7),)
    assert missing_at(strict, [oslo(20, 7, 50)], [], oslo(20, 12)) == ()


def test_what_is_measured_after_now_is_not_known_yet() -> None:
    assert missing_at(MORNING, [oslo(20, 9)], [], oslo(20, 8, 30)).pending == (utc(20, 7),)


def test_a_measurement_counts_for_the_nearest_due_time_only() -> None:
    close = Schedule((time(8), time(9, 30)), date(2026, 11, 20), grace=2 * HOUR)
    assert missing_at(close, [oslo(20, 8, 50)], [], oslo(20, 13)) == (utc(20, 7),)
    assert missing_at(close, [oslo(20, 8, 45)], [], oslo(20, 13)) == (utc(20, 8, 30),), (
        "of two as near the earlier"
    )


def test_two_measurements_at_one_due_time_are_both_expected() -> None:
    told = missing_at(MORNING, [oslo(20, 8, 5), oslo(20, 8)], [], oslo(20, 12))
    assert told.unexpected == () and told.met == {utc(20, 7): oslo(20, 8)}


def test_nothing_is_due_in_a_pause() -> None:
    pause = Pause(oslo(20, 7), oslo(21, 9))
    told = missing_at(MORNING, [], [pause], oslo(22, 12))
    assert told == (utc(22, 7),)
    assert told.excused == (utc(20, 7), utc(21, 7))


@pytest.mark.parametrize(
    ("start", "end", "excused"),
    [
        (oslo(20, 8), oslo(20, 8, 1), True),
        (oslo(20, 9, 59), None, True),
        (oslo(20, 10), None, True),
        (oslo(20, 10, 1), None, False),
        (oslo(20, 6), oslo(20, 8), False),
        (oslo(20, 6), oslo(20, 8, 1), True),
    ],
)
def test_a_pause_excuses_what_it_touches_the_time_of(
    start: datetime, end: datetime | None, excused: bool
) -> None:
    assert (missing_at(MORNING, [], [(start, end)], oslo(20, 12)) == ()) is excused


def test_an_open_pause_goes_on() -> None:
    assert missing_at(MORNING, [], [{"start": oslo(20, 7)}], oslo(30, 12)) == ()


def test_a_measurement_in_a_pause_is_unexpected() -> None:
    told = missing_at(MORNING, [oslo(20, 8)], [Pause(oslo(20, 0), oslo(21, 0))], oslo(20, 12))
    assert told.unexpected == (oslo(20, 8),)
    before = missing_at(MORNING, [oslo(20, 8, 10)], [Pause(oslo(20, 8, 30))], oslo(20, 12))
    assert before.unexpected == () and list(before.met) == [utc(20, 7)]


def test_only_some_days_of_the_week() -> None:
    some = Schedule((time(8),), date(2026, 11, 20), weekdays=("mon", "thu"))
    told = missing_at(some, [oslo(21, 8)], [], oslo(30, 23))
    assert told == (utc(23, 7), utc(26, 7), utc(30, 7))
    assert told.unexpected == (oslo(21, 8),)


def test_every_other_day_counts_from_the_first() -> None:
    other = Schedule((time(8),), date(2026, 11, 20), date(2026, 11, 26), every_days=2)
    wanted = (utc(20, 7), utc(22, 7), utc(24, 7), utc(26, 7))
    assert missing_at(other, [], [], oslo(30, 12)) == wanted
    assert missing_at(other, [], [], oslo(30, 12), since=oslo(23, 0)) == wanted[2:]


def test_what_is_before_since_is_left_out_but_not_misunderstood() -> None:
    taken = [oslo(22, 9), oslo(23, 8)]
    told = missing_at(MORNING, taken, [], oslo(23, 12), since=oslo(22, 8, 30))
    assert (tuple(told), told.unexpected, list(told.met)) == ((), (), [utc(23, 7)])


def test_an_hour_that_the_clock_leaves_out_is_counted_on() -> None:
    night = Schedule((time(2, 30),), date(2026, 3, 28), grace=HOUR)
    dues = due_between(night, None, oslo(30, 12, month=3))
    assert dues == [utc(28, 1, 30, month=3), utc(29, 1, 30, month=3), utc(30, 0, 30, month=3)]
    assert dues[1].astimezone(OSLO).time() == time(3, 30)


def test_an_hour_that_comes_twice_is_due_the_first_time() -> None:
    night = Schedule((time(2, 30),), date(2026, 10, 24), date(2026, 10, 26))
    dues = due_between(night, None, oslo(30, 12, month=10))
    assert dues == [utc(24, 0, 30, month=10), utc(25, 0, 30, month=10), utc(26, 1, 30, month=10)]


def test_due_times_keep_to_the_wall_clock_across_the_changes() -> None:
    for month, first in ((3, 28), (10, 24)):
        morning = Schedule((time(8),), date(2026, month, first), date(2026, month, first + 2))
        dues = due_between(morning, None, oslo(31, 12, month=month))
        assert [due.astimezone(OSLO).hour for due in dues] == [8, 8, 8]
        assert sorted(later - sooner for sooner, later in pairwise(dues)) != [24 * HOUR, 24 * HOUR]


def test_two_times_that_fall_on_one_instant_are_met_by_one_measurement() -> None:
    night = Schedule((time(2, 30), time(3, 30)), date(2026, 3, 29), date(2026, 3, 29), grace=HOUR)
    assert len(due_between(night, None, oslo(30, 0, month=3))) == 1
    assert missing_at(night, [oslo(29, 3, 30, month=3)], [], oslo(29, 12, month=3)) == ()


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.times().map(lambda one: one.replace(tzinfo=None)))
def test_every_wall_clock_time_of_every_day_is_one_instant(day: date, at: time) -> None:
    found = instant(day, at)
    back = found.astimezone(OSLO)
    shifted = timedelta(hours=back.hour - at.hour, minutes=back.minute - at.minute)
    assert found == instant(day, at) and back.date() == day
    assert shifted in (timedelta(0), HOUR) and back.fold == 0


@given(
    st.lists(st.integers(0, 4 * 24 * 4), max_size=12),
    st.lists(st.tuples(st.integers(0, 380), st.none() | st.integers(1, 100)), max_size=3),
    st.integers(0, 4 * 24 * 4),
    st.sets(st.integers(0, 23), min_size=1, max_size=4),
    st.integers(0, 12),
)
def test_it_is_as_slowly_told(
    taken: list[int], pauses: list[tuple[int, int | None]], now: int, hours: set[int], grace: int
) -> None:
    """In quarters of an hour over four days with the change to winter time in the middle."""
    start, quarter = oslo(24, 0, month=10).astimezone(UTC), timedelta(minutes=15)
    moments = [start + quarter * one for one in taken]
    spans = [
        (start + quarter * one, None if long is None else start + quarter * (one + long))
        for one, long in pauses
    ]
    schedule = Schedule(
        tuple(map(time, hours)), date(2026, 10, 24), date(2026, 10, 27), grace=quarter * grace
    )
    at = start + quarter * now
    told = missing_at(schedule, moments, spans, at)
    assert tuple(told) == slow_missing(schedule, moments, spans, at)
    assert set(told.met) | set(told) | set(told.pending) | set(told.excused) == {
        due for due in due_between(schedule, None, at + schedule.grace) if due <= at or due in told.met
    }
    known = sorted(moment for moment in moments if moment <= at)
    assert set(told.unexpected) <= set(known) and set(told.met.values()) <= set(known)


def slow_nearest(dues: list[datetime], moment: datetime) -> datetime:
    return min(dues, key=lambda due: (abs(moment - due), due))


def slow_missing(
    schedule: Schedule,
    moments: list[datetime],
    spans: list[tuple[datetime, datetime | None]],
    at: datetime,
) -> tuple[datetime, ...]:
    dues = due_between(schedule, None, at + timedelta(days=40))
    found = []
    for due in dues:
        over = due + schedule.grace
        if not over < at or any(start <= over and (end is None or end > due) for start, end in spans):
            continue
        near = [moment for moment in moments if due - schedule.grace <= moment <= min(over, at)]
        mine = [moment for moment in near if slow_nearest(dues, moment) == due]
        if not mine:
            found.append(due)
    return tuple(found)


def test_a_schedule_may_be_as_it_is_stored() -> None:
    stored = {
        "times": ["08:00", "20:00"], "first_day": "2026-11-20", "last_day": "2026-12-20",
        "weekdays": [1, "fri"], "grace": 90, "early": 30, "by_whom": "pårørende",
    }  # fmt: skip
    told = as_schedule(stored)
    assert told == Schedule(
        (time(8), time(20)), date(2026, 11, 20), date(2026, 12, 20), ("mon", "fri"), 1,
        timedelta(minutes=90), timedelta(minutes=30), "pårørende",
    )  # fmt: skip
    assert missing_at(stored, now=oslo(20, 12)) == (utc(20, 7),)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ({"times": [], "first_day": "2026-11-20"}, "schedule.times"),
        ({"times": ["08:00", "08:00"], "first_day": "2026-11-20"}, "schedule.times"),
        ({"times": ["08:00+01:00"], "first_day": "2026-11-20"}, "schedule.times"),
        ({"times": ["8"], "first_day": "2026-11-20"}, "schedule.unknown"),
        ({"times": ["24:00"], "first_day": "2026-11-20"}, "schedule.unknown"),
        ({"times": ["08:00"]}, "schedule.unknown"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "time": "09:00"}, "schedule.unknown"),
        ({"times": ["08:00"], "first_day": "2026-11-31"}, "schedule.unknown"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "last_day": "2026-11-19"}, "schedule.days"),
        ({"times": ["08:00"], "first_day": oslo(20, 8)}, "schedule.days"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "weekdays": [0]}, "schedule.weekdays"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "weekdays": ["monday"]}, "schedule.weekdays"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "every_days": 0}, "schedule.every"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "every_days": True}, "schedule.every"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "grace": -1}, "schedule.grace"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "grace": "2h"}, "schedule.grace"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "grace": float("nan")}, "schedule.unknown"),
        ({"times": ["08:00"], "first_day": "2026-11-20", "zone": "Oslo"}, "unknown_zone"),
        (["08:00"], "schedule.unknown"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(stored: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        missing_at(stored, [], [], oslo(20, 12))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (([], [], None), "time.not_a_time"),
        (([], [], datetime(2026, 11, 20, 12)), "time.no_zone"),
        (([datetime(2026, 11, 20, 8)], [], oslo(20, 12)), "time.no_zone"),
        ((["2026-11-20"], [], oslo(20, 12)), "time.not_a_time"),
        (([{"value": 1}], [], oslo(20, 12)), "time.not_a_time"),
        (([], [(oslo(21, 0), oslo(20, 0))], oslo(20, 12)), "pause.order"),
        (([], ["2026-11-20"], oslo(20, 12)), "pause.unknown"),
        (([], [{"from": oslo(20, 0)}], oslo(20, 12)), "pause.unknown"),
    ],
)
def test_times_without_zone_and_turned_pauses_are_refused(arguments: tuple, code: str) -> None:
    with pytest.raises(Refused) as refused:
        missing_at(MORNING, *arguments)
    assert refused.value.code == code
