"""Requests to the FHIR face as a registered system makes them: a token, and a proof of its own for each."""

import json
import time
import uuid
from collections.abc import Callable
from typing import Any

Send = tuple[str, bytes, dict[str, str]]
TOKEN_SECONDS = 120.0
"""A token is made anew after this long: it holds for five minutes."""


def sender(key: Any, port: int, *, client_id: str) -> Callable[[str, dict[str, Any]], Send]:
    """A request with token and proof, signed before it is measured: that is the client's work.

    `port` is that of the origin that the servers were told, wherever it is sent.
    """
    from django.conf import settings
    from jwskate import Jwt

    from samspill.directory.jose import hash_of
    from samspill.fhir.http.keys import local_issuer, nonces

    base = f"http://127.0.0.1:{port}/fhir"
    public = {name: key[name] for name in ("kty", "crv", "x", "y")}
    held = {"token": "", "until": 0.0}

    def token(now: float) -> str:
        if now > held["until"]:
            held["token"] = local_issuer(settings.SECRET_KEY, base).machine_token(
                client_id=client_id, scopes=("system/*.cruds",), now=now, thumbprint=str(key.thumbprint())
            )
            held["until"] = now + TOKEN_SECONDS
        return str(held["token"])

    def send(path: str, body: dict[str, Any]) -> Send:
        at = time.time()
        mine = token(at)
        claims = {
            "jti": uuid.uuid4().hex, "htm": "POST", "htu": base + path, "iat": int(at), "ath": hash_of(mine),
            "nonce": nonces(settings.SECRET_KEY).at(at),
        }  # fmt: skip
        proof = Jwt.sign_arbitrary(
            claims, {"typ": "dpop+jwt", "alg": "ES256", "jwk": public}, key, alg="ES256"
        )
        headers = {
            "Authorization": f"DPoP {mine}", "DPoP": str(proof), "Content-Type": "application/fhir+json",
        }  # fmt: skip
        return f"/fhir{path}", json.dumps(body).encode(), headers

    return send


def synthetic_numbers(count: int) -> list[str]:
    """Synthetic numbers of one day (month + 80), in order."""
    from samspill.refusal import Refused
    from samspill.rulebook.national_number import parse

    found: list[str] = []
    for tail in range(40_000, 99_999):
        try:
            found.append(parse(f"048341{tail:05}").digits)
        except Refused:
            continue
        if len(found) == count:
            break
    return found
