"""Meetings to come, as everybody may know of them: that a body meets; what about, once it is called."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from samspill.governance.models import Meeting
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.states import ANNOUNCED, COMING, MeetingState, OpenKind

KEPT = timedelta(days=365)
SHOWN = 200


@dataclass(frozen=True)
class OpenMeeting:
    """A meeting without what its notice has not made known yet: before it, neither title nor place."""

    meeting: Meeting

    @property
    def is_called(self) -> bool:
        return MeetingState(self.meeting.state) in ANNOUNCED

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.state == MeetingState.CANCELLED

    @property
    def title(self) -> str:
        return (self.is_called and self.meeting.title) or self.meeting.body.name

    @property
    def url(self) -> str:
        return path_of(OpenKind.MEETING, self.meeting.pk)

    @property
    def place(self) -> str:
        return self.meeting.place if self.is_called else ""


def _meetings(community_id: int | None, body_id: int | None) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(Meeting.open_rows()).select_related("body", "community")
    if community_id:
        rows = rows.filter(community_id=community_id)
    return rows.filter(body_id=body_id) if body_id else rows


def coming(
    day: date, *, community_id: int | None = None, body_id: int | None = None, limit: int = SHOWN
) -> list[OpenMeeting]:
    """Those to come, the first first. 1 query."""
    rows = _meetings(community_id, body_id).filter(day__gte=day, state__in=sorted(COMING))
    return [OpenMeeting(one) for one in rows.order_by("day", "starts", "pk")[:limit]]


def for_calendars(day: date, *, community_id: int | None, body_id: int | None) -> list[OpenMeeting]:
    """Those of the last year and all to come, the cancelled too: a calendar must hear that. 1 query."""
    rows = _meetings(community_id, body_id).filter(day__gte=day - KEPT)
    return [OpenMeeting(one) for one in rows.order_by("day", "starts", "pk")[:2000]]
