"""The token endpoint as a plain function: a form in, a document or an error out.

Source: RFC 6749 §4.4 (client_credentials) and §5 (answers), RFC 9449 §5 and §8 (DPoP), HL7 SMART App Launch
2.2.0, «Backend Services».
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from samspill.directory.jose import KeyOf
from samspill.directory.trust.dpop import NonceCheck, UsedIds, check_proof
from samspill.directory.trust.local_issuer import LocalIssuer
from samspill.directory.trust.smart.assertions import check_assertion, claimed_client
from samspill.directory.trust.smart.scopes import Scope, granted, parse_scopes
from samspill.refusal import Refused, Sentence

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRANT_TYPE = "client_credentials"
NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}  # RFC 6749 §5.1
# Code of a refusal, or its area -> error and status (RFC 6749 §5.2, RFC 9449 §5).
ERRORS = {
    "smart.request": ("invalid_request", 400),
    "smart.grant": ("unsupported_grant_type", 400),
    "smart.scope": ("invalid_scope", 400),
    "dpop.nonce": ("use_dpop_nonce", 400),
    "dpop": ("invalid_dpop_proof", 400),
    "smart": ("invalid_client", 401),
}


@dataclass(frozen=True)
class Client:
    """A registered machine: its public keys, what it may ask for, and whom it works for."""

    client_id: str
    key_of: KeyOf = field(repr=False)
    scopes: tuple[Scope, ...]
    organisations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TokenEndpoint:
    """Our own endpoint. `address` is its URL as clients see it; `client` is None for one we do not know."""

    address: str
    issuer: LocalIssuer
    client: Callable[[str], Client | None] = field(repr=False)
    used: UsedIds = field(repr=False)
    accepts_nonce: NonceCheck | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: the body is JSON values. `refused` is for our log, never for the client."""

    status: int
    body: dict[str, object] = field(repr=False)
    headers: dict[str, str] = field(default_factory=lambda: dict(NOT_STORED))
    refused: Refused | None = None


def answer(endpoint: TokenEndpoint, form: Mapping[str, str], proof: str, *, now: float) -> Answer:
    """A token bound to the key of `proof` (the DPoP header), or an error. Never raises Refused.

    `form` are the parameters of the request's body; `now` is in seconds since 1970.
    """
    try:
        return _token(endpoint, form, proof, now)
    except Refused as refused:
        area = refused.code.partition(".")[0]
        error, status = ERRORS.get(refused.code) or ERRORS[area]
        body: dict[str, object] = {"error": error, "error_description": _plain(refused.sentence)}
        return Answer(status, body, refused=refused)


def _token(endpoint: TokenEndpoint, form: Mapping[str, str], proof: str, now: float) -> Answer:
    client = _client(endpoint, form, now)
    allowed = _scopes(client, form)
    thumbprint = check_proof(
        proof,
        method="POST",
        url=endpoint.address,
        now=now,
        used=endpoint.used,
        accepts_nonce=endpoint.accepts_nonce,
    )
    token = endpoint.issuer.machine_token(
        client_id=client.client_id,
        scopes=allowed,
        now=now,
        thumbprint=thumbprint,
        organisations=client.organisations,
    )
    lifetime = endpoint.issuer.lifetime
    scope = " ".join(allowed)
    return Answer(200, {"access_token": token, "token_type": "DPoP", "expires_in": lifetime, "scope": scope})


def _client(endpoint: TokenEndpoint, form: Mapping[str, str], now: float) -> Client:
    if form.get("grant_type") != GRANT_TYPE:
        raise Refused("smart.grant", Sentence("grant_type must be %(grant_type)s.", grant_type=GRANT_TYPE))
    if form.get("client_assertion_type") != ASSERTION_TYPE or not form.get("client_assertion"):
        raise Refused(
            "smart.request",
            Sentence(
                "Send client_assertion with client_assertion_type %(assertion_type)s.",
                assertion_type=ASSERTION_TYPE,
            ),
        )
    assertion = form["client_assertion"]
    client = endpoint.client(claimed_client(assertion))
    if client is None or form.get("client_id", client.client_id) != client.client_id:
        raise Refused("smart.client", Sentence("The client is not registered here."))
    check_assertion(
        assertion,
        client_id=client.client_id,
        key_of=client.key_of,
        audience=endpoint.address,
        used=endpoint.used,
        now=now,
    )
    return client


def _scopes(client: Client, form: Mapping[str, str]) -> tuple[str, ...]:
    asked = parse_scopes(form.get("scope", ""))
    if any(scope.context != "system" for scope in asked):
        raise Refused(
            "smart.scope", Sentence("A machine asks for system scopes, such as system/Observation.rs.")
        )
    if not (found := granted(asked, client.scopes)):
        raise Refused("smart.scope", Sentence("The client may have none of these scopes."))
    return tuple(str(scope) for scope in found)


def _plain(sentence: str) -> str:
    """RFC 6749 §5.2: printable ASCII without quotation mark and backslash."""
    return "".join(char for char in sentence.replace("–", "-") if " " <= char <= "~" and char not in '"\\')
