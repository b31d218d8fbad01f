"""Patients to measure: a service of one municipality, with a weight that is watched for each."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

if TYPE_CHECKING:
    from samspill.care.public import CareTeam

COMMUNITY = "ostfold"
LIMITS = {"yellow_high": "70", "red_high": "80"}
WEIGHT, UNIT, SYSTEM = "29463-7", "kg", "urn:torture"
INSIDE, OUTSIDE = "65", ("72", "85")


def fill(patients: int) -> list[int]:
    """Episodes of as many patients. Their keys."""
    from samspill.care.public import CareTeam, opening_by_duty
    from samspill.directory.public import Community, Party, machine, scope, sync_register

    today = timezone.localdate()
    sync_register(today=today)
    community = Community.objects.get(slug=COMMUNITY)
    by = machine(community.pk, today)
    with transaction.atomic(), scope(by):
        home = Party.objects.filter(community=community, kind="municipality").order_by("pk").first()
        team = CareTeam.objects.create(
            community=community, tenant=home, kind="nurse_service", name="Tjeneste", starts=date(2025, 1, 1)
        )
        with opening_by_duty(by=by):
            return [_patient(number, team) for number in range(patients)]


def _patient(number: int, team: "CareTeam") -> int:
    from samspill.care.public import CareEpisode, Patient, PatientIndicator, set_limits
    from samspill.directory.public import machine

    patient = Patient.objects.create(
        community_id=team.community_id, given_name="Prøve", family_name=str(number), number_kind="none"
    )
    owned = {"community_id": team.community_id, "tenant_id": team.tenant_id, "patient": patient}
    episode = CareEpisode.objects.create(**owned, team=team, reason="Hjertesvikt", from_day=team.starts)
    weight = PatientIndicator.objects.create(
        **owned, episode=episode, kind="measured", code=WEIGHT, name="Vekt", unit=UNIT
    )
    by = machine(team.community_id, timezone.localdate())
    long_ago = timezone.now() - timedelta(days=30)
    set_limits(weight, LIMITS, valid_from=long_ago, why="", by=by)
    return episode.pk


def value_of(number: int) -> str:
    """Every third is inside, and then yellow and red."""
    return (INSIDE, *OUTSIDE)[number % 3]


def measured_at(start: datetime, number: int) -> datetime:
    return start + timedelta(seconds=number)
