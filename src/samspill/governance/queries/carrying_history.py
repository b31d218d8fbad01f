"""What a party has told of a point that binds it, step by step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samspill.directory.public import Actor
from samspill.governance.models import DecisionParty
from samspill.governance.states import CarryingState


@dataclass(frozen=True)
class ToldOnce:
    """One step in the history of a party and a point."""

    state: CarryingState
    note: str
    told_on: date
    by_name: str


def history_of(row: DecisionParty, actor: Actor) -> list[ToldOnce]:
    """Every step that was told, newest first. Kept inside the community by the database. 1 query."""
    if actor.community_id != row.community_id:
        return []
    events = row.events.filter(told_at__isnull=False)  # type: ignore[attr-defined]
    found = events.order_by("-pgh_id").select_related("told_by")
    return [
        ToldOnce(
            CarryingState(one.state),
            one.note,
            timezone.localdate(one.told_at),
            one.told_by.name if one.told_by else "Samspill",
        )
        for one in _without_repeats(found)
    ]


def _without_repeats(events: Iterable) -> Iterable:
    last = None
    for one in events:
        here = (one.state, one.note, one.told_at)
        if here != last:
            yield one
        last = here
