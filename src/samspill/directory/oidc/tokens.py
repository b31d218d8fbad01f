"""What we sign, and what we trust: client assertions out, ID tokens and logout tokens in.

Plain functions on values; `now` is seconds since 1970. Every check refuses with its own code.
"""

import hmac
from collections.abc import Mapping

from jwskate import Jwk, Jwt

from samspill.directory.jose import KeyOf, check_signature, key_id, read_signed, seconds
from samspill.directory.oidc.identity import level_of
from samspill.directory.oidc.providers import Provider
from samspill.refusal import Refused

ID_TOKEN_TYPES = frozenset({"", "jwt"})  # header typ; other kinds of token name themselves (RFC 8725 §3.11)
LOGOUT_TOKEN_TYPES = frozenset({"", "jwt", "logout+jwt"})
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
CLOCK_SKEW_SECONDS = 30
OLDEST_SECONDS = 300  # a token is used at once; one issued earlier than this is a replay
ASSERTION_SECONDS = 30  # HelseID allows at most 60


def client_assertion(provider: Provider, *, token_id: str, now: float) -> str:
    """Our proof that we are the client (private_key_jwt), for the issuer as HelseID and FAPI 2 ask."""
    return assertion(
        provider.client_id, provider.private_jwk, audience=provider.issuer, token_id=token_id, now=now
    )


def assertion(
    client_id: str,
    key: Jwk,
    *,
    audience: str,
    token_id: str,
    now: float,
    typ: str = "client-authentication+jwt",
) -> str:
    """The same of any client of ours: `audience` is whom it is for, `token_id` is used once."""
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": audience,
        "iat": int(now),
        "nbf": int(now),
        "exp": int(now) + ASSERTION_SECONDS,
        "jti": token_id,
    }
    return str(Jwt.sign(claims, key, typ=typ))


def check_id_token(
    token: object, *, provider: Provider, key_of: KeyOf, nonce: str, now: float
) -> Mapping[str, object]:
    """The claims of an ID token that is the provider's, for us, for this sign-in, fresh and of our level.

    Refused: `oidc.token`, `.algorithm`, `.key`, `.signature`, `.issuer`, `.audience`, `.time`, `.subject`,
    `.nonce`, `.level`.
    """
    claims = _signed_claims(token, ID_TOKEN_TYPES, key_of)
    _check_origin(claims, provider, now)
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise Refused("oidc.subject", "The token names nobody.")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("oidc.nonce", "The token belongs to another sign-in.")
    if (level := level_of(claims)) < provider.required_level:
        raise Refused("oidc.level", f"Level {level} was used, level {provider.required_level} is required.")
    return claims


def check_logout_token(token: object, *, provider: Provider, key_of: KeyOf, now: float) -> str:
    """The `sid` of the session that has ended at the provider. Refused as above, or `oidc.logout_token`."""
    claims = _signed_claims(token, LOGOUT_TOKEN_TYPES, key_of)
    _check_origin(claims, provider, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict) or "nonce" in claims:
        raise Refused("oidc.logout_token", "The token does not tell of a log-out.")
    if not isinstance(claims.get("sid"), str) or not claims["sid"]:
        raise Refused("oidc.logout_token", "The token has no sid. Register the client with session required.")
    return str(claims["sid"])


def _signed_claims(token: object, types: frozenset[str], key_of: KeyOf) -> Mapping[str, object]:
    signed = read_signed(token, types=types, area="oidc")
    check_signature(signed, key_of(key_id(signed, area="oidc")), area="oidc")
    return signed.claims


def _check_origin(claims: Mapping[str, object], provider: Provider, now: float) -> None:
    if claims.get("iss") != provider.issuer:
        raise Refused("oidc.issuer", "The token is issued by somebody else.")
    if claims.get("aud") not in (provider.client_id, [provider.client_id]):
        raise Refused("oidc.audience", "The token is meant for somebody else.")
    issued, expires = seconds(claims, "iat", area="oidc"), seconds(claims, "exp", area="oidc")
    if not issued <= now + CLOCK_SKEW_SECONDS or now - issued > OLDEST_SECONDS:
        raise Refused("oidc.time", "The token is issued at another time. Check the clock of this machine.")
    if (
        not expires > now - CLOCK_SKEW_SECONDS
        or seconds(claims, "nbf", area="oidc", default=issued) > now + CLOCK_SKEW_SECONDS
    ):
        raise Refused("oidc.time", "The token is not valid now. Check the clock of this machine.")
