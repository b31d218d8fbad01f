"""A meeting under way with cases on its agenda, everybody there. Inside a scope."""

from collections.abc import Sequence
from datetime import date

from factories.bodies import Bodies
from factories.cases import meeting_of, queued_case
from factories.people import TODAY
from samspill.directory.public import Body
from samspill.governance.actions.passages import put_on
from samspill.governance.models import AgendaItem, Attendance, Case, Meeting
from samspill.governance.public import NewPoint, start_meeting
from samspill.governance.states import Answer, MeetingState


def point(bodies: Bodies, text: str = "Ansett en koordinator.", **kwargs: object) -> NewPoint:
    """A point the committee itself answers for."""
    owner = {"owner": f"body:{bodies.fsu.pk}", "due": date(2027, 3, 1)} | kwargs
    return NewPoint(text, **owner)  # type: ignore[arg-type]


def called_meeting(
    bodies: Bodies,
    body: Body,
    titles: Sequence[str] = ("Felles kveldspatrulje",),
    day: date = TODAY,
    **case: object,
) -> Meeting:
    """Called, with a case for each title on the agenda; everybody with a seat has said yes."""
    meeting = meeting_of(body, day)
    for title in titles:
        treatment = queued_case(bodies, body, title=title, number=_next_number(bodies), **case)
        put_on(meeting, treatment, by=bodies.by)
    for number, item in enumerate(meeting.items.order_by("order"), 1):
        item.year, item.number = day.year, 100 * meeting.pk % 90_000 + number
        item.save(update_fields=["year", "number"])
    meeting.state = MeetingState.CALLED
    meeting.save(update_fields=["state"])
    return meeting


def _next_number(bodies: Bodies) -> int:
    return Case.objects.filter(community=bodies.community).count() + 1


def under_way(
    bodies: Bodies, body: Body, titles: Sequence[str] = ("Felles kveldspatrulje",), **kwargs: object
) -> Meeting:
    """The same, begun, with everybody there."""
    meeting = start_meeting(called_meeting(bodies, body, titles, **kwargs), by=bodies.by)  # type: ignore[arg-type]
    for row in Attendance.objects.filter(meeting=meeting):
        row.answer, row.presence = Answer.YES, "present"
        row.save(update_fields=["answer", "presence"])
    return meeting


def items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.filter(is_removed=False).select_related("treatment__case").order_by("order"))


def first_item(meeting: Meeting) -> AgendaItem:
    return items(meeting)[0]


def attendance(meeting: Meeting, name: str) -> Attendance:
    return Attendance.objects.select_related("seat", "tenure").get(meeting=meeting, tenure__name=name)
