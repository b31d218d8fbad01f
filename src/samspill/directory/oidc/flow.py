"""One sign-in, in two halves with the person's visit to the provider between them; and the log-outs.

`RelyingParty.begin` gives the address to send the browser to and a `Pending` to keep in the session;
`RelyingParty.finish` takes both back and gives an `Identity`, or refuses.
"""

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from requests_oauth2client import DPoPKey

from samspill.directory.jose import hash_of
from samspill.directory.oidc.identity import Identity, identity_from
from samspill.directory.oidc.issuer import Issuer
from samspill.directory.oidc.providers import Provider
from samspill.directory.oidc.proving import accepted, dpop_key, printable, with_proof
from samspill.directory.oidc.tokens import check_id_token, check_logout_token, client_assertion
from samspill.directory.oidc.wire import Answer, Wire
from samspill.refusal import Refused

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
PENDING_SECONDS = 600  # a person has ten minutes to find the phone with BankID


@dataclass(frozen=True)
class Pending:
    """A sign-in under way: secrets of this browser, for its session only."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    started: int

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> "Pending":
        return cls(**values)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Begun:
    url: str
    pending: Pending


@dataclass(frozen=True)
class SignedIn:
    """`sid` names the session at the provider, for its log-out notices; "" when it has none."""

    identity: Identity
    sid: str


def fresh_text() -> str:
    """256 bits that nobody can guess, as 43 characters: also long enough for a PKCE verifier."""
    return secrets.token_urlsafe(32)


class RelyingParty:
    """We, as one provider's client. Keeps the provider's published facts; threads may share it.

    `clock` gives seconds since 1970, `fresh` an unguessable text; both are arguments so that tests decide.
    """

    def __init__(
        self,
        provider: Provider,
        *,
        clock: Callable[[], float] = time.time,
        fresh: Callable[[], str] = fresh_text,
    ) -> None:
        self.provider, self._clock, self._fresh = provider, clock, fresh
        self._wire = Wire(provider.timeout_seconds)
        self._issuer = Issuer(provider, self._wire, clock)

    def begin(self, redirect_uri: str, *, ui_locales: str = "") -> Begun:
        """Refused: `oidc.unreachable`, `oidc.answer`, `oidc.discovery`, `oidc.rejected`."""
        metadata = self._issuer.metadata()
        pending = Pending(self._fresh(), self._fresh(), self._fresh(), redirect_uri, int(self._clock()))
        request = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": redirect_uri,
            "scope": self.provider.scope,
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": hash_of(pending.verifier),
            "code_challenge_method": "S256",
            **({"acr_values": self.provider.acr_values} if self.provider.acr_values else {}),
            **({"ui_locales": ui_locales} if ui_locales else {}),
        }
        if self.provider.uses_par:
            request = self._push(metadata.pushed_authorization_request_endpoint, request)
        return Begun(f"{metadata.authorization_endpoint}?{urlencode(request)}", pending)

    def finish(self, pending: Pending, answer: Mapping[str, str]) -> SignedIn:
        """`answer` are the query parameters the browser came back with.

        Refused: `oidc.state`, `oidc.issuer`, `oidc.cancelled`, `oidc.rejected`, `oidc.dpop`, `oidc.userinfo`,
        what `begin` refuses with, and what `check_id_token` refuses with.
        """
        self._check_answer(pending, answer)
        dpop = dpop_key(self._clock) if self.provider.uses_dpop else None
        tokens = self._redeem(pending, answer["code"], dpop)
        claims = check_id_token(
            tokens.get("id_token"),
            provider=self.provider,
            key_of=self._issuer.key,
            nonce=pending.nonce,
            now=self._clock(),
        )
        userinfo = self._userinfo(claims, str(tokens["access_token"]), dpop)
        return SignedIn(identity_from(claims, userinfo), str(claims.get("sid", "")))

    def ended_session(self, logout_token: object) -> str:
        """The `sid` a back-channel log-out notice is about. Refused as by `check_logout_token`."""
        return check_logout_token(
            logout_token, provider=self.provider, key_of=self._issuer.key, now=self._clock()
        )

    def sign_out_url(self, return_to: str) -> str:
        """Where to send a browser that shall be signed out at the provider too; "" when it offers none."""
        if not (endpoint := self._issuer.metadata().end_session_endpoint):
            return ""
        query = {"client_id": self.provider.client_id, "post_logout_redirect_uri": return_to}
        return f"{endpoint}?{urlencode(query)}"

    def _check_answer(self, pending: Pending, answer: Mapping[str, str]) -> None:
        if not hmac.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise Refused("oidc.state", "The answer belongs to another sign-in.")
        if self._clock() - pending.started > PENDING_SECONDS:
            raise Refused("oidc.state", "The sign-in took too long.")
        stated = answer.get("iss", "" if self._issuer.metadata().sends_iss else self.provider.issuer)
        if stated != self.provider.issuer:
            raise Refused("oidc.issuer", "The answer comes from another provider.")
        if answer.get("error") == "access_denied":
            raise Refused("oidc.cancelled", "The person cancelled at the provider.")
        if "error" in answer or not answer.get("code"):
            raise Refused(
                "oidc.rejected", f"The provider answered: {printable(answer.get('error', 'no code'))}."
            )

    def _push(self, endpoint: str, request: Mapping[str, str]) -> dict[str, str]:
        """RFC 9126: the request goes to the provider itself, the browser carries only its name."""
        answer = self._wire.post(endpoint, {**request, **self._credentials()})
        request_uri = accepted(answer, (200, 201)).get("request_uri")
        if not isinstance(request_uri, str) or not request_uri:
            raise Refused("oidc.answer", "The provider accepted the request but gave it no name.")
        return {"client_id": self.provider.client_id, "request_uri": request_uri}

    def _redeem(self, pending: Pending, code: str, dpop: DPoPKey | None) -> dict[str, object]:
        endpoint = self._issuer.metadata().token_endpoint
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": pending.redirect_uri,
            "code_verifier": pending.verifier,
        }

        def ask(proof: dict[str, str]) -> Answer:  # a new assertion each time: its jti may be used once
            return self._wire.post(endpoint, {**form, **self._credentials()}, proof)

        tokens = accepted(with_proof(ask, dpop, "POST", endpoint), (200,))
        kind = "dpop" if dpop else "bearer"
        if str(tokens.get("token_type", "")).lower() != kind or not isinstance(
            tokens.get("access_token"), str
        ):
            raise Refused("oidc.dpop", f"The access token is not of the kind {kind}.")
        return tokens

    def _userinfo(
        self, claims: Mapping[str, object], access_token: str, dpop: DPoPKey | None
    ) -> Mapping[str, object]:
        """The person's name, when the ID token left it out and we asked for it (scope `profile`)."""
        endpoint = self._issuer.metadata().userinfo_endpoint
        if "name" in claims or not endpoint or "profile" not in self.provider.scope.split():
            return {}
        scheme = "DPoP" if dpop else "Bearer"

        def ask(proof: dict[str, str]) -> Answer:
            return self._wire.get(endpoint, {"Authorization": f"{scheme} {access_token}", **proof})

        answer = with_proof(ask, dpop, "GET", endpoint, access_token)
        userinfo = answer.json() if answer.status == 200 else {}
        if userinfo.get("sub") != claims["sub"]:  # OpenID Connect Core §5.3.2
            raise Refused("oidc.userinfo", f"Userinfo answered {answer.status}, or about somebody else.")
        return userinfo

    def _credentials(self) -> dict[str, str]:
        return {
            "client_id": self.provider.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": client_assertion(self.provider, token_id=self._fresh(), now=self._clock()),
        }
