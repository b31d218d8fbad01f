"""The facts an access decision looks at, read from the tables: who asks, and what is true of the patient.

Persons are told apart here by the number of their account: what is compared never leaves the installation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet

from samspill.care.models import (
    AccessDecision,
    Block,
    CareEpisode,
    CareTeam,
    Patient,
    RelatedPerson,
    ServiceAgreement,
    TeamMembership,
)
from samspill.care.states import SEEN_WHILE, AddressProtection, BlockedFrom, EpisodeState, Right
from samspill.directory.public import Actor, Party, Prepared, call, from_row
from samspill.directory.trust import decision_facts as facts
from samspill.directory.trust.purposes import CITIZEN, PROFESSIONAL

_AGAINST = {
    BlockedFrom.EVERYBODY: facts.EVERYONE,
    BlockedFrom.PERSON: facts.PERSON,
    BlockedFrom.TEAM: facts.GROUP,
    BlockedFrom.TENANT: facts.ORGANISATION,
}


_LARGEST = BigIntegerField.MAX_BIGINT
"""An address may name any number; none above this is a row."""


@dataclass(frozen=True)
class Known:
    """A patient with all that a decision may rest on. Inside `carrying.deciding` of the patient alone.

    `episodes` are those that are open; `records` every organisation that has had one. Of the one who asks:
    `works`, the teams of today, and `before`, decisions about the patient that still have time left.
    """

    patient: Patient
    episodes: tuple[CareEpisode, ...]
    records: frozenset[int]
    related: tuple[RelatedPerson, ...]
    blocks: tuple[Block, ...]
    works: tuple[TeamMembership, ...]
    before: tuple[AccessDecision, ...]

    def episode_for(self, teams: Iterable[int], tenant: int) -> CareEpisode | None:
        """The open episode in a tenant's record by which one of the teams follows the patient."""
        held = set(teams)
        found = (one for one in self.episodes if one.tenant_id == tenant and one.team_id in held)
        return next(found, None)


def known_about(patient_id: int, by: Actor, least_left: timedelta, number: str = "") -> Known | None:
    """Of the patient, or of the one with a national number; None when there is none here. 1 query."""
    day = by.today
    if patient_id > _LARGEST:
        return None
    said = call("care_known_about", patient_id, number, by.account_id or 0, day, least_left)
    if said is None:
        return None
    every = [_episode(one) for one in said["episodes"]]
    return Known(
        from_row(Patient, said["patient"]),
        tuple(one for one in every if _is_open(one, day)),
        frozenset(one.tenant_id for one in every if one.state != EpisodeState.MISTAKE),
        tuple(from_row(RelatedPerson, one) for one in said["related"]),
        tuple(from_row(Block, one) for one in said["blocks"]),
        tuple(from_row(TeamMembership, one, team=_team(one["team"])) for one in said["works"]),
        tuple(from_row(AccessDecision, one) for one in said["before"]),
    )


def _episode(said: dict[str, Any]) -> CareEpisode:
    agreement = said["agreement"] and from_row(ServiceAgreement, said["agreement"])
    return from_row(CareEpisode, said, team=_team(said["team"]), agreement=agreement)


def _team(said: dict[str, Any]) -> CareTeam:
    return from_row(CareTeam, said, tenant=from_row(Party, said["tenant"]))


def _is_open(episode: CareEpisode, day: date) -> bool:
    has_begun = episode.from_day <= day
    return has_begun and episode.state in SEEN_WHILE and (episode.to_day is None or episode.to_day >= day)


def facts_of(known: Known, tenant: int) -> facts.PatientFacts:
    """What is true of the patient in the record of one organisation."""
    patient = known.patient
    episodes = [one for one in known.episodes if one.tenant_id == tenant]
    may_see = frozenset(str(one.account_id) for one in known.related if one.may_see and one.account_id)
    return facts.PatientFacts(
        patient=str(patient.pk),
        tenant=str(tenant),
        person=str(patient.account_id or ""),
        episodes=tuple(facts.Episode(str(one.tenant_id), team=str(one.team_id)) for one in episodes),
        teams=frozenset(str(one.team_id) for one in episodes if one.team.tenant_id == tenant),
        agreements=tuple(_agreement(one, one.agreement) for one in episodes if one.agreement),
        blocks=tuple(_blocks(known.blocks)),
        protection="" if patient.protection == AddressProtection.NONE else patient.protection,
        deceased=patient.died_on is not None,
        relatives=frozenset(str(one.account_id) for one in known.related if one.account_id),
        representatives=may_see,
        surname=patient.family_name.casefold(),
    )


def _agreement(episode: CareEpisode, agreed: ServiceAgreement) -> facts.Agreement:
    return facts.Agreement(
        giver=str(agreed.tenant_id),
        receiver=str(episode.team.tenant_id),
        # without the right to read no record is open, whatever else is agreed (migration 0002)
        rights=frozenset(agreed.rights) if Right.READ in agreed.rights else frozenset(),
        starts=agreed.from_day,
        ends=agreed.to_day - timedelta(days=1) if agreed.to_day else None,
        team=str(agreed.team_id),
    )


def _blocks(blocks: Iterable[Block]) -> Iterable[facts.Block]:
    """One for the whole, or one for each kind of information."""
    for one in blocks:
        target = str(one.account_id or one.team_id or one.tenant_id or "")
        whole = facts.Block(_AGAINST[BlockedFrom(one.against)], target)
        if not one.kinds:
            yield whole
        for kind in one.kinds:
            yield replace(whole, scope=facts.PART, part=kind)


@dataclass(frozen=True)
class Asking:
    """Who asks, as the member of the teams of one organisation; or as a citizen, without any."""

    subject: facts.Subject
    teams: tuple[TeamMembership, ...] = ()


def _works(account: int, day: date) -> QuerySet[TeamMembership]:
    works = Q(from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gt=day))
    lives = Q(team__starts__lte=day) & (Q(team__ends__isnull=True) | Q(team__ends__gt=day))
    rows = TeamMembership.objects.filter(works, lives, account_id=account)
    return rows.select_related("team", "team__tenant")


_WORKS = Prepared[TeamMembership](_works)


def asking(actor: Actor) -> list[Asking]:
    """As `asking_from`, where nobody has asked yet where they work. 1 query."""
    return asking_from(actor, _WORKS(actor.account_id or 0, actor.today))


def asking_from(actor: Actor, held: Collection[TeamMembership]) -> list[Asking]:
    """A health care worker once for each organisation with a team of theirs; the citizen always."""
    by_tenant: dict[int, list[TeamMembership]] = defaultdict(list)
    for one in held:
        by_tenant[one.team.tenant_id].append(one)
    at_work = [
        Asking(_subject(actor, PROFESSIONAL, str(tenant), members, held), tuple(members))
        for tenant, members in sorted(by_tenant.items())
    ]
    return [*at_work, Asking(_subject(actor, CITIZEN, "", [], held))]


def _subject(
    actor: Actor, acts_as: str, tenant: str, members: list[TeamMembership], every: Collection[TeamMembership]
) -> facts.Subject:
    """`every` is all the person works in today, wherever: what a block can be against."""
    return facts.Subject(
        account=str(actor.account_id),
        acts_as=acts_as,
        person=str(actor.account_id),
        tenant=tenant,
        teams=frozenset(str(one.team_id) for one in members),
        roles=frozenset(one.function for one in members),
        groups=frozenset(str(one.team_id) for one in every),
        organisations=frozenset(str(one.team.tenant_id) for one in every),
        level=actor.level,
        surname=actor.name.split()[-1].casefold() if actor.name else "",
    )
