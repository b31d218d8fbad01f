"""Where parties stand with the decisions that bind them, counted without reading the decisions themselves."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import DecisionParty
from samspill.governance.rules.follow_ups import shown_party
from samspill.governance.states import SETTLED, DecisionState
from samspill.governance.states.follow_ups import ANSWERED_FOR_GOOD, ShownParty

WAITS = frozenset({ShownParty.LATE, ShownParty.UNKNOWN})
MAY_WAIT = ~Q(state__in=sorted(ANSWERED_FOR_GOOD))
"""Of rows of parties and points, those that somebody may have to say something about."""


def waiting_parties(actor: Actor, where: Q | None = None) -> list[int]:
    """The number of a party once for each point it owes a word about, in the actor's community. 1 query."""
    asked = MAY_WAIT & (where or Q())
    return [party_id for party_id, _point, shown in _standings(actor, asked) if shown in WAITS]


def standing_counts(actor: Actor, where: Q) -> tuple[dict[int, Counter[ShownParty]], int]:
    """(party -> how many points it stands so with, how many points bind anybody). 1 query."""
    counts: dict[int, Counter[ShownParty]] = defaultdict(Counter)
    points = set()
    for party_id, point_id, shown in _standings(actor, where):
        counts[party_id][shown] += 1
        points.add(point_id)
    return counts, len(points)


def _standings(actor: Actor, where: Q) -> Iterator[tuple[int, int, ShownParty]]:
    """(party, point, how it is shown) in the actor's community, of decisions that stand."""
    rows = (
        DecisionParty.objects.visible_to(actor)
        .filter(where, community_id=actor.community_id or 0, point__decision__state=DecisionState.ADOPTED)
        .order_by()
        .values_list(
            "party_id", "point_id", "state", "told_at", "point__follow_up__due", "point__follow_up__state"
        )
    )
    for party_id, point_id, state, told_at, due, follow_up in rows:
        if state in ANSWERED_FOR_GOOD:
            yield party_id, point_id, ShownParty(state)
            continue
        told_on = timezone.localdate(told_at) if told_at else None
        open_due = due if follow_up is not None and follow_up not in SETTLED else None
        shown = shown_party(state, told_on=told_on, due=open_due, today=actor.today)
        yield party_id, point_id, shown
