"""A revision begins: a plan is read in, and joined to the one it replaces.

Not here: a plan that is begun from the former one (`begin_from`).
"""

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.plans.actions.importing import ImportResult, import_plan
from samspill.plans.models import Measure, MeasureFate, Plan, PlanDocument
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.place import chain_of, period_of, plans_by_id
from samspill.plans.rules.revision import Period
from samspill.plans.states import MeasureState
from samspill.refusal import Refused


def begin_revision(plan: Plan, *, of: Plan, by: Actor) -> Plan:
    """`plan` is the revision of the plan `of`.

    One that counts as adopted waits to be adopted again until every former measure is accounted for; when
    and by whom it was is kept in the log, and offered then. Refuses a second revision of the same plan, a
    plan that revises another, and a circle.
    """
    check_may_act(by, "plans.revise", plan)
    check_may_act(by, "plans.revise", of)
    with transaction.atomic():
        locked = {one.pk: one for one in Plan.objects.select_for_update().filter(pk__in=[plan.pk, of.pk])}
        plan, of = locked[plan.pk], locked[of.pk]
        if plan.replaces_id == of.pk:
            return plan
        _check_may_replace(plan, of, by)
        said_on = plan.adopted_on.isoformat() if plan.adopted_on else ""
        said_by = plan.adopted_by
        plan.replaces, plan.adopted_on = of, None
        plan.save(update_fields=["replaces", "adopted_on"])
        Measure.objects.filter(plan=plan, state=MeasureState.ADOPTED).update(state=MeasureState.PROPOSED)
        record(by=by, act="plan.revise", on=plan, of=of.pk, said_on=said_on, said_by=said_by)
    return plan


def _check_may_replace(plan: Plan, of: Plan, by: Actor) -> None:
    others = plans_by_id(plan.community_id, by)
    if plan.pk == of.pk:
        raise Refused("revision.same", _("A plan does not replace itself. Choose another document."))
    if plan.replaces_id:
        raise Refused(
            "revision.other",
            _("«%(plan)s» already replaces another plan, «%(former)s».")
            % {"plan": plan, "former": others.get(plan.replaces_id, "–")},
        )
    taken = next((one for one in others.values() if one.replaces_id == of.pk), None)
    if taken:
        raise Refused(
            "revision.taken",
            _("«%(plan)s» is being replaced by «%(other)s» already. Go on with that one.")
            % {"plan": of, "other": taken},
        )
    if any(one.pk == plan.pk for one in chain_of(of, others)):
        raise Refused(
            "revision.circle",
            _("«%(plan)s» is an earlier version of «%(former)s», and cannot replace it.")
            % {"plan": plan, "former": of},
        )


def leave_revision(plan: Plan, *, by: Actor) -> Plan:
    """It was no revision after all: the plan stands by itself, and is adopted when it was. History stays."""
    check_may_act(by, "plans.revise", plan)
    with transaction.atomic():
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        if plan.is_adopted:
            raise Refused(
                "revision.adopted",
                _("The plan is adopted, so what became of the former measures stands as it was decided."),
            )
        former = plan.replaces_id
        MeasureFate.objects.filter(plan=plan).delete()
        plan.replaces = None
        plan.save(update_fields=["replaces"])
        record(by=by, act="plan.revise_not", on=plan, of=former)
    return plan


class _SamePlan(Exception):
    """The document was taken for a newer edition of the plan it is to replace."""


def read_revision(*, document_bytes: bytes, file_name: str, of: Plan, by: Actor) -> ImportResult:
    """Read in the document of the plan that replaces `of`; all of it or nothing.

    A strategy that is revised within its period keeps its name and its years, which is what a newer edition
    of the same plan has as well. As the person has said which it is, it becomes a plan of its own.
    """
    check_may_act(by, "plans.revise", of)
    with transaction.atomic():
        try:
            with transaction.atomic():
                result = import_plan(
                    document_bytes=document_bytes, file_name=file_name, community=of.community, by=by
                )
                if result.plan.pk == of.pk:
                    _check_is_another_document(of, document_bytes)
                    raise _SamePlan
        except _SamePlan:
            twin = plan_after(of, by, title=of.title, period=period_of(of))
            result = import_plan(
                document_bytes=document_bytes, file_name=file_name, community=of.community, by=by, into=twin
            )
            result = ImportResult(result.plan, is_new=True, created=result.created, problems=result.problems)
        plan = begin_revision(result.plan, of=of, by=by)
    return ImportResult(plan, result.is_new, result.created, result.unchanged, result.gone, result.problems)


def _check_is_another_document(of: Plan, content: bytes) -> None:
    """Called when the import led to `of`, with the document already kept when it was new."""
    sha256 = hashlib.sha256(content).hexdigest()
    documents = PlanDocument.objects.filter(plan=of).order_by("pk").values_list("sha256", flat=True)
    if list(documents)[:-1].count(sha256) or len(documents) == 1:
        raise Refused(
            "revision.same_document",
            _("This is the document «%(plan)s» was read from. Choose the document of the new plan.")
            % {"plan": of},
            field="file",
        )


def plan_after(of: Plan, by: Actor, *, title: str, period: Period) -> Plan:
    """An empty plan of the same kind in the same place."""
    return Plan.objects.create(
        community_id=of.community_id,
        kind=of.kind,
        title=title,
        slogan=of.slogan,
        language=of.language,
        period_start=period.start,
        period_end=period.end,
        parent_id=of.parent_id,
        review_months=of.review_months,
        read_by_id=by.account_id,
    )
