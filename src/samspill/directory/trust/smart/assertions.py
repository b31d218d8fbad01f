"""A client's proof of who it is: a short-lived assertion signed with its own key (private_key_jwt).

Source: RFC 7523 §3 and HL7 SMART App Launch 2.2.0, «Client Authentication: Asymmetric»: iss = sub = client,
aud = the token endpoint, at most five minutes, a jti used once.
"""

from typing import Any

from samspill.directory.jose import KeyOf, check_signature, key_id, read_signed, seconds
from samspill.directory.trust.dpop import TOKEN_ID, UsedIds
from samspill.refusal import Refused, Sentence

TYPES = frozenset({"", "jwt", "client-authentication+jwt"})
LONGEST_SECONDS = 300
CLOCK_SKEW_SECONDS = 10


def claimed_client(assertion: object) -> str:
    """Who an assertion says it is from: not to be believed yet, only to look up the keys to check it with.

    Refused: `smart.token`, `smart.algorithm`, `smart.client`.
    """
    issuer = read_signed(assertion, types=TYPES, area="smart").claims.get("iss")
    if not isinstance(issuer, str) or not issuer:
        raise Refused("smart.client", Sentence("The assertion must name the client in iss and in sub."))
    return issuer


def check_assertion(
    assertion: object, *, client_id: str, key_of: KeyOf, audience: str, used: UsedIds, now: float
) -> None:
    """That the client itself made it, for us, just now, and uses it once.

    `audience` is the address of the token endpoint. Refused: `smart.token`, `.algorithm`, `.key`,
    `.signature`, `.client`, `.audience`, `.time`, `.replay`.
    """
    signed = read_signed(assertion, types=TYPES, area="smart")
    check_signature(signed, key_of(key_id(signed, area="smart")), area="smart")
    if (signed.claims.get("iss"), signed.claims.get("sub")) != (client_id, client_id):
        raise Refused("smart.client", Sentence("The assertion must name the client in iss and in sub."))
    if signed.claims.get("aud") not in (audience, [audience]):
        raise Refused(
            "smart.audience",
            Sentence("The assertion must have the token endpoint, and nothing else, as aud."),
        )
    expires = _check_time(signed.claims, now)
    token_id = signed.claims.get("jti")
    if not isinstance(token_id, str) or not TOKEN_ID.fullmatch(token_id):
        raise Refused(
            "smart.replay", Sentence("The assertion must have a jti of 1–255 printable characters.")
        )
    if used.seen_before(f"{client_id} {token_id}", expires + 1):
        raise Refused(
            "smart.replay", Sentence("The assertion has been used. Make a new one for each request.")
        )


def _check_time(claims: Any, now: float) -> float:
    expires = seconds(claims, "exp", area="smart")
    if expires <= now:
        raise Refused("smart.time", Sentence("The assertion has expired."))
    if expires > now + LONGEST_SECONDS:
        raise Refused(
            "smart.time",
            Sentence(
                "The assertion may be valid for at most %(longest_seconds)s seconds.",
                longest_seconds=LONGEST_SECONDS,
            ),
        )
    for name in ("iat", "nbf"):
        if seconds(claims, name, area="smart", default=now) > now + CLOCK_SKEW_SECONDS:
            raise Refused(
                "smart.time",
                Sentence(
                    "The assertion's %(name)s lies ahead. Check the clocks of both machines.", name=name
                ),
            )
    return expires
