"""Which cases can be closed: decided, sent, every point begun, and all of it settled."""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from samspill.directory.public import Actor
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
    waiting = [CaseState.TREATED, CaseState.FOLLOWED_UP]
    decisions: dict[int, list[Decision]] = {}
    found = Decision.objects.visible_to(actor).filter(
        community_id=actor.community_id, case__state__in=waiting, state=DecisionState.ADOPTED
    )
    states = ArraySubquery(
        DecisionPoint.objects.filter(decision=OuterRef("pk")).values_list(
            JSONObject(none="no_follow_up", state="follow_up__state")
        )
    )
    for one in found.select_related("case", "item__meeting").annotate(point_states=states):
        decisions.setdefault(one.case_id or 0, []).append(one)
    points: dict[int, list[tuple[bool, str | None]]] = {}
    for case_id, many in decisions.items():
        told = [point for one in many for point in one.point_states]  # type: ignore[attr-defined]
        points[case_id] = [(point["none"], point["state"]) for point in told]
    return [
        many[0].case
        for case_id, many in decisions.items()
        if many[0].case and all(map(is_sent, many)) and is_all_settled(points.get(case_id, []))
    ]
