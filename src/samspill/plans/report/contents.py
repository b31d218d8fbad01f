"""What a report of a plan says: how it stands, how it has gone, what is late, done, missing and promised.

Everything is derived from the measures as the plan page shows them, in the language that is active when
`report_of` is called. Not here: names of those who have reported; a report is read by everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.directory.public import Brief
from samspill.plans.document.contents import long_day
from samspill.plans.models import Plan
from samspill.plans.queries.rows import Row
from samspill.plans.report.history import Reports, rows_on
from samspill.plans.report.shapes import Part, Report, Table
from samspill.plans.report.span import Span
from samspill.plans.report.standing import areas_part, in_areas, months_part
from samspill.plans.rules.dates import short_day
from samspill.plans.states import CLOSED, Precision, ShownStatus
from samspill.plans.wording import (
    adoption_in_words,
    headline,
    late_in_words,
    measures_in_words,
    name_in_full,
    plan_in_words,
)


def report_of(
    plan: Plan, rows: Sequence[Row], reports: Reports, briefs: Iterable[Brief], *, span: Span, today: date
) -> Report:
    """The report of a span of time, in the active language.

    `rows` are all measures as they stand today, `reports` what was said of them, `briefs` what stands beside.
    A report that ended before today shows the statuses of its last day.
    """
    rows = rows if span.until == today else rows_on(rows, reports, span.until)
    parts = (
        areas_part(plan, rows, span),
        *months_part(plan, rows, reports, span),
        _late(rows),
        _done(rows, span),
        _holes(rows),
        *_population(briefs),
        _promised(rows),
    )
    return Report(
        title=span.title % {"plan": plan_in_words(plan)},
        heading=headline(rows, is_keeper=False),
        facts=(
            plan.community.full_name,
            adoption_in_words(plan),
            _("From %(since)s to %(today)s") % {"since": long_day(span.since), "today": long_day(span.until)},
        ),
        language=plan.language,
        parts=parts,
    )


def _late(rows: Sequence[Row]) -> Part:
    late = [row for row in rows if row.shown.status == ShownStatus.LATE]
    heading = late_in_words(len(late)).rstrip(".")
    head = (
        _("Measure"), _("Responsible"), _("Deadline"), pgettext("column of a report", "Why"),
    )  # fmt: skip
    lines = tuple((row.measure.name, _owner(row), _deadline(row), _said(row)) for row in late)
    return Part("forsinket", heading, tables=(Table(heading, head, lines),) if lines else ())


def _done(rows: Sequence[Row], span: Span) -> Part:
    done = [row for row in rows if row.done_on and span.since <= row.done_on <= span.until and _is_done(row)]
    done.sort(key=lambda row: row.done_on or span.until)
    day = long_day(span.since)
    if done:
        text = ngettext("%(measures)s done since %(day)s", "%(measures)s done since %(day)s", len(done))
        heading = capfirst(text % {"measures": measures_in_words(len(done)), "day": day})
    else:
        heading = _("No measure done since %(day)s") % {"day": day}
    head = (
        _("Measure"), _("Responsible"), pgettext("column of a report", "Done on"),
        pgettext("column of a report", "What was said"),
    )  # fmt: skip
    lines = tuple(
        (row.measure.name, _owner(row), short_day(row.done_on), row.report.sentence if row.report else "")
        for row in done
        if row.done_on
    )
    earlier = sum(_is_done(row) for row in rows) - len(done)
    told = ngettext("%(measures)s was done before that.", "%(measures)s were done before that.", earlier)
    sentences = (capfirst(told % {"measures": measures_in_words(earlier)}),) if earlier else ()
    return Part("fullfort", heading, sentences, (Table(heading, head, lines),) if lines else ())


def _is_done(row: Row) -> bool:
    return row.shown.status == ShownStatus.DONE


def _holes(rows: Sequence[Row]) -> Part:
    """What living measures lack of responsible, deadline and fresh status."""
    lines = tuple((row.measure.name, capfirst(", ".join(lacks))) for row in rows if (lacks := _lacks(row)))
    if not lines:
        return Part("hull", pgettext("heading of a report", "Every measure has what it needs"))
    text = ngettext("%(measures)s lacks something", "%(measures)s lack something", len(lines))
    heading = capfirst(text % {"measures": measures_in_words(len(lines))})
    head = (_("Measure"), pgettext("column of a report", "Missing"))
    return Part("hull", heading, tables=(Table(heading, head, lines),))


def _lacks(row: Row) -> list[str]:
    measure = row.measure
    if measure.state in CLOSED:
        return []
    lacks = []
    if not row.responsibles:
        lacks.append(pgettext("missing", "responsible"))
    if measure.deadline is None and measure.deadline_precision != Precision.ONGOING:
        lacks.append(pgettext("missing", "deadline"))
    if row.shown.status == ShownStatus.UNKNOWN:
        lacks.append(pgettext("missing", "fresh status"))
    return lacks


def _population(briefs: Iterable[Brief]) -> Iterator[Part]:
    """The sentence another app offers beside the plan, with its source; nothing when none does."""
    for number, brief in enumerate(briefs, 1):
        told = str(getattr(brief.context.get("shown"), "told", ""))
        if told:
            heading = str(brief.context.get("heading") or _("The population"))
            source = str(brief.context.get("source") or "")
            yield Part(f"befolkning-{number}", heading, tuple(one for one in (told, source) if one))


def _promised(rows: Sequence[Row]) -> Part:
    """Every measure of the plan, area by area."""
    head = (
        _("Measure"), _("Responsible"), _("Deadline"), _("Status of the measure"),
    )  # fmt: skip
    tables = tuple(
        Table(
            name,
            head,
            tuple(
                (row.measure.name, _owner(row), _deadline(row), str(row.shown.status.label))
                for row in members
            ),
        )
        for name, members in in_areas(rows)
    )
    return Part("lovet", pgettext("heading of a report", "What was promised"), tables=tables)


def _owner(row: Row) -> str:
    return name_in_full(row.accountable) if row.accountable else _none()


def _deadline(row: Row) -> str:
    measure = row.measure
    if measure.deadline:
        return short_day(measure.deadline)
    return capfirst(measure.deadline_raw) or _none()


def _none() -> str:
    return pgettext("responsible or deadline", "Not set")


def _said(row: Row) -> str:
    if row.report and row.report.sentence:
        return row.report.sentence
    return _("Nobody has said why.")
