"""Keys, tokens, proofs and requests for the tests of who asks: all made here, all invented."""

import json
from functools import cache
from itertools import count
from typing import Any

from jwskate import Jwk, Jwt

from samspill.directory.jose import hash_of
from samspill.directory.trust.local_issuer import LocalIssuer

NOW = 1_795_435_200.0  # 2026-11-23 12:00 UTC
ISSUER, AUDIENCE = "https://helseid.example", "samspill"
URL = "https://samspill.example/fhir/Observation"
PID, OTHER_PID = "13916990094", "24917390092"  # month + 80: synthetic
PARENT, CHILD, SUPPLIER = "983971768", "974633655", "994598759"
LEVEL = "helseid://claims/identity/security_level"
ASSURANCE = "helseid://claims/identity/assurance_level"
PID_CLAIM = "helseid://claims/identity/pid"


class Used:
    """Ids used once, as a set: the obvious store."""

    def __init__(self) -> None:
        self.kept: dict[str, float] = {}

    def seen_before(self, token_id: str, until: float) -> bool:
        seen = token_id in self.kept
        self.kept.setdefault(token_id, until)
        return seen


@cache
def key(name: str, alg: str = "ES256") -> Jwk:
    """One key for each name: making RSA keys takes time."""
    size = {} if alg.startswith("ES") else {"key_size": 2048}
    return Jwk(dict(Jwk.generate(alg=alg, **size)) | {"alg": alg, "use": "sig", "kid": name})


@cache
def client_key(name: str = "client") -> Jwk:
    return Jwk.generate(alg="ES256")


def local_issuer(alg: str = "ES256") -> LocalIssuer:
    numbers = count(1)
    return LocalIssuer(ISSUER, AUDIENCE, key("first", alg), lambda: f"id-{next(numbers)}")


def person_claims(**changes: object) -> dict[str, object]:
    """The claims of a nurse's token, bound to the client's key. None takes a claim away."""
    claims: dict[str, object] = {
        "client_id": "nurse-client",
        "sub": "pseudonym",
        "name": "Kari Testperson",
        "scope": ["nhn:samspill/api", "openid"],
        PID_CLAIM: PID,
        LEVEL: "4",
        ASSURANCE: "high",
        "helseid://claims/hpr/hpr_number": "565505933",
        "helseid://claims/client/claims/orgnr_parent": PARENT,
        "helseid://claims/client/claims/orgnr_child": CHILD,
        "cnf": {"jkt": client_key().thumbprint()},
    }
    return {name: value for name, value in (claims | changes).items() if value is not None}


def person_token(now: float = NOW, alg: str = "ES256", **changes: object) -> str:
    whole = {"iss": ISSUER, "aud": AUDIENCE, "iat": int(now), "nbf": int(now), "exp": int(now) + 300}
    whole |= {"jti": "one", "client_amr": "private_key_jwt"}
    claims = {name: value for name, value in (whole | person_claims(**changes)).items() if value is not None}
    absent = {name for name, value in changes.items() if value is None}
    return signed({k: v for k, v in claims.items() if k not in absent}, key("first", alg), typ="at+jwt")


def signed(claims: dict[str, object], with_key: Jwk, typ: str | None = "at+jwt", **header: object) -> str:
    extra = {name: value for name, value in header.items() if value is not None}
    return str(Jwt.sign(claims, with_key, typ=typ, extra_headers=extra))


def proof(
    method: str = "GET",
    url: str = URL,
    *,
    now: float = NOW,
    token: str = "",
    with_key: Jwk | None = None,
    header: dict[str, object] | None = None,
    **changes: object,
) -> str:
    """A DPoP proof. `changes` are written over its claims; None takes one away."""
    chosen = with_key or client_key()
    claims: dict[str, Any] = {"jti": "proof-1", "htm": method, "htu": url, "iat": int(now)}
    claims |= {"ath": hash_of(token)} if token else {}
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    public = {
        name: value
        for name, value in chosen.public_jwk().items()
        if name in ("kty", "crv", "x", "y", "n", "e")
    }
    headers = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public} | (header or {})
    return str(Jwt.sign_arbitrary(claims, headers, chosen, alg=str(chosen.get("alg", "ES256"))))


def unsigned(claims: dict[str, object], alg: str = "none") -> str:
    """A token nobody signed, as an attacker makes it."""
    import base64

    parts = ({"alg": alg, "typ": "at+jwt", "kid": "first"}, claims)
    texts = [base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts]
    return ".".join([*texts, ""])
