"""What we sign, and what we trust: client assertions out, ID tokens and logout tokens in.

Plain functions on values; `now` is seconds since 1970. Every check refuses with its own code.
"""

import hmac
from collections.abc import Callable, Mapping

from jwskate import InvalidJwt, Jwk, Jwt, SignedJwt

from samspill.directory.oidc.identity import level_of
from samspill.directory.oidc.providers import Provider
from samspill.refusal import Refused

# Asymmetric only. HelseID and ID-porten sign with RS256 today; none and HS* are what attackers ask for.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
ID_TOKEN_TYPES = frozenset({"", "jwt"})  # header typ; other kinds of token name themselves (RFC 8725 §3.11)
LOGOUT_TOKEN_TYPES = frozenset({"", "jwt", "logout+jwt"})
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
CLOCK_SKEW_SECONDS = 30
OLDEST_SECONDS = 300  # a token is used at once; one issued earlier than this is a replay
ASSERTION_SECONDS = 30  # HelseID allows at most 60

KeyOf = Callable[[str], Jwk]


def client_assertion(provider: Provider, *, token_id: str, now: float) -> str:
    """Our proof that we are the client (private_key_jwt), for the issuer as HelseID and FAPI 2 ask."""
    claims = {
        "iss": provider.client_id,
        "sub": provider.client_id,
        "aud": provider.issuer,
        "iat": int(now),
        "nbf": int(now),
        "exp": int(now) + ASSERTION_SECONDS,
        "jti": token_id,
    }
    return str(Jwt.sign(claims, provider.private_jwk, typ="client-authentication+jwt"))


def check_id_token(
    token: object, *, provider: Provider, key_of: KeyOf, nonce: str, now: float
) -> dict[str, object]:
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


def _signed_claims(token: object, types: frozenset[str], key_of: KeyOf) -> dict[str, object]:
    try:
        jwt = SignedJwt(token if isinstance(token, str) else "")
    except (InvalidJwt, ValueError):
        raise Refused("oidc.token", "It is not a signed token.") from None
    if not isinstance(jwt.headers, dict) or not isinstance(jwt.claims, dict):
        raise Refused("oidc.token", "It is not a signed token.")
    if (algorithm := jwt.headers.get("alg")) not in ALGORITHMS:
        raise Refused("oidc.algorithm", f"The token is signed with {algorithm}, which is not allowed.")
    if (
        str(jwt.headers.get("typ", "")).lower().removeprefix("application/") not in types
        or "crit" in jwt.headers
    ):
        raise Refused("oidc.token", "It is another kind of token.")
    if not isinstance(key_id := jwt.headers.get("kid"), str) or not key_id:
        raise Refused("oidc.key", "The token does not say which key it is signed with.")
    if not _is_signed(jwt, key_of(key_id), str(algorithm)):
        raise Refused("oidc.signature", "The signature is not the provider's.")
    return jwt.claims


def _is_signed(jwt: SignedJwt, key: Jwk, algorithm: str) -> bool:
    if key.get("alg", algorithm) != algorithm:
        return False
    try:
        return key.verify(data=jwt.signed_part, signature=jwt.signature, alg=algorithm)
    except (ValueError, TypeError):  # a key of another type than the algorithm asks for
        return False


def _check_origin(claims: Mapping[str, object], provider: Provider, now: float) -> None:
    if claims.get("iss") != provider.issuer:
        raise Refused("oidc.issuer", "The token is issued by somebody else.")
    if claims.get("aud") not in (provider.client_id, [provider.client_id]):
        raise Refused("oidc.audience", "The token is meant for somebody else.")
    issued, expires = _seconds(claims, "iat"), _seconds(claims, "exp")
    if not issued <= now + CLOCK_SKEW_SECONDS or now - issued > OLDEST_SECONDS:
        raise Refused("oidc.time", "The token is issued at another time. Check the clock of this machine.")
    if not expires > now - CLOCK_SKEW_SECONDS or _seconds(claims, "nbf", issued) > now + CLOCK_SKEW_SECONDS:
        raise Refused("oidc.time", "The token is not valid now. Check the clock of this machine.")


def _seconds(claims: Mapping[str, object], name: str, default: float | None = None) -> float:
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("oidc.time", f"The token has no {name}.")
    return value
