"""Where a plan stands among the others of its community: under what, over what, after what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from samspill.directory.public import Actor, AuditEvent
from samspill.plans.models import Plan
from samspill.plans.rules.revision import Period, review_date
from samspill.plans.states import STANDS_UNDER, PlanKind


@dataclass
class Place:
    """A plan's surroundings, as far as one may see them.

    parts      the plans that stand under it
    replaced   the plan it revises, `successor` the one that revises it
    version    counted along the chain from 1; None when an earlier one may not be seen
    overlaps   plans of the same kind for some of the same days that are not of its chain
    """

    plan: Plan
    parent: Plan | None = None
    parts: list[Plan] = field(default_factory=list)
    replaced: Plan | None = None
    successor: Plan | None = None
    version: int | None = 1
    overlaps: list[Plan] = field(default_factory=list)

    @property
    def review(self) -> date | None:
        return review_of_plan(self.plan)

    @property
    def is_in_force(self) -> bool:
        return self.plan.is_adopted and not (self.successor and self.successor.is_adopted)


def review_of_plan(plan: Plan) -> date | None:
    """The day a plan is to be looked over again; None while it is not adopted, and for a mere answer."""
    if plan.kind == PlanKind.SUBMISSION:
        return None
    return review_date(plan.adopted_on, plan.review_months)


def place_of(plan: Plan, actor: Actor) -> Place:
    """1 query."""
    others = plans_by_id(plan.community_id, actor)
    chain = {one.pk for one in chain_of(plan, others)}
    return Place(
        plan,
        parent=others.get(plan.parent_id or 0),
        parts=[one for one in others.values() if one.parent_id == plan.pk],
        replaced=others.get(plan.replaces_id or 0),
        successor=next((one for one in others.values() if one.replaces_id == plan.pk), None),
        version=version_of(plan, others),
        overlaps=[one for one in others.values() if one.pk not in chain and _overlap(one, plan)],
    )


def plans_by_id(community_id: int, actor: Actor) -> dict[int, Plan]:
    """The plans of a community that one may see, newest period first."""
    found = Plan.objects.visible_to(actor).filter(community_id=community_id)
    return {one.pk: one for one in found.order_by("-period_start", "-pk")}


def chain_of(plan: Plan, others: Mapping[int, Plan]) -> list[Plan]:
    """The plan with all its versions, newest first."""
    after = {one.replaces_id: one for one in others.values() if one.replaces_id}
    newest = plan
    while newest.pk in after:
        newest = after[newest.pk]
    chain = [newest]
    while (former := others.get(chain[-1].replaces_id or 0)) is not None:
        chain.append(former)
    return chain


def version_of(plan: Plan, others: Mapping[int, Plan]) -> int | None:
    number = 1
    while plan.replaces_id:
        if plan.replaces_id not in others:
            return None
        plan, number = others[plan.replaces_id], number + 1
    return number


def chains(plans: Iterable[Plan]) -> list[list[Plan]]:
    """Plans in the order given, each with its other versions after it, newest first."""
    others = {one.pk: one for one in plans}
    found: list[list[Plan]] = []
    seen: set[int] = set()
    for plan in others.values():
        if plan.pk not in seen:
            found.append(chain_of(plan, others))
            seen |= {one.pk for one in found[-1]}
    return found


def _overlap(one: Plan, other: Plan) -> bool:
    return one.kind == other.kind and period_of(one).overlaps(period_of(other))


def period_of(plan: Plan) -> Period:
    return Period(plan.period_start, plan.period_end)


def parents_for(plan: Plan, actor: Actor) -> list[Plan]:
    """The plans that one of any kind could stand under, the plan itself left out."""
    over = {kind for kinds in STANDS_UNDER.values() for kind in kinds}
    found = plans_by_id(plan.community_id, actor).values()
    return [one for one in found if one.pk != plan.pk and one.kind in over]


def said_adoption(plan: Plan, actor: Actor) -> dict[str, str]:
    """When and by whom its document says that a revision was adopted, before it could be adopted here."""
    event = (
        AuditEvent.objects.visible_to(actor)
        .filter(act="plan.revise", on_kind="plans.plan", on_id=plan.pk)
        .order_by("-pk")
        .first()
    )
    said = event.details if event else {}
    return {"on": said.get("said_on") or "", "adopted_by": said.get("said_by") or ""}
