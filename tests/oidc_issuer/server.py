"""The issuer's HTTP server and the tokens it gives out."""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from jwskate import Jwk, Jwt

from oidc_issuer.checks import OAuthError, check_client, check_proof, check_request, sha256

CLIENT_ID = "samspill-test"
LEVEL = "helseid://claims/identity/security_level"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@cache
def signing_key(kid: str) -> Jwk:
    return Jwk(dict(Jwk.generate(alg="RS256", key_size=2048)) | {"alg": "RS256", "use": "sig", "kid": kid})


@dataclass
class Misbehaviour:
    """What the issuer does wrong. All off: it behaves."""

    claims: dict[str, object] = field(default_factory=dict)  # written over the ID token's own; None removes
    headers: dict[str, object] = field(default_factory=dict)  # written over the ID token's header
    answer: dict[str, str] = field(default_factory=dict)  # written over what the browser brings back
    tokens: dict[str, object] = field(default_factory=dict)  # written over the token answer
    userinfo: dict[str, object] = field(default_factory=dict)
    discovery: dict[str, object] = field(default_factory=dict)
    signs_with: str = "first"  # name of the key that really signs
    is_unsigned: bool = False
    never_content: bool = False  # a new DPoP nonce every time
    delay_seconds: float = 0
    drip_seconds: float = 0  # pause between bytes
    status: int = 0  # answers every POST with this
    body: bytes | None = None  # … and this


@dataclass(frozen=True)
class Seen:
    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]
    status: int


@dataclass
class Grant:
    """A pushed request, later a code for it."""

    request: dict[str, str]
    expires: float


class LocalIssuer:
    """Start with `with`; `url` is the issuer's identifier. `person` None stands for somebody who cancels."""

    def __init__(
        self,
        client_key: Jwk,
        redirect_uri: str = "http://testserver/logg-inn/oidc/local/tilbake/",
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        self.client_key, self.redirect_uri, self.clock, self.port = client_key, redirect_uri, clock, port
        self.person: dict[str, object] | None = {
            "sub": "kari-nordmann-at-helseid",
            "name": "Kari Testperson Nordmann",
            "helseid://claims/identity/pid": "13916990094",  # month + 80: a synthetic number
            LEVEL: "4",
            "helseid://claims/hpr/hpr_number": "565505933",
            "helseid://claims/client/claims/orgnr_parent": "983971768",
            "helseid://claims/client/claims/orgnr_child": "974633655",
            "sid": "session-1",
        }
        self.wrong = Misbehaviour()
        self.published_keys = ["first"]
        self.wants_par = self.wants_dpop = self.wants_nonce = True
        self.says_name_in = "id_token"
        self.seen: list[Seen] = []
        self.pushed: dict[str, Grant] = {}
        self.codes: dict[str, Grant] = {}
        self.access_tokens: dict[str, str] = {}
        self.used: set[str] = set()
        self.nonce = secrets.token_urlsafe(8)

    def __enter__(self) -> "LocalIssuer":
        handler = type("Handler", (_Handler,), {"issuer": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def settings(self, private_key: Jwk, **more: object) -> dict[str, object]:
        """What an installation writes in OIDC_PROVIDERS."""
        return {
            "label": "HelseID",
            "issuer": self.url,
            "client_id": CLIENT_ID,
            "private_jwk": json.dumps(dict(private_key)),
            "scope": "openid profile helseid://scopes/identity/pid helseid://scopes/identity/security_level",
            "required_level": 4,
            "timeout_seconds": 2.0,
        } | more

    def logout_token(self, **claims: object) -> str:
        now = int(self.clock())
        told = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_urlsafe(8),
            "sid": "session-1",
            "events": {LOGOUT_EVENT: {}},
        } | claims
        told = {key: value for key, value in told.items() if value is not None}
        return str(Jwt.sign(told, signing_key(self.wrong.signs_with), typ="logout+jwt"))

    # The endpoints. Each takes the request's form and headers and gives (status, headers, body).

    def discovery(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        at = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "jwks_uri": "/jwks",
            "pushed_authorization_request_endpoint": "/par",
            "userinfo_endpoint": "/userinfo",
            "end_session_endpoint": "/endsession",
        }
        found = {"issuer": self.url} | {name: self.url + path for name, path in at.items()}
        found["authorization_response_iss_parameter_supported"] = True
        return (
            200,
            {},
            {key: value for key, value in (found | self.wrong.discovery).items() if value is not None},
        )

    def jwks(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        encryption = dict(signing_key("first").public_jwk()) | {"use": "enc", "kid": "for-encryption"}
        signing = [dict(signing_key(kid).public_jwk()) for kid in self.published_keys]
        return 200, {}, {"keys": [{"kty": "from the future", "kid": "x"}, encryption, *signing]}

    def par(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        self._check_client(form)
        check_request(form, self.redirect_uri)
        request_uri = f"urn:ietf:params:oauth:request_uri:{secrets.token_urlsafe(16)}"
        self.pushed[request_uri] = Grant(form, self.clock() + 60)
        return 201, {}, {"request_uri": request_uri, "expires_in": 60}

    def authorize(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        if self.wants_par:
            if set(form) != {"client_id", "request_uri"}:
                raise OAuthError("invalid_request", "push the request, and send nothing but its name")
            pushed = self.pushed.pop(form["request_uri"], None)  # single use
            if pushed is None or pushed.expires < self.clock():
                raise OAuthError("invalid_request_uri", "unknown, used or expired")
            form = pushed.request
        else:
            check_request(form, self.redirect_uri)
        if self.person is None:
            answer = {"error": "access_denied", "error_description": "The user cancelled"}
        else:
            answer = {"code": secrets.token_urlsafe(16)}
            self.codes[answer["code"]] = Grant(form, self.clock() + 60)
        answer |= {"state": form["state"], "iss": self.url} | self.wrong.answer
        return 302, {"Location": f"{self.redirect_uri}?{urlencode(answer)}"}, {}

    def token(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        self._check_client(form)
        thumbprint = self._check_proof(headers, "POST", "/token")
        if form.get("grant_type") == "client_credentials":
            return self._for_a_machine(form, thumbprint)
        grant = self.codes.pop(form.get("code", ""), None)  # single use
        if form.get("grant_type") != "authorization_code" or grant is None or grant.expires < self.clock():
            raise OAuthError("invalid_grant", "the code is unknown, used or expired")
        if sha256(form.get("code_verifier", "")) != grant.request["code_challenge"]:
            raise OAuthError("invalid_grant", "PKCE")
        if form.get("redirect_uri") != grant.request["redirect_uri"]:
            raise OAuthError("invalid_grant", "redirect_uri")
        access_token = str(
            Jwt.sign(
                {"sub": self._claims()["sub"], "iss": self.url, "cnf": {"jkt": thumbprint}},
                signing_key("first"),
                typ="at+jwt",
            )
        )
        self.access_tokens[access_token] = thumbprint
        answer = {
            "access_token": access_token,
            "token_type": "DPoP" if self.wants_dpop else "Bearer",
            "expires_in": 60,
            "id_token": self.id_token(grant.request["nonce"]),
        }
        return 200, {"Cache-Control": "no-store"}, answer | self.wrong.tokens

    def _for_a_machine(self, form: dict[str, str], thumbprint: str) -> Any:
        if not form.get("scope"):
            raise OAuthError("invalid_scope", "say what the token is for")
        claims = {"client_id": CLIENT_ID, "iss": self.url, "scope": form["scope"], "cnf": {"jkt": thumbprint}}
        access_token = str(Jwt.sign(claims, signing_key("first"), typ="at+jwt"))
        self.access_tokens[access_token] = thumbprint
        kind = "DPoP" if self.wants_dpop else "Bearer"
        answer = {"access_token": access_token, "token_type": kind, "expires_in": 60}
        return 200, {"Cache-Control": "no-store"}, answer | self.wrong.tokens

    def userinfo(self, form: dict[str, str], headers: dict[str, str]) -> Any:
        scheme, _, access_token = headers.get("authorization", "").partition(" ")
        if scheme != ("DPoP" if self.wants_dpop else "Bearer") or access_token not in self.access_tokens:
            raise OAuthError("invalid_token", "authorization", 401)
        if self._check_proof(headers, "GET", "/userinfo", access_token) != self.access_tokens[access_token]:
            raise OAuthError("invalid_token", "the token is bound to another key", 401)
        claims = self._claims()
        return 200, {}, {"sub": claims["sub"], "name": claims["name"]} | self.wrong.userinfo

    def _claims(self) -> dict[str, Any]:
        assert self.person is not None
        return dict(self.person)

    def id_token(self, nonce: str) -> str:
        now, person = int(self.clock()), self._claims()
        if self.says_name_in != "id_token":
            del person["name"]
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce} | person
        claims = {key: value for key, value in (claims | self.wrong.claims).items() if value is not None}
        headers = {"alg": "RS256", "typ": "JWT", "kid": self.wrong.signs_with} | self.wrong.headers
        headers = {key: value for key, value in headers.items() if value is not None}
        if self.wrong.is_unsigned:
            return str(Jwt.unprotected(claims, alg="none", extra_headers={"kid": "first"}))
        key = signing_key(self.wrong.signs_with)
        signs = headers["alg"] if headers["alg"] in key.supported_signing_algorithms() else "RS256"
        return str(Jwt.sign_arbitrary(claims, headers, dict(key) | {"alg": signs}, alg=signs))

    def _check_client(self, form: dict[str, str]) -> None:
        check_client(
            form,
            client_id=CLIENT_ID,
            key=self.client_key,
            issuer=self.url,
            used=self.used,
            now=self.clock(),
        )

    def _check_proof(self, headers: dict[str, str], method: str, path: str, access_token: str = "") -> str:
        if not self.wants_dpop:
            return ""
        if self.wrong.never_content:
            self.nonce = secrets.token_urlsafe(8)
        return check_proof(
            headers.get("dpop"),
            method=method,
            url=self.url + path,
            used=self.used,
            nonce=self.nonce if self.wants_nonce else None,
            access_token=access_token,
            now=self.clock(),
        )


def visit(url: str) -> dict[str, str]:
    """What the browser does between the two halves: go there, consent, come back with the answer."""
    back = requests.get(url, allow_redirects=False, timeout=5)
    assert back.status_code == 302, back.text
    return dict(parse_qsl(urlsplit(back.headers["Location"]).query))


class _Handler(BaseHTTPRequestHandler):
    issuer: LocalIssuer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._answer("GET", parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer("POST", self.path, dict(parse_qsl(body, keep_blank_values=True)))

    def _answer(self, method: str, path: str, form: dict[str, str]) -> None:
        wrong, headers = self.issuer.wrong, {key.lower(): value for key, value in self.headers.items()}
        time.sleep(wrong.delay_seconds)
        endpoints: dict[tuple[str, str], Callable[[dict[str, str], dict[str, str]], Any]] = {
            ("GET", "/.well-known/openid-configuration"): self.issuer.discovery,
            ("GET", "/jwks"): self.issuer.jwks,
            ("POST", "/par"): self.issuer.par,
            ("GET", "/authorize"): self.issuer.authorize,
            ("POST", "/token"): self.issuer.token,
            ("GET", "/userinfo"): self.issuer.userinfo,
        }
        try:
            status, more, body = endpoints[method, path](form, headers)
        except OAuthError as error:
            status, more = error.status, error.headers
            body = {"error": error.error, "error_description": error.why}
        if method == "POST" and wrong.status:
            status, more = wrong.status, {"Location": f"{self.issuer.url}/jwks"}
        self.issuer.seen.append(Seen(method, path, form, headers, status))
        content = json.dumps(body).encode() if wrong.body is None or method == "GET" else wrong.body
        self._send(status, {"Content-Type": "application/json"} | more, content)

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        try:
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(content))}).items():
                self.send_header(name, value)
            self.end_headers()
            step = 1 if self.issuer.wrong.drip_seconds else len(content)
            for start in range(0, len(content), step or 1):
                self.wfile.write(content[start : start + step])
                time.sleep(self.issuer.wrong.drip_seconds)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client gave up waiting: what several tests are about

    def log_message(self, *_: object) -> None:
        """Silent: `seen` is the log."""
