"""What a provider publishes about itself: its addresses (discovery) and its signing keys, kept a while."""

from collections.abc import Callable
from dataclasses import dataclass

from jwskate import Jwk

from samspill.directory.jose import public_key
from samspill.directory.oidc.providers import Provider, is_safe
from samspill.directory.oidc.wire import Wire
from samspill.refusal import Refused

KEEP_SECONDS = 3600  # discovery and keys are read anew after an hour
ASK_AGAIN_SECONDS = 60  # an unknown key id makes us ask for the keys again, but not more often than this
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL_ENDPOINTS = ("pushed_authorization_request_endpoint", "userinfo_endpoint", "end_session_endpoint")


@dataclass(frozen=True)
class Metadata:
    """A checked discovery document. An optional endpoint that is not offered is ""."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    pushed_authorization_request_endpoint: str
    userinfo_endpoint: str
    end_session_endpoint: str
    sends_iss: bool


class Issuer:
    """One provider's published facts. `clock` gives seconds since 1970.

    Threads may share it without a lock: each fact is replaced in one assignment, and nobody waits in line
    behind a slow answer.
    """

    def __init__(self, provider: Provider, wire: Wire, clock: Callable[[], float]) -> None:
        self._provider, self._wire, self._clock = provider, wire, clock
        self._metadata: tuple[Metadata, float] | None = None
        self._keys: tuple[dict[str, Jwk], float] = ({}, 0.0)

    def metadata(self) -> Metadata:
        """Refused: `oidc.unreachable`, `oidc.answer`, `oidc.discovery`."""
        known = self._metadata
        if known is None or self._clock() - known[1] > KEEP_SECONDS:
            known = self._metadata = (self._discover(), self._clock())
        return known[0]

    def key(self, key_id: str) -> Jwk:
        """The public key with this id; asks again when it is unknown. Refused: `oidc.key`."""
        keys, read_at = self._keys
        age = self._clock() - read_at
        if age > KEEP_SECONDS or (key_id not in keys and age > ASK_AGAIN_SECONDS):
            keys = self._read_keys(self.metadata().jwks_uri)
            self._keys = (keys, self._clock())
        if key_id not in keys:
            raise Refused("oidc.key", "The token is signed with a key that its issuer does not publish.")
        return keys[key_id]

    def _discover(self) -> Metadata:
        url = self._provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._read(url)
        if found.get("issuer") != self._provider.issuer:
            raise Refused("oidc.discovery", f"{url} speaks for another issuer.")
        for name in (*ENDPOINTS, *OPTIONAL_ENDPOINTS):
            if (name in ENDPOINTS or name in found) and not is_safe(found.get(name)):
                raise Refused("oidc.discovery", f"{url} has no safe {name}.")
        if self._provider.uses_par and "pushed_authorization_request_endpoint" not in found:
            raise Refused("oidc.discovery", f"{url} offers no PAR. Set uses_par to false.")
        return Metadata(
            **{name: str(found.get(name, "")) for name in (*ENDPOINTS, *OPTIONAL_ENDPOINTS)},
            sends_iss=found.get("authorization_response_iss_parameter_supported") is True,
        )

    def _read_keys(self, url: str) -> dict[str, Jwk]:
        published = self._read(url).get("keys")
        usable = [_signing_key(entry) for entry in published] if isinstance(published, list) else []
        return {str(key["kid"]): key for key in usable if key is not None}

    def _read(self, url: str) -> dict[str, object]:
        answer = self._wire.get(url)
        if answer.status != 200:
            raise Refused("oidc.unreachable", f"{url} answered {answer.status}.")
        return answer.json()


def _signing_key(entry: object) -> Jwk | None:
    """A public signing key with an id, or None: key sets may hold other things, which are left alone."""
    if not isinstance(entry, dict) or not entry.get("kid"):
        return None
    try:
        return public_key(entry, area="oidc")
    except Refused:
        return None
