"""Decisions in a list and one by one, with how far they have come and what they hang on."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Bloc, Joined, Ref, joined
from samspill.governance.actions.indexing_decisions import DECISION
from samspill.governance.models import Decision, DecisionPoint, FollowUp
from samspill.governance.rules.follow_ups import GOES_ON
from samspill.governance.rules.voting import Ballot, Result, result
from samspill.governance.states import SETTLED, DecisionState, FollowUpState


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty values are everything."""

    body: int = 0
    year: int = 0
    state: str = ""
    words: str = ""


def decisions_of(actor: Actor, wanted: Wanted) -> QuerySet[Decision]:
    """Newest first: those of one's own community, for a visitor what is open everywhere."""
    rows = Decision.objects.visible_to(actor)
    if actor.community_id:
        rows = rows.filter(community_id=actor.community_id)
    if wanted.body:
        rows = rows.filter(body_id=wanted.body)
    if wanted.year:
        rows = rows.filter(decided_on__year=wanted.year)
    if wanted.state in DecisionState.values:
        rows = rows.filter(state=wanted.state)
    for word in wanted.words.split()[:8]:
        rows = rows.filter(
            Q(plain__icontains=word) | Q(case__title__icontains=word) | Q(points__text__icontains=word)
        )
    rows = rows.distinct() if wanted.words else rows
    return rows.select_related("body", "case", "item", "community").prefetch_related(_points())


def late_among(decisions: QuerySet[Decision], today: date) -> int:
    """How many have a point that is late. 1 query."""
    late = FollowUp.objects.filter(due__lt=today, state__in=GOES_ON)
    return decisions.filter(pk__in=late.values("point__decision")).count()


def _points() -> Prefetch:
    wanted = DecisionPoint.objects.select_related(
        "follow_up__accountable_party", "follow_up__accountable_body"
    )
    return Prefetch("points", wanted.order_by("order"))


def find_decision(pk: int, actor: Actor) -> Decision:
    """The decision, or a page that says it is not here."""
    rows = Decision.objects.visible_to(actor).select_related(
        "body", "case", "item", "item__meeting", "community", "replaced_by__item", "replaced_by__case",
    )  # fmt: skip
    rows = rows.prefetch_related(
        _points(), "points__parties__party", "votes__tenure", "votes__seat", "dissents__tenure",
        "replaces__item", "replaces__case",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def mark_of(point: DecisionPoint, today: date) -> tuple[str, bool]:
    """(the shape of the state, whether it is late) of a point; "" when nothing follows from it."""
    follow_up = getattr(point, "follow_up", None)
    if follow_up is None:
        return "", False
    if follow_up.state not in SETTLED | {FollowUpState.DELIVERED} and follow_up.due < today:
        return "late", True
    shapes = {
        FollowUpState.OPEN: "none", FollowUpState.STARTED: "progress", FollowUpState.NEEDS_HELP: "yellow",
        FollowUpState.DELIVERED: "progress", FollowUpState.COMPLETED: "done",
    }  # fmt: skip
    return shapes.get(FollowUpState(follow_up.state), "none"), False


def votes_in(decision: Decision) -> Result | None:
    votes = list(decision.votes.all())
    if not votes:
        return None
    return result([Ballot(vote.bloc, vote.choice) for vote in votes], decision.method, Bloc.values)


def thread_of(decision: Decision, actor: Actor) -> list[Joined]:
    """What the decision is joined to elsewhere: a plan it adopts, a measure it orders."""
    ref = Ref(DECISION, decision.pk)
    return [one for one in joined([ref], actor)[ref] if one.target is not None]


def later_decisions(decision: Decision) -> QuerySet[Decision]:
    """Those that may take its place: of the same helsefellesskap, made later."""
    later = Q(decided_on__gt=decision.decided_on) | Q(decided_on=decision.decided_on, pk__gt=decision.pk)
    rows = Decision.objects.filter(later, community_id=decision.community_id, state=DecisionState.ADOPTED)
    return rows.select_related("item", "case", "body").order_by("decided_on", "pk")
