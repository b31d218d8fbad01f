"""What a report of a plan says, as plain values: the web page and the Word document print the same.

Everything is derived from the measures as the plan page shows them, in the language that is active when
`report_of` is called. Not here: names of those who have reported; a report is read by everybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.directory.public import Brief
from samspill.plans.models import FocusArea, Plan
from samspill.plans.queries.rows import Row
from samspill.plans.rules.dates import months_before, short_day
from samspill.plans.states import CLOSED, Precision, ShownStatus
from samspill.plans.wording import (
    NBSP,
    adoption_in_words,
    headline,
    late_in_words,
    measures_in_words,
    name_in_full,
    plan_in_words,
)
from samspill.refusal import Refused

HALF_YEAR = 6
"""Months a report looks back when nobody says otherwise."""


@dataclass(frozen=True)
class Table:
    """Cells as they are to be read. The first cell names the row; `numeric`: the others are figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = False

    @property
    def lines(self) -> list["Line"]:
        """The rows for a narrow screen: a name, and below it each cell with the head of its column."""
        return [
            Line(name, tuple((head, cell) for head, cell in zip(self.head[1:], cells, strict=True) if cell))
            for name, *cells in self.rows
        ]


@dataclass(frozen=True)
class Line:
    """A row of a table on its own: what it is about, and (head, cell) of what is said."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of the report. `key` names it in addresses; the heading says what it holds."""

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Report:
    """`heading` is the message, `title` names the report; `facts` stand below. `language`: nb or nn."""

    title: str
    heading: str
    facts: tuple[str, ...]
    language: str
    parts: tuple[Part, ...]


def since_of(written: str, today: date) -> date:
    """The first day the report looks back to: as written (`YYYY-MM-DD`), half a year ago when nothing is."""
    if not written.strip():
        return months_before(today, HALF_YEAR)
    try:
        since = date.fromisoformat(written.strip())
    except ValueError:
        since = date.max
    if since > today:
        raise Refused(
            "report.since",
            _("«%(day)s» is not a day before today. Write the first day as year, month and day: 2026-01-31.")
            % {"day": written.strip()[:40]},
            field="siden",
        )
    return since


def report_of(
    plan: Plan, rows: Sequence[Row], briefs: Iterable[Brief], *, since: date, today: date
) -> Report:
    """The report on `today`, in the active language; `rows` are all measures, `briefs` what stands beside."""
    parts = (
        _areas(rows),
        _late(rows),
        _done(rows, since, today),
        _holes(rows),
        *_population(briefs),
        _promised(rows),
    )
    return Report(
        title=_("Report: %(plan)s") % {"plan": plan_in_words(plan)},
        heading=headline(rows, is_keeper=False),
        facts=(
            plan.community.full_name,
            adoption_in_words(plan),
            _("From %(since)s to %(today)s") % {"since": _day(since), "today": _day(today)},
        ),
        language=plan.language,
        parts=parts,
    )


def _areas(rows: Sequence[Row]) -> Part:
    """Each area with its measures counted by status."""
    groups = list(_in_areas(rows))
    lines = [(name, *_counts(members)) for name, members in groups]
    if len(lines) > 1:
        lines.append((pgettext("sum of a table", "All"), *_counts(rows)))
    head = (
        _("Focus area"),
        pgettext("column of a report", "Measures"),
        *(str(status.label) for status in ShownStatus),
    )
    heading = pgettext("heading of a report", "How it stands in each area")
    table = Table(heading, head, tuple(lines), numeric=True)
    is_unsaid = any(row.shown.status == ShownStatus.UNKNOWN for row in rows)
    sentences = (
        (_("What nobody has spoken of for six months is unknown, not on track."),) if is_unsaid else ()
    )
    return Part("omrader", heading, sentences, (table,) if lines else ())


def _counts(rows: Sequence[Row]) -> tuple[str, ...]:
    shown = [row.shown.status for row in rows]
    return (str(len(shown)), *(str(shown.count(status)) for status in ShownStatus))


def _late(rows: Sequence[Row]) -> Part:
    late = [row for row in rows if row.shown.status == ShownStatus.LATE]
    heading = late_in_words(len(late)).rstrip(".")
    head = (
        _("Measure"), _("Responsible"), _("Deadline"), pgettext("column of a report", "Why"),
    )  # fmt: skip
    lines = tuple((row.measure.name, _owner(row), _deadline(row), _said(row)) for row in late)
    return Part("forsinket", heading, tables=(Table(heading, head, lines),) if lines else ())


def _done(rows: Sequence[Row], since: date, today: date) -> Part:
    done = [row for row in rows if row.done_on and since <= row.done_on <= today and _is_done(row)]
    done.sort(key=lambda row: row.done_on or today)
    day = _day(since)
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
        for name, members in _in_areas(rows)
    )
    return Part("lovet", pgettext("heading of a report", "What was promised"), tables=tables)


def _in_areas(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Areas in the plan's order, as the plan page shows them; measures outside all areas last."""
    groups: dict[int | None, tuple[FocusArea | None, list[Row]]] = {}
    for row in rows:
        groups.setdefault(row.measure.area_id, (row.measure.area, []))[1].append(row)
    for area, members in sorted(
        groups.values(), key=lambda group: (group[0] is None, group[0].order if group[0] else 0)
    ):
        yield str(area) if area else _("Outside all areas"), members


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


def _day(day: date) -> str:
    return dateformat.format(day, pgettext("date format", "j F Y")).replace(" ", NBSP)
