"""The address of an entry of a bundle, taken apart as the views take apart that of a request."""

from urllib.parse import SplitResult, parse_qsl, urlsplit

from samspill.fhir.http.reply import Asked, Call, Json
from samspill.refusal import Refused, Sentence

_OPERATIONS = frozenset({"_history", "_search", "$everything"})


def asked_at(
    call: Call, method: str, url: str, *, resource: Json | None, if_match: str = "", if_none_exist: str = ""
) -> Asked:
    """A request whose resource was checked with its bundle.

    Refused (`fhir.not-found`): an address that is not ours, or of no form we serve.
    """
    inside = url.removeprefix(f"{call.base}/").lstrip("/")
    parts = _parted(inside)
    steps = parts.path.split("/")
    if parts.scheme or parts.netloc or len(steps) > 4:
        raise Refused(
            "fhir.not-found", Sentence("The address of the entry is none of ours: write it as Observation/…")
        )
    kind, *rest = steps
    name = rest.pop(0) if rest and rest[0] not in _OPERATIONS else ""
    operation = rest.pop(0) if rest else ""
    version = rest.pop(0) if rest else ""
    if rest or (operation and operation not in _OPERATIONS):
        raise Refused(
            "fhir.not-found", Sentence("The address of the entry is none of ours: write it as Observation/…")
        )
    return Asked(
        method=method,
        type=kind,
        id=name,
        operation=operation,
        version=version,
        parameters=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        resource=resource,
        if_match=if_match,
        if_none_exist=if_none_exist,
        is_checked=True,
    )


def _parted(inside: str) -> SplitResult:
    """What cannot be taken apart, such as half a host, is not ours either."""
    try:
        return urlsplit(inside)
    except ValueError:
        return SplitResult("elsewhere", "", "", "", "")
