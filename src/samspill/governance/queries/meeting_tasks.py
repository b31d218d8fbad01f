"""What meetings have waiting for somebody: an agenda to make, an invitation to answer, cases to read."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
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
    """At most 4 queries."""
    if actor.community_id is None or not actor.is_known:
        return
    is_secretariat = may_act(actor, "meetings.manage")
    for meeting in _meetings(actor, is_secretariat):
        if meeting.state in OPEN_AGENDA and is_secretariat:
            yield _agenda(meeting, actor)
        elif meeting.state == MeetingState.CALLED:
            for place in meeting.mine:  # type: ignore[attr-defined]
                yield _own(meeting, place, actor)
    yield from _to_conclude(actor, is_secretariat)


def _meetings(actor: Actor, is_secretariat: bool) -> QuerySet[Meeting]:
    """Agendas to make, for the secretariat, and meetings that somebody is called to. 1 query.

    Each has `mine`: the actor's own places in it, as {"pk", "answer"}.
    """
    soon = Q(notice_by__lte=actor.today + AHEAD) | Q(notice_by__isnull=True, day__lte=actor.today + AHEAD)
    places = (
        Attendance.objects.visible_to(actor)
        .filter(meeting=OuterRef("pk"), tenure__person__account=actor.account_id)
        .exclude(answer=Answer.NO)
    )
    wanted = Q(Exists(places), state=MeetingState.CALLED)
    if is_secretariat:
        wanted |= soon & Q(state__in=sorted(OPEN_AGENDA))
    return (
        Meeting.objects.visible_to(actor)
        .filter(wanted, community=actor.community_id or 0, day__gte=actor.today)
        .select_related("body")
        .annotate(mine=ArraySubquery(places.order_by("pk").values_list(JSONObject(pk="pk", answer="answer"))))
    )


def _agenda(meeting: Meeting, actor: Actor) -> Due:
    return Due(
        key=f"governance.meeting:{meeting.pk}:notice",
        title=_("Send the notice of %(meeting)s") % {"meeting": name_and_day(meeting, actor.today)},
        text=_("Put on the agenda what is ready, and send it."),
        url=_page(meeting),
        act_label=_("Look through the agenda"),
        due=meeting.notice_by,
        weight=15,
    )


def _own(meeting: Meeting, place: Mapping[str, Any], actor: Actor) -> Due:
    values = {"meeting": name_and_day(meeting, actor.today)}
    if place["answer"] == Answer.YES:
        title, label = _("Read the cases for %(meeting)s") % values, _("Read the cases")
    else:
        title, label = _("Will you come to %(meeting)s?") % values, _("Answer and read")
    return Due(
        key=f"governance.attendance:{place['pk']}:{place['answer']}",
        title=title,
        text=meeting.place,
        url=_page(meeting),
        act_label=label,
        due=meeting.day,
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
