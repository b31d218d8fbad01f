"""A request as a whole: the Authorization header, the proof beside it, and what to answer when it is refused.

Source: RFC 9449 §7.1–7.2 (the scheme DPoP, and no way back to Bearer), RFC 6750 §3 (error codes).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samspill.directory.jose import ALGORITHMS
from samspill.directory.trust.access_tokens import TrustedIssuer, read_access_token
from samspill.directory.trust.callers import Caller
from samspill.directory.trust.dpop import NonceCheck, UsedIds, check_proof
from samspill.refusal import Refused, Sentence

DPOP, BEARER = "dpop", "bearer"
CREDENTIALS = re.compile(r"([A-Za-z]+) +([A-Za-z0-9\-._~+/]+=*)")  # RFC 9110 §11.4, RFC 6750 §2.1
# Area of a refusal -> error code for the client. Codes that stand whole come first.
ERRORS = {
    "dpop.nonce": "use_dpop_nonce",
    "token.scope": "insufficient_scope",
    "dpop": "invalid_dpop_proof",
    "token": "invalid_token",
}


@dataclass(frozen=True)
class Asked:
    """What the door looks at. `authorization` and `proof` are the headers Authorization and DPoP, "" when
    they are not sent; `url` is the address as the client sees it."""

    method: str
    url: str
    authorization: str = ""
    proof: str = ""


def admit(
    asked: Asked,
    *,
    issuers: Iterable[TrustedIssuer],
    now: float,
    used: UsedIds,
    scope: str = "",
    accepts_nonce: NonceCheck | None = None,
    allows_bearer: bool = False,
) -> Caller:
    """The caller behind a request. `allows_bearer` lets in tokens that are bound to no key.

    Refused: `token.missing`, `token.scheme`, `token.unbound`, and as by `read_access_token` and
    `check_proof`. A token that is bound to a key never gets in as Bearer.
    """
    scheme, token = _credentials(asked.authorization)
    caller = read_access_token(token, issuers=issuers, now=now, scope=scope)
    _check_scheme(scheme, caller, allows_bearer)
    if scheme == DPOP:
        check_proof(
            asked.proof,
            method=asked.method,
            url=asked.url,
            now=now,
            used=used,
            access_token=token,
            thumbprint=caller.key_thumbprint,
            accepts_nonce=accepts_nonce,
        )
    return caller


def challenge(refused: Refused) -> str:
    """The WWW-Authenticate header of a 401 or 403. It carries no sentence, only codes."""
    area = refused.code.partition(".")[0]
    error = ERRORS.get(refused.code, ERRORS.get(area, "invalid_token"))
    says = "" if refused.code == "token.missing" else f'error="{error}", '
    return f'DPoP {says}algs="{" ".join(sorted(ALGORITHMS))}"'


def _credentials(header: str) -> tuple[str, str]:
    if not header.strip():
        raise Refused("token.missing", Sentence("Send an access token in the Authorization header."))
    match = CREDENTIALS.fullmatch(header.strip())
    if match is None or match[1].lower() not in (DPOP, BEARER):
        raise Refused("token.scheme", Sentence("Write the header as «Authorization: DPoP <token>»."))
    return match[1].lower(), match[2]


def _check_scheme(scheme: str, caller: Caller, allows_bearer: bool) -> None:
    if scheme == BEARER and (caller.key_thumbprint or not allows_bearer):
        raise Refused(
            "token.scheme",
            Sentence("The token must be sent with the scheme DPoP and a proof, not as Bearer."),
        )
    if scheme == DPOP and not caller.key_thumbprint:
        raise Refused(
            "token.unbound", Sentence("The token is bound to no key. Ask for one that is bound with DPoP.")
        )
