"""What did not come is an alert too: looked for by the clock, once for each due time, and not in a pause.

Each schedule keeps up to when it has been looked through, and when there is reason to look again: a minute's
work is what has come due, however many are followed.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from samspill.care.actions.alerting import raise_alert
from samspill.care.actions.listing import hold, try_to_hold
from samspill.care.models import Alert, Measurement, MeasurementSchedule, PassiveInterval
from samspill.care.states import SEEN_WHILE, AlertKind
from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.rulebook.triage import Colour, Missing, Schedule, as_schedule, due_between, missing_at

AHEAD = timedelta(days=8)
"""How far one looks for the next due time; a schedule with none so soon is looked at again then."""
AFTER_A_FAULT = timedelta(hours=1)


def raise_missing(*, now: datetime, by: Actor, most: int | None = None) -> int:
    """An alert for every measurement that is missing at `now` and was not told of before; how many.

    For Samspill on duty (`opening_by_duty`); of `most` schedules, those that have waited longest. What is
    paused is missed by nobody. A patient somebody else moves alerts of just now is left for the next time.
    """
    with transaction.atomic():
        due = _to_look_at(now)
        return sum(_of_one(one, due, now, by) for one in due[:most])


def look_for_missing(*, now: datetime, by: Actor, most: int) -> int:
    """As `raise_missing`, and whether (1) more wait to be looked at."""
    raise_missing(now=now, by=by, most=most)
    return int(_to_look_at(now).exists())


def settle_missing(schedule: MeasurementSchedule, *, now: datetime, by: Actor) -> int:
    """As `raise_missing`, of one schedule: before it is changed, so that nothing missed is forgotten."""
    every = MeasurementSchedule.objects.select_related("indicator__episode")
    with transaction.atomic():
        hold(schedule.patient_id)
        return _of_one(schedule, every, now, by)


def look_again(episode_id: int, *, since: datetime) -> None:
    """What was due from `since` on is looked for anew: a pause that covered it is told to have ended then."""
    held = MeasurementSchedule.objects.filter(indicator__episode=episode_id)
    held.filter(answered_to__gt=since).update(answered_to=since)
    held.update(next_look=None)


def _to_look_at(now: datetime) -> QuerySet[MeasurementSchedule]:
    due = MeasurementSchedule.objects.select_related("indicator__episode").filter(
        Q(next_look__isnull=True) | Q(next_look__lte=now),
        indicator__ends__isnull=True,
        indicator__episode__state__in=SEEN_WHILE,
    )
    return due.order_by(F("next_look").asc(nulls_first=True), "pk")


def _of_one(seen: MeasurementSchedule, among: QuerySet[MeasurementSchedule], now: datetime, by: Actor) -> int:
    """`among` are those it must still be one of once it is held."""
    with transaction.atomic():
        if not try_to_hold(seen.patient_id):
            return 0
        held = among.select_for_update(of=("self",), skip_locked=True).filter(pk=seen.pk).first()
        if held is None:
            return 0
        try:
            plan = as_schedule(held.plan)
        except Refused:
            return _cannot_be_read(held, now, by)
        found = missing_at(plan, _taken(held, plan), _pauses(held), now, since=held.answered_to)
        told = set(Alert.objects.filter(indicator=held.indicator_id).values_list("due", flat=True))
        new = [moment for moment in found if moment not in told]
        for moment in new:
            _raise(held, AlertKind.MISSING, by, due=moment)
        held.answered_to = min(found.pending, default=now)
        held.next_look = _next_look(plan, found, now)
        held.save(update_fields=["answered_to", "next_look"])
    return len(new)


def _taken(held: MeasurementSchedule, plan: Schedule) -> list[datetime]:
    """When it was measured: what can count for a due time that is not answered for."""
    # of two teams in the record that wait for it one has it, and neither misses it
    taken = Measurement.objects.filter(
        patient_id=held.patient_id, tenant_id=held.tenant_id, code=held.indicator.code
    )
    if held.answered_to is not None:
        early = plan.grace if plan.early is None else plan.early
        taken = taken.filter(effective__gte=held.answered_to - early)
    return list(taken.values_list("effective", flat=True))


def _pauses(held: MeasurementSchedule) -> list[tuple[datetime, datetime | None]]:
    pauses = PassiveInterval.objects.filter(episode=held.indicator.episode_id)
    return list(pauses.values_list("starts", "ends"))


def _next_look(plan: Schedule, found: Missing, now: datetime) -> datetime:
    """When something may be missing next: the first due time that is open, or is to come, and its grace."""
    ahead = (due for due in due_between(plan, now, now + AHEAD) if due > now)
    first = min(found.pending, default=None) or next(ahead, None)
    return now + AHEAD if first is None else first + plan.grace


def _cannot_be_read(held: MeasurementSchedule, now: datetime, by: Actor) -> int:
    """A plan that makes no sense is a machine failure that a person must look at, and stops nobody else's."""
    held.next_look = now + AFTER_A_FAULT
    held.save(update_fields=["next_look"])
    before = Alert.objects.filter(indicator=held.indicator_id, kind=AlertKind.MACHINE_FAILURE)
    if before.exclude(state="closed").exists():
        return 0
    _raise(held, AlertKind.MACHINE_FAILURE, by)
    return 1


def _raise(held: MeasurementSchedule, kind: str, by: Actor, *, due: datetime | None = None) -> None:
    sign = held.indicator
    raise_alert(sign.episode, None, indicator=sign, kind=kind, severity=Colour.NONE, due=due, by=by)
