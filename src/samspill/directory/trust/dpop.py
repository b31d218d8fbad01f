"""DPoP on the receiving side: proof that a token is in the hands it was given to.

One proof fits one request: its method, its address, its moment and, at a resource, its token.
Source: RFC 9449 §4.3 (checking proofs), §7 (resources), §8–9 (nonces), §11.1 (replay).
"""

import hmac
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit

from samspill.directory.jose import check_signature, hash_of, public_key, read_signed, seconds
from samspill.refusal import Refused, Sentence

TYPES = frozenset({"dpop+jwt"})
OLDEST_SECONDS = 60
CLOCK_SKEW_SECONDS = 10
TOKEN_ID = re.compile(r"[!-~]{1,255}")  # printable ASCII: it is stored
PORTS = {"https": 443, "http": 80}
ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class UsedIds(Protocol):
    """Remembers ids that may be used once."""

    def seen_before(self, token_id: str, until: float) -> bool:
        """Whether the id was used already; remembers it until `until` (seconds since 1970) if not.

        Both in one step: of two that come at once, one is told True.
        """


NonceCheck = Callable[[str], bool]


def check_proof(
    proof: object,
    *,
    method: str,
    url: str,
    now: float,
    used: UsedIds,
    access_token: str = "",
    thumbprint: str = "",
    accepts_nonce: NonceCheck | None = None,
) -> str:
    """The thumbprint (RFC 7638) of the key that made the proof.

    `url` is the address of the request as the client sees it; query and fragment are left aside.
    `access_token` and `thumbprint` (its `cnf.jkt`) are given at a resource, "" where tokens are made.
    Refused: `dpop.token`, `.algorithm`, `.key`, `.signature`, `.claims`, `.method`, `.address`, `.time`,
    `.hash`, `.binding`, `.nonce`, `.replay`.
    """
    signed = read_signed(proof, types=TYPES, area="dpop")
    key = public_key(signed.header.get("jwk"), area="dpop")
    check_signature(signed, key, area="dpop")
    made_by = str(key.thumbprint())
    _check_request(signed.claims, method, url)
    made_at = _check_time(signed.claims, now)
    if access_token:
        _check_token(signed.claims, access_token)
    if thumbprint and not hmac.compare_digest(made_by.encode(), thumbprint.encode()):
        raise Refused(
            "dpop.binding", Sentence("The token is bound to another key than the proof is made with.")
        )
    if accepts_nonce is not None and not accepts_nonce(_text(signed.claims, "nonce")):
        raise Refused("dpop.nonce", Sentence("Make the proof again with the nonce in the DPoP-Nonce header."))
    _check_once(signed.claims, used, made_at)
    return made_by


def same_address(one: str, other: str) -> bool:
    """Whether two addresses name one resource, whatever their query and fragment (RFC 3986 §6.2.2–6.2.3)."""
    first, second = _normal(one), _normal(other)
    return first is not None and first == second


def _check_request(claims: Mapping[str, Any], method: str, url: str) -> None:
    if _text(claims, "htm") != method:  # methods are case-sensitive (RFC 9110 §9.1)
        raise Refused(
            "dpop.method", Sentence("The proof is made for another method than %(method)s.", method=method)
        )
    if not same_address(_text(claims, "htu"), url):
        raise Refused(
            "dpop.address", Sentence("The proof is made for another address than the one that was asked.")
        )


def _check_time(claims: Mapping[str, Any], now: float) -> float:
    made_at = seconds(claims, "iat", area="dpop")
    if not now - OLDEST_SECONDS <= made_at <= now + CLOCK_SKEW_SECONDS:
        raise Refused("dpop.time", Sentence("The proof is made at another time. Make one for each request."))
    if seconds(claims, "exp", area="dpop", default=now + 1) <= now:
        raise Refused("dpop.time", Sentence("The proof has expired. Make one for each request."))
    if seconds(claims, "nbf", area="dpop", default=now) > now + CLOCK_SKEW_SECONDS:
        raise Refused("dpop.time", Sentence("The proof is not valid yet. Make one for each request."))
    return made_at


def _check_token(claims: Mapping[str, Any], access_token: str) -> None:
    if not hmac.compare_digest(_text(claims, "ath").encode(), hash_of(access_token).encode()):
        raise Refused("dpop.hash", Sentence("The proof is made for another access token (ath)."))


def _check_once(claims: Mapping[str, Any], used: UsedIds, made_at: float) -> None:
    """Last of all: only a proof that is otherwise right takes a place in the store."""
    if not TOKEN_ID.fullmatch(token_id := _text(claims, "jti")):
        raise Refused("dpop.claims", Sentence("The proof must have a jti of 1–255 printable characters."))
    if used.seen_before(token_id, made_at + OLDEST_SECONDS + 1):
        raise Refused("dpop.replay", Sentence("The proof has been used. Make one for each request."))


def _text(claims: Mapping[str, Any], name: str) -> str:
    return value if isinstance(value := claims.get(name), str) else ""


def _normal(url: str) -> tuple[str, str, int | None, str] | None:
    """Scheme, host, port and path in their one spelling; None for what is no address of a resource."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or url != url.strip():
        return None
    return parts.scheme, parts.hostname.lower(), port or PORTS[parts.scheme], _path(parts.path)


def _path(path: str) -> str:
    """Escapes in capitals, none where none is needed, and no dot segments; an empty path is «/»."""
    plain = ESCAPED.sub(_escape, path)
    steps: list[str] = []
    for step in (pieces := plain.split("/")[1:]):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    if pieces and pieces[-1] in (".", ".."):
        steps.append("")
    return "/" + "/".join(steps)


def _escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in UNRESERVED else match[0].upper()
