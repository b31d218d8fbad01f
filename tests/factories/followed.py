"""A small society told as facts: who follows whom, who is near whom, and who has said no.

The facts are put into the tables by `told`, and judged by `may_see`, which is written from the rules in words
and knows neither the tables nor the policies.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from factories.care import HALDEN, HOSPITAL, LONG_AGO, MOSS, CareWorld, next_patient
from factories.people import member
from samspill.care.carrying import deciding
from samspill.care.models import (
    Block,
    CareEpisode,
    CareTeam,
    Patient,
    RelatedPerson,
    ServiceAgreement,
    TeamMembership,
)
from samspill.directory.public import Actor, Community, Party, acting_as, scope
from samspill.rulebook.synthetic_number import synthetic_numbers

RADE, FREDRIKSTAD = "Råde", "Fredrikstad"
TODAY = timezone.localdate()
"""The database asks its own clock."""
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
BORN = date(1941, 3, 4)
OPEN_STATES = {"active", "onhold"}


class Team(NamedTuple):
    name: str
    tenant: str
    kind: str = "home_nursing"
    until: date | None = None


class Works(NamedTuple):
    who: str
    team: str
    until: date | None = None


class Agreed(NamedTuple):
    """`tenant` lets `team` work for it."""

    tenant: str
    team: str
    rights: tuple[str, ...] = ("read", "measure", "answer", "plan")
    until: date | None = None


class Followed(NamedTuple):
    patient: str
    team: str
    tenant: str
    state: str = "active"
    since: date = LONG_AGO
    until: date | None = None


class Near(NamedTuple):
    who: str
    patient: str
    sees: bool = True
    until: date | None = None


class SaidNo(NamedTuple):
    """`patient` has blocked `target` (a person, a team, an organisation; "" is everybody): all of it, or some
    `kinds`.
    """

    patient: str
    target: str = ""
    lifted: date | None = None
    kinds: tuple[str, ...] = ()


TEAMS = (
    Team("Ward", HOSPITAL, "ward"),
    Team("Moss", MOSS),
    Team("Halden", HALDEN),
    Team("Service", FREDRIKSTAD, "nurse_service"),
    Team("Closed", MOSS, until=YESTERDAY),
)
WORKS = (
    Works("Kari Vold", "Ward"),
    Works("Nina Berg", "Moss"),
    Works("Hilde Moen", "Halden"),
    Works("Ida Strand", "Service"),
    Works("Lars Eide", "Ward", until=YESTERDAY),
    Works("Tor Hagen", "Ward"),
    Works("Tor Hagen", "Halden"),
    Works("Eva Krogh", "Moss", until=TOMORROW),
    Works("Nina Berg", "Closed"),
)
AGREED = (
    Agreed(HALDEN, "Service"),
    Agreed(MOSS, "Service", until=YESTERDAY),
    Agreed(RADE, "Service", rights=("measure",)),
)
FOLLOWED = (
    Followed("Astrid Lunde", "Ward", HOSPITAL),
    Followed("Astrid Lunde", "Service", HALDEN),
    Followed("Odd Nilsen", "Moss", MOSS),
    Followed("Berit Lien", "Halden", HALDEN),
    Followed("Berit Lien", "Ward", HOSPITAL),
    Followed("Carl Sunde", "Ward", HOSPITAL, state="finished", until=YESTERDAY),
    Followed("Carl Sunde", "Moss", MOSS),
    Followed("Dina Tveit", "Moss", MOSS, state="onhold"),
    Followed("Erik Ruud", "Service", MOSS),
    Followed("Finn Wold", "Service", RADE),
    Followed("Gro Aasen", "Ward", HOSPITAL, state="entered-in-error"),
    Followed("Hans Vik", "Ward", HOSPITAL),
    Followed("Hans Vik", "Halden", HALDEN, since=TOMORROW),
    Followed("Inga Moe", "Ward", HOSPITAL),
    Followed("Inga Moe", "Halden", HALDEN, until=TODAY),
    Followed("Jon Bakken", "Halden", HALDEN),
    Followed("Erik Ruud", "Closed", MOSS),
    Followed("Knut Vang", "Ward", HOSPITAL),
    Followed("Knut Vang", "Halden", HALDEN),
    Followed("Lise Holt", "Moss", MOSS),
    Followed("Lise Holt", "Service", HALDEN),
)
NEAR = (
    Near("Mona Lunde", "Astrid Lunde"),
    Near("Per Lunde", "Astrid Lunde", sees=False),
    Near("Liv Nilsen", "Odd Nilsen", until=YESTERDAY),
    Near("Siv Lien", "Berit Lien"),
    Near("Mona Lunde", "Jon Bakken"),
    Near("Kari Vold", "Odd Nilsen"),
    Near("Kari Vold", "Hans Vik"),
    Near("Siv Lien", "Lise Holt"),
    Near("Mona Lunde", "Knut Vang"),
)
SAID_NO = (
    SaidNo("Berit Lien"),
    SaidNo("Hans Vik", "Ward"),
    SaidNo("Inga Moe", HALDEN),
    SaidNo("Jon Bakken", "Mona Lunde"),
    SaidNo("Carl Sunde", "Nina Berg", lifted=YESTERDAY),
    SaidNo("Knut Vang", "Halden", kinds=("measurements", "contacts")),
    SaidNo("Lise Holt", "Siv Lien", kinds=("messages",)),
    SaidNo("Lise Holt", FREDRIKSTAD, kinds=("safety_net", "notes")),
    SaidNo("Lise Holt", "Nina Berg", kinds=("assessments", "messages")),
)
OWN = ("Astrid Lunde", "Berit Lien", "Gro Aasen")
"""Patients who sign in themselves."""
NO_TEAM = ("Ola Fossum",)
PATIENTS = tuple(dict.fromkeys(one.patient for one in FOLLOWED))
ROLES = {
    "health_worker": tuple(dict.fromkeys([*(one.who for one in WORKS), *NO_TEAM])),
    "citizen": tuple(dict.fromkeys([*(one.who for one in NEAR), *OWN])),
    "secretariat": ("Randi Høgåsen",),
}
SYSTEMS = tuple(Works(f"The system of {one.name}", one.name) for one in TEAMS)
"""Other systems, each with the place in a team that a person would have."""
_TENANT_OF = {one.name: one.tenant for one in TEAMS}
_CLOSED = {one.name for one in TEAMS if one.until is not None and one.until <= TODAY}


def _holds(until: date | None) -> bool:
    """What ends on a day is over that day."""
    return until is None or until > TODAY


def may_see(who: str, patient: str) -> frozenset[str]:
    """The organisations in whose records `who` may read about `patient` today."""
    found: set[str] = set()
    records = {one.tenant for one in FOLLOWED if one.patient == patient and one.state != "entered-in-error"}
    if who == patient and who in OWN:
        found |= records
    if _is_refused(patient, who):
        return frozenset(found)
    for near in NEAR:
        if (near.who, near.patient) == (who, patient) and near.sees and _holds(near.until):
            found |= records
    for one in FOLLOWED:
        if one.patient == patient and _lets_in(one, who):
            found.add(one.tenant)
    return frozenset(found)


def is_followed(patient: str, team: str) -> bool:
    """Whether the team follows the patient today."""
    return any((it.patient, it.team) == (patient, team) and _is_open(it) for it in FOLLOWED)


def follows(team: str) -> frozenset[str]:
    """Whom a team follows today, by its own organisation or by an agreement."""
    return frozenset(
        one.patient for one in FOLLOWED if one.team == team and _is_open(one) and _is_agreed(one)
    )


def on_list_of(who: str, team: str) -> frozenset[str]:
    """Whom `who` may find by name among those the team follows: not who has said no to them."""
    mine = team in works_at(who)
    return frozenset(name for name in follows(team) if mine and not _is_refused(name, who))


def teams_of(who: str) -> list[str]:
    return sorted(works_at(who) & set(_TENANT_OF))


def _is_open(one: Followed) -> bool:
    return one.state in OPEN_STATES and one.since <= TODAY and (one.until is None or one.until >= TODAY)


def _lets_in(one: Followed, who: str) -> bool:
    return _is_open(one) and one.team in works_at(who) and _is_agreed(one)


def _is_agreed(one: Followed) -> bool:
    if _TENANT_OF[one.team] == one.tenant:
        return True
    return any(
        (it.tenant, it.team) == (one.tenant, one.team) and "read" in it.rights and _holds(it.until)
        for it in AGREED
    )


def works_at(who: str) -> frozenset[str]:
    """The teams and the organisations in which the person works today."""
    teams = {one.team for one in (*WORKS, *SYSTEMS) if one.who == who and _holds(one.until)} - _CLOSED
    return frozenset(teams | {_TENANT_OF[one] for one in teams})


def hidden_from(who: str, patient: str) -> frozenset[str]:
    """The kinds of information about `patient` that `who` may not see, in any way but as the patient."""
    if who == patient and who in OWN:
        return frozenset()
    return frozenset(
        kind for no in SAID_NO if no.patient == patient and _is_against(no, who) for kind in no.kinds
    )


def _is_refused(patient: str, who: str) -> bool:
    """A no to a team or an organisation is to all who work there, also where they work besides, or as kin."""
    return any(it.patient == patient and not it.kinds and _is_against(it, who) for it in SAID_NO)


def _is_against(no: SaidNo, who: str) -> bool:
    return no.target in {"", who, *works_at(who)} and _holds(no.lifted)


@dataclass
class Society:
    """The facts as they stand in the tables."""

    world: CareWorld
    people: dict[str, Actor] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)


def told() -> Society:
    community = Community.objects.get(slug="ostfold")
    found = {one.short_name or one.name: one for one in Party.objects.filter(community=community)}
    trust = Party.objects.get(community=community, kind="health_trust")
    world = CareWorld(community, {**found, HOSPITAL: trust})
    society = Society(world)
    numbers = synthetic_numbers(BORN)
    society.numbers = {name: next(numbers).digits for name in PATIENTS}
    for role, names in ROLES.items():
        for name in names:
            society.people[name] = _signed_in(world, name, role)
    with scope(world.machine):
        _tell_services(society)
        for name in PATIENTS:
            _tell_patient(society, name)
    return society


def _signed_in(world: CareWorld, name: str, role: str) -> Actor:
    """With one more role, when the person has one already."""
    account = member("ostfold", role, name=name, email=f"{name.replace(' ', '.').lower()}@folk.example")
    return replace(acting_as(account, today=TODAY, community_id=world.community.pk), level=4)


def _tell_services(society: Society) -> None:
    world = society.world
    for name, tenant, kind, until in TEAMS:
        world.teams[name] = CareTeam.objects.create(
            community=world.community, tenant=world.parties[tenant], kind=kind, name=name, starts=LONG_AGO,
            ends=until,
        )  # fmt: skip
    for who, team, until in WORKS:
        TeamMembership.objects.create(
            community=world.community, team=world.teams[team], account_id=society.people[who].account_id,
            function="nurse", from_day=LONG_AGO, to_day=until,
        )  # fmt: skip
    for tenant, team, rights, until in AGREED:
        ServiceAgreement.objects.create(
            community=world.community, tenant=world.parties[tenant], team=world.teams[team],
            rights=list(rights), legal_basis="Helse- og omsorgstjenesteloven § 3-2", from_day=LONG_AGO,
            to_day=until,
        )  # fmt: skip


def _tell_patient(society: Society, name: str) -> None:
    world, key = society.world, next_patient()
    given, family = name.split()
    with deciding(key):
        world.patients[name] = Patient.objects.create(
            pk=key, community=world.community, given_name=given, family_name=family,
            national_number=society.numbers[name], birth_date=BORN,
            account_id=society.people[name].account_id if name in OWN else None,
        )  # fmt: skip
        for one in FOLLOWED:
            if one.patient == name:
                world.episodes[name, one.team] = _tell_episode(world, one)
        for near in NEAR:
            if near.patient == name:
                RelatedPerson.objects.create(
                    community=world.community, patient_id=key,
                    account_id=society.people[near.who].account_id,
                    name=near.who, relation="child", may_see=near.sees, may_enter=near.sees,
                    from_day=LONG_AGO, to_day=near.until,
                )  # fmt: skip
        for no in SAID_NO:
            if no.patient == name:
                Block.objects.create(
                    community=world.community, patient_id=key, from_day=LONG_AGO, lifted_on=no.lifted,
                    kinds=list(no.kinds),
                    **_against(society, no.target),
                )  # fmt: skip


def _tell_episode(world: CareWorld, one: Followed) -> CareEpisode:
    team, tenant = world.teams[one.team], world.parties[one.tenant]
    agreed = ServiceAgreement.objects.filter(team=team, tenant=tenant).first()
    return CareEpisode.objects.create(
        community=world.community, tenant=tenant, patient=world.patients[one.patient], team=team,
        agreement=agreed if team.tenant_id != tenant.pk else None, reason="Hjertesvikt", state=one.state,
        from_day=one.since, to_day=one.until,
    )  # fmt: skip


def _against(society: Society, target: str) -> dict[str, object]:
    if not target:
        return {"against": "everybody"}
    if target in society.world.teams:
        return {"against": "team", "team": society.world.teams[target]}
    if target in society.people:
        return {"against": "person", "account_id": society.people[target].account_id}
    return {"against": "tenant", "tenant": society.world.parties[target]}
