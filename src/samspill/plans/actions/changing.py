"""Changes of a measure that can be taken back: what it was stands in the log, and `undo` puts it there again.

A change is a name and a JSON value. `_PARTS` tells for each name how the value is read and written, so that
doing, undoing and telling about it all go through one place.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, AuditEvent, Ref, join, joined, part, record
from samspill.plans.actions.indexing import MEASURE, index_measure
from samspill.plans.models import Measure, MeasureResponsible
from samspill.plans.permissions import check_may_act
from samspill.refusal import Refused

INDICATOR, MEASURED_BY = "insight.indicator", "measured_by"
UNDO = "measure.undo"

Value = Any


def change(measure: Measure, part_of_it: str, after: Value, *, by: Actor, act: str = "") -> AuditEvent:
    """Give one part of a measure a new value, and record what it was. The event is what `undo` takes."""
    with transaction.atomic():
        locked = lock(measure)
        return _write(locked, part_of_it, after, by=by, act=act or f"measure.{part_of_it}")


def undo(event_id: int, *, by: Actor) -> Measure:
    """Put back what a change replaced. Refuses when somebody has changed it again since."""
    event = (
        AuditEvent.objects.visible_to(by)
        .filter(pk=event_id, on_kind=MEASURE, details__has_key="part")
        .first()
    )
    if event is None or event.on_id is None:
        raise Refused("undo.unknown", _("There is nothing to undo here."))
    with transaction.atomic():
        measure = lock(Measure(pk=event.on_id))
        check_may_act(by, "plans.change", measure)
        name = event.details["part"]
        if _PARTS[name].read(measure, by) != event.details["after"]:
            raise Refused(
                "undo.changed",
                _("It has been changed again since, so it was not undone. See the history below."),
            )
        _write(measure, name, event.details["before"], by=by, act=UNDO, of=event.pk)
    return measure


def current(measure: Measure, part_of_it: str, by: Actor) -> Value:
    """The present value of a part of a measure, as it would be recorded."""
    return _PARTS[part_of_it].read(measure, by)


def lock(measure: Measure) -> Measure:
    """The measure as it stands now, kept from others until the transaction ends."""
    locked = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("plan", "area", "goal")
        .filter(pk=measure.pk)
    )
    found = locked.first()
    if found is None:
        raise Refused("measure.gone", _("The measure is not here any more. Go back to the plan."))
    return found


def _write(
    measure: Measure, name: str, after: Value, *, by: Actor, act: str, of: int | None = None
) -> AuditEvent:
    before = _PARTS[name].read(measure, by)
    _PARTS[name].write(measure, after, by)
    index_measure(measure)
    return record(by=by, act=act, on=measure, part=name, before=before, after=after, of=of)


def _read_deadline(measure: Measure, by: Actor) -> Value:
    day = measure.deadline.isoformat() if measure.deadline else None
    return {"day": day, "raw": measure.deadline_raw, "precision": measure.deadline_precision}


def _write_deadline(measure: Measure, value: Value, by: Actor) -> None:
    measure.deadline = date.fromisoformat(value["day"]) if value["day"] else None
    measure.deadline_raw, measure.deadline_precision = value["raw"], value["precision"]
    measure.save(update_fields=["deadline", "deadline_raw", "deadline_precision"])


def _read_text(measure: Measure, by: Actor) -> Value:
    return {"title": measure.title, "text": measure.text}


def _write_text(measure: Measure, value: Value, by: Actor) -> None:
    measure.title, measure.text = value["title"], value["text"]
    measure.save(update_fields=["title", "text"])


def _read_place(measure: Measure, by: Actor) -> Value:
    return {"area": measure.area_id, "goal": measure.goal_id, "label": measure.label}


def _write_place(measure: Measure, value: Value, by: Actor) -> None:
    measure.area_id, measure.goal_id, measure.label = value["area"], value["goal"], value["label"]
    measure.save(update_fields=["area", "goal", "label"])


_OWNER_FIELDS = ("raw", "body_id", "party_id", "side", "role", "basis")


def _read_judgement(measure: Measure, by: Actor) -> Value:
    return measure.judged


def _write_judgement(measure: Measure, value: Value, by: Actor) -> None:
    measure.judged = value
    measure.save(update_fields=["judged"])


def _read_owners(measure: Measure, by: Actor) -> Value:
    rows = MeasureResponsible.objects.filter(measure=measure).order_by("order", "pk")
    return [{name: getattr(row, name) for name in _OWNER_FIELDS} for row in rows]


def _write_owners(measure: Measure, value: Value, by: Actor) -> None:
    MeasureResponsible.objects.filter(measure=measure).delete()
    MeasureResponsible.objects.bulk_create(
        MeasureResponsible(
            community_id=measure.community_id, plan_id=measure.plan_id, measure=measure, order=order, **row
        )
        for order, row in enumerate(value)
    )


def _read_indicators(measure: Measure, by: Actor) -> Value:
    ref = Ref(MEASURE, measure.pk)
    return sorted(link.other.id for link in joined([ref], by)[ref] if link.kind == MEASURED_BY)


def _write_indicators(measure: Measure, value: Value, by: Actor) -> None:
    ref = Ref(MEASURE, measure.pk)
    there = {link.other.id: link.link_id for link in joined([ref], by)[ref] if link.kind == MEASURED_BY}
    for number in set(value) - there.keys():
        join(MEASURED_BY, ref, Ref(INDICATOR, number), by=by)
    for number in there.keys() - set(value):
        part(there[number], by=by)


class _Part(NamedTuple):
    read: Callable[[Measure, Actor], Value]
    write: Callable[[Measure, Value, Actor], None]


_PARTS = {
    "deadline": _Part(_read_deadline, _write_deadline),
    "text": _Part(_read_text, _write_text),
    "place": _Part(_read_place, _write_place),
    "judgement": _Part(_read_judgement, _write_judgement),
    "owner": _Part(_read_owners, _write_owners),
    "indicator": _Part(_read_indicators, _write_indicators),
}
