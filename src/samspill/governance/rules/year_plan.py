"""A body's meetings in a year: proposed days, and the deadlines that follow from a meeting's day.

Days are local. Which days are for work is an argument (`is_workday`), so that nothing here knows a calendar.
"""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

IsWorkday = Callable[[date], bool]
LAST = 5
"""In place of 1–4: the last one of the month."""
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
JULY = 7
MOST_DAYS = 120


@dataclass(frozen=True)
class Days:
    """Days before a meeting that cases, briefs and the notice are due, and after it minutes and remarks."""

    report: int = 28
    brief: int = 14
    notice: int = 7
    minutes: int = 7
    remarks: int = 14


@dataclass(frozen=True)
class Deadlines:
    """All on working days."""

    report_by: date
    brief_by: date
    notice_by: date
    minutes_by: date
    remarks_by: date


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` (1–4, LAST) `weekday` (Monday 0) of a month."""
    if nth == LAST:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * WEEK


def propose(
    year: int, *, weekday: int, nth: int, months: Collection[int], is_workday: IsWorkday
) -> list[date]:
    """A day in each of `months`, on the weekday; a week later, or earlier, when that is a holiday."""
    return [_near(nth_weekday(year, month, weekday, nth), is_workday) for month in sorted(months)]


def _near(day: date, is_workday: IsWorkday) -> date:
    """The same weekday as near as possible on a working day, in the same year."""
    for weeks in (0, 1, -1, 2, -2):
        found = day + weeks * WEEK
        if is_workday(found) and found.year == day.year:
            return found
    return day


def every(months: int, first: int) -> list[int]:
    """Every so many months from the `first` on; not July, when Norway is on holiday."""
    return [month for month in range(first, 13, months) if month != JULY]


def deadlines_of(day: date, days: Days, is_workday: IsWorkday) -> Deadlines:
    """Before the meeting a deadline moves to the working day before, after it to the one after."""
    return Deadlines(
        report_by=_before(day - timedelta(days=days.report), is_workday),
        brief_by=_before(day - timedelta(days=days.brief), is_workday),
        notice_by=_before(day - timedelta(days=days.notice), is_workday),
        minutes_by=_after(day + timedelta(days=days.minutes), is_workday),
        remarks_by=_after(day + timedelta(days=days.remarks), is_workday),
    )


def _before(day: date, is_workday: IsWorkday) -> date:
    while not is_workday(day):
        day -= DAY
    return day


def _after(day: date, is_workday: IsWorkday) -> date:
    while not is_workday(day):
        day += DAY
    return day


def check_days(days: Days) -> None:
    """Cases come first, then briefs, then the notice; minutes come before remarks to them."""
    if max(days.report, days.brief, days.notice, days.minutes, days.remarks) > MOST_DAYS:
        raise Refused(
            "plan.days", _("A deadline is at most %(days)s days from the meeting.") % {"days": MOST_DAYS}
        )
    if not days.report >= days.brief >= days.notice:
        raise Refused(
            "plan.days_order",
            _("Cases come first, then briefs, then the notice. Put the days so."),
            field="report_days",
        )
    if days.remarks < days.minutes:
        raise Refused(
            "plan.remarks_order",
            _("Remarks to the minutes come after the minutes. Give them more days."),
            field="remarks_days",
        )


def check_times(starts: object, ends: object) -> None:
    """`starts` and `ends` are times of one day."""
    if not starts < ends:  # type: ignore[operator]
        raise Refused(
            "meeting.times", _("The meeting ends before it begins. Correct the time."), field="ends"
        )


def check_deadlines(day: date, found: Deadlines) -> None:
    """Deadlines somebody has moved by hand still come in their order around the meeting."""
    if not found.report_by <= found.brief_by <= found.notice_by <= day:
        raise Refused(
            "meeting.deadlines",
            _("The deadlines before the meeting do not come in order: cases, briefs, notice, meeting."),
            field="notice_by",
        )
    if not day <= found.minutes_by <= found.remarks_by:
        raise Refused(
            "meeting.deadlines_after",
            _("The deadlines after the meeting do not come in order: meeting, minutes, remarks."),
            field="minutes_by",
        )
