"""Which plans there are, one of them, and the documents it was read from."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor
from samspill.plans.models import Measure, Plan, PlanDocument
from samspill.plans.queries.rows import Row, rows_without_holes
from samspill.plans.states import NO_EDITIONS, WRITTEN_HERE, ShownStatus


@dataclass
class PlanLine:
    """A plan in the list, with its measures as they stand."""

    plan: Plan
    rows: list[Row]

    @property
    def late(self) -> int:
        return sum(row.shown.status == ShownStatus.LATE for row in self.rows)

    @property
    def done(self) -> int:
        return sum(row.shown.status == ShownStatus.DONE for row in self.rows)


def own_plans(actor: Actor) -> list[PlanLine]:
    """The plans of the community the actor works in, newest period first. 4 queries."""
    if actor.community_id is None:
        return []
    plans = list(Plan.objects.visible_to(actor).filter(community_id=actor.community_id))
    by_plan: dict[int, list[Row]] = defaultdict(list)
    for row in rows_without_holes(plans, actor) if plans else []:
        by_plan[row.measure.plan_id].append(row)
    return [PlanLine(plan, by_plan[plan.pk]) for plan in plans]


def plans_of_others(actor: Actor) -> QuerySet[Plan]:
    """Published plans of other communities, of a revised one the newest; `measures` is how many each has.

    An earlier version is led to from the one that replaced it.
    """
    alive = Count("measure_set", filter=Q(measure_set__in=Measure.objects.filter(Measure.in_plan())))
    plans = Plan.objects.visible_to(actor).filter(is_published=True).select_related("community")
    plans = plans.exclude(
        pk__in=plans.filter(adopted_on__isnull=False).exclude(replaces=None).values("replaces")
    )
    if actor.community_id:
        plans = plans.exclude(community_id=actor.community_id)
    return plans.annotate(measures=alive).order_by("community__name", "-period_start", "pk")


def find_plan(pk: int, actor: Actor) -> Plan:
    """The plan, or a page that says it is not here."""
    return get_object_or_404(Plan.objects.visible_to(actor).select_related("community"), pk=pk)


def find_measure(plan_id: int, pk: int, actor: Actor) -> tuple[Plan, Measure]:
    """A measure of a plan, also one that a newer document has left out."""
    plan = find_plan(plan_id, actor)
    measure = get_object_or_404(
        Measure.objects.visible_to(actor)
        .select_related("area", "goal", "document")
        .defer("document__content", "document__lines"),
        pk=pk,
        plan=plan,
    )
    measure.plan = plan
    return plan, measure


def documents_of(plan: Plan, actor: Actor) -> list[PlanDocument]:
    """The documents a plan was read from, oldest first, without their content."""
    read = PlanDocument.objects.visible_to(actor).filter(plan=plan).exclude(format=WRITTEN_HERE)
    return list(read.defer("content", "lines").order_by("pk"))


def newest_first(plan: Plan, actor: Actor) -> QuerySet[PlanDocument]:
    """The documents a plan was read from: its editions, the newest first, and then its tables."""
    read = PlanDocument.objects.visible_to(actor).filter(plan=plan).exclude(format=WRITTEN_HERE)
    return read.order_by(Case(When(format__in=NO_EDITIONS, then=1), default=0), "-pk")
