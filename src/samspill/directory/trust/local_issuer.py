"""An issuer of access tokens of our own, that says what HelseID says: for machines at our token endpoint, and
for development and tests without a network.

It only signs. Who may have a token is decided elsewhere (`smart.token_endpoint`); tokens for persons are made
here in development alone, where an installation trusts this issuer for them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jwskate import Jwk, Jwt

from samspill.directory.jose import key_set
from samspill.directory.oidc.identity import HPR_NUMBER, PID, SECURITY_LEVEL
from samspill.directory.trust.access_tokens import ASSURANCE_LEVEL, CLIENT_AMR, TrustedIssuer
from samspill.directory.trust.organisations import CHILD, CLAIMS, PARENT, SUPPLIER, TRUST_FRAMEWORK

LIFETIME_SECONDS = 300  # SMART: at most five minutes for a machine


@dataclass(frozen=True)
class LocalIssuer:
    """`key` signs (with `kid` and `alg`), `fresh` gives ids that nobody can guess. Times are in seconds."""

    issuer: str
    audience: str
    key: Jwk = field(repr=False)
    fresh: Callable[[], str] = field(repr=False)
    lifetime: int = LIFETIME_SECONDS

    def published_keys(self) -> dict[str, object]:
        """The JWKS document: public halves only."""
        return {"keys": [dict(self.key.public_jwk())]}

    def trusted(self) -> TrustedIssuer:
        """Ourselves as seen by whoever checks our tokens."""
        return TrustedIssuer(self.issuer, self.audience, key_set(self.published_keys(), area="token"))

    def machine_token(
        self,
        *,
        client_id: str,
        scopes: tuple[str, ...],
        now: float,
        thumbprint: str,
        organisations: Mapping[str, str] | None = None,
    ) -> str:
        """A token for a client alone; `organisations` as `callers.Caller` names them."""
        told = organisations or {}
        numbers = {CLAIMS[name]: told[name] for name in (PARENT, CHILD, SUPPLIER) if told.get(name)}
        claims = {"client_id": client_id, "sub": client_id, "scope": list(scopes), **numbers}
        return self.sign(claims, now, thumbprint)

    def person_token(
        self,
        *,
        client_id: str,
        subject: str,
        pid: str,
        name: str,
        scopes: tuple[str, ...],
        now: float,
        thumbprint: str,
        hpr_number: str = "",
        orgnr_parent: str = "",
        orgnr_child: str = "",
        attest: Mapping[str, object] | None = None,
    ) -> str:
        """A token for an invented person at level 4. For development and tests."""
        said = {
            PID[0]: pid,
            HPR_NUMBER[0]: hpr_number,
            CLAIMS[PARENT]: orgnr_parent,
            CLAIMS[CHILD]: orgnr_child,
        }
        claims: dict[str, object] = {
            "client_id": client_id,
            "sub": subject,
            "name": name,
            "scope": list(scopes),
            SECURITY_LEVEL: "4",
            ASSURANCE_LEVEL: "high",
        }
        claims |= {claim: value for claim, value in said.items() if value}
        claims |= {TRUST_FRAMEWORK: dict(attest)} if attest else {}
        return self.sign(claims, now, thumbprint)

    def sign(self, claims: Mapping[str, object], now: float, thumbprint: str) -> str:
        """A token with `claims` over those that every token has; bound to no key when `thumbprint` is ""."""
        whole = {
            "iss": self.issuer,
            "aud": self.audience,
            "iat": int(now),
            "nbf": int(now),
            "exp": int(now) + self.lifetime,
            "jti": self.fresh(),
            "client_amr": CLIENT_AMR,
            **({"cnf": {"jkt": thumbprint}} if thumbprint else {}),
        }
        return str(Jwt.sign(whole | dict(claims), self.key, typ="at+jwt"))
