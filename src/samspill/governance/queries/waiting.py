"""Where parties stand with the decisions that bind them, counted without reading the decisions themselves."""

from collections import Counter, defaultdict
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import DecisionParty
from samspill.governance.rules.follow_ups import answers_good_from
from samspill.governance.states import SETTLED, DecisionState
from samspill.governance.states.follow_ups import ANSWERED_FOR_GOOD, ShownParty

WAITS = frozenset({ShownParty.LATE, ShownParty.UNKNOWN})
MAY_WAIT = ~Q(state__in=sorted(ANSWERED_FOR_GOOD))
"""Of rows of parties and points, those that somebody may have to say something about."""


def waiting_parties(actor: Actor, where: Q | None = None) -> list[int]:
    """The number of a party once for each point it owes a word about, in the actor's community. 1 query."""
    rows = standings(actor, MAY_WAIT & (where or Q())).filter(shown__in=sorted(WAITS))
    counts = rows.values_list("party_id").annotate(count=Count("pk"))
    return [party_id for party_id, count in counts for _each in range(count)]


def standing_counts(actor: Actor, where: Q) -> tuple[dict[int, Counter[ShownParty]], int]:
    """(party -> how many points it stands so with, how many points bind anybody). 2 queries."""
    rows = standings(actor, where)
    counts: dict[int, Counter[ShownParty]] = defaultdict(Counter)
    for party_id, shown, count in rows.values_list("party_id", "shown").annotate(count=Count("pk")):
        counts[party_id][ShownParty(shown)] = count
    return counts, rows.aggregate(points=Count("point", distinct=True))["points"]


def standings(actor: Actor, where: Q) -> QuerySet[Any]:
    """Parties and points of decisions that stand in the actor's community, with how they are `shown`.

    The community is asked of the point: with a second column to look up by, PostgreSQL goes through every row
    of the community once for each point.
    """
    return (
        DecisionParty.objects.visible_to(actor)
        .filter(
            where,
            point__community_id=actor.community_id or 0,
            point__decision__community_id=actor.community_id or 0,
            point__decision__state=DecisionState.ADOPTED,
        )
        .annotate(shown=_shown(actor.today))
        .order_by()
    )


def _shown(today: date) -> Case:
    """`rules.follow_ups.shown_party` of rows that stay in the database."""
    good_from = timezone.make_aware(datetime.combine(answers_good_from(today), time.min))
    is_late = Q(point__follow_up__due__lt=today) & ~Q(point__follow_up__state__in=sorted(SETTLED))
    return Case(
        When(state__in=sorted(ANSWERED_FOR_GOOD), then=F("state")),
        When(is_late, then=Value(ShownParty.LATE.value)),
        When(Q(told_at__isnull=True) | Q(told_at__lt=good_from), then=Value(ShownParty.UNKNOWN.value)),
        default=F("state"),
        output_field=CharField(),
    )
