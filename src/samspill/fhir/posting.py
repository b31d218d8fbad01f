"""A POST to another system, over https, as whom it wants us to be.

A receiver with an issuer gets a token of it, bound to a key by DPoP; the token is used until it ends, and
asked for once more when the receiver does not take it. What was sent is never in a log.
"""

import secrets
import time
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import requests
from django.conf import settings
from jwskate import Jwk

from samspill.directory.trust.public import Answered, Login, Tokens, with_proof
from samspill.fhir.http.keys import client_key
from samspill.fhir.http.negotiating import FHIR_JSON

TIMEOUT_SECONDS = 10.0
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_UNKNOWN = 401


class Posting:
    """`post(address, body, login)` gives the status. `tokens` are those of this process."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._nonces: dict[str, str] = {}

    def __call__(self, address: str, body: bytes, login: Login | None = None) -> int:
        """OSError: nobody answers, or the address is neither https nor this machine.

        Refused: as `Tokens.of`.
        """
        parts = urlsplit(address)
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise OSError("Patients' values are sent over https alone.")
        if login is None:
            return _posted(address, body, {}).status
        answer = self._as(login, address, body)
        if answer.status == _UNKNOWN:
            self._tokens.forget(login)
            answer = self._as(login, address, body)
        return answer.status

    def _as(self, login: Login, address: str, body: bytes) -> Answered:
        """With the token and, when it is bound, a proof; its nonce is kept for the next to the same place."""
        held, place = self._tokens.of(login), urlsplit(address).netloc
        authorization = {"Authorization": f"{held.scheme} {held.token}"}
        answer = with_proof(
            lambda proof: _posted(address, body, authorization | proof),
            held.dpop,
            "POST",
            address,
            held.token,
            self._nonces.get(place),
        )
        if nonce := answer.headers.get("DPoP-Nonce"):
            self._nonces[place] = nonce
        return answer


def _posted(address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
    """The status and headers; of what is in the answer nothing is read."""
    said = {"Content-Type": FHIR_JSON, "Accept": FHIR_JSON, **headers}
    answer = requests.post(
        address, data=body, headers=said, timeout=TIMEOUT_SECONDS, allow_redirects=False, stream=True
    )
    answer.close()
    return Answered(answer.status_code, answer.headers, b"")


@lru_cache(maxsize=1)
def posting() -> Posting:
    """The one of this process, with the installation's keys."""

    def key_of(client_id: str) -> Jwk:
        return client_key(settings.SECRET_KEY, settings.FHIR_CLIENT_KEYS, client_id)

    return Posting(Tokens(key_of, clock=time.time, fresh=lambda: secrets.token_urlsafe(24)))
