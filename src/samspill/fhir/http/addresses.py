"""Ids and references: the id of what is about a patient carries the patient's own: we know whom to open.

`Observation/41-7` is row 7 of patient 41. It names nobody, and opens nothing: a row that is another patient's
is not there, and whether one may see the patient is decided each time.
"""

import re
from datetime import datetime, timedelta

from samspill.refusal import Refused, Sentence

_PLAIN = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_OF_PATIENT = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,17})", re.ASCII)
_REFERENCE = re.compile(
    r"(?:(?P<base>https?://[^ ]+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})"
)
_ANY_RESOURCE = Sentence("resource")


def not_found(kind: str | Sentence = _ANY_RESOURCE) -> Refused:
    """What is not there, and what one may not know of, are told in the same words."""
    return Refused(
        "fhir.not-found", Sentence("There is no such %(kind)s here, or none that you may see.", kind=kind)
    )


def plain_id(text: str) -> int:
    """The row of an id that is one number. Refused: `fhir.not-found`."""
    if not _PLAIN.fullmatch(text):
        raise not_found()
    return int(text)


def patient_and_row(text: str) -> tuple[int, int]:
    """Refused (`fhir.not-found`): an id of another form."""
    if (match := _OF_PATIENT.fullmatch(text)) is None:
        raise not_found()
    return int(match[1]), int(match[2])


def joined_id(patient: int, row: int) -> str:
    return f"{patient}-{row}"


def referred(text: str, kind: str, base: str) -> str:
    """The id in a reference to one of ours: `Patient/41`, the same with our base before it, or the id alone.

    "" for a reference to something else, or elsewhere.
    """
    if _PLAIN.fullmatch(text):
        return text
    match = _REFERENCE.fullmatch(text)
    if match is None or match["type"] != kind or match["base"] not in (None, base):
        return ""
    return match["id"]


def instant(at: datetime) -> str:
    """A moment as FHIR writes it, with its zone; to the second, or to what there is of it."""
    said = at.isoformat(timespec="milliseconds" if at.microsecond else "seconds")
    return said.replace("+00:00", "Z") if at.utcoffset() == timedelta(0) else said
