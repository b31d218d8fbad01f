"""The page of a patient who has been followed for long: a thousand values, and three thousand happenings.

What has happened is held against reading everything, sorting it and cutting; the whole pages against those of
a patient with little. Served in this process on the embedded database, with row-level security, the decision
and the log of each look. The goal is 200 ms for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks import Case
from benchmarks.installation import installation

if TYPE_CHECKING:
    from samspill.care.models import CareEpisode, PatientIndicator
    from samspill.directory.public import Account, Actor

VALUES, ALERTS, NOTES, MESSAGES = 1000, 500, 900, 600
STEPS = ("raised", "taken", "closed")
FEW = 100  # a hundredth of it all is what the other patient has
MOST_SECONDS = 0.2
SINCE = date(2025, 1, 1)
RULE = {"red_low": "60", "yellow_low": "62", "yellow_high": "70", "red_high": "72"}


@dataclass
class Followed:
    """A nurse, and two patients whom the nurse's team follows."""

    nurse: "Account"
    actor: "Actor"
    much: int
    little: int


def cases() -> list[Case]:
    """What has happened, and the pages of a patient."""
    installation()
    world = followed()
    client = _client(world.nurse)
    happened = 2 + ALERTS * len(STEPS) + NOTES + MESSAGES
    said = f"of {happened} things; baseline: all of them read, sorted and cut"
    found: list[Case] = [
        {
            "name": "what has happened, first page",
            "run": partial(_opened, world, _first_page),
            "baseline": partial(_opened, world, _all_sorted),
            "work": said,
            "most_seconds": MOST_SECONDS,
        }
    ]
    for name, path in (("page", ""), ("page, all time", "?dager=alt"), ("happened", "hendelser/")):
        much, little = (f"/pasienter/{key}/{path}" for key in (world.much, world.little))
        found.append(
            {
                "name": f"patient: {name}",
                "run": partial(_get, client, much),
                "baseline": partial(_get, client, little),
                "work": f"{VALUES} values, {happened} things; baseline: a patient with a hundredth",
                "most_seconds": MOST_SECONDS,
            }
        )
    return found


def _get(client: Any, path: str) -> int:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(answer.content)


def _opened(world: Followed, read: Callable[[int], object]) -> object:
    from django.db import transaction

    from samspill.care.actions.opening import opening
    from samspill.directory.public import scope

    with (
        transaction.atomic(),
        scope(world.actor),
        opening(world.much, by=world.actor, what="care.timeline"),
    ):
        return read(world.much)


def _first_page(patient: int) -> object:
    from django.utils import timezone

    from samspill.care.queries.timeline import timeline

    return timeline(patient, until=timezone.now()).items


def _all_sorted(patient: int) -> object:
    """The slow and obvious way."""
    from django.utils import timezone

    from samspill.care.queries.timeline import PAGE, timeline

    return timeline(patient, until=timezone.now(), size=10**6).items[:PAGE]


def _client(nurse: "Account") -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(nurse, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["oidc_level"] = 4
    session.save()
    return client


def followed() -> Followed:
    from dataclasses import replace

    from django.db import transaction
    from django.utils import timezone

    from samspill.care.models import CareTeam, TeamMembership
    from samspill.directory.public import (
        Community,
        NewMember,
        Party,
        acting_as,
        add_member,
        machine,
        scope,
        sync_register,
    )

    today = timezone.localdate()
    sync_register(today=today)
    community = Community.objects.get(slug="ostfold")
    duty = machine(community.pk, today)
    with transaction.atomic(), scope(duty):
        new = NewMember(name="Ida Strand", email="ida@maling.example", role="health_worker", from_day=SINCE)
        nurse = add_member(community=community, new=new, by=duty).account
        home = Party.objects.filter(community=community, short_name="Moss").get()
        own = {"community": community, "tenant": home}
        team = CareTeam.objects.create(**own, kind="home_nursing", name="Hjemmesykepleien", starts=SINCE)
        TeamMembership.objects.create(
            community=community, team=team, account=nurse, function="nurse", from_day=SINCE
        )
        much, little = (_patient(team, duty, part) for part in (1, FEW))
    with transaction.atomic():
        actor = replace(acting_as(nurse, today=today, community_id=community.pk), level=4)
    _look_at_tables()
    return Followed(nurse, actor, much, little)


def _look_at_tables() -> None:
    """As the database does by itself a minute later: until then it does not know how much there is."""
    manager = installation().dsn("backup")
    with psycopg.connect(**manager, autocommit=True) as server:  # type: ignore[arg-type]
        server.execute("ANALYZE")


def _patient(team: Any, duty: "Actor", part: int) -> int:
    from django.db import connection

    from samspill.care.actions.opening import opening_by_duty
    from samspill.care.carrying import deciding
    from samspill.care.models import CareEpisode, Patient, PatientIndicator

    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('care_patient', 'id'))")
        key = int(cursor.fetchone()[0])
    with deciding(key):
        patient = Patient.objects.create(
            pk=key,
            community=team.community,
            given_name="Astrid",
            family_name="Lunde",
            number_kind="none",
            birth_date=date(1941, 3, 4),
            municipality=team.tenant,
        )
        own = {"community": team.community, "tenant": team.tenant, "patient": patient}
        episode = CareEpisode.objects.create(**own, team=team, reason="Hjertesvikt", from_day=SINCE)
    with opening_by_duty(by=duty):
        weight = PatientIndicator.objects.create(
            **own, episode=episode, kind="measured", code="29463-7", name="Vekt", unit="kg"
        )
        _fill(episode, weight, part)
    return key


def _fill(episode: "CareEpisode", weight: "PatientIndicator", part: int) -> None:
    from django.utils import timezone

    from samspill.care.models import (
        Alert,
        AlertStep,
        CareNote,
        Measurement,
        MeasurementSource,
        Message,
        ThresholdSet,
        TriageResult,
    )

    now = timezone.now()
    own = {
        "community_id": episode.community_id,
        "tenant_id": episode.tenant_id,
        "patient_id": episode.patient_id,
    }
    signed = {**own, "by_name": "Ida Strand"}
    limits = ThresholdSet.objects.create(
        **signed, indicator=weight, version=1, rule=RULE, valid_from=now - timedelta(days=600)
    )
    values = Measurement.objects.bulk_create(
        Measurement(
            **signed,
            indicator=weight,
            code=weight.code,
            value=str(60 + number % 15),
            sent_value="66",
            unit="kg",
            effective=_ago(now, number),
            fingerprint=f"{number}",
            entered="system",
        )
        for number in range(VALUES // part)
    )
    TriageResult.objects.bulk_create(
        TriageResult(
            **own, measurement=one, colour="green", kind="inside", threshold=limits, engine="triage 1"
        )
        for one in values
    )
    MeasurementSource.objects.bulk_create(
        MeasurementSource(**own, measurement=one, system="vekt", number=f"{one.pk}") for one in values
    )
    alerts = Alert.objects.bulk_create(
        Alert(
            **own,
            team=episode.team,
            kind="outside",
            severity="red",
            state="closed",
            indicator=weight,
            measurement=values[number % len(values)],
            raised=_ago(now, number),
        )
        for number in range(ALERTS // part)
    )
    AlertStep.objects.bulk_create(
        AlertStep(**signed, alert=one, act=act, note="Ringte", at=_ago(now, number))
        for number, one in enumerate(alerts)
        for act in STEPS
    )
    CareNote.objects.bulk_create(
        CareNote(**signed, episode=episode, text="Puster lettere i dag. " * 4, at=_ago(now, number))
        for number in range(NOTES // part)
    )
    Message.objects.bulk_create(
        Message(**signed, episode=episode, way="to", text="Vi har sett vekten din.", at=_ago(now, number))
        for number in range(MESSAGES // part)
    )


def _ago(now: datetime, number: int) -> datetime:
    return now - timedelta(hours=1 + 5 * number)
