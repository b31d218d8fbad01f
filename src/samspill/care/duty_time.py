"""When a team is told of an alert that nobody takes: at once while it is on duty, else when its duty begins.

Plain values in, a moment out. Not here: who is told (`actions.escalating`). Who leads a team, and whoever a
table of escalation ends at, is told day and night.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
LOOKS_AHEAD = 14  # days: further than any row of holidays


@dataclass(frozen=True)
class DutyTime:
    """From and until on the wall clock in Norway, the next day when `until` is not after; both None: always.

    `weekends`: on Saturdays, Sundays and public holidays too.
    """

    starts: time | None = None
    until: time | None = None
    weekends: bool = True


def on_duty_from(now: datetime, duty: DutyTime, is_workday: Callable[[date], bool]) -> datetime:
    """`now` when it is within the duty time, else the beginning of the next. `now` has a zone."""
    if duty.starts is None or duty.until is None:
        return now
    today = now.astimezone(OSLO).date()
    for step in range(-1, LOOKS_AHEAD):
        day = today + timedelta(days=step)
        if not (duty.weekends or is_workday(day)):
            continue
        begins = datetime.combine(day, duty.starts, OSLO)
        ends_on = day if duty.until > duty.starts else day + timedelta(days=1)
        if now < datetime.combine(ends_on, duty.until, OSLO):
            return max(now, begins)
    return now
