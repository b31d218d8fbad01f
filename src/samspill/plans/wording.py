"""Sentences with numbers in them, in the written form of the moment. Plain values in, text out."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.plans.models import MeasureResponsible, Plan
from samspill.plans.queries.rows import Row
from samspill.plans.rules.dates import short_day
from samspill.plans.states import Basis, Precision, ShownStatus

NBSP = "\xa0"
# Longer than this, a deadline as the plan words it does not fit its column.
RAW_FITS = 24
_DASH = re.compile(r"\s*[-–]\s*")
_EXACT = {Precision.DAY, Precision.WEEK, Precision.PERIOD, ""}


def in_words(count: int) -> str:
    """«three» up to twelve, figures above. In Norwegian the neuter: et tiltak, et hull."""
    words = (
        pgettext("neuter number", "zero"),
        pgettext("neuter number", "one"),
        pgettext("neuter number", "two"),
        pgettext("neuter number", "three"),
        pgettext("neuter number", "four"),
        pgettext("neuter number", "five"),
        pgettext("neuter number", "six"),
        pgettext("neuter number", "seven"),
        pgettext("neuter number", "eight"),
        pgettext("neuter number", "nine"),
        pgettext("neuter number", "ten"),
        pgettext("neuter number", "eleven"),
        pgettext("neuter number", "twelve"),
    )
    return words[count] if count < len(words) else str(count)


def measures_in_words(count: int) -> str:
    """«25 measures», «three measures», «no measures»."""
    if not count:
        return pgettext("how many", "no measures")
    return ngettext("%(count)s measure", "%(count)s measures", count) % {"count": in_words(count)}


def headline(rows: Iterable[Row], *, is_keeper: bool) -> str:
    """The plan as a message: «25 measures. Three are late, and 41 holes can be filled now.»"""
    shown = [row.shown.status for row in rows]
    if not shown:
        return _("No measures")
    late, done = shown.count(ShownStatus.LATE), shown.count(ShownStatus.DONE)
    fillable = sum(row.fillable for row in rows)
    first = capfirst(measures_in_words(len(shown)))
    if is_keeper and fillable:
        return f"{first}. {capfirst(_late(late))}, {_and_holes(fillable)}."
    if is_keeper:
        return f"{first}. {capfirst(_late(late))}, {_and_no_holes(rows)}."
    return f"{first}. {capfirst(_late(late))}, {_and_done(done)}."


def _late(count: int) -> str:
    if not count:
        return _("none is late")
    return ngettext("%(count)s is late", "%(count)s are late", count) % {"count": in_words(count)}


def _and_holes(count: int) -> str:
    return ngettext(
        "and %(count)s hole can be filled now", "and %(count)s holes can be filled now", count
    ) % {"count": in_words(count)}


def _and_no_holes(rows: Iterable[Row]) -> str:
    return _("and some holes await you") if any(row.holes for row in rows) else _("and nothing is missing")


def _and_done(count: int) -> str:
    if not count:
        return _("and none is done")
    return ngettext("and %(count)s is done", "and %(count)s are done", count) % {"count": in_words(count)}


def found_in_words(rows: list[Row]) -> str:
    """What a document gave: «25 measures. All have a responsible, none has a deadline.»"""
    owners = sum(bool(row.responsibles) for row in rows)
    deadlines = sum(bool(row.measure.deadline or row.measure.deadline_raw) for row in rows)
    return _("%(measures)s. %(owners)s have a responsible, %(deadlines)s have a deadline.") % {
        "measures": capfirst(measures_in_words(len(rows))),
        "owners": capfirst(_of_all(owners, len(rows))),
        "deadlines": _of_all(deadlines, len(rows)),
    }


def _of_all(count: int, total: int) -> str:
    if count == total:
        return pgettext("of the measures", "all")
    return in_words(count) if count else pgettext("of the measures", "none")


def holes_in_words(count: int) -> str:
    """«2 holes», beside a folded area."""
    return ngettext("%(count)s hole", "%(count)s holes", count) % {"count": count} if count else ""


def area_in_words(rows: list[Row]) -> str:
    """What the marks of an area say, for those who hear them: «5 measures: 1 late, 4 on track»."""
    counts = [(status, sum(row.shown.status == status for row in rows)) for status in ShownStatus]
    said = ", ".join(f"{count} {str(status.label).lower()}" for status, count in counts if count)
    return f"{measures_in_words(len(rows))}: {said}"


def name_in_full(one: MeasureResponsible) -> str:
    """«Faglig samarbeidsutvalg barn og unge (FSU BU)», or the plan's own word and whom it means."""
    if one.body:
        short = one.body.short_name
        name = f"{one.body.name} ({short})" if short and short != one.body.name else one.body.name
    elif one.party:
        name = one.party.name
    else:
        name = f"{one.raw} ({one.get_side_display()})" if one.side else one.raw
    return f"{name}, {one.get_basis_display()}" if one.basis == Basis.INFERRED else name


def people_in_words(row: Row) -> str:
    """Who answers for a measure, and who takes part, with names in full."""
    if not row.accountable:
        return _("Nobody is responsible yet.")
    name = name_in_full(row.accountable)
    if not row.helpers:
        return _("Responsible: %(name)s.") % {"name": name}
    helpers = ", ".join(name_in_full(one) for one in row.helpers)
    return _("Responsible: %(name)s. Take part: %(helpers)s.") % {"name": name, "helpers": helpers}


def deadline_in_words(row: Row, today: date) -> str:
    """What stands in the column of deadlines; "" when there is none."""
    measure = row.measure
    if row.shown.status == ShownStatus.DONE:
        return (
            _("Finished in %(month)s") % {"month": _month(row.done_on, today)}
            if row.done_on
            else _("Finished")
        )
    if row.shown.days_late:
        days = row.shown.days_late
        return ngettext("%(count)s day over", "%(count)s days over", days) % {"count": days}
    raw = measure.deadline_raw
    if raw and len(raw) <= RAW_FITS and measure.deadline_precision not in _EXACT:
        return capfirst(raw)
    return short_day(measure.deadline) if measure.deadline else ""


def _month(day: date, today: date) -> str:
    return dateformat.format(day, "F" if day.year == today.year else "F Y")


def period_in_words(plan: Plan) -> str:
    """«2025–2027», or whole days when the plan does not follow the years; "" without a period."""
    start, end = plan.period_start, plan.period_end
    if not start or not end:
        return str(start.year) if start else str(end.year) if end else ""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{short_day(start)}–{short_day(end)}"


def plan_in_words(plan: Plan) -> str:
    """A plan's title, with its period when the title does not say it."""
    period = period_in_words(plan)
    said = _DASH.sub("–", plan.title)
    return plan.title if not period or period in said else f"{plan.title}, {period}"


def late_in_words(count: int) -> str:
    """«Three measures are late.», the message of the list of plans."""
    if not count:
        return _("No measure is late.")
    text = ngettext("%(measures)s is late", "%(measures)s are late", count)
    return capfirst(text % {"measures": measures_in_words(count)}) + "."


def adoption_in_words(plan: Plan) -> str:
    """«Adopted by Partnerskapsmøtet 7 February 2025», or that it is not adopted here."""
    if plan.adopted_on is None:
        return _("Not marked as adopted")
    day = dateformat.format(plan.adopted_on, pgettext("date format", "j F Y")).replace(" ", NBSP)
    if plan.adopted_by:
        return _("Adopted by %(body)s %(day)s") % {"body": plan.adopted_by, "day": day}
    return _("Adopted %(day)s") % {"day": day}
