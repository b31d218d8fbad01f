"""Meetings as iCalendar (RFC 5545): the open feed, and invitations one can answer (iTIP, RFC 5546).

An invitation has the same UID every time it is sent to the same attendance, and SEQUENCE counts how often the
meeting was sent. The UID is signed: who does not have the invitation cannot answer it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Component, Event, vCalAddress, vText

from samspill.governance.models import Attendance, Meeting
from samspill.governance.states import PARTSTAT, Answer, MeetingState
from samspill.refusal import Refused

REFRESH = timedelta(hours=6)
HERE = ZoneInfo("Europe/Oslo")
_SALT = "governance.invitation"
_PARTS = 3
LONGEST_REPLY = 100_000
"""Bytes; an answer of a calendar is a thousand or two."""


@dataclass(frozen=True)
class From:
    """Who sends: `origin` is the address of Samspill, `email` where a calendar's answer goes."""

    origin: str
    email: str
    at: datetime

    @property
    def host(self) -> str:
        return self.origin.partition("://")[2].partition(":")[0]


def feed(
    meetings: Iterable[Meeting], *, name: str, language: str, sent: From, paths: dict[int, str]
) -> bytes:
    """Everybody's calendar of meetings: when and where. `paths` are the meetings' pages by number."""
    whole = Calendar.new(
        prodid=f"-//Samspill//{language.upper()}", name=name, language=language, refresh_interval=REFRESH
    )
    whole.add("X-WR-CALNAME", name)
    for meeting in meetings:
        event = _event(meeting, f"meeting-{meeting.pk}@{sent.host}", sent, paths.get(meeting.pk, ""))
        if meeting.state == MeetingState.CANCELLED:
            event.add("STATUS", "CANCELLED")
        whole.add_component(event)
    return whole.to_ical()


def invitation(
    meeting: Meeting,
    attendance: Attendance,
    *,
    email: str,
    sent: From,
    path: str,
    method: str = "REQUEST",
    text: str = "",
) -> str:
    """What goes with the mail to one who is called: REQUEST, or CANCEL when nobody need come."""
    whole = Calendar()
    whole.add("PRODID", "-//Samspill//NO")
    whole.add("VERSION", "2.0")
    whole.add("METHOD", method)
    event = _event(meeting, uid_of(attendance, sent.host), sent, path, text)
    organizer = vCalAddress(f"MAILTO:{sent.email}")
    organizer.params["CN"] = vText("Samspill")
    event.add("ORGANIZER", organizer)
    attendee = vCalAddress(f"MAILTO:{email}")
    attendee.params["CN"] = vText(attendance.tenure.name)
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("TRUE")
    event.add("ATTENDEE", attendee)
    event.add("STATUS", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    whole.add_component(event)
    return whole.to_ical().decode()


def _event(meeting: Meeting, uid: str, sent: From, path: str, text: str = "") -> Event:
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", sent.at)
    event.add("SEQUENCE", meeting.sequence)
    event.add("SUMMARY", meeting.title or str(meeting.body))
    # In UTC, so that no calendar needs a description of our time zone.
    event.add("DTSTART", starts_at(meeting))
    event.add("DTEND", datetime.combine(meeting.day, meeting.ends, HERE).astimezone(UTC))
    if meeting.place:
        event.add("LOCATION", meeting.place)
    if path:
        event.add("URL", sent.origin + path)
        event.add("DESCRIPTION", f"{text}\n{sent.origin}{path}".strip())
    return event


def starts_at(meeting: Meeting) -> datetime:
    return datetime.combine(meeting.day, meeting.starts, HERE).astimezone(UTC)


def uid_of(attendance: Attendance, host: str) -> str:
    """«community-meeting-attendance-signature@host»; the same every time."""
    plain = f"{attendance.community_id}-{attendance.meeting_id}-{attendance.pk}"
    return f"{Signer(salt=_SALT).sign(plain).replace(':', '-')}@{host}"


@dataclass(frozen=True)
class Reply:
    """What a calendar answered: to which attendance in which community, from which address.

    said_at, starts  when it was answered, and the time the invitation named; None where it does not say
    """

    community_id: int
    meeting_id: int
    attendance_id: int
    email: str
    answer: Answer
    said_at: datetime | None = None
    starts: datetime | None = None


def method_of(content: bytes) -> str:
    """What a calendar message is: "REPLY", "REQUEST"; "" for what is none."""
    lines = content[:LONGEST_REPLY].upper().splitlines()
    said = (line.partition(b":")[2].strip() for line in lines if line.startswith(b"METHOD:"))
    return next(said, b"").decode("ascii", "replace")


def read_reply(content: bytes) -> Reply:
    """An iCalendar message with METHOD:REPLY. Refuses what is none, and an answer to what we did not send."""
    if len(content) > LONGEST_REPLY:
        raise _no_reply()
    try:
        whole = Calendar.from_ical(content)
    except (ValueError, KeyError, IndexError, AttributeError) as fault:
        raise _no_reply() from fault
    events = whole.walk("VEVENT") if whole.name == "VCALENDAR" else []
    if str(whole.get("METHOD", "")).upper() != "REPLY" or not events:
        raise _no_reply()
    event = events[0]
    attendee = event.get("ATTENDEE")
    attendee = attendee[0] if isinstance(attendee, list) else attendee
    said = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
    if said not in PARTSTAT:
        raise _no_reply()
    community, meeting, attendance = _who(str(event.get("UID", "")))
    email = str(attendee).partition(":")[2].strip().casefold()
    said_at, starts = _moment(event, "DTSTAMP"), _moment(event, "DTSTART")
    return Reply(community, meeting, attendance, email, PARTSTAT[said], said_at, starts)


def _moment(event: Component, name: str) -> datetime | None:
    """A moment with its time zone; None for none, and for one that cannot be placed in time."""
    moment = getattr(event.get(name), "dt", None)
    return moment if isinstance(moment, datetime) and moment.tzinfo is not None else None


def _who(uid: str) -> tuple[int, int, int]:
    numbers = uid.partition("@")[0].split("-", _PARTS)
    if len(numbers) != _PARTS + 1:
        raise _no_reply()
    try:
        plain = Signer(salt=_SALT).unsign(f"{'-'.join(numbers[:_PARTS])}:{numbers[_PARTS]}")
    except BadSignature as fault:
        raise _no_reply() from fault
    community, meeting, attendance = (int(one) for one in plain.split("-"))
    return community, meeting, attendance


def _no_reply() -> Refused:
    return Refused(
        "invitation.no_reply",
        _("This is no answer to an invitation from here. Answer on the meeting's page instead."),
    )
