"""Decisions and hearings counted by municipality, for the indicators of the platform itself."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from samspill.directory.public import Actor, Party, PartyKind, PlatformCount, parties_of
from samspill.governance.models import ConsultationQuestion
from samspill.governance.queries.carrying import PartyStanding, points_in
from samspill.governance.states import ConsultationState
from samspill.governance.states.follow_ups import ShownParty

CLOSED = frozenset({ShownParty.IN_PLACE, ShownParty.EVALUATED, ShownParty.NOT_RELEVANT})
ANSWERED = frozenset({ConsultationState.APPROVED, ConsultationState.DELIVERED, ConsultationState.PUBLISHED})


def count_decisions(actor: Actor) -> Iterator[PlatformCount]:
    """Points of decisions that bind a municipality, as it stands with them. 4 queries."""
    standings: dict[int, list[PartyStanding]] = defaultdict(list)
    for row in points_in(actor, Q(community_id=actor.community_id)):
        for party_id, one in row.standings.items():
            standings[party_id].append(one)
    for party in _municipalities(actor):
        mine = standings[party.pk]
        yield PlatformCount(
            party.municipality_code,
            total=len(mine),
            late=sum(one.shown == ShownParty.LATE for one in mine),
            closed=sum(one.shown in CLOSED for one in mine),
        )


def count_hearings(actor: Actor) -> Iterator[PlatformCount]:
    """Questions of hearings that a municipality leads the answer to: late when the day for it has passed."""
    asked: dict[int, list[ConsultationQuestion]] = defaultdict(list)
    rows = ConsultationQuestion.objects.inside(actor).filter(lead_party__isnull=False)
    for question in rows.select_related("consultation"):
        asked[question.lead_party_id or 0].append(question)
    for party in _municipalities(actor):
        mine = asked[party.pk]
        yield PlatformCount(
            party.municipality_code,
            total=len(mine),
            late=sum(_is_late(one, actor) for one in mine),
            closed=sum(_is_closed(one) for one in mine),
        )


def _is_closed(question: ConsultationQuestion) -> bool:
    return question.is_done or question.consultation.state in ANSWERED


def _is_late(question: ConsultationQuestion, actor: Actor) -> bool:
    due = question.consultation.contributions_by or question.consultation.answer_by
    return due is not None and due < actor.today and not _is_closed(question)


def _municipalities(actor: Actor) -> list[Party]:
    found = parties_of(actor.community_id or 0, actor.today)
    return [one for one in found if one.kind == PartyKind.MUNICIPALITY]
