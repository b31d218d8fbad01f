"""Signed tokens (JWS, compact form) read strictly: for signing in (`oidc`) and for the interfaces (`trust`).

Here: taking a token apart, keys that may be trusted with a signature, the signature, times and hashes. Not
here: what the claims of each kind of token must say. Refusals begin with the caller's `area`: `oidc.token`,
`dpop.signature` …; their sentences never repeat what a stranger wrote.

Sources: RFC 7515 (JWS), 7517 (JWK), 7519 (JWT), 7638 (thumbprints), 8725 (best current practice).
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from jwskate import Jwk

from samspill.refusal import Refused, Sentence

# Asymmetric only: none and HS* are what attackers ask for.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
LONGEST_TOKEN = 32 * 1024  # characters; a token with an attest is about 4 000
LATEST = 1e11  # seconds since 1970: the year 5138; milliseconds by mistake are later
SHORTEST_RSA_BITS = 2048  # RFC 7518 §3.3
PRIVATE_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})  # RFC 7518 §6
KEY_TYPES = frozenset({"RSA", "EC"})

KeyOf = Callable[[str], Jwk]


@dataclass(frozen=True)
class Signed:
    """A token taken apart. Nothing in it is to be believed before `check_signature`."""

    header: Mapping[str, Any] = field(repr=False)
    claims: Mapping[str, Any] = field(repr=False)
    part: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    algorithm: str = ""


def read_signed(
    token: object, *, types: frozenset[str], area: str, algorithms: frozenset[str] = ALGORITHMS
) -> Signed:
    """The parts of a token whose header `typ` is one of `types` ("" allows that it says none).

    Refused: `<area>.token`, `<area>.algorithm`.
    """
    pieces = token.split(".") if isinstance(token, str) and len(token) <= LONGEST_TOKEN else []
    try:
        first, second, third = (_bytes(piece) for piece in pieces)
        header, claims = _object(first), _object(second)
    except (ValueError, RecursionError):
        raise Refused(f"{area}.token", Sentence("It is not a signed token.")) from None
    if (algorithm := str(header.get("alg"))) not in algorithms:
        raise Refused(
            f"{area}.algorithm",
            Sentence("The token must be signed with %(algorithms)s.", algorithms=_listed(algorithms)),
        )
    kind = str(header.get("typ", "")).lower().removeprefix("application/")
    if kind not in types or "crit" in header:
        raise Refused(f"{area}.token", Sentence("It is another kind of token."))
    return Signed(header, claims, f"{pieces[0]}.{pieces[1]}".encode("ascii"), third, algorithm)


def key_id(signed: Signed, *, area: str) -> str:
    """The id of the key the token says it is signed with. Refused: `<area>.key`."""
    if not isinstance(said := signed.header.get("kid"), str) or not said:
        raise Refused(f"{area}.key", Sentence("The token does not say which key it is signed with."))
    return said


def check_signature(signed: Signed, key: Jwk, *, area: str) -> None:
    """Refused: `<area>.signature`, also when the key is of another type than the algorithm asks for."""
    is_ours = key.get("alg", signed.algorithm) == signed.algorithm
    try:
        is_ours = is_ours and key.verify(data=signed.part, signature=signed.signature, alg=signed.algorithm)
    except (ValueError, TypeError):
        is_ours = False
    if not is_ours:
        raise Refused(
            f"{area}.signature", Sentence("The signature was not made with the key it must be made with.")
        )


def public_key(entry: object, *, area: str) -> Jwk:
    """A public signing key. Refused (`<area>.key`): private, shared or short keys, and keys to encrypt."""
    if (
        not isinstance(entry, Mapping)
        or str(entry.get("kty")) not in KEY_TYPES
        or entry.get("use", "sig") != "sig"
    ):
        raise Refused(f"{area}.key", Sentence("The key must be a public RSA or EC key that signs."))
    if PRIVATE_PARTS & set(entry):
        raise Refused(
            f"{area}.key",
            Sentence("The key holds its private part. Make a new one, and send the public part."),
        )
    try:
        key = Jwk(dict(entry))
        bits = int.from_bytes(_bytes(str(entry["n"])), "big").bit_length() if entry["kty"] == "RSA" else 0
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused(f"{area}.key", Sentence("It is not a JSON Web Key.")) from None
    if entry["kty"] == "RSA" and bits < SHORTEST_RSA_BITS:
        raise Refused(
            f"{area}.key",
            Sentence(
                "An RSA key must have %(shortest_rsa_bits)s bits or more.",
                shortest_rsa_bits=SHORTEST_RSA_BITS,
            ),
        )
    return key


def key_set(published: Mapping[str, object], *, area: str) -> KeyOf:
    """The keys of a JWKS document by `kid`. What cannot sign is left alone; two with one id are neither used.

    The returned function refuses (`<area>.key`) an id that is not there, or is there twice.
    """
    entries = published.get("keys")
    found: dict[str, Jwk | None] = {}
    for entry in entries if isinstance(entries, list) else []:
        try:
            key = public_key(entry, area=area)
        except Refused:
            continue
        if isinstance(name := entry.get("kid"), str) and name:
            found[name] = None if name in found else key

    def key_of(name: str) -> Jwk:
        if (key := found.get(name)) is None:
            raise Refused(
                f"{area}.key", Sentence("The token is signed with a key that its issuer does not publish.")
            )
        return key

    return key_of


def seconds(claims: Mapping[str, Any], name: str, *, area: str, default: float | None = None) -> float:
    """A time in seconds since 1970. Refused (`<area>.time`) when it is missing or is no number."""
    value = claims.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < LATEST:
        raise Refused(f"{area}.time", Sentence("The token has no %(name)s.", name=name))
    return value


def hash_of(text: str) -> str:
    """base64url(sha256(text)): PKCE's S256, DPoP's hash of an access token."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """base64url without padding, in the one canonical spelling (RFC 7515 §2): no token has two texts."""
    found = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if base64.urlsafe_b64encode(found).rstrip(b"=") != text.encode():
        raise ValueError("not canonical")
    return found


def _object(text: bytes) -> dict[str, Any]:
    value = json.loads(text.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    json.dumps(value, ensure_ascii=False).encode()  # half a character (a lone surrogate) cannot be stored
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """RFC 7515 §4: a name that stands twice is an error, not a choice."""
    if len(found := dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _listed(algorithms: frozenset[str]) -> str:
    *most, last = sorted(algorithms)
    return f"{', '.join(most)} or {last}" if most else last
