"""Which measures a person has put under another area or goal than their document has them under.

The document's place of a measure is not kept beside it: it is what the first change of place replaced, and
stands in the log. What was undone, or read anew since, is where the document has it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from samspill.directory.public import AuditEvent
from samspill.plans.models import FocusArea, Goal, Measure

_MEASURE = "plans.measure"


class Place(NamedTuple):
    """Numbers of the area and the goal."""

    area: int | None
    goal: int | None


def place_in_document(measure: Measure, events: Iterable[AuditEvent]) -> Place | None:
    """Where the document has a measure that a person has put elsewhere; None for one nobody has moved.

    `events` are what was done with it, in any order.
    """
    moves = sorted((one for one in events if one.details.get("part") == "place"), key=lambda one: one.pk)
    if not moves:
        return None
    first, last = moves[0].details["before"], moves[-1].details["after"]
    there, here = Place(first["area"], first["goal"]), Place(last["area"], last["goal"])
    return there if here == Place(measure.area_id, measure.goal_id) != there else None


def placed_here(measures: Iterable[Measure]) -> set[int]:
    """Numbers of those that a person has put elsewhere. 1 query."""
    known = {one.pk: one for one in measures}
    moves: dict[int, list[AuditEvent]] = {}
    for event in AuditEvent.objects.filter(on_kind=_MEASURE, on_id__in=known, details__part="place"):
        moves.setdefault(event.on_id or 0, []).append(event)
    return {pk for pk, events in moves.items() if place_in_document(known[pk], events)}


def in_words(place: Place) -> list[str]:
    """Its area and its goal by name; at most 2 queries."""
    area = FocusArea.objects.filter(pk=place.area).first() if place.area else None
    goal = Goal.objects.filter(pk=place.goal).first() if place.goal else None
    return [str(one) for one in (area, goal) if one]
