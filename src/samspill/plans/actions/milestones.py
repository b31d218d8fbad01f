"""Milestones of a measure: set, changed, reached, taken away, and each of these taken back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, record
from samspill.plans.actions.changing import lock
from samspill.plans.models import Measure, Milestone
from samspill.plans.permissions_carrying import check_may_keep_milestones
from samspill.plans.rules.carrying_out import check_milestone, check_reached
from samspill.refusal import Refused

SET, UNDO = "milestone.set", "milestone.undo"
_FIELDS = ("title", "done_by_id", "done_by_name")
_Snapshot = dict[str, Any] | None


def add_milestone(measure: Measure, *, title: str, due: date, by: Actor) -> AuditEvent:
    """One more milestone; two of a measure are not called the same."""
    with transaction.atomic():
        measure = _open(measure, by)
        _check(measure, title, due)
        one = Milestone(measure=measure, title=title.strip()[:200], due=due)
        one.plan_id, one.community_id = measure.plan_id, measure.community_id
        one.save()
        return _told(measure, one.pk, None, _snapshot(one), by)


def edit_milestone(one: Milestone, *, title: str, due: date, by: Actor) -> AuditEvent:
    with transaction.atomic():
        measure = _open(one.measure, by)
        one = _lock(one.pk)
        before = _snapshot(one)
        _check(measure, title, due, but=one.pk)
        one.title, one.due = title.strip()[:200], due
        one.save(update_fields=["title", "due"])
        return _told(measure, one.pk, before, _snapshot(one), by)


def reach_milestone(one: Milestone, *, on: date | None, by: Actor) -> AuditEvent:
    """It was reached `on` a day; None: it is not reached after all."""
    with transaction.atomic():
        measure = _open(one.measure, by)
        if on is not None:
            check_reached(on, by.today)
        one = _lock(one.pk)
        before = _snapshot(one)
        one.done_on = on
        one.done_by_id, one.done_by_name = (by.account_id, by.name) if on else (None, "")
        one.save(update_fields=["done_on", "done_by", "done_by_name"])
        return _told(measure, one.pk, before, _snapshot(one), by)


def remove_milestone(one: Milestone, *, by: Actor) -> AuditEvent:
    with transaction.atomic():
        measure = _open(one.measure, by)
        one = _lock(one.pk)
        number, before = one.pk, _snapshot(one)
        one.delete()
        return _told(measure, number, before, None, by)


def undo_milestone(event_id: int, *, by: Actor) -> AuditEvent:
    """Put back what one of these acts did. Refuses when the milestone has been changed again since."""
    found = AuditEvent.objects.visible_to(by).filter(pk=event_id, act=SET, community_id=by.community_id)
    with transaction.atomic():
        event = found.first()
        if event is None:
            raise Refused("undo.unknown", _("There is nothing to undo here."))
        measure = _open(Measure(pk=event.on_id or 0), by)
        number, before, after = (event.details[name] for name in ("milestone", "before", "after"))
        present = Milestone.objects.select_for_update().filter(pk=number, measure=measure).first()
        if (_snapshot(present) if present else None) != after:
            raise Refused(
                "undo.changed", _("It has been changed again since, so it was not undone. See the history.")
            )
        _restore(measure, number, before)
        return record(by=by, act=UNDO, on=measure, milestone=number, before=after, after=before)


def _open(measure: Measure, by: Actor) -> Measure:
    """The measure, locked, once it is clear that `by` may keep its milestones."""
    locked = lock(measure)
    check_may_keep_milestones(by, locked, locked.responsibles.all())
    return locked


def _lock(number: int) -> Milestone:
    found = Milestone.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise Refused("milestone.gone", _("The milestone is not here any more. Go back to the measure."))
    return found


def _check(measure: Measure, title: str, due: date, *, but: int | None = None) -> None:
    others = Milestone.objects.filter(measure=measure).exclude(pk=but or 0).values_list("title", flat=True)
    check_milestone(title, due, others=list(others), period_start=measure.plan.period_start)


def _snapshot(one: Milestone) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in _FIELDS},
        "due": one.due.isoformat(),
        "done_on": one.done_on.isoformat() if one.done_on else None,
    }


def _restore(measure: Measure, number: int, value: _Snapshot) -> None:
    if value is None:
        Milestone.objects.filter(pk=number, measure=measure).delete()
        return
    Milestone(
        pk=number,
        community_id=measure.community_id,
        plan_id=measure.plan_id,
        measure=measure,
        due=date.fromisoformat(value["due"]),
        done_on=date.fromisoformat(value["done_on"]) if value["done_on"] else None,
        **{name: value[name] for name in _FIELDS},
    ).save()


def _told(measure: Measure, number: int, before: _Snapshot, after: _Snapshot, by: Actor) -> AuditEvent:
    title = (after or before or {})["title"]
    return record(by=by, act=SET, on=measure, title=title, milestone=number, before=before, after=after)
