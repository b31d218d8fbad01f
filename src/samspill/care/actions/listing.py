"""The narrow list of a team, kept up with every alert: so that it is read at once, and shows no more."""

from typing import Any

from django.db import connection
from django.db.models import Q

from samspill.care.alert_urgency import rank_of
from samspill.care.alert_wording import what_it_says
from samspill.care.models import Alert, ListRow, Patient
from samspill.care.states import AddressProtection, AlertState

_KEY = "SELECT {}(hashtextextended('care.alerts:' || %s, 0))"


def hold(patient_id: int) -> None:
    """Whoever moves alerts of this patient waits until the transaction before has ended.

    Taken before any alert is locked: the rows of the lists are made from all of a patient's alerts. Who moves
    those of several patients in one transaction holds all of them first, the lowest key before the next: two
    who do so at once then wait for each other, and never both.
    """
    _held("pg_advisory_xact_lock", patient_id)


def try_to_hold(patient_id: int) -> bool:
    """As `hold`, and False at once when somebody else does: for work that can be done a minute later."""
    return bool(_held("pg_try_advisory_xact_lock", patient_id))


def _held(how: str, patient_id: int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(_KEY.format(how), [patient_id])
        return cursor.fetchone()[0]


def renew_row(alert: Alert, *, team: int | None = None) -> None:
    """What the list of the alert's team (or of `team`) shows of the patient, from all that is open there."""
    team = team or alert.team_id
    row: dict[str, Any] = {"team_id": team, "patient_id": alert.patient_id, "tenant_id": alert.tenant_id}
    still = _open_for(team, alert)
    if not still:
        ListRow.objects.filter(**row).delete()
        return
    patient = Patient.objects.select_related("municipality").get(pk=alert.patient_id)
    is_open = patient.protection == AddressProtection.NONE
    ListRow.objects.update_or_create(
        **row,
        defaults={
            "community_id": alert.community_id,
            "name": str(patient),
            "birth_date": patient.birth_date,
            "municipality": str(patient.municipality or "") if is_open else "",
            "severity": still[0].severity,
            "rank": rank_of(still[0].severity),
            "since": still[0].raised,
            "alerts": len(still),
            "kinds": sorted({one.kind for one in still}),
            "owners": sorted({one.owner.name for one in still if one.owner}),
            "about": [_told(one, team) for one in still],
        },
    )


def _open_for(team: int, alert: Alert) -> list[Alert]:
    """The patient's open alerts that the team answers for or is offered: the worst first, then the oldest."""
    here = Alert.objects.filter(
        Q(team_id=team) | Q(offered_to_id=team), patient_id=alert.patient_id, tenant_id=alert.tenant_id
    )
    still = here.exclude(state=AlertState.CLOSED).order_by("raised", "pk")
    found = still.select_related("owner", "team", "offered_to", "indicator", "measurement__triage__threshold")
    return sorted(found, key=lambda one: rank_of(one.severity))


def _told(alert: Alert, team: int) -> dict[str, Any]:
    """An alert as plain values, to be put into words for whoever reads the list."""
    offered = alert.offered_to
    return {
        **what_it_says(alert),
        "owner": alert.owner_id,
        "owner_name": alert.owner.name if alert.owner else "",
        "level": alert.level,
        "offered": offered.name if offered and offered.pk != team else "",
        "from_team": alert.team.name if alert.team_id != team else "",
    }
