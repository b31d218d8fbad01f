"""Meetings to find: those to come, past ones by year, one by its number, and the next of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from samspill.directory.public import Actor, Body
from samspill.governance.models import AgendaItem, AgendaVersion, Meeting
from samspill.governance.permissions import is_secretariat
from samspill.governance.queries.bodies import held_by, tenures_of
from samspill.governance.states import ANNOUNCED, COMING, MeetingState

MOST = 200


@dataclass(frozen=True)
class Year:
    """Meetings that were, of one year, the newest first."""

    year: int
    meetings: tuple[Meeting, ...]


def meetings_of(actor: Actor, *, body_id: int | None = None, community: str = "") -> QuerySet[Meeting]:
    """In the actor's community; a visitor sees those of every community, or of one by its short name."""
    found = Meeting.objects.visible_to(actor).select_related("body", "community")
    if community:
        found = found.filter(community__slug=community)
    elif actor.community_id:
        found = found.filter(community=actor.community_id or 0)
    return found.filter(body_id=body_id) if body_id else found


def with_items(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """How many items stand on each agenda that is out, as `item_count`; counted for what is shown alone."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), is_removed=False).order_by()
    counted = Subquery(items.values("meeting").annotate(count=Count("pk")).values("count"))
    shown = When(state__in=sorted(ANNOUNCED), then=Coalesce(counted, 0))
    return meetings.annotate(item_count=Case(shown, default=0))


def to_come(meetings: QuerySet[Meeting], actor: Actor) -> list[Meeting]:
    """From today on, cancelled ones among them: that a meeting is off is news too."""
    coming = Q(state__in=sorted(COMING)) | Q(state=MeetingState.CANCELLED)
    return list(
        with_items(meetings).filter(coming, day__gte=actor.today).order_by("day", "starts", "pk")[:MOST]
    )


def past(meetings: QuerySet[Meeting], actor: Actor) -> list[Year]:
    """Those of the days before, and those of today that are over."""
    found = (
        with_items(meetings)
        .filter(day__lte=actor.today)
        .exclude(day=actor.today, state__in=sorted(COMING))
        .exclude(state__in=[MeetingState.CANCELLED, MeetingState.PLANNED, MeetingState.DRAFT])
        .order_by("-day", "-starts", "-pk")[:MOST]
    )
    return [Year(year, tuple(rows)) for year, rows in groupby(found, key=lambda one: one.day.year)]


def bodies_with_meetings(actor: Actor, community: str = "") -> list[Body]:
    """For the filter: bodies of the actor's community (or of the one a visitor has chosen)."""
    meetings = meetings_of(actor, community=community)
    return list(Body.objects.visible_to(actor).filter(pk__in=meetings.values("body")).order_by("name"))


def find_meeting(pk: int, actor: Actor) -> Meeting:
    """Raises Http404 when it is not there."""
    meetings = Meeting.objects.visible_to(actor).select_related("body", "community", "host")
    return get_object_or_404(meetings, pk=pk)


def find_meeting_to_read(pk: int, actor: Actor) -> Meeting:
    """The same with its video room, for those it is for, and `changed`: the newest words on what is new."""
    is_here = Q(community_id=(actor.is_known and actor.community_id) or 0)
    versions = AgendaVersion.objects.visible_to(actor).filter(meeting=OuterRef("pk")).exclude(words="")
    told = versions.filter(is_here & Q(is_public=False) | ~is_here & Q(is_public=True))
    meetings = Meeting.objects.visible_to(actor).select_related("body", "community", "host", "online_room")
    return get_object_or_404(
        meetings.annotate(changed=Subquery(told.order_by("-version").values("words")[:1])), pk=pk
    )


def find_item(pk: int, item: int, actor: Actor) -> AgendaItem:
    """An item of a meeting in the actor's own community; one that was taken off is found too."""
    items = AgendaItem.objects.visible_to(actor).filter(community=actor.community_id or 0)
    return get_object_or_404(
        items.select_related("meeting", "meeting__body", "treatment", "treatment__case"), pk=item, meeting=pk
    )


def next_meeting_of(actor: Actor) -> Meeting | None:
    """The secretariat: the next of any body. Others: the next of a body they sit in. 1 query."""
    return meetings_ahead(actor).first()


def meetings_ahead(actor: Actor) -> QuerySet[Meeting]:
    """The rows `next_meeting_of` is the first of."""
    if actor.community_id is None:
        return Meeting.objects.none()
    meetings = Meeting.objects.filter(
        community_id=actor.community_id, state__in=sorted(COMING), day__gte=actor.today
    ).select_related("body")
    if not is_secretariat(actor):
        meetings = meetings.filter(body__in=held_by(actor).values("seat__body"))
    return meetings.order_by("day", "starts", "pk")


def bodies_of(actor: Actor) -> set[int]:
    """Bodies the actor has a seat in today, or stands in for somebody in. 1 query."""
    return {tenure.seat.body_id for tenure in tenures_of(actor)}


def numbers(ids: Iterable[str]) -> list[int]:
    """Row numbers out of an address; anything else is left out."""
    return [int(one) for one in ids if one.isascii() and one.isdigit() and len(one) < 19]
