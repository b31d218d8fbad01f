"""What is in the outbox, made into what its receiver takes, sent, and what came of it kept.

Nothing is held open while a receiver is waited for: it is claimed in one transaction, sent in none, and what
came of it is kept in another. `post` is an argument: in an installation it is `over_https`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from django.db import transaction

from samspill.care.public import Delivered, Outgoing, Receiver, claim_due, opening_by_duty, tell_delivered
from samspill.directory.public import Actor, scope
from samspill.fhir.http.negotiating import FHIR_JSON
from samspill.fhir.mapping.observation_out import to_vkp
from samspill.fhir.serving.written import plan_resource
from samspill.fhir.wire import encode

Json = dict[str, Any]
Post = Callable[[str, bytes], int]
PMD = "http://hl7.no/fhir/vkpobservation/StructureDefinition/pmd-Bundle-Observation"
MUNICIPALITY = "https://register.geonorge.no/sosi-kodelister/inndelinger/inndelingsbase/kommunenummer"
BUNDLE_NUMBER = "https://www.nhn.no/komlink/bundle-identifier"
COLLECTION = "collection"
TIMEOUT_SECONDS = 10.0
# What will not be otherwise the next time: the message is wrong, not the moment (RFC 9110 §15.5).
_AGAIN = frozenset({401, 403, 408, 409, 423, 425, 429})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Letter:
    """One message as it is sent."""

    outgoing: int
    address: str
    body: bytes
    awaits_receipt: bool


def send_due(*, by: Actor, now: datetime, post: Post) -> int:
    """Send all that is due in a community; how many were tried."""
    letters = _letters(by, now)
    for one in letters:
        came = _delivered(one, post)
        with transaction.atomic(), scope(by), opening_by_duty(by=by):
            tell_delivered(one.outgoing, came, now=now)
    return len(letters)


def _letters(by: Actor, now: datetime) -> list[Letter]:
    with transaction.atomic(), scope(by), opening_by_duty(by=by):
        ready = []
        for row in claim_due(now=now):
            if lack := _lacks(row):
                tell_delivered(row.pk, Delivered(is_accepted=False, is_final=True, why=lack), now=now)
            else:
                ready.append(_letter(row))
        return ready


def _lacks(row: Outgoing) -> str:
    """What must be there before it can be sent at all: whom it is about, and from which organisation."""
    if row.measurement_id is None:
        return ""
    if not row.patient.national_number:
        return "no-national-number"
    return "" if row.tenant.orgnr else "no-organisation-number"


def _letter(row: Outgoing) -> Letter:
    made = _measurement(row) if row.measurement_id else _plan(row)
    return Letter(row.pk, row.receiver.address, encode(made), row.receiver.client_id is not None)


def _measurement(row: Outgoing) -> Json:
    """The delivery to Pasientens måledata, as the receiver has it: the guide's form, or the other."""
    found = Outgoing.objects.select_related("measurement", "patient__municipality", "tenant", "receiver")
    row = found.get(pk=row.pk)
    measurement, patient = row.measurement, row.patient
    assert measurement is not None  # noqa: S101 - it is about one
    is_collection = row.receiver.form == COLLECTION
    one = to_vkp(
        measurement,
        number=patient.national_number,
        number_kind=patient.number_kind,
        orgnr=row.tenant.orgnr,
        **({"status": "registered"} if is_collection else {}),
    )
    one.pop("id")
    entry: Json = {"fullUrl": f"urn:uuid:{row.number}", "resource": one}
    made = _bundle(row, patient.municipality.municipality_code if patient.municipality else "")
    if not is_collection:
        entry["request"] = {"method": "POST", "url": "Observation"}
    return made | {"entry": [entry]}


def _bundle(row: Outgoing, municipality: str) -> Json:
    meta: Json = {"profile": [PMD]}
    if municipality:
        meta["tag"] = [{"system": MUNICIPALITY, "code": municipality}]
    made: Json = {"resourceType": "Bundle", "meta": meta}
    if row.receiver.form == COLLECTION:
        made["identifier"] = {"system": BUNDLE_NUMBER, "value": str(row.number)}
    return made | {"type": COLLECTION if row.receiver.form == COLLECTION else "batch"}


def _plan(row: Outgoing) -> Json:
    """That there is a plan, by its version: the receiver reads it here."""
    found = Outgoing.objects.select_related("plan__tenant", "plan__team").get(pk=row.pk)
    assert found.plan is not None  # noqa: S101 - it is about one
    entry = {"fullUrl": f"urn:uuid:{row.number}", "resource": plan_resource(found.plan)}
    return {"resourceType": "Bundle", "type": COLLECTION, "entry": [entry]}


def _delivered(letter: Letter, post: Post) -> Delivered:
    try:
        status = post(letter.address, letter.body)
    except OSError:  # every fault of a network, those of requests among them
        return Delivered(is_accepted=False, why="unreachable")
    if 200 <= status < 300:
        return Delivered(is_accepted=True, awaits_receipt=letter.awaits_receipt)
    is_final = 400 <= status < 500 and status not in _AGAIN
    return Delivered(is_accepted=False, is_final=is_final, why=f"http-{status}")


def over_https(address: str, body: bytes) -> int:
    """The status of a POST. OSError when nobody answers, or the address is neither https nor this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise OSError("Patients' values are sent over https alone.")
    headers = {"Content-Type": FHIR_JSON, "Accept": FHIR_JSON}
    answer = requests.post(
        address, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True
    )
    answer.close()
    return answer.status_code


__all__ = ["Letter", "Post", "Receiver", "over_https", "send_due"]
