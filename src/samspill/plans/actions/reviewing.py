"""A person looks over what was read: yes, no, or two measures where the reader saw one."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, record
from samspill.plans.actions.changing import change, lock
from samspill.plans.actions.importing.merging import SPLIT
from samspill.plans.actions.indexing import index_measure
from samspill.plans.models import Measure, MeasureResponsible, Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.states import Judgement
from samspill.refusal import Refused


def judge(measure: Measure, *, word: str, by: Actor) -> AuditEvent:
    """Say that it is a measure, that it is none, or ("") that nobody has looked. Refuses another word."""
    check_may_act(by, "plans.change", measure)
    if word and word not in Judgement.values:
        raise Refused("review.word", _("Say whether it is a measure or not."))
    return change(measure, "judgement", word, by=by)


def accept_sure(plan: Plan, *, at_least: float, by: Actor) -> int:
    """Accept every measure that nobody has judged and the reader is so sure of (0–1); returns how many."""
    check_may_act(by, "plans.change", plan)
    with transaction.atomic():
        waiting = Measure.objects.select_for_update().filter(
            Measure.in_plan(), plan=plan, judged="", confidence__gte=at_least
        )
        count = waiting.update(judged=Judgement.ACCEPTED)
        if count:
            record(by=by, act="plan.accept", on=plan, count=count, at_least=at_least)
    return count


def split(measure: Measure, *, first: str, second: str, by: Actor) -> Measure:
    """Two measures of one: the old keeps `first`, a new one gets `second` with the same anchor and people.

    Refuses an empty half. Both count as accepted: somebody has just read them.
    """
    check_may_act(by, "plans.change", measure)
    first, second = first.strip(), second.strip()
    if not first or not second:
        raise Refused("review.split", _("Write what each of the two is about."), field="second")
    with transaction.atomic():
        old = lock(measure)
        change(old, "text", {"title": old.title, "text": first}, by=by)
        change(old, "judgement", str(Judgement.ACCEPTED), by=by)
        new = _twin(old, second)
        index_measure(new)
        record(by=by, act="measure.split", on=new, of=old.pk)
    return new


def _twin(old: Measure, text: str) -> Measure:
    key = old.source_key.partition(SPLIT)[0]
    parts = Measure.objects.filter(plan_id=old.plan_id, source_key__startswith=f"{key}{SPLIT}").count()
    new = Measure.objects.create(
        community_id=old.community_id,
        plan=old.plan,
        area=old.area,
        goal=old.goal,
        order=old.order,
        label=old.label,
        text=text,
        state=old.state,
        deadline=old.deadline,
        deadline_raw=old.deadline_raw,
        deadline_precision=old.deadline_precision,
        document_id=old.document_id,
        line=old.line,
        last_line=old.last_line,
        page=old.page,
        verbatim=old.verbatim,
        source_key=f"{key}{SPLIT}{parts + 2}",
        found_by=old.found_by,
        confidence=old.confidence,
        judged=Judgement.ACCEPTED,
    )
    MeasureResponsible.objects.bulk_create(
        MeasureResponsible(
            community_id=row.community_id,
            plan_id=row.plan_id,
            measure=new,
            raw=row.raw,
            body_id=row.body_id,
            party_id=row.party_id,
            side=row.side,
            role=row.role,
            basis=row.basis,
            order=row.order,
        )
        for row in MeasureResponsible.objects.filter(measure=old)
    )
    return new
