"""How a plan stood on days gone by, derived from what was said and when. Nothing is stored of it.

Who is responsible and which day is the deadline are as today: only statuses have a history that counts here.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone

from samspill.directory.public import Actor
from samspill.plans.models import Plan, StatusReport
from samspill.plans.queries.rows import Row
from samspill.plans.rules.status import Known, shown_status
from samspill.plans.states import DONE, MeasureState, ShownStatus, StatusWord

Reports = Mapping[int, Sequence[StatusReport]]
"""Measure id -> what was said of it, oldest first."""


def reports_of(plan: Plan, actor: Actor) -> Reports:
    """1 query."""
    found: dict[int, list[StatusReport]] = defaultdict(list)
    for report in StatusReport.objects.visible_to(actor).filter(plan=plan).order_by("at", "pk"):
        found[report.measure_id].append(report)
    return found


def rows_on(rows: Sequence[Row], reports: Reports, day: date) -> list[Row]:
    """The rows as they would have been shown at the end of `day`; later reports are unsaid."""
    return [_row_on(row, reports.get(row.id, ()), day) for row in rows]


def _row_on(row: Row, reports: Iterable[StatusReport], day: date) -> Row:
    said = [one for one in reports if timezone.localdate(one.at) <= day]
    newest = said[-1] if said else None
    since = min([timezone.localdate(row.measure.document.read_at), *map(_day_of, said)])
    known = Known(
        state=_state_on(row, newest),
        deadline=row.measure.deadline,
        since=since,
        said=newest.word if newest else "",
        said_on=_day_of(newest) if newest else None,
    )
    return replace(row, shown=shown_status(known, today=day), report=newest)


def _day_of(report: StatusReport) -> date:
    return timezone.localdate(report.at)


def _state_on(row: Row, newest: StatusReport | None) -> str:
    """Done by what was said; a measure that is done now, but was not then, was in progress."""
    if newest and newest.word == StatusWord.DONE:
        return MeasureState.COMPLETED
    return MeasureState.IN_PROGRESS if row.measure.state in DONE else row.measure.state


def month_ends(since: date, until: date) -> list[date]:
    """The last day of each month from `since` on, and `until` itself at the end."""
    ends, year, month = [], since.year, since.month
    while (end := date(year, month, monthrange(year, month)[1])) < until:
        ends.append(end)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return [*ends, until]


def counts_over_time(
    rows: Sequence[Row], reports: Reports, since: date, until: date
) -> list[tuple[date, Counter[ShownStatus]]]:
    """How many measures had each status at the end of each month, from the first month the plan was here."""
    begun = [timezone.localdate(row.measure.document.read_at) for row in rows]
    begun += [_day_of(own[0]) for own in reports.values() if own]
    first = max(since, min(begun, default=until))
    return [
        (end, Counter(row.shown.status for row in rows_on(rows, reports, end)))
        for end in month_ends(first, until)
    ]
