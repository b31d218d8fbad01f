"""The body of a request, read to its limit and no further: 80 MB are refused before they are here."""

from django.http import HttpRequest

from samspill.fhir.wire import MOST_BYTES
from samspill.refusal import Refused, Sentence


def has_body(request: HttpRequest) -> bool:
    """Whether something came, or may come."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said != "0" or bool(request.META.get("HTTP_TRANSFER_ENCODING"))


def read_body(request: HttpRequest, *, most_bytes: int = MOST_BYTES) -> bytes:
    """Refused: `fhir.length` (nobody says how long it is), `fhir-too-large`."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said and request.META.get("HTTP_TRANSFER_ENCODING"):
        raise Refused("fhir.length", Sentence("Say how long the body is in Content-Length."))
    if said and (not said.isdecimal() or int(said) > most_bytes):
        limit = most_bytes // (1024 * 1024)
        raise Refused(
            "fhir-too-large",
            Sentence("The body is larger than %(limit)s MB. Send it in smaller parts.", limit=limit),
        )
    return bytes(request.read(most_bytes + 1))
