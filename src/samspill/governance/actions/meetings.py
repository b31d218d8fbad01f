"""Meetings come to be, are moved, and are cancelled."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Body, Party, record
from samspill.governance.actions import passages
from samspill.governance.actions.agenda import lock_meeting
from samspill.governance.actions.calling import call_off, invite, to_be_told
from samspill.governance.meeting_calendar import From
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import Meeting, MeetingPlan, WorkingTitle
from samspill.governance.permissions import check_may_act
from samspill.governance.rules.moving import check_move
from samspill.governance.rules.year_plan import (
    Days,
    Deadlines,
    check_days,
    check_deadlines,
    check_times,
    deadlines_of,
)
from samspill.governance.states import MEETING_TRANSITIONS, OPEN_AGENDA, MeetingState
from samspill.refusal import Refused
from samspill.worklist.public import Words, is_workday


@dataclass(frozen=True)
class Slot:
    """When and where: local day and times. `deadlines` left out follow from the year plan's days."""

    day: date
    starts: time
    ends: time
    place: str = ""
    deadlines: Deadlines | None = None


def plan_meetings(
    body: Body, year: int, slots: Sequence[Slot], *, days: Days, by: Actor, place: str = ""
) -> list[Meeting]:
    """The body's year plan with a meeting for each slot it has none on; returns the new meetings.

    Refuses days of another year, and deadlines that do not come in order.
    """
    check_may_act(by, "meetings.manage", body)
    check_days(days)
    for slot in slots:
        check_times(slot.starts, slot.ends)
        if slot.day.year != year:
            raise Refused(
                "plan.year",
                gettext_lazy("A day of the plan is in another year. Correct it, or choose that year."),
                field="day",
            )
    with transaction.atomic():
        plan, _is_new = MeetingPlan.objects.update_or_create(
            community_id=body.community_id,
            body=body,
            year=year,
            defaults={f"{one.name}_days": getattr(days, one.name) for one in fields(days)} | {"place": place},
        )
        there = set(
            Meeting.objects.filter(body=body, day__year=year)
            .exclude(state=MeetingState.CANCELLED)
            .values_list("day", flat=True)
        )
        new = [_new(body, slot, days, place) for slot in slots if slot.day not in there]
        Meeting.objects.bulk_create(new)
        record(by=by, act="meeting.plan", on=plan, meetings=[one.pk for one in new])
    return new


def add_meeting(body: Body, slot: Slot, *, by: Actor, title: str = "") -> Meeting:
    """One meeting outside the plan; its deadlines follow the plan's days when there is a plan."""
    check_may_act(by, "meetings.manage", body)
    check_times(slot.starts, slot.ends)
    if slot.deadlines is not None:
        check_deadlines(slot.day, slot.deadlines)
    with transaction.atomic():
        meeting = _new(body, slot, days_of(body, slot.day.year), "")
        meeting.save()
        if title.strip():
            WorkingTitle.objects.create(
                community_id=meeting.community_id, meeting=meeting, title=title.strip()
            )
        record(by=by, act="meeting.add", on=meeting)
    return meeting


def days_of(body: Body, year: int) -> Days:
    """The days of the body's plan for the year, or those that are usual."""
    plan = MeetingPlan.objects.filter(body=body, year=year).first()
    if plan is None:
        return Days()
    return Days(plan.report_days, plan.brief_days, plan.notice_days, plan.minutes_days, plan.remarks_days)


def _new(body: Body, slot: Slot, days: Days, place: str) -> Meeting:
    deadlines = slot.deadlines or deadlines_of(slot.day, days, is_workday)
    return Meeting(
        community_id=body.community_id,
        body=body,
        day=slot.day,
        starts=slot.starts,
        ends=slot.ends,
        place=(slot.place or place).strip(),
        language=body.community.written_form,
        **asdict(deadlines),
    )


def move_meeting(
    meeting: Meeting, slot: Slot, *, by: Actor, sent: From, host: Party | None = None
) -> Meeting:
    """Another day, time or place. Those who are called get it at once, with SEQUENCE one higher.

    Deadlines follow the day, unless they are given.
    """
    check_may_act(by, "meetings.manage", meeting)
    check_times(slot.starts, slot.ends)
    if slot.deadlines is not None:
        check_deadlines(slot.day, slot.deadlines)
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        _check_may_move(meeting, slot, by)
        before = (meeting.day, meeting.starts, meeting.ends, meeting.place)
        meeting.day, meeting.starts, meeting.ends = slot.day, slot.starts, slot.ends
        meeting.place, meeting.host = slot.place.strip(), host
        deadlines = slot.deadlines or deadlines_of(slot.day, days_of(meeting.body, slot.day.year), is_workday)
        for name, value in asdict(deadlines).items():
            setattr(meeting, name, value)
        is_moved = before != (meeting.day, meeting.starts, meeting.ends, meeting.place)
        tell = is_moved and meeting.state == MeetingState.CALLED
        meeting.sequence += 1 if tell else 0
        meeting.save()
        record(by=by, act="meeting.move", on=meeting, day=slot.day.isoformat())
        if tell:
            text = _("The meeting is moved.") if before[0] != slot.day else _("Time or place is changed.")
            invite(meeting, to_be_told(meeting), by=by, sent=sent, text=text)
    return meeting


def _check_may_move(meeting: Meeting, slot: Slot, by: Actor) -> None:
    if meeting.state == MeetingState.UNDER_WAY:
        raise Refused("meeting.under_way", gettext_lazy("The meeting has begun, so it cannot be moved."))
    if slot.day < by.today and slot.day != meeting.day:
        raise Refused("meeting.past", gettext_lazy("That day has passed. Choose one to come."), field="day")
    if meeting.state not in OPEN_AGENDA and slot.day.year != meeting.day.year:
        raise Refused(
            "meeting.other_year",
            gettext_lazy("Its cases have numbers of this year. Cancel the meeting, and call one next year."),
            field="day",
        )


def cancel_meeting(meeting: Meeting, *, because: str, by: Actor, sent: From) -> Meeting:
    """Every case is in the queue again, and calendars take the meeting away. Refuses without a reason."""
    check_may_act(by, "meetings.manage", meeting)
    if not because.strip():
        raise Refused(
            "meeting.because",
            gettext_lazy("Say why, so that those who are called need not ask."),
            field="because",
        )
    with transaction.atomic():
        meeting = lock_meeting(meeting)
        check_move(MEETING_TRANSITIONS, meeting.state, MeetingState.CANCELLED, code="meeting.state")
        was_called = meeting.state == MeetingState.CALLED
        passages.cancel(meeting, because=because.strip(), by=by)
        if was_called:
            meeting.sequence += 1
            meeting.save(update_fields=["sequence"])
            _tell_cancelled(meeting, because.strip(), by, sent)
    return meeting


def _tell_cancelled(meeting: Meeting, because: str, by: Actor, sent: From) -> None:
    def words() -> Words:
        return Words(
            _("Cancelled: %(meeting)s") % {"meeting": name_and_day(meeting, by.today)},
            " ".join([because, _("The cases wait for the next meeting.")]),
        )

    call_off(meeting, to_be_told(meeting), words, by=by, sent=sent)
