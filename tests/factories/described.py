"""Requests drawn by schemathesis from an OpenAPI document: what fits the document, and what does not.

Bounded by the number of examples and drawn alike every time, so that CI does not fail by chance.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import requests
import schemathesis
from schemathesis import GenerationMode

ORIGIN = "http://testserver"
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
OF_REQUESTS = ("method", "url", "headers", "params", "data", "json")
BROUGHT = frozenset({"Content-Length", "Accept-Encoding", "Connection", "User-Agent"})
"""Headers of the program that would send it."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A request as a client would send it: `path` with its query, percent-encoded, after the origin."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def operations(document: Json) -> Iterator[Any]:
    """Every operation of the document. One that cannot be read is a fault of the document, and raised."""
    here = document | {"servers": [{"url": ORIGIN}]}
    for found in schemathesis.openapi.from_dict(here).get_all_operations():
        yield found.ok()


def tried(operation: Any, *, examples: int, ask: Callable[[Drawn], object]) -> int:
    """`ask` for so many requests of the operation in each mode; how many there were. Fails as `ask` does."""
    count = 0

    def asked(case: Any) -> None:
        nonlocal count
        count += 1
        ask(_drawn(case))

    for mode in MODES:
        strategy = operation.as_strategy(generation_mode=mode)
        bounded = hypothesis.settings(
            max_examples=examples,
            database=None,
            derandomize=True,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.generate],
        )
        bounded(hypothesis.given(strategy)(asked))()
    return count


def _drawn(case: Any) -> Drawn:
    said = case.as_transport_kwargs(base_url=ORIGIN)
    made = requests.Request(**{name: said[name] for name in OF_REQUESTS if name in said}).prepare()
    body = made.body.encode() if isinstance(made.body, str) else made.body or b""
    headers = {
        name: _text(value)
        for name, value in made.headers.items()
        if name not in BROUGHT and not name.startswith("X-Schemathesis")
    }
    return Drawn(made.method or "", (made.url or "").removeprefix(ORIGIN), headers, body)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
