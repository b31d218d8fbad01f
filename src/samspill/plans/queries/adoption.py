"""What those who are to adopt a plan should know, the case about it, and the decision that adopted it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from samspill.directory.public import Actor, Joined, Ref, begins, joined
from samspill.plans.models import Plan
from samspill.plans.permissions import MAY
from samspill.plans.queries.revision import Revision
from samspill.plans.queries.rows import ADOPTED_BY, PLAN, Row, rows_without_holes
from samspill.plans.states import CLOSED, PlanKind, Precision

# A decision that adopts a plan is a thing of the part of the house where decisions are made.
DECISION, CASE = "governance.decision", "governance.case"


def put_forward(plan: Plan, revision: Revision | None, actor: Actor) -> list[Row]:
    """The measures that are to be adopted."""
    return revision.news if revision else rows_without_holes([plan], actor)


def lacking(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Measures without accountable, deadline or focus area (reference: invariant 25)."""
    alive = [row for row in rows if row.measure.state not in CLOSED]
    return {
        "owner": [row for row in alive if row.accountable is None],
        "deadline": [
            row
            for row in alive
            if row.measure.deadline is None and row.measure.deadline_precision != Precision.ONGOING
        ],
        "area": [row for row in rows if row.measure.area_id is None],
    }


def decided_in(plan: Plan, actor: Actor) -> list[Joined]:
    """The cases that ask for the plan's adoption, and the decisions that adopt it; those that may be seen."""
    ref = Ref(PLAN, plan.pk)
    return [one for one in joined([ref], actor)[ref] if one.other.kind in {CASE, DECISION} and one.target]


def waiting_for_decision(actor: Actor, on: date) -> dict[int, Plan]:
    """Plans that the actor may mark as adopted by a decision made on a day, by number. 1 query.

    Those that are not adopted, and those that are said to be, that very day, without any decision to show.
    """
    if actor.community_id is None or not actor.has_role(*MAY["plans.adopt"]):
        return {}
    plans = Plan.objects.visible_to(actor).filter(community_id=actor.community_id)
    plans = plans.filter(Q(adopted_on=None) | Q(adopted_on=on)).exclude(kind=PlanKind.SUBMISSION)
    return {plan.pk: plan for plan in plans.exclude(begins(PLAN, ADOPTED_BY))}
