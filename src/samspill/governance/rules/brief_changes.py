"""What has changed between two frozen briefs, sentence by sentence and within them word by word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"\s+")
_KEPT = 512
"""Comparisons of two texts that are kept: everybody who is called opens the same frozen briefs."""


@dataclass(frozen=True)
class Span:
    """Words that stay (""), are gone ("gone") or are new ("new")."""

    kind: str
    text: str


@dataclass(frozen=True)
class PartChange:
    """What has changed in one part of a brief: its sentences that are not as they were."""

    part: str
    heading: str
    sentences: tuple[tuple[Span, ...], ...]


def brief_changes(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[PartChange]:
    """Parts of `after` that differ from `before`; both are contents of a CaseBrief."""
    old = {one["part"]: one["text"] for one in before}
    found = []
    for one in after:
        changed = changed_sentences(old.pop(one["part"], ""), one["text"])
        if changed:
            found.append(PartChange(one["part"], one["heading"], changed))
    return found


@lru_cache(_KEPT)
def changed_sentences(before: str, after: str) -> tuple[tuple[Span, ...], ...]:
    """Sentences that differ, each with the words that are gone and new; none when the texts say the same."""
    if before == after:
        return ()
    old, new = sentences(before), sentences(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[tuple[Span, ...]] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            found += _pairs(old[start:end], new[new_start:new_end])
    return tuple(found)


def sentences(text: str) -> list[str]:
    return [" ".join(one.split()) for one in _SENTENCE.split(text.strip()) if one.strip()]


def _pairs(old: list[str], new: list[str]) -> list[tuple[Span, ...]]:
    """Sentence against sentence as long as there are both; the rest is gone, or new."""
    both = [_words(one, other) for one, other in zip(old, new, strict=False)]
    gone = [(Span("gone", one),) for one in old[len(new) :]]
    fresh = [(Span("new", one),) for one in new[len(old) :]]
    return [*both, *gone, *fresh]


def _words(before: str, after: str) -> tuple[Span, ...]:
    old, new = _WORD.split(before), _WORD.split(after)
    spans: list[Span] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(Span("", " ".join(new[new_start:new_end])))
            continue
        if start < end:
            spans.append(Span("gone", " ".join(old[start:end])))
        if new_start < new_end:
            spans.append(Span("new", " ".join(new[new_start:new_end])))
    return tuple(spans)
