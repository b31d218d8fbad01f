"""Whatever is asked of the open data, it is answered as its document says: never with a fault of ours."""

import logging

import pytest
from django.test import Client

from factories.described import Drawn, operations, tried
from samspill.demo.public import Demonstration

pytestmark = pytest.mark.slow

EXAMPLES = 10
OTHER_METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND")


def test_every_operation_is_answered_as_described_whatever_is_asked(
    world: Demonstration, caplog: pytest.LogCaptureFixture
) -> None:
    """By schemathesis: requests that fit the document, and requests that do not."""
    caplog.set_level(logging.CRITICAL)
    careless = Client(raise_request_exception=False)
    document = careless.get("/api/v1/openapi.json").json()
    names = []
    for operation in operations(document):
        known = set(operation.definition.raw["responses"])

        def ask(drawn: Drawn, known: set[str] = known) -> None:
            answer = careless.generic(drawn.method, drawn.path, drawn.body, headers=drawn.headers)
            assert answer.status_code < 500, f"{drawn}: {answer.content[:500]!r}"
            assert str(answer.status_code) in known, f"{drawn}: {answer.status_code}, not in {sorted(known)}"

        assert tried(operation, examples=EXAMPLES, ask=ask) >= EXAMPLES
        names.append(operation.label)
    assert sorted(names) == sorted(f"GET {path}" for path in document["paths"])


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_who_would_write_is_told_that_it_is_read_only(world: Demonstration, method: str) -> None:
    careless = Client(raise_request_exception=False)
    for path in careless.get("/api/v1/openapi.json").json()["paths"]:
        answer = careless.generic(method, path.replace("{id}", "1").replace("{code}", "x"), b"{}")
        assert answer.status_code in (200, 204, 405), f"{method} {path}: {answer.status_code}"
