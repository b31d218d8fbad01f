"""What was found in a document, for the one who brought it to look over."""

from dataclasses import dataclass, field

from samspill.directory.public import Actor
from samspill.plans.models import Plan, PlanDocument
from samspill.plans.queries.overview import AreaView
from samspill.plans.queries.plans import documents_of
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.remarks import remarks_of
from samspill.plans.wording import found_in_words, period_in_words


@dataclass
class Review:
    """The newest document, what it says about itself, and its measures in areas."""

    plan: Plan
    document: PlanDocument
    areas: list[AreaView] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def period(self) -> str:
        return period_in_words(self.plan)

    @property
    def heading(self) -> str:
        return found_in_words(self.rows)


def review_of(plan: Plan, actor: Actor) -> Review:
    """6 queries."""
    rows = rows_without_holes([plan], actor)
    document = documents_of(plan, actor)[-1]
    views: dict[int | None, AreaView] = {}
    for row in rows:
        views.setdefault(row.measure.area_id, AreaView(row.measure.area)).rows.append(row)
    gone = plan.measure_set.filter(gone_in=document).values_list("text", flat=True)
    return Review(plan, document, list(views.values()), rows, list(gone), remarks_of(document))
