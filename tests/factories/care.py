"""Invented patients in Østfold, with the teams that follow them. All numbers are of the test series +80."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection, transaction

from factories.people import TODAY, member
from samspill.care.carrying import deciding
from samspill.care.models import (
    CareEpisode,
    CareTeam,
    Patient,
    ServiceAgreement,
    TeamMembership,
)
from samspill.directory.public import Account, Actor, Community, Party, acting_as, machine, scope

LONG_AGO = date(2025, 1, 1)
HOSPITAL, HALDEN, MOSS, FREDRIKSTAD = "Sykehuset Østfold", "Halden", "Moss", "Fredrikstad"

TEAMS = (
    ("ward", "Ward", HOSPITAL),
    ("home_nursing", "Moss", MOSS),
    ("nurse_service", "Service", FREDRIKSTAD),
)


@dataclass
class CareWorld:
    """A ward, home nursing in Halden and Moss, and a nurse service in Fredrikstad that works for Halden."""

    community: Community
    parties: dict[str, Party]
    teams: dict[str, CareTeam] = field(default_factory=dict)
    nurses: dict[str, Actor] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    episodes: dict[tuple[str, str], CareEpisode] = field(default_factory=dict)
    agreement: ServiceAgreement | None = None

    @property
    def machine(self) -> Actor:
        return machine(self.community.pk, TODAY)


def next_patient() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('care_patient', 'id'))")
        return int(cursor.fetchone()[0])


def patient(world: CareWorld, name: str, number: str, lives_in: str) -> Patient:
    key = next_patient()
    given, family = name.split()
    with scope(world.machine), deciding(key):
        made = Patient.objects.create(
            pk=key,
            community=world.community,
            given_name=given,
            family_name=family,
            national_number=number,
            birth_date=date(1941, 3, 4),
            municipality=world.parties[lives_in],
        )
    world.patients[name] = made
    return made


def follow(world: CareWorld, name: str, team: str, *, tenant: str, state: str = "active") -> CareEpisode:
    """`team` follows the patient in the record of `tenant`, by the agreement where it is another's."""
    who = world.patients[name]
    with scope(world.machine), deciding(who.pk):
        episode = CareEpisode.objects.create(
            community=world.community,
            tenant=world.parties[tenant],
            patient=who,
            team=world.teams[team],
            agreement=world.agreement if world.teams[team].tenant != world.parties[tenant] else None,
            reason="Hjertesvikt",
            state=state,
            from_day=LONG_AGO,
        )
    world.episodes[name, team] = episode
    return episode


def nurse(world: CareWorld, team: str, name: str) -> Actor:
    account: Account = member(
        "ostfold", "health_worker", name=name, email=f"{name.split()[0].lower()}@{team.lower()}.example"
    )
    with scope(world.machine):
        TeamMembership.objects.create(
            community=world.community,
            team=world.teams[team],
            account=account,
            function="nurse",
            from_day=LONG_AGO,
        )
    world.nurses[team] = replace(acting_as(account, today=TODAY, community_id=world.community.pk), level=4)
    return world.nurses[team]


def care_world() -> CareWorld:
    """Astrid is followed by the ward and by the nurse service for Halden; Odd by home nursing in Moss."""
    community = Community.objects.get(slug="ostfold")
    found = {one.short_name or one.name: one for one in Party.objects.filter(community=community)}
    trust = Party.objects.get(community=community, kind="health_trust")
    world = CareWorld(community, {**found, HOSPITAL: trust})
    made = (
        ("ward", "Ward", HOSPITAL),
        ("home_nursing", "Moss", MOSS),
        ("nurse_service", "Service", FREDRIKSTAD),
    )
    with transaction.atomic(), scope(world.machine):
        for kind, name, tenant in made:
            world.teams[name] = CareTeam.objects.create(
                community=community, tenant=world.parties[tenant], kind=kind, name=name, starts=LONG_AGO
            )
        world.agreement = ServiceAgreement.objects.create(
            community=community,
            tenant=world.parties[HALDEN],
            team=world.teams["Service"],
            rights=["read", "measure", "answer", "plan"],
            legal_basis="helse- og omsorgstjenesteloven § 3-1",
            from_day=LONG_AGO,
        )
    for team, name in (("Ward", "Kari Vold"), ("Moss", "Nina Berg"), ("Service", "Ida Strand")):
        nurse(world, team, name)
    patient(world, "Astrid Lunde", "04834140077", HALDEN)
    patient(world, "Odd Nilsen", "05834140006", MOSS)
    follow(world, "Astrid Lunde", "Ward", tenant=HOSPITAL)
    follow(world, "Astrid Lunde", "Service", tenant=HALDEN)
    follow(world, "Odd Nilsen", "Moss", tenant=MOSS)
    return world
