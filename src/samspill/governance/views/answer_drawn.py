"""The parts of an answer as plain values a template draws."""

from collections.abc import Iterable
from typing import Any

from samspill.governance.rules.answer_parts import Grid, Items, Part


def drawn(parts: Iterable[Part]) -> list[dict[str, Any]]:
    """Each with `kind` «words», «items» or «grid», and what it holds."""
    return [_one(part) for part in parts]


def _one(part: Part) -> dict[str, Any]:
    match part:
        case Items(texts):
            return {"kind": "items", "texts": texts}
        case Grid(head, rows):
            return {"kind": "grid", "head": head, "rows": rows}
        case words:
            return {"kind": "words", "text": words.text}
