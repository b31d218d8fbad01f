"""Deadlines: what is allowed, and how far away they are. Days are given, never read from a clock."""

from calendar import monthrange
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from samspill.refusal import Refused

# March to July are never abbreviated in Norwegian.
SHORT_MONTHS = range(3, 8)
NBSP = "\xa0"
# A new deadline proposed for a plan whose period is over leaves at least a quarter to act in.
SHORTEST_NOTICE = timedelta(days=90)


def short_day(day: date) -> str:
    """For rows and buttons: «31. des. 2026», «30. juni 2027»."""
    # Translators: Django's date format letters; Norwegian puts a full stop after the day.
    return _formatted(day, pgettext("short date", "j N Y"))


def _formatted(day: date, pattern: str) -> str:
    if day.month in SHORT_MONTHS:
        pattern = pattern.replace("N", "F")
    return date_format(day, pattern).replace(" ", NBSP)


def coming_day(day: date, today: date) -> str:
    """A day to come, without the year when it is less than a year away: «30. juni»."""
    if (day - today).days >= 365:
        return short_day(day)
    return _formatted(day, pgettext("short date without year", "j N"))


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_period(start: date | None, end: date | None) -> None:
    """Refuses a plan that ends before it begins."""
    if start and end and end < start:
        raise Refused(
            "plan.period",
            _("The plan ends %(end)s, before it begins %(start)s. Correct the period in the document.")
            % {"end": date_format(end), "start": date_format(start)},
            field="period",
        )


def check_deadline(deadline: date | None, period_start: date | None, *, where: str = "") -> None:
    """Refuses a deadline before the plan begins. `where` is put first, to tell which measure it is about."""
    if deadline and period_start and deadline < period_start:
        raise Refused(
            "measure.deadline",
            _("%(where)sThe deadline %(deadline)s is before the plan begins %(start)s. Choose a later day.")
            % {"where": where, "deadline": date_format(deadline), "start": date_format(period_start)},
            field="deadline",
        )


def next_half_year_end(today: date) -> date:
    """The first 30 June or 31 December that leaves time to act."""
    earliest = today + SHORTEST_NOTICE
    halves = (
        date(year, month, day)
        for year in (earliest.year, earliest.year + 1)
        for month, day in ((6, 30), (12, 31))
    )
    return next(half for half in halves if half >= earliest)
