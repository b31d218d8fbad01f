"""Who signed in, read from claims that are already trusted. HelseID and ID-porten name things differently."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PID = ("helseid://claims/identity/pid", "pid")
HPR_NUMBER = ("helseid://claims/hpr/hpr_number",)
ORGNR_PARENT = ("helseid://claims/client/claims/orgnr_parent",)
ORGNR_CHILD = ("helseid://claims/client/claims/orgnr_child",)
SECURITY_LEVEL = "helseid://claims/identity/security_level"

# ID-porten's acr, and its older names. Source: docs.digdir.no, ID-porten, «ID token»; 2 is e-mail sign-in.
LEVEL_OF_ACR = {
    "idporten-loa-low": 2,
    "idporten-loa-substantial": 3,
    "idporten-loa-high": 4,
    "Level3": 3,
    "Level4": 4,
}
# Claims of one sign-in, not of the person: not kept.
OF_THE_TOKEN = frozenset(
    {"nonce", "at_hash", "c_hash", "s_hash", "sid", "jti", "iat", "exp", "nbf", "aud", "iss", "sub"}
)


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them. `pid` is the national identity number: never log or show it.

    `claims` are the remaining claims, without those of the token itself and without the pid.
    """

    issuer: str
    subject: str
    name: str
    security_level: int
    pid: str | None = field(default=None, repr=False)
    hpr_number: str | None = field(default=None, repr=False)
    orgnr_parent: str | None = None
    orgnr_child: str | None = None
    claims: Mapping[str, object] = field(default_factory=dict, repr=False)


def level_of(claims: Mapping[str, object]) -> int:
    """The security level a token vouches for: 0 when it says none, the lower when it says two."""
    stated = [
        LEVEL_OF_ACR[acr] for acr in [claims.get("acr")] if isinstance(acr, str) and acr in LEVEL_OF_ACR
    ]
    if (level := str(claims.get(SECURITY_LEVEL, ""))) in {"2", "3", "4"}:
        stated.append(int(level))
    return min(stated, default=0)


def identity_from(claims: Mapping[str, object], userinfo: Mapping[str, object]) -> Identity:
    """`claims` of a valid ID token; `userinfo` only fills what they leave open."""
    merged = {**userinfo, **claims}
    return Identity(
        issuer=str(claims["iss"]),
        subject=str(claims["sub"]),
        name=_first(merged, ("name",)) or _joined_name(merged),
        security_level=level_of(claims),
        pid=_first(merged, PID),
        hpr_number=_first(merged, HPR_NUMBER),
        orgnr_parent=_first(merged, ORGNR_PARENT),
        orgnr_child=_first(merged, ORGNR_CHILD),
        claims={key: value for key, value in merged.items() if key not in OF_THE_TOKEN and key not in PID},
    )


def _first(claims: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    return next((value for name in names if isinstance(value := claims.get(name), str) and value), None)


def _joined_name(claims: Mapping[str, object]) -> str:
    parts = (claims.get(name) for name in ("given_name", "middle_name", "family_name"))
    return " ".join(part for part in parts if isinstance(part, str) and part)
