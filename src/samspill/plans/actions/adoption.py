"""A plan is adopted, and shown to everybody."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Ref, join, record
from samspill.plans.actions.bringing_along import close_former
from samspill.plans.actions.indexing import PLAN, index_plan
from samspill.plans.models import Measure, Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.revision import revision_of, unmapped_names
from samspill.plans.queries.rows import ADOPTED_BY
from samspill.plans.rules.revision import check_all_mapped
from samspill.plans.rules.status import check_adoptable
from samspill.plans.states import Answers, MeasureState
from samspill.refusal import Refused


def adopt(plan: Plan, *, on: date, adopted_by: str, by: Actor, decision: Ref | None = None) -> Plan:
    """The plan was adopted `on` a day by a body (as people write it). Its proposed measures become adopted.

    Refuses while a measure has no focus area, and a revision while a measure of the former plan is not
    accounted for; its adoption gives each of those its state, and what it had goes on with it. Measures
    without accountable or deadline are listed in the log. With `decision` the plan is joined to the decision
    that adopts it.
    """
    check_may_act(by, "plans.adopt", plan)
    if on > by.today:
        raise Refused(
            "plan.adopted_later", _("A plan is adopted today or earlier, not on a day to come."), field="on"
        )
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)
        plan.refresh_from_db()
        measures = list(Measure.objects.filter(Measure.in_plan(), plan=plan).prefetch_related("responsibles"))
        check_adoptable(measure.name for measure in measures if measure.area_id is None)
        revision = None if plan.is_adopted else revision_of(plan, by)
        check_all_mapped(unmapped_names(revision))
        plan.adopted_on, plan.adopted_by = on, adopted_by.strip()[:160]
        plan.save(update_fields=["adopted_on", "adopted_by"])
        Measure.objects.filter(plan=plan, state=MeasureState.PROPOSED).update(state=MeasureState.ADOPTED)
        if revision is not None:
            close_former(revision, by=by)
        record(
            by=by,
            act="plan.adopt",
            on=plan,
            day=on.isoformat(),
            without_accountable=[one.pk for one in measures if not _has_accountable(one)],
            without_deadline=[one.pk for one in measures if one.deadline is None],
        )
        if decision is not None:
            join(ADOPTED_BY, Ref(PLAN, plan.pk), decision, by=by)
    return plan


def _has_accountable(measure: Measure) -> bool:
    return any(one.role == Answers.ACCOUNTABLE for one in measure.responsibles.all())


def publish(plan: Plan, *, by: Actor, is_open: bool = True) -> Plan:
    """Let everybody read the plan, without signing in; or, with `is_open=False`, take it back."""
    check_may_act(by, "plans.publish", plan)
    if plan.is_published == is_open:
        return plan
    with transaction.atomic():
        plan.is_published = is_open
        plan.save(update_fields=["is_published"])
        index_plan(plan)
        record(by=by, act="plan.publish" if is_open else "plan.withdraw", on=plan)
    return plan
