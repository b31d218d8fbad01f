"""A meeting in words: its day, hours and name, in the written form of the moment."""

from collections.abc import Iterable
from datetime import date, time

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspill.governance.models import Meeting, Seat
from samspill.governance.states import Represents
from samspill.worklist.public import long_day, number_in_words

NBSP = "\xa0"


def hours(starts: time, ends: time) -> str:
    """«12–15», «12.30–14»."""
    return f"{_hour(starts)}–{_hour(ends)}"


def _hour(at: time) -> str:
    return f"{at.hour}.{at.minute:02d}" if at.minute else f"{at.hour}"


def when(meeting: Meeting, today: date) -> str:
    """«Wednesday 25 November, 12–15», the message of the meeting's page."""
    return capfirst(
        pgettext("when a meeting is", "%(day)s, %(hours)s")
        % {"day": long_day(meeting.day, today), "hours": hours(meeting.starts, meeting.ends)}
    )


def name_and_day(meeting: Meeting, today: date) -> str:
    """«SSU Wednesday 25 November»."""
    return f"{meeting.body} {long_day(meeting.day, today)}"


def body_and_number(meeting: Meeting) -> str:
    """«Strategic committee (SSU), meeting 4 of 2026»."""
    body = meeting.body
    name = f"{body.name} ({body.short_name})" if body.short_name else body.name
    if not meeting.number:
        return name
    return _("%(body)s, meeting %(number)s of %(year)s") % {
        "body": name,
        "number": meeting.number,
        "year": f"{meeting.day.year}",
    }


def many(words: Iterable[str]) -> str:
    """«Moss, Råde and Våler»."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def hours_and_minutes(count: int) -> str:
    """«2 h 40 min»."""
    whole, rest = divmod(count, 60)
    if not whole:
        return _("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return _("%(hours)s h") % {"hours": whole}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": rest}


def votes(municipal: int, hospital: int) -> str:
    """«Five votes on each side», or how many on each."""
    if municipal == hospital:
        return capfirst(
            ngettext("one vote on each side", "%(count)s votes on each side", municipal)
            % {"count": number_in_words(municipal)}
        )
    return capfirst(
        ngettext(
            "%(municipal)s vote for the municipalities, %(hospital)s for the hospital",
            "%(municipal)s votes for the municipalities, %(hospital)s for the hospital",
            municipal,
        )
        % {"municipal": number_in_words(municipal), "hospital": number_in_words(hospital)}
    )


def seat_name(seat: Seat, municipalities: Iterable[str] = ()) -> str:
    """Whom a seat speaks for: its municipalities when it is a region's."""
    if seat.represents == Represents.REGION and (names := list(municipalities)):
        return many(names)
    return str(seat)


def items(count: int) -> str:
    return ngettext("one item", "%(count)s items", count) % {"count": number_in_words(count)}
