"""Answers that are JSON but no JSON-stat: an object, broken off, or of another form than was agreed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from samspill.refusal import Refused


def read_object(body: bytes) -> dict[str, Any]:
    """The object in the body. Half of one is a passing fault; a list or a number is another protocol."""
    value = _read(body)
    if not isinstance(value, dict):
        raise Refused("source.schema", "The source answered with something else than an object.")
    return value


@contextmanager
def agreed_form(what: str) -> Iterator[None]:
    """Turns a key that lacks, or a value of another kind, into a refusal: the protocol was another."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        told = f"{type(error).__name__}: {error}"
        raise Refused("source.schema", f"{what} came in another form than was agreed ({told}).") from None


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Refused("jsonstat.half_a_body", "The answer is no whole JSON.") from None
