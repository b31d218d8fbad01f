"""Meetings and the agendas that were sent. Before the notice only that a body meets is said."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.governance.models import AgendaVersion, Meeting, Minutes
from samspill.governance.open_api.organisations import COMMUNITY, HTML, OF_COMMUNITY
from samspill.governance.open_api.shapes import (
    DAY,
    FLAG,
    ID,
    LANGUAGE,
    MOMENT,
    SOME_ID,
    TEXT,
    URL,
    Field,
    Filter,
    Resource,
    list_of,
    one_of,
    record_of,
)
from samspill.governance.queries.open_addresses import path_of
from samspill.governance.queries.open_calendar import OpenMeeting
from samspill.governance.states import ItemKind, MeetingState, MinutesState, OpenKind

OF_BODY = Filter("body", ID, _("Only of the body with this id"))


def _at(day: date, clock: time) -> str:
    return timezone.make_aware(datetime.combine(day, clock), timezone.get_default_timezone()).isoformat()


def _meeting(row: Meeting, origin: str) -> dict[str, Any]:
    known = OpenMeeting(row)
    address = origin + path_of(OpenKind.MEETING, row.pk)
    return {
        "id": row.pk,
        "community": row.community_id,
        "body": row.body_id,
        "name": known.title,
        "meetingState": row.state,
        "cancelled": known.is_cancelled,
        "start": _at(row.day, row.starts),
        "end": _at(row.day, row.ends),
        "location": known.place,
        "language": row.language,
        "agenda": getattr(row, "agenda", None),
        "minutes": origin + path_of(OpenKind.MINUTES, row.pk) if row.minutes_id else None,  # type: ignore[attr-defined]
        "html": address,
    }


def _rows() -> Any:
    sent = AgendaVersion.objects.filter(meeting=OuterRef("pk"), is_public=True).order_by("-version")
    out = Minutes.objects.filter(meeting=OuterRef("pk"), state__in=[MinutesState.OUT, MinutesState.APPROVED])
    return (
        Meeting.objects.filter(Meeting.open_rows())
        .select_related("body")
        .annotate(agenda=Subquery(sent.values("pk")[:1]), minutes_id=Subquery(out.values("pk")[:1]))
    )


def _agenda(row: AgendaVersion, origin: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "community": row.community_id,
        "meeting": row.meeting_id,
        "version": row.version,
        "sent": row.at.isoformat(),
        "items": [
            {
                "number": str(item.get("number", "")),
                "kind": str(item.get("kind", "")),
                "name": str(item.get("title", "")),
                "minutes": int(item.get("minutes") or 0),
            }
            for item in row.content
        ],
        "html": origin + path_of(OpenKind.MEETING, row.meeting_id),
    }


def _agenda_rows() -> Any:
    """The newest version of each; the older ones are in the record, not in the data."""
    newest = AgendaVersion.objects.filter(meeting=OuterRef("meeting"), is_public=True).order_by("-version")
    rows = AgendaVersion.objects.filter(is_public=True)
    return rows.annotate(newest=Subquery(newest.values("pk")[:1])).filter(pk=F("newest"))


MEETINGS = Resource(
    "meetings",
    "Meeting",
    _("Meetings"),
    _("That a body meets is open from the day it is planned; what about, from the notice."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "body": Field(ID, _("The body that meets")),
        "name": Field(TEXT, _("What the meeting is called")),
        "meetingState": Field(one_of(MeetingState), _("How far it has come")),
        "cancelled": Field(FLAG, _("Whether it was cancelled")),
        "start": Field(MOMENT, _("When it begins")),
        "end": Field(MOMENT, _("When it ends")),
        "location": Field(TEXT, _("Where; empty before the notice")),
        "language": Field(LANGUAGE, _("The written form of its papers")),
        "agenda": Field(SOME_ID, _("The newest agenda that was sent")),
        "minutes": Field({"type": ["string", "null"], "format": "uri"}, _("The minutes, when they are out")),
        "html": HTML,
    },
    _rows,
    _meeting,
    {
        "community": OF_COMMUNITY,
        "body": OF_BODY,
        "from": Filter("day__gte", DAY, _("Not before this day")),
        "until": Filter("day__lte", DAY, _("Not after this day")),
    },
    OpenKind.MEETING,
)
AGENDAS = Resource(
    "agendas",
    "Agenda",
    _("Agendas"),
    _("The agenda of each meeting as it was last sent, with public titles."),
    {
        "id": Field(ID, _("Its number here")),
        "community": COMMUNITY,
        "meeting": Field(ID, _("The meeting")),
        "version": Field({"type": "integer", "minimum": 1}, _("Which version it is")),
        "sent": Field(MOMENT, _("When it was sent")),
        "items": Field(
            list_of(
                record_of(
                    {
                        "number": TEXT,
                        "kind": one_of(ItemKind),
                        "name": TEXT,
                        "minutes": {"type": "integer", "minimum": 0},
                    }
                )
            ),
            _("Its items in order, with public titles"),
        ),
        "html": Field(URL, _("The page for people")),
    },
    _agenda_rows,
    _agenda,
    {"community": OF_COMMUNITY, "meeting": Filter("meeting", ID, _("Only of the meeting with this id"))},
)
