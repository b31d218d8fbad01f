"""How a plan stands and how it has gone: the parts of a report that have a figure, with the tables behind.

Not here: the drawing of them (`figures`), or how days gone by are known (`history`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.directory.public import Figure
from samspill.plans.document.contents import long_day
from samspill.plans.models import FocusArea, Plan
from samspill.plans.queries.rows import Row
from samspill.plans.report.figures import by_area, over_time
from samspill.plans.report.history import Reports, counts_over_time
from samspill.plans.report.shapes import Part, Table
from samspill.plans.report.span import Span
from samspill.plans.states import ShownStatus
from samspill.plans.wording import in_words

AREAS, MONTHS = "omrader", "tid"
"""Keys of the parts with a figure."""
GOOD = (ShownStatus.DONE, ShownStatus.ON_TRACK)


def areas_part(plan: Plan, rows: Sequence[Row], span: Span) -> Part:
    """Each area with its measures counted by status."""
    groups = [(name, _counts(members)) for name, members in in_areas(rows)]
    heading = pgettext("heading of a report", "How it stands in each area")
    if not groups:
        return Part(AREAS, heading, (_("The plan has no measures."),))
    whole = _counts(rows)
    lines = [(name, *_cells(counts)) for name, counts in groups]
    if len(lines) > 1:
        lines.append((pgettext("sum of a table", "All"), *_cells(whole)))
    head = (_("Focus area"), pgettext("column of a report", "Measures"), *_labels())
    table = Table(heading, head, tuple(lines), numeric=True, total=len(lines) > 1)
    told = _good_in_words(whole)
    sentences = [told]
    if whole[ShownStatus.UNKNOWN]:
        sentences.append(_("What nobody has spoken of for six months is unknown, not on track."))
    figure = _figure(plan, AREAS, span, table, by_area(groups, told=told))
    return Part(AREAS, heading, tuple(sentences), (table,), figure)


def _number(count: int) -> str:
    return in_words(count) if count else pgettext("of the measures", "none")


def months_part(plan: Plan, rows: Sequence[Row], reports: Reports, span: Span) -> Iterator[Part]:
    """The statuses month by month; nothing when the plan has been here for less than one."""
    months = counts_over_time(rows, reports, span.since, span.until)
    if len(months) < 2 or not rows:
        return
    heading = pgettext("heading of a report", "How it has gone, month by month")
    (first, then), (last, now) = months[0], months[-1]
    told = _("At the end of %(month)s %(then)s measures were done or on track. On %(day)s %(now)s are.") % {
        "month": dateformat.format(first, "F Y"),
        "then": _number(_good(then)),
        "day": long_day(last),
        "now": _number(_good(now)),
    }
    head = (pgettext("column of a report", "At the end of"), *_labels())
    lines = tuple((long_day(day), *_cells(counts)[1:]) for day, counts in months)
    table = Table(heading, head, lines, numeric=True)
    yield Part(
        MONTHS, heading, (told,), (table,), _figure(plan, MONTHS, span, table, over_time(months, told=told))
    )


def _figure(plan: Plan, key: str, span: Span, table: Table, spec: Mapping[str, object]) -> Figure:
    source = _("Source: what has been said of the measures in Samspill, up to and including %(day)s")
    return Figure(
        key=f"{plan.pk}-{key}-{span.slug}",
        title=table.caption,
        spec=spec,
        head=table.head,
        rows=table.rows,
        source=source % {"day": long_day(span.until)},
    )


def _counts(rows: Sequence[Row]) -> Counter[ShownStatus]:
    return Counter(row.shown.status for row in rows)


def _labels() -> tuple[str, ...]:
    return tuple(str(status.label) for status in ShownStatus)


def _cells(counts: Counter[ShownStatus]) -> tuple[str, ...]:
    """The sum, and each status in its usual order."""
    return (str(counts.total()), *(str(counts[status]) for status in ShownStatus))


def _good(counts: Counter[ShownStatus]) -> int:
    return sum(counts[status] for status in GOOD)


def _good_in_words(counts: Counter[ShownStatus]) -> str:
    good = _good(counts)
    text = ngettext(
        "%(good)s of %(all)s measures is done or on track.",
        "%(good)s of %(all)s measures are done or on track.",
        good,
    )
    return capfirst(text % {"good": in_words(good), "all": in_words(counts.total())})


def in_areas(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Areas in the plan's order, as the plan page shows them; measures outside all areas last."""
    groups: dict[int | None, tuple[FocusArea | None, list[Row]]] = {}
    for row in rows:
        groups.setdefault(row.measure.area_id, (row.measure.area, []))[1].append(row)
    for area, members in sorted(
        groups.values(), key=lambda group: (group[0] is None, group[0].order if group[0] else 0)
    ):
        yield str(area) if area else _("Outside all areas"), members
