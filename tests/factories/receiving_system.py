"""Another system over real HTTP: a FHIR face that wants tokens, and the issuer that gives them.

Both are checked as strictly as our own: the issuer is `smart.token_endpoint`, the door `trust.admit`.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from jwskate import Jwk

from factories.trust import Used, key
from samspill.directory.trust.public import (
    Asked,
    Client,
    LocalIssuer,
    TokenEndpoint,
    admit,
    answer,
    challenge,
    key_set,
    parse_scopes,
    smart_configuration,
)
from samspill.refusal import Refused

CLIENT, SCOPE, NONCE = "samspill-ostfold", "system/Bundle.c", "the-nonce-of-the-day"


class ReceivingSystem:
    """Start with `with`. `knows` are the public keys it has of us; `got` the bundles that came in.

    `asked` are the paths of every request, in order; `status` is what it answers who came in; `later` is
    added to its clock, in seconds.
    """

    def __init__(self, *knows: Jwk, wants_nonce: bool = True) -> None:
        self.keys = [dict(one.public_jwk()) for one in knows]
        self.wants_nonce = wants_nonce
        self.status, self.lifetime, self.is_down, self.later = 200, 300, False, 0.0
        self.got: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.withdrawn: set[str] = set()
        self.given: list[str] = []
        self._used = Used()

    def __enter__(self) -> "ReceivingSystem":
        handler = type("Handler", (_Handler,), {"system": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.issuer = LocalIssuer(
            self.url, self.url, key("receiving"), lambda: f"{time.monotonic_ns()}", self.lifetime
        )
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def clock(self) -> float:
        return time.time() + self.later

    def withdraw(self) -> None:
        self.withdrawn.update(self.given)

    def accepts(self, nonce: str) -> bool:
        return not self.wants_nonce or nonce == NONCE

    def token(self, body: bytes, proof: str) -> tuple[int, dict[str, object]]:
        client = Client(CLIENT, key_set({"keys": self.keys}, area="smart"), parse_scopes(SCOPE))
        endpoint = TokenEndpoint(
            f"{self.url}/token",
            self.issuer,
            lambda name: client if name == CLIENT else None,
            self._used,
            self.accepts,
        )
        made = answer(endpoint, dict(parse_qsl(body.decode())), proof, now=self.clock())
        if token := made.body.get("access_token"):
            self.given.append(str(token))
        return made.status, made.body

    def bundle(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str]]:
        said = Asked("POST", f"{self.url}/Bundle", headers.get("authorization", ""), headers.get("dpop", ""))
        try:
            if said.authorization.partition(" ")[2] in self.withdrawn:
                raise Refused("token.time", "Withdrawn.")
            admit(
                said,
                issuers=(self.issuer.trusted(),),
                now=self.clock(),
                used=self._used,
                scope=SCOPE,
                accepts_nonce=self.accepts,
            )
        except Refused as refused:
            return 401, {"WWW-Authenticate": challenge(refused)}
        self.got.append(json.loads(body))
        return self.status, {}


class _Handler(BaseHTTPRequestHandler):
    system: ReceivingSystem

    def do_GET(self) -> None:
        here = self.system.url
        found = smart_configuration(
            issuer=here, token_endpoint=f"{here}/token", jwks_uri=f"{here}/jwks", scopes=[SCOPE]
        )
        self._answer(200, found)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if self.path == "/token":
            self._answer(*self.system.token(body, headers.get("dpop", "")))
        else:
            status, more = self.system.bundle(body, headers)
            self._answer(status, {}, more)

    def _answer(self, status: int, body: object, more: dict[str, str] | None = None) -> None:
        self.system.asked.append(self.path)
        content = json.dumps(body).encode()
        self.send_response(503 if self.system.is_down else status)
        named = {"Content-Length": str(len(content)), "DPoP-Nonce": NONCE} | (more or {})
        for name, value in named.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent: `asked` is the log."""
