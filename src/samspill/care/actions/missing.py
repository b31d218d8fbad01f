"""What did not come is an alert too: looked for by the clock, once for each due time, and not in a pause."""

from datetime import datetime

from django.db import transaction

from samspill.care.actions.alerting import raise_alert
from samspill.care.models import Alert, Measurement, MeasurementSchedule, PassiveInterval
from samspill.care.states import SEEN_WHILE, AlertKind
from samspill.directory.public import Actor
from samspill.rulebook.triage import Colour, missing_at


def raise_missing(*, now: datetime, by: Actor) -> int:
    """An alert for every measurement that is missing at `now` and was not told of before; how many.

    For Samspill on duty (`opening_by_duty`). What is paused is missed by nobody.
    """
    due = MeasurementSchedule.objects.select_related("indicator__episode").filter(
        indicator__ends__isnull=True, indicator__episode__state__in=SEEN_WHILE
    )
    return sum(_of_one(one, now, by) for one in due.order_by("pk"))


def _of_one(schedule: MeasurementSchedule, now: datetime, by: Actor) -> int:
    with transaction.atomic():
        held = MeasurementSchedule.objects.select_for_update().get(pk=schedule.pk)
        episode = schedule.indicator.episode
        # of two teams in the record that wait for it one has it, and neither misses it
        taken = Measurement.objects.filter(
            patient_id=schedule.patient_id, tenant_id=schedule.tenant_id, code=schedule.indicator.code
        ).values_list("effective", flat=True)
        pauses = PassiveInterval.objects.filter(episode=episode).values_list("starts", "ends")
        found = missing_at(held.plan, list(taken), list(pauses), now, since=held.answered_to)
        told = set(Alert.objects.filter(indicator=schedule.indicator_id).values_list("due", flat=True))
        new = [moment for moment in found if moment not in told]
        for moment in new:
            raise_alert(
                episode,
                None,
                indicator=schedule.indicator,
                kind=AlertKind.MISSING,
                severity=Colour.NONE,
                due=moment,
                by=by,
            )
    return len(new)


def settle_missing(schedule: MeasurementSchedule, *, now: datetime, by: Actor) -> int:
    """As `raise_missing`, of one schedule: before it is changed, so that nothing missed is forgotten."""
    return _of_one(schedule, now, by)
