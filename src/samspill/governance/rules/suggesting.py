"""Which body a case probably belongs to: its words against what the bodies are for. Plain values."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LEAST = 1.2
"""What a match must weigh more than: one word that every body has says nothing."""


@dataclass(frozen=True)
class Suggestion:
    """A body by its number, and the stems that speak for it, the weightiest first."""

    body_id: int
    stems: tuple[str, ...]


def suggest(case: Collection[str], bodies: Mapping[int, Collection[str]]) -> Suggestion | None:
    """The body that shares the weightiest words with the case; None when none does.

    `case` and the values of `bodies` are stems. A stem few bodies have weighs more than one many have
    (inverse document frequency). Of equals the first of `bodies` is chosen.
    """
    weights = {stem: _weight(stem, bodies) for stem in case}
    best, best_sum = None, LEAST
    for body_id, stems in bodies.items():
        shared = sorted((stem for stem in case if stem in stems), key=lambda one: (-weights[one], one))
        total = sum(weights[one] for one in shared)
        if shared and total > best_sum + 1e-9:
            best, best_sum = Suggestion(body_id, tuple(shared)), total
    return best


def _weight(stem: str, bodies: Mapping[int, Collection[str]]) -> float:
    holders = sum(stem in stems for stems in bodies.values())
    return 1 + math.log(len(bodies) / holders) if holders else 0.0
