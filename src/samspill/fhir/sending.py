"""What is in the outbox, made into what its receiver takes, sent, and what came of it kept.

Nothing is held open while a receiver is waited for: it is claimed in one transaction, sent in none, and what
came of it is kept in another. `post` is an argument: in an installation it is `fhir.posting.posting()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from samspill.care.public import (
    ISSUER_SAID,
    Delivered,
    Outgoing,
    Receiver,
    as_plan,
    claim_due,
    find_plan,
    opening_by_duty,
    plan_medicines,
    plan_paper,
    tell_delivered,
)
from samspill.directory.public import Actor, scope
from samspill.directory.trust.public import Login
from samspill.fhir.mapping.observation_out import to_vkp
from samspill.fhir.mapping.plan_document import plan_document
from samspill.fhir.mapping.plan_parts import Sent
from samspill.fhir.wire import encode
from samspill.refusal import Refused

Json = dict[str, Any]
Post = Callable[[str, bytes, Login | None], int]
PMD = "http://hl7.no/fhir/vkpobservation/StructureDefinition/pmd-Bundle-Observation"
MUNICIPALITY = "https://register.geonorge.no/sosi-kodelister/inndelinger/inndelingsbase/kommunenummer"
BUNDLE_NUMBER = "https://www.nhn.no/komlink/bundle-identifier"
COLLECTION = "collection"
# What will not be otherwise the next time: the message is wrong, not the moment (RFC 9110 §15.5).
_AGAIN = frozenset({401, 403, 408, 409, 423, 425, 429})


@dataclass(frozen=True)
class Letter:
    """One message as it is sent."""

    outgoing: int
    address: str
    body: bytes
    awaits_receipt: bool
    login: Login | None = None


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
    if not row.patient.national_number:
        return "no-national-number"
    return "" if row.plan_id or row.tenant.orgnr else "no-organisation-number"


def _letter(row: Outgoing) -> Letter:
    made = _measurement(row) if row.measurement_id else _plan(row)
    to = row.receiver
    return Letter(row.pk, to.address, encode(made), to.client_id is not None, login_at(to))


def login_at(to: Receiver) -> Login | None:
    """Who we are for the receiver; None for one that asks for no token."""
    if not to.issuer:
        return None
    return Login(to.issuer, to.login_as, to.scope, to.issuer_kind, to.uses_dpop)


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
    """The whole plan with its sheet of paper, as it was sent."""
    assert row.plan_id is not None  # noqa: S101 - it is about one
    found = find_plan(row.plan_id, row.patient_id)
    plan = as_plan(found)
    link = f"{settings.ORIGIN}{reverse('care:plan', args=[row.patient_id, row.plan_id])}"
    medicines = plan_medicines(found, plan)
    sheet = plan_paper(found, plan, link=link, today=timezone.localdate(row.made), medicines=medicines)
    return plan_document(Sent(found, plan, row.number, sheet))


def _delivered(letter: Letter, post: Post) -> Delivered:
    try:
        status = post(letter.address, letter.body, letter.login)
    except OSError:  # every fault of a network, those of requests among them
        return Delivered(is_accepted=False, why="unreachable")
    except Refused as refused:
        return _without_token(refused)
    if 200 <= status < 300:
        return Delivered(is_accepted=True, awaits_receipt=letter.awaits_receipt)
    is_final = 400 <= status < 500 and status not in _AGAIN
    return Delivered(is_accepted=False, is_final=is_final, why=f"http-{status}")


def _without_token(refused: Refused) -> Delivered:
    """An issuer that is away is waited for; one that says no, will say no again until somebody mends it."""
    if refused.code == "oidc.unreachable":
        return Delivered(is_accepted=False, why="issuer-unreachable")
    error = str(refused.facts.get("error", ""))
    return Delivered(
        is_accepted=False, is_final=True, why=f"issuer-{error if error in ISSUER_SAID else 'no'}"
    )


__all__ = ["Letter", "Post", "Receiver", "login_at", "send_due"]
