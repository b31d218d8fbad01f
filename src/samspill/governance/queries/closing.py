"""Which cases can be closed: decided, sent, every point begun, and all of it settled."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from samspill.directory.public import Actor
from samspill.governance.models import Case, Decision, DecisionPoint
from samspill.governance.states import SETTLED, CaseState, DecisionState, MeetingState

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
    newest = _stands(actor).order_by("-decided_on").values("decided_on")[:1]
    return list(settled(actor).annotate(decided=Subquery(newest)).order_by("-decided", "-pk"))


def settled(actor: Actor) -> QuerySet[Case]:
    """The rows of `closable`, for a page that only counts them.

    Decided and not closed, every decision that stands is sent, and what follows from each of their points is
    settled, as `rules.follow_ups.is_all_settled` says it of one.
    """
    stands = _stands(actor)
    waits = DecisionPoint.objects.filter(
        decision__case=OuterRef("pk"), decision__state=DecisionState.ADOPTED, no_follow_up=False
    ).exclude(follow_up__state__in=sorted(SETTLED))
    unsent = stands.exclude(item__meeting__state__in=sorted(SENT))
    # As the first of its kind, each is looked for case by case; as EXISTS, in all there are of them at once.
    return (
        Case.objects.inside(actor)
        .alias(waits=Subquery(waits.values("pk")[:1]), unsent=Subquery(unsent.values("pk")[:1]))
        .filter(
            Exists(stands),
            state__in=[CaseState.TREATED, CaseState.FOLLOWED_UP],
            waits__isnull=True,
            unsent__isnull=True,
        )
    )


def _stands(actor: Actor) -> QuerySet[Decision]:
    return Decision.objects.inside(actor).filter(case=OuterRef("pk"), state=DecisionState.ADOPTED)
