"""A page of a list: where it begins, how long it is, and what it is narrowed to."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from samspill.governance.models import OpenEntry
from samspill.governance.open_api.shapes import Filter, Resource
from samspill.refusal import Refused

USUAL, MOST = 50, 200
CURSOR, LIMIT, SINCE = "cursor", "limit", "modified_since"
_LARGEST, _DIGITS = 2**63 - 1, 19


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next_cursor: str = ""


def page_of(resource: Resource, query: Mapping[str, str]) -> Page:
    """The page an address asks for. Refuses parameters it does not know and values that are none.

    A cursor says which id comes before the page, so that rows that come or go meanwhile move nothing.
    """
    _check_known(resource, query)
    limit = _limit(query.get(LIMIT, ""))
    rows = _narrowed(resource, query).filter(pk__gt=_read(query.get(CURSOR, ""))).order_by("pk")
    found = list(rows[: limit + 1])
    has_more = len(found) > limit
    return Page(found[:limit], _cursor(found[limit - 1].pk) if has_more else "")


def _check_known(resource: Resource, query: Mapping[str, str]) -> None:
    known = {*resource.filters, CURSOR, LIMIT} | ({SINCE} if resource.kind else set())
    for name in query:
        if name not in known:
            raise _refused(
                name,
                _("There is no such parameter here. These are: %(names)s.")
                % {"names": ", ".join(sorted(known))},
            )


def _narrowed(resource: Resource, query: Mapping[str, str]) -> QuerySet[Any]:
    wanted = Q()
    for name, one in resource.filters.items():
        if name in query:
            wanted &= Q(**{one.lookup: _value(name, one, query[name])})
    if query.get(SINCE):
        wanted &= Q(pk__in=_changed_since(resource.kind, query[SINCE]))
    rows = resource.rows().filter(wanted)
    return rows.distinct() if any("__" in one.lookup for one in resource.filters.values()) else rows


def _changed_since(kind: str, text: str) -> QuerySet[Any]:
    try:
        moment = parse_datetime(text.replace(" ", "+"))
        if moment is None or is_naive(moment):
            raise ValueError(text)
        moment = moment.astimezone(UTC)  # there are zones that Python knows and the database does not
    except (ValueError, OverflowError) as error:
        raise _refused(SINCE, _("Write a time with a zone, such as 2026-11-22T08:00:00Z.")) from error
    return OpenEntry.objects.filter(kind=kind, changed__gte=moment).values("thing_id")


def _value(name: str, one: Filter, text: str) -> Any:
    if one.schema.get("type") == "integer":
        if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) <= _LARGEST):
            raise _refused(name, _("Write a whole number."))
        return int(text)
    if one.schema.get("format") == "date":
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise _refused(name, _("Write a day, such as 2026-11-22.")) from error
    if text not in one.schema.get("enum", [text]):
        raise _refused(name, _("Write one of: %(values)s.") % {"values": ", ".join(one.schema["enum"])})
    return text


def _limit(text: str) -> int:
    if not text:
        return USUAL
    if not (text.isascii() and text.isdecimal() and len(text) < 6 and 1 <= int(text) <= MOST):
        raise _refused(LIMIT, _("Write a number from 1 to %(most)s.") % {"most": MOST})
    return int(text)


def _cursor(pk: int) -> str:
    return base64.urlsafe_b64encode(f"after:{pk}".encode()).decode().rstrip("=")


def _read(text: str) -> int:
    if not text:
        return 0
    try:
        word, _colon, number = (
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").partition(":")
        )
    except (binascii.Error, ValueError) as error:
        raise _not_ours() from error
    if word != "after" or not number.isdecimal() or len(number) > _DIGITS or int(number) > _LARGEST:
        raise _not_ours()
    return int(number)


def _not_ours() -> Refused:
    return _refused(CURSOR, _("Take the cursor from «links.next» of the page before, as it stands."))


def _refused(name: str, sentence: str) -> Refused:
    return Refused("api.parameter", f"{name}: {sentence}", field=name)
