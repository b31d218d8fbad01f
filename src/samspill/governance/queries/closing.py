"""Which cases can be closed: decided, sent, every point begun, and all of it settled."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from samspill.directory.public import Actor, Wanted
from samspill.governance.models import Case, Decision, DecisionPoint
from samspill.governance.rules.follow_ups import is_all_settled
from samspill.governance.states import CaseState, DecisionState, MeetingState

SENT = frozenset({MeetingState.MINUTES_OUT, MeetingState.MINUTES_APPROVED})


def is_sent(decision: Decision) -> bool:
    """Decided is not told: the minutes with the decision are out."""
    return decision.item.meeting.state in SENT


def points_of(decisions: Iterable[int]) -> list[tuple[bool, str | None]]:
    """(no follow-up chosen, state of its follow-up or None) of points of decisions that stand. 1 query."""
    rows = DecisionPoint.objects.filter(
        decision__in=list(decisions), decision__state__in=[DecisionState.PROPOSED, DecisionState.ADOPTED]
    )
    return list(rows.values_list("no_follow_up", "follow_up__state"))


def closable(actor: Actor) -> list[Case]:
    """Cases the secretariat is offered to close: nothing of what was decided is waited for. 1 query."""
    if actor.community_id is None:
        return []
    found = list(decided_in(actor).select_related("case", "item__meeting").annotate(points_told=POINTS))
    settled = settled_cases((one.case_id or 0, one.item.meeting.state, one.points_told) for one in found)
    cases = {one.case_id: one.case for one in found if one.case}
    return [cases[case_id] for case_id in settled if case_id in cases]


def what_is_decided(actor: Actor) -> Wanted:
    """The rows behind `closable`, for a page that only counts them by `settled_cases`."""
    return Wanted(decided_in(actor), {"case": "case_id", "meeting": "item__meeting__state", "points": POINTS})


def decided_in(actor: Actor) -> QuerySet[Decision]:
    """Decisions that stand on cases that are neither under treatment nor closed."""
    return Decision.objects.visible_to(actor).filter(
        community_id=actor.community_id or 0,
        case__state__in=[CaseState.TREATED, CaseState.FOLLOWED_UP],
        state=DecisionState.ADOPTED,
    )


def settled_cases(decisions: Iterable[tuple[int, str, Sequence[Mapping[str, Any]]]]) -> list[int]:
    """Of (case, state of the meeting, points) per decision: the cases of which all is sent and settled."""
    sent: dict[int, bool] = {}
    points: dict[int, list[tuple[bool, str | None]]] = {}
    for case, meeting, told in decisions:
        sent[case] = sent.get(case, True) and meeting in SENT
        points.setdefault(case, []).extend((one["none"], one["state"]) for one in told)
    return [case for case, is_out in sent.items() if is_out and is_all_settled(points[case])]


POINTS = ArraySubquery(
    DecisionPoint.objects.filter(decision=OuterRef("pk")).values_list(
        JSONObject(none="no_follow_up", state="follow_up__state")
    )
)
"""The points of a decision, each whether no follow-up was chosen, and the state of the one it has."""
