"""We as a client of somebody else's issuer: tokens by client_credentials, private_key_jwt and DPoP.

Two kinds of issuer say where they give tokens, and whom our assertion is for: SMART backend services (the
token endpoint) and HelseID (itself). A token is used until it ends. Not here: where our keys are kept.

Source: HL7 SMART App Launch 2.2.0, «Backend Services»; HelseID, «Sikkerhetsprofil» (utviklerportal.nhn.no);
RFC 6749 §4.4, RFC 7523, RFC 9449.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from jwskate import Jwk
from requests_oauth2client import DPoPKey

from samspill.directory.oidc.flow import ASSERTION_TYPE
from samspill.directory.oidc.providers import is_safe
from samspill.directory.oidc.proving import accepted, dpop_key, with_proof
from samspill.directory.oidc.tokens import assertion
from samspill.directory.oidc.wire import Answer, Wire
from samspill.refusal import Refused

EARLIER_SECONDS = 30  # a token that ends while it is on its way is asked for anew
SHORTEST_SECONDS = 60  # an issuer that does not say how long a token lasts (RFC 6749 §5.1)
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True)
class Kind:
    """Where an issuer of this kind tells of itself, and how the assertion for it is made."""

    document: str
    typ: str
    is_for_issuer: bool


KINDS = {
    "smart": Kind("/.well-known/smart-configuration", "JWT", is_for_issuer=False),
    "helseid": Kind("/.well-known/openid-configuration", "client-authentication+jwt", is_for_issuer=True),
}


@dataclass(frozen=True)
class Login:
    """Who we are at an issuer: `kind` is one of `KINDS`, `scope` what we ask for."""

    issuer: str
    client_id: str
    scope: str
    kind: str = "smart"
    uses_dpop: bool = True


@dataclass(frozen=True)
class Held:
    """A token we have, until `ends` (seconds since 1970); `dpop` is the key that it is bound to."""

    token: str = field(repr=False)
    ends: float = 0.0
    dpop: DPoPKey | None = field(default=None, repr=False)

    @property
    def scheme(self) -> str:
        return "DPoP" if self.dpop else "Bearer"


class Tokens:
    """The tokens of one process, by login. `key_of` gives the private key of a client of ours.

    `clock` gives seconds since 1970, `fresh` an unguessable text. Threads may share it: two that ask at once
    get a token each, and the later one is kept.
    """

    def __init__(
        self, key_of: Callable[[str], Jwk], *, clock: Callable[[], float], fresh: Callable[[], str]
    ) -> None:
        self._key_of, self._clock, self._fresh = key_of, clock, fresh
        self._wire = Wire(TIMEOUT_SECONDS)
        self._held: dict[Login, Held] = {}

    def of(self, login: Login) -> Held:
        """Refused: `oidc.unreachable`, `.answer`, `.discovery`, `.dpop`, `.rejected` (with its `error`)."""
        held = self._held.get(login)
        if held is None or held.ends <= self._clock():
            held = self._held[login] = self._asked(login)
        return held

    def forget(self, login: Login) -> None:
        """The token is not taken any more: the next is asked for anew."""
        self._held.pop(login, None)

    def _asked(self, login: Login) -> Held:
        endpoint = self._endpoint(login)
        dpop = dpop_key(self._clock) if login.uses_dpop else None
        now = self._clock()
        answer = with_proof(lambda proof: self._ask(login, endpoint, proof), dpop, "POST", endpoint)
        said = accepted(answer, (200,))
        token, kind = said.get("access_token"), str(said.get("token_type", "")).lower()
        if not isinstance(token, str) or not token or kind != ("dpop" if dpop else "bearer"):
            raise Refused("oidc.dpop", "The issuer gave no token, or one that is bound in another way.")
        lasts = said.get("expires_in")
        seconds = lasts if isinstance(lasts, int | float) and lasts > 0 else SHORTEST_SECONDS
        return Held(token, now + max(seconds - EARLIER_SECONDS, 0), dpop)

    def _ask(self, login: Login, endpoint: str, proof: dict[str, str]) -> Answer:
        """A new assertion each time: its jti may be used once."""
        kind = KINDS[login.kind]
        said = assertion(
            login.client_id,
            self._key_of(login.client_id),
            audience=login.issuer if kind.is_for_issuer else endpoint,
            token_id=self._fresh(),
            now=self._clock(),
            typ=kind.typ,
        )
        form = {
            "grant_type": "client_credentials",
            "client_id": login.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": said,
            "scope": login.scope,
        }
        return self._wire.post(endpoint, {name: one for name, one in form.items() if one}, proof)

    def _endpoint(self, login: Login) -> str:
        url = login.issuer.rstrip("/") + KINDS[login.kind].document
        answer = self._wire.get(url)
        if answer.status != 200:
            raise Refused("oidc.unreachable", f"{url} answered {answer.status}.")
        said = answer.json()
        endpoint = said.get("token_endpoint")
        speaks_for = said.get("issuer", login.issuer if login.kind == "smart" else "")
        if speaks_for != login.issuer or not is_safe(endpoint):
            raise Refused(
                "oidc.discovery", f"{url} speaks for another issuer, or has no safe token_endpoint."
            )
        return str(endpoint)
