"""What an installation says about one identity provider, checked before it is used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jwskate import Jwk

from samspill.directory.oidc.keys import read_private_jwk
from samspill.refusal import Refused

# RFC 8252 §8.3: plain HTTP is only for the machine itself. Used by the tests' own issuer.
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LONGEST_TIMEOUT = 30  # seconds; a request holds a database connection while it waits
LEVELS = (2, 3, 4)  # «Rammeverk for autentisering og uavviselighet»: 3 is betydelig, 4 is høyt


REQUIRED = ("label", "issuer", "client_id", "private_jwk")
TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(REQUIRED, str),
    "scope": str,
    "acr_values": str,
    "required_level": int,
    "uses_dpop": bool,
    "uses_par": bool,
    "timeout_seconds": (int, float),
}


@dataclass(frozen=True)
class Provider:
    """One provider. `acr_values` is the level we ask for, `required_level` the one we accept."""

    name: str
    label: str
    issuer: str
    client_id: str
    private_jwk: Jwk = field(repr=False)
    scope: str = "openid profile"
    acr_values: str = ""
    required_level: int = 4
    uses_dpop: bool = True
    uses_par: bool = True
    timeout_seconds: float = 5.0

    @classmethod
    def from_settings(cls, name: str, values: Mapping[str, object]) -> "Provider":
        """Refused (`oidc.settings`) with the name of the first setting that is missing, unknown or wrong."""
        for key in REQUIRED:
            if not values.get(key):
                raise _wrong(name, key, "is missing")
        for key, value in values.items():
            if key not in TYPES:
                raise _wrong(name, key, "is not a setting")
            if not isinstance(value, TYPES[key]):
                raise _wrong(name, key, "is not of the right kind")
        known: dict[str, Any] = {**values, "private_jwk": read_private_jwk(str(values["private_jwk"]))}
        provider = cls(name=name, **known)
        _check(provider)
        return provider


def is_safe(url: object) -> bool:
    """Whether `url` may carry a sign-in: https, or http on this machine; no password in it, no fragment."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    if parts.username or parts.password or parts.fragment:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )


def _check(provider: Provider) -> None:
    if not is_safe(provider.issuer):
        raise _wrong(provider.name, "issuer", "must begin with https://")
    if "openid" not in provider.scope.split():
        raise _wrong(provider.name, "scope", "must hold openid")
    if provider.required_level not in LEVELS:
        raise _wrong(provider.name, "required_level", f"must be one of {LEVELS}")
    if not 0 < provider.timeout_seconds <= LONGEST_TIMEOUT:
        raise _wrong(provider.name, "timeout_seconds", f"must be above 0, at most {LONGEST_TIMEOUT}")


def _wrong(name: str, setting: str, what: str) -> Refused:
    return Refused("oidc.settings", f"OIDC_PROVIDERS, {name}: {setting} {what}.")
