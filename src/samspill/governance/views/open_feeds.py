"""What is new as Atom (RFC 4287), meetings as iCalendar (RFC 5545), and the open papers themselves."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from icalendar import Calendar, Event

from samspill.directory.public import as_visitor
from samspill.governance.models import OpenEntry
from samspill.governance.open_api.cases import open_papers
from samspill.governance.queries.open_addresses import path_of_entry
from samspill.governance.queries.open_calendar import OpenMeeting, for_calendars
from samspill.governance.queries.open_search import matching
from samspill.governance.queries.open_wanted import kept, read
from samspill.governance.queries.subscription_words import in_words
from samspill.governance.rules.carried_out import shown
from samspill.governance.states import OpenKind

IN_FEED = 50
FRESH_SECONDS = 900
REFRESH = timedelta(hours=4)
TAG_YEAR = 2026
"""In every id of an entry (RFC 4151): a year in which the address was ours. It never changes."""
SHOWN_INLINE = frozenset({"application/pdf", "text/plain"})


class _Feed(Atom1Feed):
    """With the times an entry has, and its written form."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("published", item["released"].isoformat())


def _host() -> str:
    return urlsplit(settings.ORIGIN).hostname or "localhost"


def entry_id(entry: OpenEntry) -> str:
    """The same for ever, whatever the address of the page is."""
    return f"tag:{_host()},{TAG_YEAR}:{entry.kind}:{entry.thing_id}"


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
@as_visitor
def atom(request: HttpRequest) -> HttpResponse:
    """The newest of what the address asks for, in the written form of the reader."""
    wanted, today = read(request.GET), request.actor.today  # type: ignore[attr-defined]
    said = kept(request.GET, "sorter")
    here = settings.ORIGIN + reverse("governance:open-atom") + said
    rows = matching(wanted, today).select_related("community", "body").order_by("-changed", "-pk")[:IN_FEED]
    entries = list(rows.defer("vector", "text"))
    feed = _Feed(
        title=_("What was decided? %(what)s") % {"what": in_words(wanted)},
        link=settings.ORIGIN + reverse("governance:open") + said,
        description="",
        language=translation.get_language(),
        author_name="Samspill",
        feed_url=here,
        feed_guid=f"tag:{_host()},{TAG_YEAR}:apent{said}",
    )
    for one in entries:
        _add(feed, one, today)
    if not entries:  # a feed without entries still says when it was looked at; the first day of the tag
        feed.latest_post_date = lambda: datetime(TAG_YEAR, 1, 1, tzinfo=timezone.get_default_timezone())  # type: ignore[method-assign]
    text = feed.writeString("utf-8")
    response = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    if entries:
        response.headers["Last-Modified"] = entries[0].changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _add(feed: Atom1Feed, one: OpenEntry, today: Any) -> None:
    state = f"{shown(one.carried, one.due, today).label}. " if one.carried else ""
    where = ", ".join(part for part in (str(one.body or ""), one.community.name) if part)
    feed.add_item(
        title=one.title,
        link=settings.ORIGIN + path_of_entry(one),
        description=f"{one.plain} {state}{OpenKind(one.kind).label}, {where}.".strip(),
        unique_id=entry_id(one),
        updateddate=one.changed,
        released=one.released,
        categories=(str(OpenKind(one.kind).value),),
    )


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS)
@as_visitor
def ics(request: HttpRequest) -> HttpResponse:
    """Meetings of all, of a helsefellesskap or of a body; the same number every time, the cancelled too."""
    wanted = read(request.GET)
    language = translation.get_language() or settings.LANGUAGE_CODE
    name = _("Meetings: %(what)s") % {"what": in_words(wanted)}
    calendar = Calendar.new(
        prodid=f"-//Samspill//{language.upper()}", name=name, language=language, refresh_interval=REFRESH
    )
    calendar.add("X-WR-CALNAME", name)
    meetings = for_calendars(request.actor.today, community_id=wanted.community_id, body_id=wanted.body_id)  # type: ignore[attr-defined]
    for one in meetings:
        calendar.add_component(_event(one))
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="moter.ics"'
    return response


def _event(one: OpenMeeting) -> Event:
    meeting, zone = one.meeting, timezone.get_default_timezone()
    begins, ends = (
        timezone.make_aware(datetime.combine(meeting.day, clock), zone).astimezone(UTC)
        for clock in (meeting.starts, meeting.ends)
    )
    event = Event()
    event.add("UID", f"governance.meeting:{meeting.pk}@{_host()}")
    event.add("DTSTAMP", begins)
    event.add("SEQUENCE", meeting.sequence)
    event.add("SUMMARY", f"{one.title} ({meeting.community.name})", parameters={"LANGUAGE": meeting.language})
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("STATUS", "CANCELLED" if one.is_cancelled else "CONFIRMED" if one.is_called else "TENTATIVE")
    event.add("URL", settings.ORIGIN + one.url)
    if one.place:
        event.add("LOCATION", one.place)
    return event


@require_safe
@as_visitor
def paper(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The newest file of an open paper, under an address that stays. A closed one and none are the same."""
    found = get_object_or_404(open_papers(), pk=pk)
    file = found.versions.all()[0]
    etag = f'"{file.sha256}"'

    @condition(etag_func=lambda _request: etag)
    def answer(_request: HttpRequest) -> HttpResponse | FileResponse:
        name = f"papers/{file.sha256[:2]}/{file.sha256}"
        if not default_storage.exists(name):
            raise Http404
        response = FileResponse(default_storage.open(name, "rb"), content_type=file.content_type)
        is_shown = file.content_type in SHOWN_INLINE
        response.headers["Content-Disposition"] = (
            content_disposition_header(not is_shown, file.name) or "attachment"
        )
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    return answer(request)
