"""The narrow list of a team, kept up with every alert: so that it is read at once, and shows no more."""

from typing import Any

from samspill.care.models import Alert, ListRow, Patient
from samspill.care.states import AddressProtection, AlertState
from samspill.rulebook.triage import Colour
from samspill.rulebook.triage.colours import WORSE


def rank_of(severity: str) -> int:
    """The worst first: 0 is red."""
    return len(WORSE) - 1 - WORSE[Colour(severity)]


def renew_row(alert: Alert, *, team: int | None = None) -> None:
    """What the list of the alert's team (or of `team`) shows of the patient, from all that is open there."""
    team = team or alert.team_id
    about: dict[str, Any] = {"team_id": team, "patient_id": alert.patient_id, "tenant_id": alert.tenant_id}
    still = list(
        Alert.objects.filter(**about)
        .exclude(state=AlertState.CLOSED)
        .select_related("owner")
        .order_by("raised")
    )
    if not still:
        ListRow.objects.filter(**about).delete()
        return
    worst = min(still, key=lambda one: rank_of(one.severity))
    patient = Patient.objects.select_related("municipality").get(pk=alert.patient_id)
    is_open = patient.protection == AddressProtection.NONE
    ListRow.objects.update_or_create(
        **about,
        defaults={
            "community_id": alert.community_id,
            "name": str(patient),
            "birth_year": patient.birth_date.year if patient.birth_date else None,
            "municipality": str(patient.municipality or "") if is_open else "",
            "severity": worst.severity,
            "rank": rank_of(worst.severity),
            "oldest": still[0].raised,
            "alerts": len(still),
            "kinds": sorted({one.kind for one in still}),
            "owners": sorted({one.owner.name for one in still if one.owner}),
        },
    )
