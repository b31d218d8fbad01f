"""How well measures answer what is looked for: each token leads to the measures that have it.

So a search touches the measures that have its words, and no others. Here are plain values: ids and tokens.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from samspill.plans.rules.finding import WORTH, Concept

# A word that stands only in the name of the area says less of the measure.
IN_AREA = 0.6

_Found = tuple[float, Collection[int]]
"""What a way of finding is worth, and the ids of the measures that were found so."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Tokens to the ids of the measures that have them: in their own text, and in the name of their area."""

    own: dict[str, list[int]] = field(default_factory=dict)
    area: dict[str, list[int]] = field(default_factory=dict)

    def add(self, number: int, own: Iterable[str], area: Iterable[str]) -> None:
        """A measure's different tokens; each measure once."""
        for token in own:
            self.own.setdefault(token, []).append(number)
        for token in area:
            self.area.setdefault(token, []).append(number)


def weigh(concepts: Sequence[Concept], among: Sequence[Postings], measures: int) -> dict[int, float]:
    """Score, over 0 and at most 1, of each of so many measures that has something of what is looked for.

    The rarer a word is among them, the more it counts; that is set on the concepts too.
    """
    found = [_worth(concept, among) for concept in concepts]
    for concept, worth in zip(concepts, found, strict=True):
        concept.rarity = math.log(1 + measures / (1 + len(worth)))
    whole = sum(concept.rarity for concept in concepts) or 1.0
    score: dict[int, float] = {}
    for concept, worth in zip(concepts, found, strict=True):
        share = concept.rarity / whole
        for number, value in worth.items():
            score[number] = score.get(number, 0.0) + share * value
    return score


def _worth(concept: Concept, among: Sequence[Postings]) -> dict[int, float]:
    """How well each measure speaks of it: the best of the ways in which it was found."""
    own = [one.own for one in among]
    area = [one.area for one in among]
    ways = list(_ways(concept, own, own))
    # A part in the text and the other in the area's name is in the area, too.
    ways += [(IN_AREA * worth, ids) for worth, ids in _ways(concept, area, own + area)]
    best: dict[int, float] = {}
    for worth, ids in sorted(ways, key=lambda way: way[0]):
        best.update(dict.fromkeys(ids, worth))
    return best


def _ways(
    concept: Concept, single: Sequence[Mapping[str, list[int]]], together: Sequence[Mapping[str, list[int]]]
) -> Iterable[_Found]:
    for token, way in concept.single.items():
        yield from ((WORTH[way], there[token]) for there in single if token in there)
    for sets, way in concept.together:
        each = [
            set(chain.from_iterable(there[token] for there in together for token in tokens if token in there))
            for tokens in sets
        ]
        yield WORTH[way], set.intersection(*each) if each else ()
