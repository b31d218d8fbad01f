"""Tables that were brought into a plan, and what was found in each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone

from samspill.directory.public import Actor
from samspill.plans.models import Plan, TableImport, TableRow
from samspill.plans.states import AT_WORK, Outcome, Verdict

ROWS_PER_PAGE = 50
VERDICT_IN_ADDRESS = {
    "rettes": Verdict.REFUSED,
    "endret": Verdict.CHANGED,
    "nye": Verdict.NEW,
    "som-for": Verdict.UNCHANGED,
}
# A step takes seconds; one that has said nothing for so long has lost its worker.
QUIET_SECONDS = 90


@dataclass
class TableView:
    """A table with its rows counted, by verdict and by what became of them, and the rows asked for."""

    table: TableImport
    counts: dict[Verdict, int]
    outcomes: dict[Outcome, int]
    only: Verdict | None
    rows: "Page[TableRow]" = field(repr=False)
    seems_stopped: bool = False

    @property
    def is_at_work(self) -> bool:
        return self.table.state in AT_WORK

    @property
    def to_take(self) -> int:
        """Rows that are new or changed and wait."""
        return self.counts[Verdict.NEW] + self.counts[Verdict.CHANGED]


def tables_of(plan: Plan, actor: Actor) -> QuerySet[TableImport]:
    """Newest first, without their content."""
    found = TableImport.objects.visible_to(actor).filter(plan=plan).select_related("received_by")
    return found.defer("content").order_by("-pk")


def find_table(plan: Plan, pk: int, actor: Actor) -> TableImport:
    return get_object_or_404(tables_of(plan, actor), pk=pk)


def table_view(table: TableImport, query: Mapping[str, str], actor: Actor) -> TableView:
    """4 queries. What must be mended stands first; what is as before, only when it is asked for."""
    mine = TableRow.objects.visible_to(actor).filter(table=table)
    counted = dict(mine.values_list("verdict").annotate(count=Count("pk")).order_by())
    counts = {verdict: counted.get(verdict, 0) for verdict in Verdict}
    became = dict(mine.values_list("outcome").annotate(count=Count("pk")).order_by())
    only = VERDICT_IN_ADDRESS.get(query.get("vis", ""))
    wanted = mine.defer("cells").order_by(_urgency(), "number")
    if only:
        wanted = wanted.filter(verdict=only)
    elif any(counts[one] for one in Verdict if one != Verdict.UNCHANGED):
        wanted = wanted.exclude(verdict=Verdict.UNCHANGED)
    quiet = (timezone.now() - table.moved).total_seconds() > QUIET_SECONDS
    return TableView(
        table=table,
        counts=counts,
        outcomes={one: became.get(one, 0) for one in Outcome},
        only=only,
        rows=Paginator(wanted, ROWS_PER_PAGE).get_page(query.get("side")),
        seems_stopped=table.state in AT_WORK and quiet,
    )


def _urgency() -> Case:
    order = [Verdict.REFUSED, Verdict.CHANGED, Verdict.NEW, Verdict.UNCHANGED]
    places = [When(verdict=verdict, then=Value(place)) for place, verdict in enumerate(order)]
    return Case(*places, output_field=IntegerField())


def refused_rows(table: TableImport, actor: Actor) -> Iterator[TableRow]:
    """Rows that were not taken in, as they stood in the file."""
    return (
        TableRow.objects.visible_to(actor)
        .filter(table=table, verdict=Verdict.REFUSED)
        .order_by("number")
        .iterator()
    )
