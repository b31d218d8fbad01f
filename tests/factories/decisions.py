"""Decisions for tests: an item that a meeting decided, with points, who carries them out and by when."""

from collections.abc import Sequence
from datetime import date, timedelta

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case
from factories.people import TODAY
from samspill.directory.public import Body, Party
from samspill.governance.actions.passages import put_on, treat
from samspill.governance.models import Decision, DecisionParty, DecisionPoint, FollowUp, Meeting
from samspill.governance.states import (
    DecisionKind,
    DecisionState,
    MeetingState,
    Outcome,
)

DECIDED_ON = date(2026, 9, 14)
PATROL = "Kommunene har felles kveldspatrulje fra 1. februar."


def decided(
    bodies: Bodies,
    *,
    points: Sequence[str] = (PATROL,),
    body: Body | None = None,
    day: date = DECIDED_ON,
    number: int = 1,
    title: str = "Felles kveldspatrulje",
    is_open: bool = True,
) -> Decision:
    """A case that a body (SSU when left out) decided, in points; the minutes are out. Inside a scope."""
    body = body or bodies.ssu
    treatment = queued_case(bodies, body, title=title, number=number)
    meeting = meeting_of(body, day=day)
    item = put_on(meeting, treatment, by=bodies.by)
    item.year, item.number = day.year, number
    item.save(update_fields=["year", "number"])
    treat(item, Outcome.DECIDED, by=bodies.by)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.MINUTES_OUT)
    decision = Decision.objects.create(
        community=bodies.community,
        item=item,
        body=body,
        case=treatment.case,
        kind=DecisionKind.DECISION,
        state=DecisionState.ADOPTED,
        decided_on=day,
        is_open=is_open,
    )
    for order, text in enumerate(points, 1):
        DecisionPoint.objects.create(community=bodies.community, decision=decision, order=order, text=text)
    return decision


def point_of(decision: Decision, order: int = 1) -> DecisionPoint:
    return decision.points.get(order=order)


def followed(
    point: DecisionPoint,
    who: Party | Body,
    *,
    due: date = TODAY + timedelta(days=60),
    state: str | None = None,
) -> FollowUp:
    """A follow-up of a point, as it stands in the database, without anybody having been told."""
    made = FollowUp.objects.create(
        community_id=point.community_id,
        point=point,
        accountable_party=who if isinstance(who, Party) else None,
        accountable_body=who if isinstance(who, Body) else None,
        due=due,
    )
    if state:
        FollowUp.objects.filter(pk=made.pk).update(state=state)
        made.refresh_from_db()
    return made


def binds(point: DecisionPoint, parties: Sequence[Party]) -> list[DecisionParty]:
    """The point binds these parties; none of them has told anything."""
    return [
        DecisionParty.objects.create(community_id=point.community_id, point=point, party=party)
        for party in parties
    ]
