"""Receipts: a receiver tells what became of a message, by the number it was sent under."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from samspill.care.public import find_client, opening_by_duty, take_receipt
from samspill.directory.public import machine, scope
from samspill.fhir.http.bodies import read_body
from samspill.fhir.http.door import call_of
from samspill.fhir.http.negotiating import check_content_type
from samspill.fhir.serving.performing import Invalid
from samspill.fhir.validation.issue import is_valid
from samspill.fhir.validation.validating import validate
from samspill.fhir.views import answer, in_fhir
from samspill.fhir.wire import parse
from samspill.refusal import Refused, Sentence

_WRONG = Sentence("Send Parameters with number (valueUri, urn:uuid:…) and accepted (valueBoolean).")


@in_fhir
def receipt(request: HttpRequest) -> HttpResponse:
    """POST of Parameters `number` and `accepted`; 204 when it is kept. Said twice, it changes nothing."""
    if request.method != "POST":
        raise Refused("fhir.method", Sentence("A receipt is sent with POST."), facts={"allow": "POST"})
    call = call_of(request)
    client = find_client(call.system) if call.system else None
    if client is None:
        raise Refused("token.scope", Sentence("Receipts are given by registered systems."), forbidden=True)
    check_content_type(request.headers.get("Content-Type", ""))
    number, is_accepted = _read(parse(read_body(request)))
    actor = machine(client.community_id, timezone.localdate())
    with scope(actor), opening_by_duty(by=actor):
        take_receipt(number, client=client.pk, is_accepted=is_accepted)
    return answer(None, 204)


def _read(body: dict[str, Any]) -> tuple[uuid.UUID, bool]:
    if not is_valid(issues := validate(body)):
        raise Invalid(issues)
    said = {one.get("name"): one for one in body.get("parameter", [])}
    number = said.get("number", {}).get("valueUri", "")
    is_accepted = said.get("accepted", {}).get("valueBoolean")
    try:
        found = uuid.UUID(number.removeprefix("urn:uuid:"))
    except ValueError:
        found = None
    if found is None or is_accepted is None:
        raise Refused("receipt.form", _WRONG)
    return found, is_accepted
