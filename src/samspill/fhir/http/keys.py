"""Our own issuer of tokens, the nonces of proofs, and our keys at the issuers of others: all from one secret.

Every process of an installation has the same secret, and so the same keys; nothing is stored. A key that an
issuer has made for us is in a file that only the installation reads.
"""

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from jwskate import Jwk

from samspill.directory.trust.public import LocalIssuer, Nonces, TrustedIssuer, key_set, read_private_jwk
from samspill.refusal import Refused, Sentence

# The order of the group of P-256 (FIPS 186-4, D.1.2.3): a private key lies between 1 and this.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_BYTES = 32


def _derived(secret: str, what: str) -> bytes:
    return hmac.new(secret.encode(), f"samspill fhir {what}".encode(), hashlib.sha512).digest()


@lru_cache(maxsize=4)
def signing_key(secret: str) -> Jwk:
    """The key (ES256) that signs our access tokens. Its id tells nothing but which key it is."""
    return _key(_derived(secret, "signing"))


@lru_cache(maxsize=64)
def client_key(secret: str, path: str, client_id: str) -> Jwk:
    """The key that proves who we are where we are called `client_id`: the one in the file at `path`, a JSON
    object of private keys (or paths to them) by client id, else one of our own (ES256).

    Refused: `fhir.client_keys`, and as `read_private_jwk`.
    """
    given = _given_keys(path).get(client_id)
    if given is None:
        return _key(_derived(secret, f"client {client_id}"))
    return read_private_jwk(given if isinstance(given, str) else json.dumps(given))


def _given_keys(path: str) -> dict[str, object]:
    if not path:
        return {}
    try:
        found = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        found = type(error).__name__
    if not isinstance(found, dict):
        raise Refused(
            "fhir.client_keys",
            Sentence("SAMSPILL_FHIR_CLIENT_KEYS must be a file with a private key by each client id."),
        )
    return found


def _key(derived: bytes) -> Jwk:
    number = int.from_bytes(derived, "big") % (_ORDER - 1) + 1
    point = ec.derive_private_key(number, ec.SECP256R1()).public_key().public_numbers()
    said = {
        "kty": "EC",
        "crv": "P-256",
        "x": _text(point.x),
        "y": _text(point.y),
        "d": _text(number),
        "alg": "ES256",
        "use": "sig",
    }
    kid = hashlib.sha256(f"{said['x']}.{said['y']}".encode()).hexdigest()[:16]
    return Jwk(said | {"kid": kid})


def _text(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes(_BYTES, "big")).rstrip(b"=").decode()


@lru_cache(maxsize=4)
def local_issuer(secret: str, base: str) -> LocalIssuer:
    """`base` is the address of the FHIR face: it is who issues the tokens, and whom they are for."""
    return LocalIssuer(base, base, signing_key(secret), lambda: secrets.token_urlsafe(16))


@lru_cache(maxsize=4)
def own_issuer(secret: str, base: str) -> TrustedIssuer:
    return local_issuer(secret, base).trusted()


@lru_cache(maxsize=4)
def other_issuers(path: str) -> tuple[TrustedIssuer, ...]:
    """Those in the file at `path`, none for "": a list of `issuer`, `audience` and `jwks`, its public keys.

    Read once: new keys of an issuer are taken up when the server is started anew. Refused (`fhir.issuers`): a
    file that is not such a list.
    """
    if not path:
        return ()
    try:
        rows = json.loads(Path(path).read_text("utf-8"))
        return tuple(_issuer(**row) for row in rows)
    except (OSError, ValueError, TypeError) as error:
        sentence = Sentence(
            "SAMSPILL_FHIR_ISSUERS must be a list of issuer, audience and jwks: %(error)s.",
            error=type(error).__name__,
        )
        raise Refused("fhir.issuers", sentence) from None


def _issuer(*, issuer: str, audience: str, jwks: dict[str, object]) -> TrustedIssuer:
    return TrustedIssuer(issuer, audience, key_set(jwks, area="token"))


@lru_cache(maxsize=4)
def nonces(secret: str) -> Nonces:
    return Nonces(_derived(secret, "nonces"))


@lru_cache(maxsize=4)
def seal(secret: str) -> bytes:
    """The key that what we give out and get back is sealed with, so that nobody reads it on the way."""
    return urlsafe_b64encode(_derived(secret, "seal")[:_BYTES])
