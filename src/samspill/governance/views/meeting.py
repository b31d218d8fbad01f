"""A meeting's page: the secretariat prepares it there, everybody else reads it."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor, Bloc
from samspill.governance.forms_meetings import ItemForm
from samspill.governance.meeting_wording import (
    body_and_number,
    hours_and_minutes,
    seat_name,
    votes,
    when,
)
from samspill.governance.meeting_wording import (
    items as items_in_words,
)
from samspill.governance.models import (
    AgendaItem,
    AgendaVersion,
    Attendance,
    ConflictAssessment,
    Meeting,
    RaisedPoint,
)
from samspill.governance.permissions import may_act
from samspill.governance.queries.agenda import live_items, queue_of, waits_for_yes
from samspill.governance.queries.attendance import Expected, expected_at, own_place
from samspill.governance.queries.briefs import standing_texts
from samspill.governance.queries.decision_status import status_for
from samspill.governance.queries.leading import chair_of
from samspill.governance.queries.meetings import find_meeting, find_meeting_to_read
from samspill.governance.queries.preparation import (
    findings,
    minutes_of,
    minutes_planned,
    recipients,
)
from samspill.governance.queries.reading import notes_at
from samspill.governance.queries.seats import municipalities_of
from samspill.governance.queries.stamps import stamps_of
from samspill.governance.states import (
    ANNOUNCED,
    COMING,
    OPEN_AGENDA,
    Answer,
    MeetingState,
)
from samspill.governance.views.agenda_drawn import Agenda, agenda_for
from samspill.governance.views.meetings import calendar_file
from samspill.governance.views.seats_drawn import facts_of, seats_at
from samspill.governance.wording_agenda import summary_of_findings
from samspill.worklist.public import long_day, number_in_words

MINUTES_READ = frozenset({MeetingState.MINUTES_OUT, MeetingState.MINUTES_APPROVED})


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = find_meeting_to_read(pk, actor)
    may_manage = may_act(actor, "meetings.manage", found) and found.state in COMING
    if may_manage and request.GET.get("vis") != "les":
        return prepare_page(request, found)
    return _read_page(request, found, may_manage)


def prepare_page(request: HttpRequest, found: Meeting, *, status: int = 200, error: str = "") -> HttpResponse:
    """The agenda with everything one does to it, what is missing, and the notice with who gets it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    items = list(live_items(found))
    texts = standing_texts([item.treatment.case_id for item in items if item.treatment])
    expected = expected_at(found)
    queue = queue_of(found)
    missing = findings(found, items, expected, texts)
    whole = minutes_of(found)
    planned = minutes_planned(items)
    called = found.state == MeetingState.CALLED
    context = {
        "meeting": found,
        "over": body_and_number(found),
        "when": when(found, actor.today),
        "heading": _prepare_heading(found, items, len(queue), actor),
        "lines": _lines(found, items),
        "consent": sum(item.is_consent for item in items),
        "queue": queue,
        "findings": missing,
        "findings_in_words": summary_of_findings(missing),
        "planned": hours_and_minutes(planned),
        "whole": hours_and_minutes(whole),
        "is_over": planned > whole,
        "sides": votes(expected.votes(Bloc.MUNICIPAL), expected.votes(Bloc.HOSPITAL)),
        "seats": [_seat(one, expected) for one in expected.seats],
        "recipients": recipients(found, expected),
        "is_called": called,
        **_ways_on(found, actor),
        "may_fill": found.state in OPEN_AGENDA,
        "can_send": found.state != MeetingState.UNDER_WAY and any(not waits_for_yes(one) for one in items),
        "versions": list(
            AgendaVersion.objects.filter(meeting=found, is_public=False).order_by("-version")[:6]
        ),
        "is_primary_fill": found.state in OPEN_AGENDA and (bool(queue) or not items),
        "error": error,
    }
    return render(request, "governance/meetings/prepare.html", context, status=status)


def _prepare_heading(found: Meeting, items: list[AgendaItem], waiting: int, actor: Actor) -> str:
    if found.state == MeetingState.CALLED:
        return _("The notice is sent. %(items)s on the agenda.") % {
            "items": capfirst(items_in_words(len(items)))
        }
    if not items:
        ready = ngettext("one case is ready", "%(count)s cases are ready", waiting) % {
            "count": number_in_words(waiting)
        }
        return (
            _("%(ready)s for the agenda.") % {"ready": capfirst(ready)}
            if waiting
            else _("The agenda is empty, and no case is ready.")
        )
    by = found.notice_by
    if by is None:
        return _("%(items)s on the agenda.") % {"items": capfirst(items_in_words(len(items)))}
    return _("%(items)s on the agenda. The notice is to be sent %(day)s.") % {
        "items": capfirst(items_in_words(len(items))),
        "day": long_day(by, actor.today),
    }


def _lines(found: Meeting, items: list[AgendaItem]) -> list[dict[str, object]]:
    """Items with their forms, what members will bring up, and impartiality that is raised."""
    points: dict[int, list[RaisedPoint]] = {}
    for one in RaisedPoint.objects.filter(item__in=items):
        points.setdefault(one.item_id, []).append(one)
    conflicts: dict[int, list[ConflictAssessment]] = {}
    for conflict in ConflictAssessment.objects.filter(
        case__in=[item.treatment.case_id for item in items if item.treatment],
        tenure__seat__body_id=found.body_id,
    ).select_related("tenure"):
        conflicts.setdefault(conflict.case_id, []).append(conflict)
    return [
        {
            "item": item,
            "title": item.treatment.case.title if item.treatment else item.public_title,
            "form": ItemForm(
                prefix=f"i{item.pk}",
                initial={
                    "minutes_wanted": item.minutes_wanted,
                    "presenter": item.presenter,
                    "is_consent": item.is_consent,
                },
            ),
            "points": points.get(item.pk, []),
            "conflicts": conflicts.get(item.treatment.case_id, []) if item.treatment else [],
            "waits": waits_for_yes(item),
        }
        for item in items
    ]


def _seat(one: object, expected: Expected) -> dict[str, object]:
    called = one.called  # type: ignore[attr-defined]
    return {
        "name": str(one.seat),  # type: ignore[attr-defined]
        "comes": one.comes,  # type: ignore[attr-defined]
        "absent": [each.tenure.name for each in called if each.answer == Answer.NO],
        "answer": next((each.get_answer_display() for each in called if each.answer != Answer.NO), ""),
        "is_vacant": one.on_day.is_vacant,  # type: ignore[attr-defined]
        "has_vote": one.seat.may_vote,  # type: ignore[attr-defined]
    }


def _read_page(request: HttpRequest, found: Meeting, may_manage: bool) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    is_out = found.state in ANNOUNCED
    is_here = actor.is_known and actor.community_id == found.community_id
    stamps = stamps_of(found)
    mine = own_place(found, actor) if is_here else None
    may_answer = mine is not None and found.state in COMING
    agenda = agenda_for(found, actor, stamps, may_act=may_answer) if is_out else Agenda()
    seats = seats_at(found, stamps) if is_here else None
    context = {
        "meeting": found,
        "over": body_and_number(found),
        "when": when(found, actor.today),
        "lede": _lede(found, agenda, mine, actor) if is_out else _not_yet(found, actor),
        "facts": seats.facts if seats else facts_of(found, chair_of(found)),
        **_ways_on(found, actor),
        "count": agenda.count,
        "lines": agenda.lines.filled({}),
        "articles": _articles(request, found, agenda, is_here),
        "mine": mine,
        "may_act": may_answer,
        "is_coming": mine is not None and mine.answer == Answer.YES,
        "cannot": mine is not None and mine.answer == Answer.NO,
        "may_manage": may_manage,
        "changed": found.changed if is_out else "",  # type: ignore[attr-defined]
        "room": getattr(found, "online_room", None) if mine else None,
        "late": agenda.waiting if mine and seats and mine.tenure.person_id in seats.leaders else (),
        "follow_query": f"organ={found.body_id}",
        "offline_key": f"{actor.account_id}" if is_here else "",
    }
    return render(request, "governance/meetings/meeting.html", context)


def _articles(request: HttpRequest, found: Meeting, agenda: Agenda, is_here: bool) -> str:
    """The items with what is the reader's own: token, notes, and «Status vedtak» as they see it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = {"token": get_token(request)}
    if is_here:
        own["who"] = f"{actor.account_id}"
        own |= {f"note-{item}": escape(text) for item, text in notes_at(found, actor)}
        # Until the meeting is held: afterwards its minutes say what it was told.
        if agenda.has_status and found.state in COMING:
            status = {"status": status_for(found.body_id, actor)}
            own["status"] = render_to_string("governance/follow_ups/decision_status.html", status)
    return agenda.articles.filled(own)


def _ways_on(found: Meeting, actor: Actor) -> dict[str, bool]:
    """Where the meeting goes on: the room while it is called or under way, then minutes and archives."""
    is_out = found.state in MINUTES_READ
    keeps = may_act(actor, "meetings.write", found)
    return {
        "to_papers": found.state in ANNOUNCED,
        "to_room": keeps and found.state in {MeetingState.CALLED, MeetingState.UNDER_WAY},
        "to_minutes": is_out or (keeps and found.state == MeetingState.HELD),
        "to_archive": is_out and may_act(actor, "deliveries.make", found),
    }


def _not_yet(found: Meeting, actor: Actor) -> str:
    if found.state == MeetingState.CANCELLED:
        return _("The meeting is cancelled. %(because)s") % {"because": found.cancelled_because}
    if found.notice_by:
        return _("The agenda is not out yet. It comes %(day)s.") % {
            "day": long_day(found.notice_by, actor.today)
        }
    return _("The agenda is not out yet.")


def _lede(found: Meeting, agenda: Agenda, mine: Attendance | None, actor: Actor) -> str:
    """«Two cases need an answer from you. You meet for Moss. Count on 35 minutes to read it all.»"""
    asked = agenda.asks
    parts = []
    if mine is not None and found.state in COMING:
        parts.append(
            capfirst(
                ngettext(
                    "one case needs an answer from you.", "%(count)s cases need an answer from you.", asked
                )
                % {"count": number_in_words(asked)}
            )
            if asked
            else _("No case needs an answer from you.")
        )
        seat = mine.seat
        for_whom = seat_name(seat, municipalities_of(seat, found.day))
        parts.append(_("You meet for %(whom)s.") % {"whom": for_whom})
    else:
        parts.append(capfirst(_("%(items)s on the agenda.") % {"items": items_in_words(agenda.count)}))
    if minutes := agenda.minutes:
        parts.append(_("Count on %(minutes)s minutes to read it all.") % {"minutes": minutes})
    return " ".join(parts)


@require_safe
def meeting_ics(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a file for one's own calendar."""
    found = find_meeting(pk, request.actor)  # type: ignore[attr-defined]
    return calendar_file([found], str(found.body), f"mote-{found.pk}.ics")
