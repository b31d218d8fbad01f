"""Answers that are JSON but no JSON-stat: an object, or broken off."""

import json
from typing import Any

from samspill.refusal import Refused


def read_object(body: bytes) -> dict[str, Any]:
    """The object in the body. Half of one is a passing fault; a list or a number is another protocol."""
    value = _read(body)
    if not isinstance(value, dict):
        raise Refused("source.schema", "The source answered with something else than an object.")
    return value


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise Refused("jsonstat.half_a_body", "The answer is no whole JSON.") from None
