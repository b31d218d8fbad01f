"""Minutes as plain values: the hash they are closed with, and what is new in a version."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Content = Mapping[str, Any]


def canonical(content: Content) -> bytes:
    """The same values always give the same bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(content: Content) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Piece:
    """Words that stand in both versions (""), only in the new one ("ins") or only in the old ("del")."""

    mark: str
    text: str


@dataclass(frozen=True)
class Change:
    """What is new at an item, by its place; `pieces` are the words of what was said and decided."""

    title: str
    pieces: tuple[Piece, ...]


def text_of(item: Content) -> str:
    """What stands at an item, as running words."""
    decision = item.get("decision") or {}
    points = [point["text"] for point in decision.get("points", ())]
    notes = [f"{one['name']}: {one['text']}" for one in decision.get("dissents", ())]
    return "\n".join(part for part in (item.get("text", ""), *points, *notes) if part)


def changes(before: Content, after: Content) -> list[Change]:
    """Items whose words are not the same in the two versions."""
    old = {item["id"]: item for item in before["items"]}
    found = []
    for item in after["items"]:
        was, now = text_of(old.get(item["id"], {})), text_of(item)
        if was != now:
            found.append(Change(f"{item['number']} {item['title']}".strip(), tuple(compared(was, now))))
    return found


def compared(before: str, after: str) -> list[Piece]:
    """Word by word what was taken out and what came in."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("", " ".join(old[a:b])))
            continue
        pieces += _differing(old[a:b], new[c:d])
    return pieces


def _differing(out: Sequence[str], into: Sequence[str]) -> list[Piece]:
    found = []
    if out:
        found.append(Piece("del", " ".join(out)))
    if into:
        found.append(Piece("ins", " ".join(into)))
    return found
