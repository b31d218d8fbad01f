"""What was found in a document, beside the document, for those who look it over."""

from dataclasses import dataclass, field

from samspill.directory.public import Actor
from samspill.plans.models import Measure, Plan, PlanDocument
from samspill.plans.queries.overview import AreaView
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.queries.source import Line, find_document, marked_lines
from samspill.plans.remarks import remarks_of
from samspill.plans.states import Judgement
from samspill.plans.wording import found_in_words, period_in_words

STEPS = (0.95, 0.9, 0.8)
"""How sure the reader must be, in the choices for accepting many at once."""


@dataclass
class Review:
    """The newest document line by line, what it says about itself, and its measures in areas.

    `rejected` are the candidates somebody said are no measures; `waiting` nobody has judged.
    """

    plan: Plan
    document: PlanDocument
    lines: list[Line] = field(default_factory=list, repr=False)
    areas: list[AreaView] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    rejected: list[Measure] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def period(self) -> str:
        return period_in_words(self.plan)

    @property
    def heading(self) -> str:
        return found_in_words(self.rows)

    @property
    def waiting(self) -> list[Row]:
        return [row for row in self.rows if not row.measure.judged]

    @property
    def accepted(self) -> int:
        return len(self.rows) - len(self.waiting)

    @property
    def sure(self) -> list[tuple[float, int]]:
        """(how sure, how many wait that are so sure), for the steps at which there are any."""
        counted = [(step, sum(row.measure.confidence >= step for row in self.waiting)) for step in STEPS]
        return [(step, count) for step, count in counted if count]


def review_of(plan: Plan, actor: Actor) -> Review:
    """8 queries."""
    rows = rows_without_holes([plan], actor)
    document = find_document(plan, "", actor)
    views: dict[int | None, AreaView] = {}
    for row in rows:
        views.setdefault(row.measure.area_id, AreaView(row.measure.area)).rows.append(row)
    rejected = plan.measure_set.filter(judged=Judgement.REJECTED).order_by("order", "pk")
    gone = plan.measure_set.filter(gone_in=document).values_list("text", flat=True)
    return Review(
        plan,
        document,
        lines=marked_lines(document, actor),
        areas=list(views.values()),
        rows=rows,
        rejected=list(rejected),
        gone=list(gone),
        remarks=remarks_of(document),
    )


def next_waiting(plan: Plan, after: Measure | None = None) -> int | None:
    """The number of the next measure nobody has judged, from `after` on and then from the top."""
    waiting = list(
        Measure.objects.filter(Measure.in_plan(), plan=plan, judged="")
        .order_by("order", "pk")
        .values_list("order", "pk")
    )
    later = [pk for order, pk in waiting if after and (order, pk) > (after.order, after.pk)]
    return later[0] if later else waiting[0][1] if waiting else None
