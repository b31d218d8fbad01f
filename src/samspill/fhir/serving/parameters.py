"""Search parameters as conditions on rows: what FHIR's kinds of parameter mean, and no more than is served.

https://hl7.org/fhir/R4/search.html. A parameter that nobody serves is refused rather than left out: an answer
that is not narrowed as it was asked to be holds more than was wanted.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from samspill.refusal import Refused, Sentence

Filter = Callable[[str], Q]
NOBODY = Q(pk__in=[])
NORWAY = ZoneInfo("Europe/Oslo")
_PREFIX = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb)?(.+)", re.DOTALL)
_DATE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)(?P<zone>Z|[+ -][0-9]{2}:[0-9]{2})?)?)?)?"
)


def wrong(name: str, why: Sentence) -> Refused:
    """`name` is ours; the value, which may name somebody, is never repeated."""
    return Refused("fhir.parameter", why, field=name)


def token(field: str, values: Mapping[str, str] | None = None) -> Filter:
    """`code`, `system|code`, or several with commas between. `values` are what FHIR's codes are here."""

    def condition(said: str) -> Q:
        asked = [one.rpartition("|")[2] for one in said.split(",")]
        if values is None:
            return Q(**{f"{field}__in": asked})
        ours = {mine for mine, theirs in values.items() if theirs in asked}
        return Q(**{f"{field}__in": sorted(ours)}) if ours else NOBODY

    return condition


def truth(condition: Q) -> Filter:
    """true or false."""

    def asked(said: str) -> Q:
        if said not in ("true", "false"):
            raise wrong("active", Sentence("The parameter active is true or false."))
        return condition if said == "true" else ~condition

    return asked


def beginning(*fields: str) -> Filter:
    """The beginning of a name, whatever its case (string)."""

    def condition(said: str) -> Q:
        found = Q()
        for one in said.split(","):
            if not one.strip() or len(one) > 100:
                raise wrong(
                    "name", Sentence("The parameter name needs one letter at least, and a hundred at most.")
                )
            for field in fields:
                found |= Q(**{f"{field}__istartswith": one.strip()})
        return found

    return condition


def moment(field: str) -> Filter:
    """A time or a part of one, with FHIR's prefixes; several conditions are several parameters."""
    return lambda said: _or(said, lambda one: _compared(field, one))


def day(field: str) -> Filter:
    """The same of a column that holds days."""
    return lambda said: _or(said, lambda one: _compared(field, one, is_day=True))


def _or(said: str, condition: Filter) -> Q:
    found = NOBODY
    for one in said.split(","):
        found |= condition(one)
    return found


def _compared(field: str, said: str, is_day: bool = False) -> Q:
    match = _PREFIX.fullmatch(said.strip())
    span = _span(match[2]) if match else None
    if match is None or span is None:
        raise wrong(
            "date", Sentence("The parameter is a date such as 2026-11-02, or ge2026-11-02T08:00:00Z.")
        )
    start, end = span
    starts, ends = (start.date(), end.date()) if is_day else (start, end)
    inside = Q(**{f"{field}__gte": starts, f"{field}__lt": ends})
    return {
        "eq": inside,
        "ne": ~inside,
        "ge": Q(**{f"{field}__gte": starts}),
        "lt": Q(**{f"{field}__lt": starts}),
        "eb": Q(**{f"{field}__lt": starts}),
        "gt": Q(**{f"{field}__gte": ends}),
        "sa": Q(**{f"{field}__gte": ends}),
        "le": Q(**{f"{field}__lt": ends}),
    }[match[1] or "eq"]


def _span(said: str) -> tuple[datetime, datetime] | None:
    """From the first instant that the text can mean until after its last; None when it is no time."""
    match = _DATE.fullmatch(said)
    if match is None:
        return None
    try:
        return _instants(match)
    except (ValueError, OverflowError):
        return None


def _instants(match: re.Match[str]) -> tuple[datetime, datetime]:
    year, month, day_ = int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)
    if match["time"]:
        zone = (match["zone"] or "").replace(" ", "+")  # a + that was not escaped in a form
        at = datetime.fromisoformat(f"{year:04}-{month:02}-{day_:02}T{match['time']}{zone}")
        # In UTC: there are zones that Python knows and the database does not.
        at = (at if at.tzinfo else at.replace(tzinfo=NORWAY)).astimezone(UTC)
        parts = match["time"].count(":") + ("." in match["time"])
        step = {1: timedelta(minutes=1), 2: timedelta(seconds=1), 3: timedelta(milliseconds=1)}[parts]
        return at, at + step
    start = datetime(year, month, day_, tzinfo=NORWAY)
    if match["day"]:
        return start, start + timedelta(days=1)
    days = monthrange(year, month)[1] if match["month"] else 366 if monthrange(year, 2)[1] == 29 else 365
    return start, start + timedelta(days=days)
