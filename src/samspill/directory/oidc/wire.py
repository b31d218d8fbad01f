"""HTTP to a provider: short timeouts, no redirects, small answers. Faults become refusals; no retries."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
import urllib3

from samspill.refusal import Refused

LARGEST_ANSWER = 256 * 1024  # bytes; a discovery document or a key set is a few kilobytes
WHOLE_ANSWER = 2  # an answer must be complete within this many timeouts, however slowly it drips


@dataclass(frozen=True)
class Answer:
    """Status, headers (any case) and body of a response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """The JSON object in the body; Refused (`oidc.answer`) when it is none."""
        try:
            value = json.loads(self.body)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise Refused("oidc.answer", f"An answer with status {self.status} was not a JSON object.")
        return value


class Wire:
    """One provider's connection. `timeout_seconds` holds for connecting and between bytes."""

    def __init__(self, timeout_seconds: float) -> None:
        self._timeout = timeout_seconds

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._send("GET", url, headers=headers)

    def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        return self._send("POST", url, form=form, headers=headers)

    def _send(
        self,
        method: str,
        url: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        try:
            with requests.request(
                method,
                url,
                data=form,
                headers={"Accept": "application/json", **(headers or {})},
                timeout=self._timeout,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.is_redirect:
                    raise Refused("oidc.answer", f"{url} sends us elsewhere, and we do not go.")
                return Answer(response.status_code, response.headers, self._body(response))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise Refused("oidc.unreachable", f"{method} {url} failed: {type(error).__name__}.") from error

    def _body(self, response: requests.Response) -> bytes:
        deadline, body = time.monotonic() + WHOLE_ANSWER * self._timeout, b""
        while chunk := response.raw.read1(8192, decode_content=True):  # what has come, not a full buffer
            body += chunk
            if len(body) > LARGEST_ANSWER:
                raise Refused("oidc.answer", f"{response.url} answered more than {LARGEST_ANSWER} bytes.")
            if time.monotonic() > deadline:
                raise Refused("oidc.unreachable", f"{response.url} answered too slowly.")
        return body
