"""Patients to measure and to miss: a service of one municipality, and a system that sends to it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from benchmarks.fhir_calls import synthetic_numbers

if TYPE_CHECKING:
    from samspill.care.public import CareTeam, PatientIndicator
    from samspill.directory.public import Actor

COMMUNITY, CLIENT, ORGANISATION = "ostfold", "torture", "974760673"
LIMITS = {"yellow_high": "70", "red_high": "80"}
WEIGHT, UNIT, SYSTEM = "29463-7", "kg", "urn:torture"
INSIDE, OUTSIDE = "65", ("72", "85")
BETWEEN = timedelta(seconds=0.5)
"""From one that falls due for the worker to the next."""


@dataclass(frozen=True)
class World:
    """`patients` is row by national number, `start` the instant of measurement number 0, `key` the system's,
    `last_due` when the last thing falls due for the worker.
    """

    community: int
    patients: dict[str, int]
    start: datetime
    last_due: datetime
    key: Any


def fill(patients: int, *, waiting: int, receiver: str) -> World:
    """As many patients who are measured; for the worker `waiting` who are missed, and alerts nobody takes.

    `receiver` is where what comes in is sent on to.
    """
    from jwskate import Jwk

    from samspill.care.public import NewClient, opening_by_duty, register_client
    from samspill.directory.public import Community, machine, scope, sync_register

    today = timezone.localdate()
    sync_register(today=today)
    community = Community.objects.get(slug=COMMUNITY)
    by = machine(community.pk, today)
    key = Jwk(dict(Jwk.generate(alg="ES256")) | {"alg": "ES256", "use": "sig", "kid": CLIENT})
    with transaction.atomic(), scope(by):
        team = _team(community.pk, receiver)
        public = {"keys": [dict(key.public_jwk())]}
        register_client(NewClient(CLIENT, CLIENT, public, "system/*.cruds", 10_000_000), team=team, by=by)
        with opening_by_duty(by=by):
            known = {number: _measured(number, team, by) for number in synthetic_numbers(patients)}
            for place in range(waiting):
                _silent(team, timezone.now() + place * BETWEEN)
                _untaken(team, timezone.now() + place * BETWEEN, by)
    start = (timezone.now() - timedelta(days=1)).astimezone(UTC).replace(microsecond=0)
    return World(community.pk, known, start, timezone.now() + waiting * BETWEEN, key)


def _team(community: int, receiver: str) -> "CareTeam":
    from samspill.care.public import CareTeam, Receiver
    from samspill.directory.public import Party

    home = Party.objects.filter(community=community, kind="municipality").order_by("pk")[0]
    Party.objects.filter(pk=home.pk).update(orgnr=ORGANISATION)
    team = CareTeam.objects.create(
        community_id=community, tenant=home, kind="nurse_service", name="Tjeneste", starts=date(2025, 1, 1)
    )
    Receiver.objects.create(
        community_id=community, tenant=home, team=team, name="PMD", sends="measurements", address=receiver
    )
    return team


def _measured(number: str, team: "CareTeam", by: "Actor") -> int:
    from samspill.care.public import set_limits

    weight = _watched("Målt", team, national_number=number)
    set_limits(weight, LIMITS, valid_from=timezone.now() - timedelta(days=30), why="", by=by)
    return weight.patient_id


def _silent(team: "CareTeam", looked_for: datetime) -> None:
    """Was to come once, yesterday, and did not."""
    from samspill.care.public import MeasurementSchedule

    weight = _watched("Taus", team)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    plan = {"times": ["08:00"], "first_day": yesterday, "last_day": yesterday, "grace": 60}
    made = MeasurementSchedule.objects.create(
        community_id=team.community_id, tenant_id=team.tenant_id, patient_id=weight.patient_id,
        indicator=weight, plan=plan,
    )  # fmt: skip
    MeasurementSchedule.objects.filter(pk=made.pk).update(next_look=looked_for)


def _untaken(team: "CareTeam", told_further: datetime, by: "Actor") -> None:
    """An alert that nobody takes, with a clock that runs out."""
    from samspill.care.public import Alert, alerting

    weight = _watched("Utatt", team)
    about = {"kind": "unexpected", "severity": "yellow"}
    alert = alerting.raise_alert(weight.episode, None, indicator=weight, by=by, **about)
    Alert.objects.filter(pk=alert.pk).update(escalates=told_further)


def _watched(name: str, team: "CareTeam", *, national_number: str = "") -> "PatientIndicator":
    from samspill.care.public import CareEpisode, Patient, PatientIndicator

    named = {"national_number": national_number} if national_number else {"number_kind": "none"}
    patient = Patient.objects.create(
        community_id=team.community_id, given_name="Prøve", family_name=name, **named
    )
    owned = {"community_id": team.community_id, "tenant_id": team.tenant_id, "patient": patient}
    episode = CareEpisode.objects.create(**owned, team=team, reason="Hjertesvikt", from_day=team.starts)
    return PatientIndicator.objects.create(
        **owned, episode=episode, kind="measured", code=WEIGHT, name="Vekt", unit=UNIT
    )


def value_of(number: int) -> str:
    """Every third is inside, and then yellow and red."""
    return (INSIDE, *OUTSIDE)[number % 3]


def measured_at(start: datetime, number: int) -> datetime:
    return start + timedelta(seconds=number)
