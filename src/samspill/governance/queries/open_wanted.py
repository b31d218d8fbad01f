"""What an address, or somebody who follows along, asks for: read from a query string and written to one."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from samspill.directory.public import Body, Community, Party
from samspill.governance.models import OpenEntry
from samspill.governance.queries.open_search import BEST, NEWEST, Wanted
from samspill.governance.states import CarriedOut, OpenKind

LONGEST = 200
NAMES = ("sok", "hos", "organ", "sak", "aar", "slag", "kommune", "tilstand", "sorter")
_DIGITS = 15


def read(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; what it does not know is left out. At most 4 queries."""
    community = Community.objects.filter(slug=query["hos"][:60]).first() if query.get("hos") else None
    body_id, case_id = _number(query.get("organ", "")), _number(query.get("sak", ""))
    code = query.get("kommune", "")[:4]
    party = Party.objects.filter(municipality_code=code, left__isnull=True).first() if code else None
    kind, carried = query.get("slag", ""), query.get("tilstand", "")
    return Wanted(
        words=" ".join(query.get("sok", "").replace("\x00", "").split())[:LONGEST],
        community_id=community.pk if community else None,
        body_id=body_id if body_id and Body.objects.filter(pk=body_id).exists() else None,
        case_id=case_id if case_id and OpenEntry.objects.filter(case=case_id).exists() else None,
        year=_year(query.get("aar", "")),
        kind=kind if kind in OpenKind.values else "",
        party_id=party.pk if party else None,
        carried=carried if carried in CarriedOut.values else "",
        sort=BEST if query.get("sorter") == BEST else NEWEST,
    )


def read_kept(said: str) -> Wanted:
    """The same from a query string that was kept."""
    return read(dict(parse_qsl(said.removeprefix("?"))))


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def _year(text: str) -> int | None:
    number = _number(text)
    return number if number and 1900 < number < 2200 else None


def kept(query: Mapping[str, str], *but: str, **more: str) -> str:
    """The filters of an address as a query string, «?…» or empty, without `but` and with `more`."""
    said = {
        name: query.get(name, "").replace("\x00", "")[:LONGEST] for name in NAMES if name not in but
    } | more
    chosen = {name: value for name, value in said.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""
