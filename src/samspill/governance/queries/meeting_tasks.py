"""What meetings have waiting for somebody: an agenda to make, an invitation to answer, cases to read."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.directory.public import Actor, Due
from samspill.governance.meeting_wording import name_and_day
from samspill.governance.models import AgendaItem, Attendance, ConflictAssessment, Meeting
from samspill.governance.permissions import may_act
from samspill.governance.queries.bodies import tenures_of
from samspill.governance.queries.leading import LEADS
from samspill.governance.states import (
    COMING,
    OPEN_AGENDA,
    Answer,
    ConflictConclusion,
    MeetingState,
)

AHEAD = timedelta(days=21)
"""So long before the notice the agenda is the secretariat's task."""


def meeting_dues(actor: Actor) -> Iterator[Due]:
    """At most 5 queries."""
    if actor.community_id is None or not actor.is_known:
        return
    is_secretariat = may_act(actor, "meetings.manage")
    if is_secretariat:
        yield from _agendas(actor)
    yield from _own(actor)
    yield from _to_conclude(actor, is_secretariat)


def _agendas(actor: Actor) -> Iterator[Due]:
    soon = Q(notice_by__lte=actor.today + AHEAD) | Q(notice_by__isnull=True, day__lte=actor.today + AHEAD)
    meetings = Meeting.objects.visible_to(actor).filter(
        soon, community=actor.community_id or 0, state__in=sorted(OPEN_AGENDA), day__gte=actor.today
    )
    for meeting in meetings.select_related("body"):
        yield Due(
            key=f"governance.meeting:{meeting.pk}:notice",
            title=_("Send the notice of %(meeting)s") % {"meeting": name_and_day(meeting, actor.today)},
            text=_("Put on the agenda what is ready, and send it."),
            url=_page(meeting),
            act_label=_("Look through the agenda"),
            due=meeting.notice_by,
            weight=15,
        )


def _own(actor: Actor) -> Iterator[Due]:
    mine = (
        Attendance.objects.visible_to(actor)
        .filter(
            tenure__person__account=actor.account_id,
            meeting__community=actor.community_id or 0,
            meeting__state=MeetingState.CALLED,
            meeting__day__gte=actor.today,
        )
        .exclude(answer=Answer.NO)
        .select_related("meeting", "meeting__body")
    )
    for one in mine:
        values = {"meeting": name_and_day(one.meeting, actor.today)}
        if one.answer == Answer.YES:
            title, label = _("Read the cases for %(meeting)s") % values, _("Read the cases")
        else:
            title, label = _("Will you come to %(meeting)s?") % values, _("Answer and read")
        yield Due(
            key=f"governance.attendance:{one.pk}:{one.answer}",
            title=title,
            text=one.meeting.place,
            url=_page(one.meeting),
            act_label=label,
            due=one.meeting.day,
            weight=25,
        )


def _to_conclude(actor: Actor, is_secretariat: bool) -> Iterator[Due]:
    """Raised impartiality for the secretariat and those who lead; late items for those who lead."""
    led = set() if is_secretariat else {one.seat.body_id for one in tenures_of(actor) if one.role in LEADS}
    if not (is_secretariat or led):
        return
    coming = AgendaItem.objects.filter(
        meeting__community=actor.community_id or 0, meeting__state__in=sorted(COMING), is_removed=False
    ).select_related("meeting", "treatment")
    yield from _raised(coming if is_secretariat else coming.filter(body_id__in=led), actor)
    if led:
        yield from _late(coming.filter(body_id__in=led))


def _raised(coming: QuerySet[AgendaItem], actor: Actor) -> Iterator[Due]:
    conflicts = list(
        ConflictAssessment.objects.filter(
            conclusion=ConflictConclusion.RAISED, case__treatments__items__in=coming
        )
        .exclude(tenure__person__account=actor.account_id)
        .select_related("tenure")
        .distinct()
    )
    if not conflicts:
        return
    items = {
        item.treatment.case_id: item
        for item in coming.filter(treatment__case__in=[one.case_id for one in conflicts])
        if item.treatment is not None
    }
    for conflict in conflicts:
        item = items[conflict.case_id]
        yield Due(
            key=f"governance.conflict:{conflict.pk}",
            title=_("Conclude whether %(name)s is disqualified") % {"name": conflict.tenure.name},
            text=item.public_title,
            url=reverse("governance:conflict", args=[item.meeting_id, conflict.pk]),
            act_label=_("Conclude"),
            due=item.meeting.day,
            weight=18,
        )


def _late(coming: QuerySet[AgendaItem]) -> Iterator[Due]:
    for item in coming.filter(is_late=True, late_yes_by__isnull=True):
        yield Due(
            key=f"governance.item:{item.pk}:late",
            title=_("«%(item)s» is late. May it be taken?") % {"item": item.public_title},
            text=item.late_because,
            url=_page(item.meeting),
            act_label=_("Say yes or no"),
            due=item.meeting.day,
            weight=12,
        )


def _page(meeting: Meeting) -> str:
    return reverse("governance:meeting", args=[meeting.pk])
