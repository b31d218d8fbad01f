"""Decisions, their points, and how far each has come with whom."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.governance.models import Decision, DecisionParty, DecisionPoint, FollowUp
from samspill.governance.open_api.organisations import COMMUNITY, HTML, OF_COMMUNITY
from samspill.governance.open_api.shapes import (
    DAY,
    ID,
    LANGUAGE,
    SOME_DAY,
    SOME_ID,
    TEXT,
    Field,
    Filter,
    Resource,
    list_of,
    one_of,
    record_of,
    some_of,
)
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.rules.carried_out import carrying
from samspill.governance.states import (
    CarriedOut,
    CarryingState,
    DecisionKind,
    DecisionMethod,
    DecisionState,
    FollowUpState,
    OpenKind,
)


def _follow_up(point: DecisionPoint) -> FollowUp | None:
    return getattr(point, "follow_up", None)


def _decision(row: Decision, origin: str) -> dict[str, Any]:
    points = list(row.points.all())
    follow_ups = [found for point in points if (found := _follow_up(point))]
    return {
        "id": row.pk,
        "community": row.community_id,
        "body": row.body_id,
        "meeting": row.item.meeting_id,
        "case": row.case_id,
        "name": row.item.public_title,
        "reference": row.item.reference,
        "classification": row.kind,
        "state": row.state,
        "method": row.method,
        "decidedOn": row.decided_on.isoformat(),
        "effectiveFrom": row.effective_from and row.effective_from.isoformat(),
        "language": row.language,
        "plain": row.plain,
        "points": [point.pk for point in points],
        "carriedOut": carrying((one.state, one.due) for one in follow_ups).on(_today()),
        "replacedBy": row.replaced_by_id,
        "html": origin + path_of(OpenKind.DECISION, row.pk),
    }


def _today() -> date:
    return timezone.localdate()


def _decision_rows() -> Any:
    points = DecisionPoint.objects.select_related("follow_up").order_by("order")
    return (
        Decision.objects.filter(Decision.open_rows())
        .select_related("item")
        .prefetch_related(Prefetch("points", points))
    )


def _point(row: DecisionPoint, origin: str) -> dict[str, Any]:
    follow_up = _follow_up(row)
    who = (follow_up.accountable_party or follow_up.accountable_body) if follow_up else None
    return {
        "id": row.pk,
        "community": row.community_id,
        "decision": row.decision_id,
        "order": row.order,
        "text": row.text,
        "plain": row.plain,
        "accountable": who.name if who else "",
        "due": follow_up.due.isoformat() if follow_up else None,
        "state": follow_up.state if follow_up else None,
        "carriedOut": carrying([(follow_up.state, follow_up.due)] if follow_up else []).on(_today()),
        "parties": [
            {"party": one.party_id, "name": one.party.name, "state": one.state} for one in row.parties.all()
        ],
        "html": origin + path_of(OpenKind.DECISION, row.decision_id),
    }


def _point_rows() -> Any:
    parties = DecisionParty.objects.select_related("party").order_by("party__name", "pk")
    return (
        DecisionPoint.objects.filter(DecisionPoint.open_rows())
        .select_related("follow_up__accountable_party", "follow_up__accountable_body")
        .prefetch_related(Prefetch("parties", parties))
    )


DECISIONS = Resource(
    "decisions",
    "Decision",
    _("Decisions"),
    _("What a body decided or recommended, open when the minutes are out."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "body": Field(ID, _("The body that decided")),
        "meeting": Field(ID, _("The meeting")),
        "case": Field(SOME_ID, _("The case, where there is one")),
        "name": Field(TEXT, _("Its title")),
        "reference": Field(TEXT, _("The number of the agenda item, such as 12/26")),
        "classification": Field(one_of(DecisionKind), _("Decided or recommended")),
        "state": Field(one_of(DecisionState), _("Whether it stands")),
        "method": Field(one_of(DecisionMethod), _("How the body came to it")),
        "decidedOn": Field(DAY, _("The day it was decided")),
        "effectiveFrom": Field(SOME_DAY, _("The day it takes effect")),
        "language": Field(LANGUAGE, _("The written form it is in")),
        "plain": Field(TEXT, _("What it says, in plain words")),
        "points": Field(list_of(ID), _("Its points")),
        "carriedOut": Field(one_of(CarriedOut), _("How far all its points together have come, today")),
        "replacedBy": Field(SOME_ID, _("The later decision that took its place")),
        "html": HTML,
    },
    _decision_rows,
    _decision,
    {
        "community": OF_COMMUNITY,
        "body": Filter("body", ID, _("Only of the body with this id")),
        "case": Filter("case", ID, _("Only of the case with this id")),
        "meeting": Filter("item__meeting", ID, _("Only of the meeting with this id")),
        "from": Filter("decided_on__gte", DAY, _("Not before this day")),
        "until": Filter("decided_on__lte", DAY, _("Not after this day")),
    },
    OpenKind.DECISION,
)
POINTS = Resource(
    "points",
    "Point",
    _("Points of decisions"),
    _("Each point of a decision: who answers for it, by when, and how far each party has come."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "decision": Field(ID, _("The decision it is a point of")),
        "order": Field(ID, _("Its place in the decision")),
        "text": Field(TEXT, _("Its words")),
        "plain": Field(TEXT, _("What it says, in plain words")),
        "accountable": Field(TEXT, _("Who answers for it")),
        "due": Field(SOME_DAY, _("The deadline")),
        "state": Field(some_of(FollowUpState), _("What those who answer for it have said")),
        "carriedOut": Field(one_of(CarriedOut), _("How far it has come, today")),
        "parties": Field(
            list_of(record_of({"party": ID, "name": TEXT, "state": one_of(CarryingState)})),
            _("How far each party that is bound has come"),
        ),
        "html": HTML,
    },
    _point_rows,
    _point,
    {
        "community": OF_COMMUNITY,
        "decision": Filter("decision", ID, _("Only of the decision with this id")),
        "party": Filter("parties__party", ID, _("Only those that bind the party with this id")),
        "state": Filter("follow_up__state", one_of(FollowUpState), _("Only those that have come this far")),
    },
)
