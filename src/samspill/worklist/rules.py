"""What a task's state allows, which days and hours are for work, and when somebody is reminded.

Plain values in, a refusal or an answer out. Not here: who may (`permissions`).
"""

from datetime import date, datetime, time, timedelta

import holidays
from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused
from samspill.worklist.states import MOVES, TaskState, When

# Public holidays of Norway by law (package `holidays`); Saturdays and Sundays are counted apart.
_HOLIDAYS = holidays.country_holidays("NO", language="no")
SATURDAY = 5

MAIL_FROM, MAIL_UNTIL = time(7), time(17)  # a working day; what cannot wait has a time of its own
REMIND_FROM, REMIND_UNTIL = time(7), time(10)  # at seven, and until ten when the machine was asleep at seven
LINK_LASTS = timedelta(days=14)  # long enough for a week of leave, short enough to be forgotten safely

_CLOSED = {
    TaskState.DONE: _("This task is done already. Undo that first if it is not."),
    TaskState.DROPPED: _("This task was dropped. Undo that first if it should be done after all."),
}


def check_move(state: str, act: str) -> None:
    if (state, act) not in MOVES:
        raise Refused("task.state", _CLOSED[TaskState(state)])


def check_title(title: str) -> None:
    if not title.strip():
        raise Refused("task.title", _("The task has no text. Write what is to be done."), field="title")


def check_due(due: date | None, today: date) -> None:
    if due is not None and due < today:
        raise Refused(
            "task.due", _("The deadline is before today. Choose a day that is still to come."), field="due"
        )


def check_snooze(until: date, today: date) -> None:
    if until <= today:
        raise Refused(
            "task.snooze", _("A task is put off to a later day. Choose one after today."), field="until"
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(
            "task.reason",
            _("Say in a few words why this is not to be done, so that others need not ask."),
            field="reason",
        )


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in _HOLIDAYS


def next_workday(day: date) -> date:
    """The first workday after `day`."""
    day += timedelta(days=1)
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def previous_workday(day: date) -> date:
    """The last workday before `day`."""
    day -= timedelta(days=1)
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def is_mail_time(now: datetime) -> bool:
    """Whether mail may leave at `now`, an aware local time."""
    return is_workday(now.date()) and MAIL_FROM <= now.time() < MAIL_UNTIL


def is_reminder_time(now: datetime) -> bool:
    return is_workday(now.date()) and REMIND_FROM <= now.time() < REMIND_UNTIL


def should_remind(due: date | None, today: date) -> bool:
    """The workday before the deadline, the first one after it, and then the first of each week."""
    if due is None or not is_workday(today):
        return False
    if due > today:
        return due <= next_workday(today)
    if due == today:
        return False
    is_first_of_week = previous_workday(today).isocalendar()[:2] != today.isocalendar()[:2]
    return due >= previous_workday(today) or is_first_of_week


def when(due: date | None, today: date) -> When:
    """The group of «Mine oppgaver» a deadline belongs to on `today`; weeks begin on Monday (ISO 8601)."""
    if due is None:
        return When.UNDATED
    if due < today:
        return When.LATE
    monday = today - timedelta(days=today.weekday())
    borders = (
        (today, When.TODAY),
        (today + timedelta(days=1), When.TOMORROW),
        (monday + timedelta(days=6), When.THIS_WEEK),
        (monday + timedelta(days=13), When.NEXT_WEEK),
    )
    return next((group for last_day, group in borders if due <= last_day), When.LATER)
