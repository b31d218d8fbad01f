"""Where systems ask for tokens: the token endpoint, our public keys, and the document that says where."""

import json
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from samspill.care.public import StoredIds, find_client
from samspill.directory.trust.public import (
    Client,
    TokenEndpoint,
    key_set,
    parse_scopes,
    smart_configuration,
)
from samspill.directory.trust.public import answer as token_answer
from samspill.fhir.http.bodies import read_body
from samspill.fhir.http.door import base, fresh_nonce
from samspill.fhir.http.keys import local_issuer, nonces
from samspill.fhir.http.negotiating import FORM, check_content_type
from samspill.fhir.views import elsewhere, scopes_served
from samspill.refusal import Refused

LONGEST_FORM = 64 * 1024
_READS = ("GET", "HEAD")


def _json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    made = HttpResponse(json.dumps(body), status=status, content_type="application/json")
    for name, value in (headers or {}).items():
        made.headers[name] = value
    return made


def token_address() -> str:
    return f"{base()}/token"


@csrf_exempt
def configuration(request: HttpRequest) -> HttpResponse:
    if request.method not in _READS:
        return elsewhere(request)
    said = smart_configuration(
        issuer=base(), token_endpoint=token_address(), jwks_uri=f"{base()}/jwks", scopes=scopes_served()
    )
    return _json(said)


@csrf_exempt
def jwks(request: HttpRequest) -> HttpResponse:
    if request.method not in _READS:
        return elsewhere(request)
    return _json(local_issuer(settings.SECRET_KEY, base()).published_keys())


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """A token for a registered system that proves its key, bound to the key of its DPoP proof."""
    if request.method != "POST":
        return _json({"error": "invalid_request"}, 405, {"Allow": "POST"})
    try:
        check_content_type(request.headers.get("Content-Type", ""), (FORM,))
        form = dict(parse_qsl(read_body(request, most_bytes=LONGEST_FORM).decode("utf-8")))
    except (Refused, UnicodeDecodeError, ValueError):
        return _json({"error": "invalid_request"}, 400)
    now = timezone.now().timestamp()
    given = token_answer(_endpoint(now), form, request.headers.get("DPoP", ""), now=now)
    return _json(given.body, given.status, given.headers | {"DPoP-Nonce": fresh_nonce()})


def _endpoint(now: float) -> TokenEndpoint:
    return TokenEndpoint(
        token_address(),
        local_issuer(settings.SECRET_KEY, base()),
        _client,
        StoredIds(),
        lambda nonce: nonces(settings.SECRET_KEY).accepts(nonce, now),
    )


def _client(client_id: str) -> Client | None:
    """The registered one, with the organisation it works for; None for who is not, or not any more."""
    found = find_client(client_id)
    if found is None or not found.holds_on(timezone.localdate()):
        return None
    orgnr = found.tenant.orgnr
    return Client(
        found.client_id,
        key_set(found.keys, area="smart"),
        parse_scopes(" ".join(found.scopes)),
        {"orgnr_parent": orgnr} if orgnr else {},
    )
