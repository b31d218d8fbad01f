"""A request with a proof that we hold the key of our token (DPoP, RFC 9449), and what a good answer holds."""

from collections.abc import Callable

from requests_oauth2client import DPoPKey

from samspill.directory.jose import hash_of
from samspill.directory.oidc.wire import Answer
from samspill.refusal import Refused

DPOP_TRIES = 2  # a provider may ask once for a proof with its nonce


def dpop_key(clock: Callable[[], float]) -> DPoPKey:
    """A fresh key: whoever steals the token that is bound to it cannot use it."""
    return DPoPKey.generate(alg="ES256", iat_generator=lambda: int(clock()))


def with_proof(
    ask: Callable[[dict[str, str]], Answer],
    dpop: DPoPKey | None,
    method: str,
    url: str,
    access_token: str = "",
    nonce: str | None = None,
) -> Answer:
    """`ask` with a proof, once more when the other side wants its own nonce in it.

    `nonce` is the one it gave last, if any.
    """
    if dpop is None:
        return ask({})
    token_hash = hash_of(access_token) if access_token else None
    for _ in range(DPOP_TRIES):
        answer = ask({"DPoP": str(dpop.proof(htm=method, htu=url, ath=token_hash, nonce=nonce))})
        if not _asks_for_nonce(answer):
            return answer
        nonce = answer.headers["DPoP-Nonce"]
    return answer


def _asks_for_nonce(answer: Answer) -> bool:
    """RFC 9449 §8 (token endpoint) and §9 (resources)."""
    says_so = b"use_dpop_nonce" in answer.body or "use_dpop_nonce" in answer.headers.get(
        "WWW-Authenticate", ""
    )
    return answer.status in (400, 401) and says_so and "DPoP-Nonce" in answer.headers


def accepted(answer: Answer, statuses: tuple[int, ...]) -> dict[str, object]:
    """The JSON of a good answer. A refusal by the provider is ours to mend: our key or our settings.

    Refused: `oidc.unreachable` (it has a fault, or too much to do), `oidc.answer`, and `oidc.rejected`, whose
    facts have the `error` of OAuth.
    """
    if answer.status >= 500 or answer.status == 429:
        raise Refused("oidc.unreachable", f"The provider answered {answer.status}.")
    found = answer.json()
    if answer.status not in statuses:
        reason = printable(f"{found.get('error', '')} {found.get('error_description', '')}")
        raise Refused(
            "oidc.rejected",
            f"The provider answered {answer.status}: {reason}.",
            facts={"error": printable(found.get("error", ""))},
        )
    return found


def printable(text: object) -> str:
    """A stranger's words, safe for one line of a log."""
    return "".join(char if char.isprintable() else " " for char in str(text))[:200].strip()
