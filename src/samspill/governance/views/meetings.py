"""The meetings of the helsefellesskap: those to come, past ones by year, and all as a calendar."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspill.directory.public import Actor
from samspill.governance.meeting_calendar import feed
from samspill.governance.meeting_wording import name_and_day, when
from samspill.governance.models import Meeting
from samspill.governance.permissions import may_act
from samspill.governance.queries.meetings import bodies_with_meetings, meetings_of, numbers, past, to_come
from samspill.governance.sending import sent_now
from samspill.governance.states import MeetingState
from samspill.governance.views.ways import ways

FRESH_SECONDS = 900


def _chosen(request: HttpRequest) -> tuple[int | None, str]:
    """Which body (`organ`) and which community (`fellesskap`) the address asks for."""
    found = numbers([request.GET.get("organ", "")])
    return (found[0] if found else None), request.GET.get("fellesskap", "")


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Open to everybody. A visitor sees the meetings of all communities, each with its name."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    body_id, community = _chosen(request)
    meetings = meetings_of(actor, body_id=body_id, community=community)
    coming = to_come(meetings, actor)
    context = {
        "ways": ways(actor, "governance:meeting-list"),
        "heading": _heading(coming, actor),
        "rows": [_row(one, actor) for one in coming],
        "years": [(year.year, [_row(one, actor) for one in year.meetings]) for year in past(meetings, actor)],
        "bodies": bodies_with_meetings(actor, community) if actor.community_id or community else [],
        "body_id": body_id,
        "community_slug": community,
        "shows_community": not actor.community_id and not community,
        "calendar": _calendar_address(request),
        "may_plan": may_act(actor, "meetings.manage"),
    }
    return render(request, "governance/meetings/meetings.html", context)


def _heading(coming: list[Meeting], actor: Actor) -> str:
    first = next((one for one in coming if one.state != MeetingState.CANCELLED), None)
    if first is None:
        return _("No meetings are planned.")
    if not actor.community_id:
        return _("Meetings of the helsefellesskap")
    return _("The next meeting is %(meeting)s.") % {"meeting": name_and_day(first, actor.today)}


def _row(meeting: Meeting, actor: Actor) -> dict[str, object]:
    return {"meeting": meeting, "when": when(meeting, actor.today)}


def _calendar_address(request: HttpRequest) -> str:
    """The feed of what the page shows, as an address a calendar can follow."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    query = request.GET.copy()
    if actor.community and "fellesskap" not in query:
        query["fellesskap"] = actor.community.slug
    address = settings.ORIGIN + reverse("governance:meeting-feed")
    return f"{address}?{query.urlencode()}" if query else address


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
def meeting_feed(request: HttpRequest) -> HttpResponse:
    """Meetings as iCalendar: of all communities, of one, or of one body. No sign-in: it is public."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    body_id, community = _chosen(request)
    found = meetings_of(actor, body_id=body_id, community=community)
    meetings = list(
        found.filter(day__gte=actor.today.replace(month=1, day=1)).order_by("day", "starts")[:1000]
    )
    return calendar_file(meetings, _("Meetings of the helsefellesskap"), "moter.ics")


def calendar_file(meetings: list[Meeting], name: str, filename: str) -> HttpResponse:
    content = feed(
        meetings,
        name=name,
        language=get_language() or settings.LANGUAGE_CODE,
        sent=sent_now(),
        paths={one.pk: reverse("governance:meeting", args=[one.pk]) for one in meetings},
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
