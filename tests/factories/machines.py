"""An invented system that calls the FHIR face: registered, with a key, a token and proofs."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from jwskate import Jwk, Jwt

from factories.care import CareWorld
from factories.trust import proof
from samspill.care.public import MachineClient, NewClient, register_client
from samspill.directory.jose import hash_of
from samspill.directory.public import machine, scope
from samspill.fhir.http.door import base, fresh_nonce
from samspill.fhir.http.keys import local_issuer

NAME = "nimble"
SCOPES = "system/*.cruds"
FHIR = "application/fhir+json"
_ids = count(1)
KEY = Jwk(dict(Jwk.generate(alg="ES256")) | {"alg": "ES256", "use": "sig", "kid": "first"})


@dataclass
class System:
    """A client of the FHIR face in a test: `ask` sends a request with token and proof."""

    registered: MachineClient
    key: Jwk = field(default_factory=lambda: KEY)
    scopes: str = SCOPES
    token: str = ""
    http: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.token = self.token or self.new_token()

    def new_token(self, **organisations: str) -> str:
        """As our own token endpoint makes it."""
        return local_issuer(settings.SECRET_KEY, base()).machine_token(
            client_id=self.registered.client_id,
            scopes=tuple(self.scopes.split()),
            now=timezone.now().timestamp(),
            thumbprint=str(self.key.thumbprint()),
            organisations=organisations,
        )

    def headers(self, method: str, path: str) -> dict[str, str]:
        made = proof(
            method,
            f"{base()}{path}",
            now=timezone.now().timestamp(),
            token=self.token,
            with_key=self.key,
            jti=f"{time.monotonic_ns()}-{next(_ids)}",
            nonce=fresh_nonce(),
        )
        return {"Authorization": f"DPoP {self.token}", "DPoP": made}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """`path` begins after the base; `body` is a resource, bytes, or a mapping of a form."""
        data, kind = _encoded(path, body)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        bare = path.partition("?")[0]
        return self.http.generic(
            method,
            f"/fhir{path}",
            data,
            content_type=given.pop("Content-Type", kind),
            headers={**self.headers(method, bare), **given},
        )


def _encoded(path: str, body: Any) -> tuple[bytes, str]:
    from urllib.parse import urlencode

    if body is None:
        return b"", "application/octet-stream"
    if isinstance(body, bytes):
        return body, FHIR
    if path.endswith("_search"):
        return urlencode(body).encode(), "application/x-www-form-urlencoded"
    return json.dumps(body, default=str).encode(), FHIR


def system(
    world: CareWorld, team: str = "Service", *, name: str = NAME, scopes: str = SCOPES, **more: Any
) -> System:
    """A system of a team, registered from today."""
    today = timezone.localdate()
    keys: Mapping[str, Any] = {"keys": [dict(KEY.public_jwk())]}
    new = NewClient(name, f"System {name}", keys, scopes, **more)
    with scope(machine(world.community.pk, today)):
        made = register_client(new, team=world.teams[team], by=machine(world.community.pk, today))
    return System(made, scopes=scopes)


def assertion(client_id: str = NAME, *, key: Jwk = KEY, **changes: Any) -> str:
    """What a client signs to have a token."""
    now = int(timezone.now().timestamp())
    claims = {
        "iss": client_id,
        "sub": client_id,
        "aud": f"{base()}/token",
        "iat": now,
        "exp": now + 60,
        "jti": f"assertion-{next(_ids)}-{time.monotonic_ns()}",
    }
    return str(Jwt.sign(claims | changes, key, typ="JWT"))


def said(response: HttpResponse) -> Any:
    return json.loads(response.content)


__all__ = ["FHIR", "KEY", "NAME", "System", "assertion", "hash_of", "said", "system"]
