"""Teams, agreements and patients of a community: `patients/*.yaml`, with values from the last days.

What is measured, limits and alerts go through the same actions people use. Not here: what is measured
(`caring_values`), or what is told the others who follow (`caring_plans`).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from itertools import cycle

from django.utils import timezone

from samspill.care.public import (
    Alert,
    AlertState,
    CareEpisode,
    CareTeam,
    PassiveInterval,
    Patient,
    RelatedPerson,
    ServiceAgreement,
    TeamMembership,
    alerting,
    opening,
    opening_by_duty,
    raise_missing,
)
from samspill.demo.caring_medicines import sign_medication
from samspill.demo.caring_plans import send_plan, signed_in
from samspill.demo.caring_values import measure_days, measure_now
from samspill.demo.patients_facts import CareFacts, PatientFact, TeamFact
from samspill.demo.settling import let_in
from samspill.demo.stage import Stage
from samspill.demo.world import read_names
from samspill.directory.public import Party, scope
from samspill.rulebook.national_number import Sex
from samspill.rulebook.synthetic_number import synthetic_numbers

RIGHTS = ["read", "measure", "answer", "plan"]
ADMITTED_AT = time(14, 10)


@dataclass
class Ward:
    """What is made so far; teams by our keys, parties by short name."""

    stage: Stage
    parties: dict[str, Party]
    names: dict[str, Iterator[str]]
    teams: dict[str, CareTeam] = field(default_factory=dict)
    agreements: dict[tuple[int, int], ServiceAgreement] = field(default_factory=dict)

    @property
    def facts(self) -> CareFacts:
        return self.stage.world.care


def follow(stage: Stage) -> None:
    """Everybody who is followed together, from the teams to what waits for them now."""
    for person in stage.world.carers:
        let_in(person, stage)
    stage = replace(stage)  # one that looks up who is there now
    parties = {one.short_name or one.name: one for one in Party.objects.filter(community=stage.community)}
    ward = Ward(stage, parties, _names(stage))
    for team in stage.world.care.teams:
        _make_team(team, ward)
    with opening_by_duty(by=stage.machine):
        followed = [(fact, *_make_patient(fact, ward)) for fact in ward.facts.patients]
        for fact, _patient, episode in followed:
            measure_days(fact, episode, stage)
    for fact, patient, _episode in followed:
        if fact.medication is not None:
            sign_medication(fact.medication, patient, stage)
        if fact.plan is not None:
            send_plan(fact.plan, patient, stage)
    with opening_by_duty(by=stage.machine):
        for fact, _patient, episode in followed:
            measure_now(fact, episode, stage)
        raise_missing(now=stage.now, by=stage.machine)
    for fact, patient, _episode in followed:
        _handle(fact, patient, stage)


def _names(stage: Stage) -> dict[str, Iterator[str]]:
    """By sex, names that nobody of the worlds has, the same for the same seed."""
    rng = random.Random(f"samspill patients {stage.seed} {stage.community.slug}")  # noqa: S311  no secret
    told = {player.name.split()[-1] for player in stage.cast.values()}
    family = [one for one in read_names()[1] if one not in told]
    rng.shuffle(family)
    drawn = cycle(family)
    given = stage.world.care.given.items()
    return {sex: map(_joined, cycle(rng.sample(names, len(names))), drawn) for sex, names in given}


def _joined(given: str, family: str) -> str:
    return f"{given} {family}"


def _make_team(fact: TeamFact, ward: Ward) -> None:
    stage, tenant = ward.stage, ward.parties[fact.tenant]
    team = CareTeam.objects.create(
        community=stage.community,
        tenant=tenant,
        kind=fact.kind,
        name=fact.name,
        phone=fact.phone,
        hours=fact.hours,
        starts=ward.facts.since,
    )
    ward.teams[fact.key] = team
    for key, function in fact.members.items():
        TeamMembership.objects.create(
            community=stage.community,
            team=team,
            account=stage.accounts[key],
            function=function,
            from_day=ward.facts.since,
        )
    if fact.serves:
        _agree(team, ward)


def _agree(team: CareTeam, ward: Ward) -> None:
    """Every other municipality lets the team work for it."""
    for party in ward.parties.values():
        if party.municipality_code and party.pk != team.tenant_id:
            ward.agreements[team.pk, party.pk] = ServiceAgreement.objects.create(
                community=ward.stage.community,
                tenant=party,
                team=team,
                rights=RIGHTS,
                legal_basis=ward.facts.agreement,
                from_day=ward.facts.since,
            )


def _make_patient(fact: PatientFact, ward: Ward) -> tuple[Patient, CareEpisode]:
    """The patient, and the episode in which is measured: that of the last team."""
    stage = ward.stage
    account = stage.accounts[fact.account] if fact.account else None
    given, family = (account.name if account else next(ward.names[fact.sex])).rsplit(" ", 1)
    patient = Patient.objects.create(
        community=stage.community,
        given_name=given,
        family_name=family,
        national_number=_number(fact, stage),
        birth_date=fact.born,
        sex=fact.sex,
        language=stage.community.written_form,
        municipality=ward.parties[fact.lives_in],
        phone=f"900 00 {100 + ward.facts.patients.index(fact)}",
        account=account,
        gp_team=ward.teams.get(fact.gp),
    )
    for near in fact.near:
        who = stage.accounts[near.account]
        RelatedPerson.objects.create(
            community=stage.community, patient=patient, account=who, name=who.name, relation=near.relation,
            phone=near.phone, is_next_of_kin=True, may_see=near.sees, may_enter=near.sees,
            from_day=ward.facts.since,
        )  # fmt: skip
    episodes = [_begin(fact, patient, ward.teams[key], ward) for key in fact.teams]
    _pause(fact, episodes[-1], stage)
    return patient, episodes[-1]


def _number(fact: PatientFact, stage: Stage) -> str:
    """The first that nobody has: two may be born the same day."""
    numbers = (one.digits for one in synthetic_numbers(fact.born, sex=Sex(fact.sex)))
    return next(one for one in numbers if not Patient.objects.filter(national_number=one).exists())


def _begin(fact: PatientFact, patient: Patient, team: CareTeam, ward: Ward) -> CareEpisode:
    """A team of a municipality follows the municipality's own; the hospital's stands in its own record."""
    lives_in = ward.parties[fact.lives_in]
    tenant = team.tenant if team.kind == "ward" else lives_in
    return CareEpisode.objects.create(
        community=ward.stage.community,
        tenant=tenant,
        patient=patient,
        team=team,
        agreement=ward.agreements.get((team.pk, tenant.pk)),
        reason=ward.facts.conditions[fact.condition].reason,
        from_day=ward.facts.followed_since,
    )


def _pause(fact: PatientFact, episode: CareEpisode, stage: Stage) -> None:
    if fact.paused is None:
        return
    starts = datetime.combine(stage.day(fact.paused.day), ADMITTED_AT, timezone.get_current_timezone())
    PassiveInterval.objects.create(
        community=stage.community,
        tenant=episode.tenant,
        patient=episode.patient,
        episode=episode,
        starts=starts,
        why=fact.paused.why,
    )


def _handle(fact: PatientFact, patient: Patient, stage: Stage) -> None:
    if fact.then is None:
        return
    actor = signed_in(fact.then.by, stage)
    with scope(actor), opening(patient.pk, by=actor, what="care.alert", act="write"):
        for alert in Alert.objects.filter(patient=patient).exclude(state=AlertState.CLOSED):
            for act in fact.then.acts:
                getattr(alerting, act)(alert, by=actor)
