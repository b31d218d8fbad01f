"""Where parties stand with the decisions that bind them, counted without reading the decisions themselves."""

from collections import Counter, defaultdict
from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import DecisionParty, DecisionPoint, FollowUp
from samspill.governance.rules.follow_ups import answers_good_from
from samspill.governance.states import UNSETTLED, DecisionState
from samspill.governance.states.follow_ups import ANSWERED_FOR_GOOD, ShownParty

WAITS = frozenset({ShownParty.LATE, ShownParty.UNKNOWN})
MAY_WAIT = ~Q(state__in=sorted(ANSWERED_FOR_GOOD))
"""Of rows of parties and points, those that somebody may have to say something about."""


def waiting_parties(actor: Actor) -> dict[int, int]:
    """Party -> how many points it owes a word about, in the actor's community. 1 query."""
    rows = standings(actor, where=MAY_WAIT).filter(shown__in=sorted(WAITS))
    return dict(rows.values_list("party_id").annotate(Count("pk")))


def standing_counts(actor: Actor, of: Q) -> tuple[dict[int, Counter[ShownParty]], int]:
    """(party -> how many points it stands so with, how many points bind anybody). 2 queries."""
    rows = standings(actor, of)
    counts: dict[int, Counter[ShownParty]] = defaultdict(Counter)
    for party_id, shown, count in rows.values_list("party_id", "shown").annotate(count=Count("pk")):
        counts[party_id][ShownParty(shown)] = count
    bound = DecisionParty.objects.inside(actor).order_by().values("point")
    return counts, points_that_stand(actor, of).filter(is_among("pk", bound)).count()


def standings(actor: Actor, of: Q | None = None, where: Q | None = None) -> QuerySet[Any]:
    """Parties and points of decisions that stand in the actor's community, with how they are `shown`.

    of, where  which points, as they are asked for themselves, and which rows of parties
    """
    points = points_that_stand(actor, of or Q()).order_by().values("pk")
    rows = DecisionParty.objects.inside(actor).filter(where or Q(), is_among("point", points))
    return rows.annotate(shown=_shown(actor)).order_by()


def points_that_stand(actor: Actor, of: Q) -> QuerySet[DecisionPoint]:
    """Points of decisions that stand in the actor's community."""
    stands = Q(decision__community_id=actor.community_id or 0, decision__state=DecisionState.ADOPTED)
    return DecisionPoint.objects.inside(actor).filter(of, stands)


def is_among(field: str, found: QuerySet[Any]) -> Case:
    """The same as `field__in=found`, asked so that PostgreSQL finds them once and looks up each row there.

    A plain `in` becomes a join, and PostgreSQL expects so little of it that it goes to the rows of each point
    by itself: three thousand times for the 18,000 rows of a community.
    """
    return Case(
        When(**{f"{field}__in": found}, then=Value(True)), default=Value(False), output_field=BooleanField()
    )


def _shown(actor: Actor) -> Case:
    """`rules.follow_ups.shown_party` of rows that stay in the database."""
    today = actor.today
    good_from = timezone.make_aware(datetime.combine(answers_good_from(today), time.min))
    late = FollowUp.objects.inside(actor).filter(due__lt=today).filter(state__in=sorted(UNSETTLED))
    return Case(
        When(state__in=sorted(ANSWERED_FOR_GOOD), then=F("state")),
        When(point__in=late.order_by().values("point"), then=Value(ShownParty.LATE.value)),
        When(Q(told_at__isnull=True) | Q(told_at__lt=good_from), then=Value(ShownParty.UNKNOWN.value)),
        default=F("state"),
        output_field=CharField(),
    )
