"""Who sent a value that could not be right, and soon sends one that can, has mended it: nobody need ask."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.care.entering_states import AsideState
from samspill.care.models import Alert, Measurement, SetAside
from samspill.care.states import AlertState
from samspill.directory.public import Actor

SOON = timedelta(minutes=15)


def mended_by_sender(measurement: Measurement, *, by: Actor, now: datetime) -> None:
    """What the same person sent of the same kind a short while ago is mended to this; the alert says so.

    The alert stays for the team to end, without anything left to look at.
    """
    waiting = SetAside.objects.select_for_update(of=("self",)).filter(
        patient_id=measurement.patient_id,
        tenant_id=measurement.tenant_id,
        code=measurement.code,
        state=AsideState.WAITING,
        entry__by=by.account_id,
        entry__at__gte=now - SOON,
        entry__at__lte=now,
    )
    for row in waiting:
        row.state, row.measurement, row.settled_reason = AsideState.MENDED, measurement, _("Entered again")
        row.settled_at, row.settled_by_id = now, by.account_id
        row.save(update_fields=["state", "measurement", "settled_reason", "settled_at", "settled_by"])
        still = SetAside.objects.filter(alert=row.alert_id, state=AsideState.WAITING)
        if not still.exists():
            about = Alert.objects.filter(pk=row.alert_id, cleared=None).exclude(state=AlertState.CLOSED)
            about.update(cleared=timezone.now())
