"""The meeting room: the meeting begins, people come and go, an item is opened, the meeting ends."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, record
from samspill.governance.actions.moving_meetings import lock_meeting, move_meeting
from samspill.governance.actions.standing_items import approve_those_on
from samspill.governance.models import AgendaItem, Attendance, ItemAttendance, ItemOpening, Meeting, Minutes
from samspill.governance.permissions import check_may_act
from samspill.governance.queries.bodies import composition
from samspill.governance.queries.room import title_of, without_outcome
from samspill.governance.states import Answer, MeetingState, Presence
from samspill.refusal import Refused

COMES = frozenset({Answer.YES, Answer.PERHAPS})
HERE_OR_NOT = frozenset({Presence.PRESENT, Presence.ABSENT})


def start_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting is under way: who is there is taken from what they answered, and the first item opens."""
    check_may_act(by, "meetings.write", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        move_meeting(meeting, MeetingState.UNDER_WAY)
        _call_the_rest(meeting)
        for row in Attendance.objects.filter(meeting=meeting, presence=""):
            row.presence = Presence.PRESENT if row.answer in COMES else Presence.ABSENT
            row.save(update_fields=["presence"])
        Minutes.objects.get_or_create(
            meeting=meeting,
            defaults={"community_id": meeting.community_id, "language": meeting.language},
        )
        record(by=by, act="meeting.start", on=meeting)
        first = meeting.items.filter(is_removed=False, outcome="").order_by("order", "pk").first()
        if first is not None:
            open_item(first, by=by)
    return meeting


def _call_the_rest(meeting: Meeting) -> None:
    """Who has a seat on the day and was not called is on the list too: present or not, they are asked for."""
    called = set(Attendance.objects.filter(meeting=meeting).values_list("tenure_id", flat=True))
    for one in composition(meeting.body_id, meeting.day).seats:
        if one.holder is not None and one.seat.may_meet and one.holder.pk not in called:
            Attendance.objects.create(
                community_id=meeting.community_id, meeting=meeting, seat=one.seat, tenure=one.holder
            )


def set_presence(attendance: Attendance, presence: str, *, by: Actor, item: AgendaItem | None = None) -> None:
    """Somebody is there or not: for the whole meeting, or from `item` on through what is not treated yet.

    Refuses when the meeting is neither under way nor just held, and «disqualified», which is an assessment
    of its own.
    """
    check_may_act(by, "meetings.write", attendance)
    allowed = HERE_OR_NOT | {Presence.LEFT} if item is not None else HERE_OR_NOT
    if presence not in allowed:
        raise Refused("presence.unknown", _("Choose whether the person is there."), field="presence")
    with transaction.atomic():
        meeting = lock_meeting(attendance.meeting)
        if meeting.state not in {MeetingState.UNDER_WAY, MeetingState.HELD}:
            raise Refused("meeting.not_under_way", _("The meeting is not under way now."))
        if item is None:
            attendance.presence = presence
            attendance.save(update_fields=["presence"])
        else:
            _from_item_on(attendance, presence, item)
        record(
            by=by, act="meeting.presence", on=meeting, title=str(attendance.tenure),
            attendance=attendance.pk, presence=presence, item=item.pk if item else None,
        )  # fmt: skip


def everybody_is_here(meeting: Meeting, *, by: Actor) -> list[str]:
    """All who are called and have not said no are there from the beginning; returns who was noted now.

    Refuses when the meeting is not under way. Who does not come after all is taken out by name.
    """
    check_may_act(by, "meetings.write", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        if meeting.state != MeetingState.UNDER_WAY:
            raise Refused("meeting.not_under_way", _("The meeting is not under way now."))
        rows = Attendance.objects.filter(meeting=meeting).exclude(answer=Answer.NO).select_related("tenure")
        came = list(rows.exclude(presence=Presence.PRESENT).order_by("pk"))
        for row in came:
            row.presence = Presence.PRESENT
            row.save(update_fields=["presence"])
        if came:
            record(by=by, act="meeting.presence_all", on=meeting, attendances=[row.pk for row in came])
    return [str(row.tenure) for row in came]


def _from_item_on(attendance: Attendance, presence: str, item: AgendaItem) -> None:
    rest = AgendaItem.objects.filter(
        meeting_id=attendance.meeting_id, is_removed=False, outcome="", order__gte=item.order
    )
    for pk in {item.pk, *rest.values_list("pk", flat=True)}:
        ItemAttendance.objects.update_or_create(
            item_id=pk,
            attendance=attendance,
            defaults={"presence": presence, "community_id": attendance.community_id},
        )


def open_item(item: AgendaItem, *, by: Actor) -> ItemOpening:
    """This is the item the room is at. Everybody who follows the room sees it."""
    check_may_act(by, "meetings.write", item)
    if item.is_removed or item.meeting.state != MeetingState.UNDER_WAY:
        raise Refused("meeting.not_under_way", _("The meeting is not under way now."))
    return ItemOpening.objects.create(
        community_id=item.community_id, meeting_id=item.meeting_id, item=item, by_id=by.account_id
    )


def close_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting is held. Refuses while an item lacks an outcome, and names them.

    Minutes that were approved in it are closed now: until here the outcome could be taken back.
    """
    check_may_act(by, "meetings.write", meeting)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        missing = without_outcome(meeting)
        if missing:
            names = ", ".join(f"{item.reference} «{title_of(item)}»".strip() for item in missing)
            raise Refused(
                "meeting.without_outcome",
                _("Say what came of these first: %(items)s.") % {"items": names},
            )
        move_meeting(meeting, MeetingState.HELD)
        record(by=by, act="meeting.close", on=meeting)
        approve_those_on(meeting, by=by)
    return meeting
