"""HTTP to a source of statistics: paced, patient, and never content with half an answer.

Passing faults (429, 5xx, silence, half a body) are tried again, later each time. What is wrong with the
question (400, 404) is the connector's to explain. The oidc wire is another: it must not try again.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import urllib3

from samspill import __version__
from samspill.insight.connectors.pace import Bucket
from samspill.refusal import Refused

Read = TypeVar("Read")
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
BROKEN = frozenset({"jsonstat.json", "jsonstat.half_a_body", "jsonstat.encoding"})
LARGEST_ANSWER = 512 * 1024 * 1024  # bytes; 800,000 cells of JSON-stat are about ten million


class Unreachable(Refused):
    """The source could not be asked, through no fault of the question. What was fetched before stands."""


class _Passing(Exception):
    """A fault that may be gone the next time, and how long the source asks us to wait, if it does."""

    def __init__(self, fault: str, seconds: float | None = None, *, is_connected: bool = True) -> None:
        super().__init__(fault)
        self.seconds, self.is_connected = seconds, is_connected


@dataclass(frozen=True)
class Patience:
    """How long to try. The wait doubles from `first_seconds`; half of it is left to chance."""

    tries: int = 6
    tries_without_contact: int = 3
    first_seconds: float = 1
    longest_seconds: float = 60
    timeout_seconds: float = 60  # for a connection, and between bytes
    whole_seconds: float = 300  # for an answer, however slowly it drips
    longest_asked_seconds: float = 900  # a source that asks for more has closed


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """One source's connection. Clock, sleep and chance are arguments."""

    def __init__(
        self,
        bucket: Bucket | None = None,
        patience: Patience | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.bucket = bucket or Bucket(clock=clock, sleep=sleep)
        self._patience = patience or Patience()
        self._sleep, self._clock, self._say = sleep, clock, say
        self._rng = rng or random.Random()  # noqa: S311 – it spreads waits, it guards nothing

    def ask(
        self,
        method: str,
        url: str,
        read: Callable[[bytes], Read],
        *,
        body: object = None,
        problem: Callable[[Answer], Refused] | None = None,
    ) -> Read:
        """The answer as `read` makes it; other statuses than 200 are told by `problem`."""
        host = urlsplit(url).netloc
        for tried in range(1, self._patience.tries + 1):
            try:
                return self._ask_once(method, url, read, body, problem)
            except _Passing as fault:
                limit = self._patience.tries
                if not fault.is_connected:
                    limit = min(limit, self._patience.tries_without_contact)
                if tried >= limit or (fault.seconds or 0) > self._patience.longest_asked_seconds:
                    raise Unreachable(
                        "source.unreachable",
                        f"{host} did not answer: {fault}, {tried} time{'s' if tried > 1 else ''}.",
                        facts={"host": host, "fault": str(fault), "tried": tried},
                    ) from None
                wait = self._wait(tried, fault.seconds)
                self._say(f"{host}: {fault}. Trying again in {wait:.0f} s.")
                self._sleep(wait)
        raise AssertionError("unreachable")

    def _ask_once(
        self,
        method: str,
        url: str,
        read: Callable[[bytes], Read],
        body: object,
        problem: Callable[[Answer], Refused] | None,
    ) -> Read:
        self.bucket.take()
        answer = self._send(method, url, body)
        self.bucket.read(answer.headers)
        if answer.status in PASSING:
            raise _Passing(f"it answered {answer.status}", _asked_wait(answer.headers))
        if answer.status != 200:
            raise (problem or _problem)(answer)
        try:
            return read(answer.body)
        except Refused as refused:
            if refused.code not in BROKEN:
                raise
            raise _Passing(f"half an answer ({len(answer.body)} bytes)") from None

    def _send(self, method: str, url: str, body: object) -> Answer:
        headers = {"Accept": "application/json", "User-Agent": f"Samspill/{__version__}"}
        asked: dict[str, Any] = {"json": body} if body is not None else {}
        timeout = self._patience.timeout_seconds
        try:
            with requests.request(
                method, url, headers=headers, timeout=timeout, allow_redirects=False, stream=True, **asked
            ) as response:
                if response.is_redirect:
                    raise Refused(
                        "source.moved", f"{url} has moved to {response.headers['Location']}. Use --address."
                    )
                return Answer(response.status_code, response.headers, self._body(response))
        except requests.ConnectTimeout:
            raise _Passing("there is no contact", is_connected=False) from None
        except requests.Timeout:
            raise _Passing("it was silent too long") from None
        except requests.ConnectionError as error:
            if error.args and isinstance(error.args[0], urllib3.exceptions.ProtocolError):
                raise _Passing("it hung up") from None
            raise _Passing("there is no contact", is_connected=False) from None
        except requests.RequestException as error:
            raise Refused("source.address", f"{url} cannot be asked: {error}.") from None

    def _body(self, response: requests.Response) -> bytes:
        deadline, body = self._clock() + self._patience.whole_seconds, bytearray()
        try:
            for chunk in response.iter_content(65536):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise Refused("source.too_large", f"{response.url} answered more than {len(body)} bytes.")
                if self._clock() > deadline:
                    raise _Passing("it answered too slowly")
        except requests.RequestException as error:
            is_silent = "timed out" in str(error)
            raise _Passing("it was silent too long" if is_silent else "it broke off in the middle") from None
        return bytes(body)

    def _wait(self, tried: int, asked: float | None) -> float:
        wait = min(self._patience.longest_seconds, self._patience.first_seconds * 2 ** (tried - 1))
        wait *= 0.5 + 0.5 * self._rng.random()
        return wait if asked is None else asked + min(wait, 1.0)


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    """Retry-After: seconds, or a moment by the source's own clock, which its answer shows."""
    told = (headers.get("retry-after") or "").strip()
    if told.isdigit():
        return float(told)
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(headers.get("date") or "")
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())


def _problem(answer: Answer) -> Refused:
    return Refused("source.refused", f"The source answered {answer.status}: {told_in(answer.body)}")


def told_in(body: bytes) -> str:
    """What an answer that is no data says, short enough for a sentence."""
    return " ".join(body.decode("utf-8", "replace").split())[:200] or "nothing more."
