"""The bodies of a community as a tree, and what one wants to know of each before opening it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Body, BodyKind, Community, alphabetical
from samspill.governance.models import Mandate, Meeting, Tenure
from samspill.governance.queries.bodies import compositions
from samspill.governance.queries.expiring import Expires, by_body, expiring
from samspill.governance.states import COMING, Role

_ORDER = list(BodyKind.values)


@dataclass(frozen=True)
class Row:
    """A body in the tree. `seats` and `vacant` are of today; `expires` is what runs out soon."""

    body: Body
    depth: int
    mandate: Mandate | None
    chair: Tenure | None
    next_meeting: Meeting | None
    seats: int
    vacant: int
    expires: tuple[Expires, ...]


@dataclass(frozen=True)
class BodyTree:
    rows: list[Row]
    ended: list[Body]


def find_community(actor: Actor, slug: str) -> Community | None:
    """The community somebody asks for; else the actor's own; None for a visitor who has not chosen."""
    if slug:
        return get_object_or_404(Community, slug=slug)
    return Community.objects.filter(pk=actor.community_id).first() if actor.community_id else None


def communities_with_bodies() -> QuerySet[Community]:
    return Community.objects.filter(pk__in=Body.objects.values("community")).order_by("name")


def is_over(body: Body, day: date) -> bool:
    return bool(body.ends and body.ends <= day)


def body_tree(community: Community, actor: Actor) -> BodyTree:
    """Bodies of a community from the top down; those that have ended apart, the last first. 6 queries."""
    today = actor.today
    bodies = list(Body.objects.visible_to(actor).filter(community=community))
    living = [one for one in bodies if not is_over(one, today)]
    ended = sorted((one for one in bodies if is_over(one, today)), key=lambda one: one.ends or today)
    numbers = [one.pk for one in living]
    found = compositions(numbers, today)
    mandates = _mandates(numbers, today)
    meetings = _meetings(numbers, actor)
    soon = by_body(expiring(community.pk, today))
    rows = [
        Row(
            body=body,
            depth=depth,
            mandate=mandates.get(body.pk),
            chair=found[body.pk].holder_of(Role.CHAIR),
            next_meeting=meetings.get(body.pk),
            seats=len(found[body.pk].seats),
            vacant=len(found[body.pk].vacant),
            expires=tuple(soon.get(body.pk, ())),
        )
        for body, depth in in_tree(living)
    ]
    return BodyTree(rows, ended[::-1])


def in_tree(bodies: list[Body]) -> list[tuple[Body, int]]:
    """Each body with its depth, parts under what they are parts of; by kind, then name."""
    numbers = {one.pk for one in bodies}
    parts: dict[int | None, list[Body]] = {}
    for one in bodies:
        parent = one.parent_id if one.parent_id in numbers else None
        parts.setdefault(parent, []).append(one)
    told: list[tuple[Body, int]] = []

    def tell(parent: int | None, depth: int) -> None:
        for one in sorted(parts.get(parent, []), key=_place):
            told.append((one, depth))
            tell(one.pk, depth + 1)

    tell(None, 0)
    return told


def _place(body: Body) -> tuple[int, object]:
    return _ORDER.index(body.kind), alphabetical(body.name)


def _mandates(bodies: list[int], day: date) -> dict[int, Mandate]:
    rows = Mandate.objects.filter(body_id__in=bodies, from_day__lte=day).order_by("from_day")
    return {one.body_id: one for one in rows}


def _meetings(bodies: list[int], actor: Actor) -> dict[int, Meeting]:
    rows = Meeting.objects.visible_to(actor).filter(
        body_id__in=bodies, state__in=sorted(COMING), day__gte=actor.today
    )
    return {one.body_id: one for one in rows.order_by("-day", "-starts")}
