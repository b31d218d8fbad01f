"""Reading an access token: signed by an issuer we trust, for us, valid now – and who it speaks for.

Sources: RFC 9068 (JWT access tokens), RFC 8725; HelseID, «Access token» and its security profile
(utviklerportal.nhn.no); HelseID.Samples for the names of claims.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.directory.jose import KeyOf, Signed, check_signature, key_id, read_signed, seconds
from samspill.directory.oidc.identity import HPR_NUMBER, PID, level_of
from samspill.directory.trust.callers import MACHINE, PERSON, Caller
from samspill.directory.trust.organisations import attests_of, organisations_of
from samspill.refusal import Refused, Sentence

ALGORITHMS = frozenset({"RS256", "PS256", "ES256"})
TYPES = frozenset({"at+jwt"})
CLOCK_SKEW_SECONDS = 10
ASSURANCE_LEVEL = "helseid://claims/identity/assurance_level"
LEVEL_OF_ASSURANCE = {"low": 2, "substantial": 3, "high": 4}  # eIDAS article 8; 4 is «høyt»
CLIENT_AMR = "private_key_jwt"
ELEVEN_DIGITS = re.compile(r"[0-9]{11}")


@dataclass(frozen=True)
class TrustedIssuer:
    """An issuer whose access tokens we accept, and what we ask of them.

    `audience` is our name at the issuer. `required_level` is asked of persons. `client_amr` is how the
    client must have proven itself; None when the issuer does not say (Maskinporten).
    """

    issuer: str
    audience: str
    key_of: KeyOf = field(repr=False)
    required_level: int = 4
    client_amr: str | None = CLIENT_AMR
    algorithms: frozenset[str] = ALGORITHMS


def read_access_token(
    token: object, *, issuers: Iterable[TrustedIssuer], now: float, scope: str = ""
) -> Caller:
    """The caller a token speaks for; `now` in seconds since 1970, `scope` one that it must hold, or "".

    Refused: `token.token`, `.algorithm`, `.key`, `.signature`, `.issuer`, `.audience`, `.time`, `.claims`,
    `.client`, `.organisation`, `.person`, `.level`, `.binding`, `.scope`.
    """
    signed = read_signed(token, types=TYPES, area="token")
    issuer = _issuer(signed, issuers)  # before the key is asked for: that may be on the network
    check_signature(signed, issuer.key_of(key_id(signed, area="token")), area="token")
    _check_audience(signed.claims, issuer.audience)
    _check_time(signed.claims, now)
    caller = _caller(signed.claims, issuer)
    _check_level(caller, issuer.required_level)
    if scope and scope not in caller.scopes:
        raise Refused(
            "token.scope",
            Sentence("The token lacks the scope %(scope)s. Ask for it.", scope=scope),
            forbidden=True,
        )
    return caller


def _issuer(signed: Signed, issuers: Iterable[TrustedIssuer]) -> TrustedIssuer:
    """The issuer the token names. Not to be believed before the signature."""
    named = next((one for one in issuers if one.issuer == signed.claims.get("iss")), None)
    if named is None:
        raise Refused("token.issuer", Sentence("The token is issued by somebody we do not trust."))
    if signed.algorithm not in named.algorithms:
        raise Refused(
            "token.algorithm",
            Sentence(
                "The token must be signed with %(algorithms)s.",
                algorithms=" / ".join(sorted(named.algorithms)),
            ),
        )
    return named


def _check_audience(claims: Mapping[str, Any], audience: str) -> None:
    said = claims.get("aud")
    if audience not in (said if isinstance(said, list) else [said]):
        raise Refused("token.audience", Sentence("The token is meant for somebody else."))


def _check_time(claims: Mapping[str, Any], now: float) -> None:
    issued, expires = seconds(claims, "iat", area="token"), seconds(claims, "exp", area="token")
    starts = seconds(claims, "nbf", area="token", default=issued)
    if expires + CLOCK_SKEW_SECONDS <= now:
        raise Refused("token.time", Sentence("The token has expired. Ask for a new one."))
    if max(issued, starts) > now + CLOCK_SKEW_SECONDS:
        raise Refused(
            "token.time", Sentence("The token is not valid yet. Check the clocks of both machines.")
        )
    if expires <= issued:
        raise Refused("token.time", Sentence("The token expires before it is issued."))


def _caller(claims: Mapping[str, Any], issuer: TrustedIssuer) -> Caller:
    client_id, token_id = _text(claims, "client_id"), _text(claims, "jti")
    if not client_id or not token_id:
        raise Refused("token.claims", Sentence("The token must have client_id and jti."))
    if issuer.client_amr is not None and claims.get("client_amr") != issuer.client_amr:
        raise Refused(
            "token.client",
            Sentence("The client must have proven itself with %(client_amr)s.", client_amr=issuer.client_amr),
        )
    subject, pid = _text(claims, "sub"), _pid(claims)
    is_person = pid is not None or subject not in ("", client_id) or _level(claims) > 0
    return Caller(
        kind=PERSON if is_person else MACHINE,
        issuer=issuer.issuer,
        client_id=client_id,
        scopes=_scopes(claims),
        token_id=token_id,
        expires_at=seconds(claims, "exp", area="token"),
        issued_at=seconds(claims, "iat", area="token"),
        key_thumbprint=_thumbprint(claims),
        security_level=_level(claims),
        assurance_level=_text(claims, ASSURANCE_LEVEL),
        subject=subject or client_id,
        name=_text(claims, "name"),
        pid=pid,
        hpr_number=_text(claims, *HPR_NUMBER) or None,
        attests=attests_of(claims),
        **organisations_of(claims),
    )


def _level(claims: Mapping[str, Any]) -> int:
    """The lower of what the two claims vouch for; 0 when neither says anything we know."""
    said = claims.get(ASSURANCE_LEVEL)
    if said is None:
        return level_of(claims)
    assured = LEVEL_OF_ASSURANCE.get(said, 0) if isinstance(said, str) else 0
    return min(assured, level_of(claims) or assured)


def _check_level(caller: Caller, required: int) -> None:
    if caller.is_person and caller.security_level < required:
        raise Refused(
            "token.level",
            Sentence(
                "The person signed in at level %(security_level)s; level %(required)s is required.",
                security_level=caller.security_level,
                required=required,
            ),
            forbidden=True,
        )


def _pid(claims: Mapping[str, Any]) -> str | None:
    pid = _text(claims, *PID)
    if pid and not ELEVEN_DIGITS.fullmatch(pid):
        raise Refused(
            "token.person", Sentence("The person's number is not an identity number of eleven digits.")
        )
    return pid or None


def _scopes(claims: Mapping[str, Any]) -> frozenset[str]:
    """A list, as HelseID writes it, or one text with spaces (RFC 8693 §4.2)."""
    said = claims.get("scope", "")
    listed = said.split(" ") if isinstance(said, str) else said
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise Refused(
            "token.claims", Sentence("The scopes must be a list of texts, or one text with spaces.")
        )
    return frozenset(listed) - {""}


def _thumbprint(claims: Mapping[str, Any]) -> str:
    """`cnf.jkt` (RFC 9449 §6.1). Other ways of binding are refused: we could not check them."""
    if (said := claims.get("cnf")) is None:
        return ""
    if not isinstance(said, Mapping) or not isinstance(said.get("jkt"), str) or not said["jkt"]:
        raise Refused(
            "token.binding", Sentence("The token is bound in a way we cannot check. Bind it with DPoP.")
        )
    return str(said["jkt"])


def _text(claims: Mapping[str, Any], *names: str) -> str:
    """The first of the claims that is there. Refused (`token.claims`) when it is no text."""
    for name in names:
        if (value := claims.get(name)) is not None:
            if not isinstance(value, str):
                raise Refused("token.claims", Sentence("The claim %(name)s must be a text.", name=name))
            return value
    return ""
