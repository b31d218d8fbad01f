"""What becomes of each measure of the former plan: said one by one or many at once, and taken back.

What was said before stands in the log with what was said instead, so that `undo` can put it there again.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, record
from samspill.plans.actions.changing import change
from samspill.plans.actions.indexing import PLAN
from samspill.plans.models import Measure, MeasureFate, Plan
from samspill.plans.permissions import check_may_act
from samspill.plans.queries.revision import Revision, revision_of
from samspill.plans.rules.revision import check_fate, steps_to
from samspill.plans.states import GOES_ON, Judgement
from samspill.refusal import Refused

BEGUN = "revision"
"""`found_by` of a measure that was put in a plan when its revision was begun from the former one."""

Value = dict[str, Any] | None
"""A fate as the log keeps it: {"fate", "new", "reason"}; None when nothing is said."""


def set_fate(
    plan: Plan, *, old: int, fate: str, by: Actor, new: int | None = None, reason: str = ""
) -> AuditEvent:
    """Say what became of the former plan's measure `old`. The event is what `undo_fates` takes.

    Refuses another plan's measure, one that goes on in none, an end without reason, and an adopted plan.
    """
    check_may_act(by, "plans.revise", plan)
    with transaction.atomic():
        revision = lock_revision(plan, by)
        value = _checked(revision, old, fate, new if fate in GOES_ON else None, reason)
        return _write(revision.plan, [(old, value)], by=by, act="plan.fate")


def accept_sure(plan: Plan, *, by: Actor) -> AuditEvent | None:
    """Say yes to every proposal that is sure. None when there was none."""
    check_may_act(by, "plans.revise", plan)
    with transaction.atomic():
        revision = lock_revision(plan, by)
        said = [
            (line.id, _value(line.proposal.fate, line.proposal.new))
            for line in revision.sure
            if line.proposal
        ]
        return _write(revision.plan, said, by=by, act="plan.fates") if said else None


def undo_fates(plan: Plan, event_id: int, *, by: Actor) -> None:
    """Put back what was said before. Refuses when somebody has said something else since."""
    check_may_act(by, "plans.revise", plan)
    event = (
        AuditEvent.objects.visible_to(by)
        .filter(pk=event_id, on_kind=PLAN, on_id=plan.pk, details__has_key="fates")
        .first()
    )
    if event is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        revision = lock_revision(plan, by)
        said = event.details["fates"]
        now = _present(revision.plan, [one["old"] for one in said])
        if any(now.get(one["old"]) != one["after"] for one in said):
            raise Refused(
                "undo.changed", _("Something else has been said of it since, so it was not undone.")
            )
        _write(revision.plan, [(one["old"], one["before"]) for one in said], by=by, act="plan.fate_undo")


def lock_revision(plan: Plan, by: Actor) -> Revision:
    """The revision as it stands, kept from others until the transaction ends. Refuses an adopted plan."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.is_adopted:
        raise Refused(
            "revision.adopted",
            _("The plan is adopted, so what became of the former measures stands as it was decided."),
        )
    revision = revision_of(locked, by)
    if revision is None:
        raise Refused("revision.none", _("The plan replaces no other plan, so there is nothing to compare."))
    return revision


def _checked(revision: Revision, old: int, fate: str, new: int | None, reason: str) -> dict[str, Any]:
    line = next((line for line in revision.lines if line.id == old), None)
    if line is None:
        raise Refused("fate.old", _("The measure is not in the plan that is replaced."))
    check_fate(fate, has_new=new is not None, reason=reason)
    steps_to(line.old.measure.state, fate)
    if new is not None and new not in {row.id for row in revision.news}:
        raise Refused("fate.new", _("Choose the measure of the new plan that it goes on in."), field="new")
    return _value(fate, new, reason)


def _value(fate: str, new: int | None, reason: str = "") -> dict[str, Any]:
    return {"fate": str(fate), "new": new, "reason": reason.strip()[:500]}


def _write(plan: Plan, said: Iterable[tuple[int, Value]], *, by: Actor, act: str) -> AuditEvent:
    said = list(said)
    before = _present(plan, [old for old, _value in said])
    changes = [{"old": old, "before": before.get(old), "after": after} for old, after in said]
    for old, after in said:
        _store(plan, old, after, by)
    _keep_copies_true(plan, changes, by)
    return record(by=by, act=act, on=plan, fates=changes)


def _present(plan: Plan, olds: list[int]) -> dict[int, Value]:
    return {
        one.old_id: _value(one.fate, one.new_id, one.reason)
        for one in MeasureFate.objects.filter(plan=plan, old__in=olds)
    }


def _store(plan: Plan, old: int, value: Value, by: Actor) -> None:
    if value is None:
        MeasureFate.objects.filter(plan=plan, old=old).delete()
        return
    MeasureFate.objects.update_or_create(
        plan=plan,
        old_id=old,
        defaults={
            "community_id": plan.community_id,
            "new_id": value["new"],
            "fate": value["fate"],
            "reason": value["reason"],
            "decided_at": timezone.now(),
            "decided_by_id": by.account_id,
        },
    )


def _keep_copies_true(plan: Plan, changes: list[dict[str, Any]], by: Actor) -> None:
    """A measure that is only in the new plan because it was in the former goes when it does not go on."""
    let_go = {one["before"]["new"] for one in changes if one["before"]}
    taken_up = {one["after"]["new"] for one in changes if one["after"]}
    wanted = {**dict.fromkeys(let_go, Judgement.REJECTED), **dict.fromkeys(taken_up, Judgement.ACCEPTED)}
    led_to = set(MeasureFate.objects.filter(plan=plan, new__in=let_go).values_list("new", flat=True))
    for copy in Measure.objects.filter(plan=plan, pk__in=wanted, found_by=BEGUN):
        if (copy.pk not in led_to or copy.pk in taken_up) and copy.judged != wanted[copy.pk]:
            change(copy, "judgement", str(wanted[copy.pk]), by=by)
