"""Deadlines as an iCalendar feed (RFC 5545): one all-day event for each, the same number every time.

Events, not VTODO: Outlook and Google Calendar show no to-dos of a subscribed calendar.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event
from icalendar.enums import TRANSP

from samspill.worklist.queries.agenda import Row

REFRESH = timedelta(hours=1)


def to_icalendar(rows: Iterable[Row], *, name: str, language: str, origin: str, now: datetime) -> bytes:
    """Rows with a deadline as a calendar called `name`; addresses begin with `origin`. Bytes are UTF-8."""
    host = origin.partition("://")[2]
    feed = Calendar.new(
        prodid=f"-//Samspill//{language.upper()}", name=name, language=language, refresh_interval=REFRESH
    )
    feed.add("X-WR-CALNAME", name)
    feed.add("X-PUBLISHED-TTL", "PT1H")
    for row in rows:
        if row.due is not None:
            feed.add_component(_event(row, language=language, origin=origin, host=host, now=now))
    return feed.to_ical()


def _event(row: Row, *, language: str, origin: str, host: str, now: datetime) -> Event:
    event = Event()
    event.add("UID", f"{row.key}@{host}")
    event.add("DTSTAMP", now)
    event.add("SUMMARY", row.title, parameters={"LANGUAGE": language})
    event.add("DTSTART", row.due)
    event.add("DTEND", row.due + timedelta(days=1) if row.due else None)
    event.add("TRANSP", TRANSP.TRANSPARENT)
    event.add("URL", f"{origin}{row.url}")
    event.add("DESCRIPTION", f"{row.text}\n{origin}{row.url}".strip(), parameters={"LANGUAGE": language})
    return event
