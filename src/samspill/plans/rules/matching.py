"""Which measure of a new plan an old one goes on in, by rules a person can follow. Offered, never set.

Two measures are alike by the words they share (`rules.words`), more so when their areas have the same name.
The most alike are joined first, each with one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.plans.reading.words import fold
from samspill.plans.rules.words import count_found, significant
from samspill.plans.states import DONE, Fate

# Shares of the words of both, chosen on the pairs of the tests.
SURE, ENOUGH, ENOUGH_IN_SAME_AREA = 0.75, 0.5, 0.34
# The same area tips the scale between two that are equally alike.
SAME_AREA = 0.05
# Words of another ending begin alike; those shorter than this are their own beginning.
BEGINNING = 3


@dataclass(frozen=True)
class Side:
    """A measure on one of the two sides: its words, and the name of its area."""

    id: int
    text: str
    area: str = ""
    state: str = ""


@dataclass(frozen=True)
class Proposal:
    """What probably became of `old`. `because` tells why; a sure one may be accepted with many others."""

    old: int
    fate: Fate
    new: int | None
    because: str | Promise
    is_sure: bool


def propose(olds: Sequence[Side], news: Sequence[Side]) -> dict[int, Proposal]:
    """Old id -> what probably became of it; nothing is said of one that nothing is like."""
    found: dict[int, Proposal] = {}
    taken: set[int] = set()
    by_id = {one.id: one for one in olds}
    for score, is_same, _order, old, new in sorted(_pairs(olds, news), key=lambda one: (-one[0], one[2])):
        if old in found or new in taken:
            continue
        taken.add(new)
        found[old] = _of_pair(by_id[old], new, score, is_same=is_same)
    for one in olds:
        if one.id not in found and one.state in DONE:
            found[one.id] = Proposal(one.id, Fate.COMPLETED, None, _("It is reported as done."), is_sure=True)
    return found


def _of_pair(old: Side, new: int, score: float, *, is_same: bool) -> Proposal:
    if old.state in DONE:
        because = _("It is reported as done, though the new plan has one like it.")
        return Proposal(old.id, Fate.COMPLETED, None, because, is_sure=False)
    if is_same:
        return Proposal(old.id, Fate.CARRIED_FORWARD, new, _("Word for word the same."), is_sure=True)
    if score >= SURE:
        return Proposal(old.id, Fate.CHANGED, new, _("Nearly the same words."), is_sure=True)
    return Proposal(old.id, Fate.CHANGED, new, _("Many of the words are the same."), is_sure=False)


def _pairs(
    olds: Sequence[Side], news: Sequence[Side]
) -> Iterator[tuple[float, bool, tuple[int, int], int, int]]:
    """(likeness, whether the words are the same, their places, old id, new id) of all that are alike."""
    words = {id(one): significant(one.text) for one in (*olds, *news)}
    folded = {id(one): fold(one.text) for one in (*olds, *news)}
    places = _by_beginning(words[id(one)] for one in news)
    same_text: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(news):
        same_text[folded[id(one)]].add(place)
    for order, old in enumerate(olds):
        near = {place for word in words[id(old)] for place in places.get(word[:BEGINNING], ())}
        for place in sorted(near | same_text[folded[id(old)]]):
            new = news[place]
            in_same_area = bool(old.area) and fold(old.area) == fold(new.area)
            is_same = folded[id(old)] == folded[id(new)]
            score = 1.0 if is_same else likeness(words[id(old)], words[id(new)])
            if is_same or score >= (ENOUGH_IN_SAME_AREA if in_same_area else ENOUGH):
                # Nothing is more alike than the same words, wherever they stand.
                score += SAME_AREA * in_same_area + is_same
                yield score, is_same, (order, place), old.id, new.id


def _by_beginning(texts: Iterable[frozenset[str]]) -> dict[str, set[int]]:
    """Beginning of a word -> the places of the texts that have such a word."""
    found: dict[str, set[int]] = defaultdict(set)
    for place, words in enumerate(texts):
        for word in words:
            found[word[:BEGINNING]].add(place)
    return found


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of both that have their like in the other (0–1)."""
    if not one or not other:
        return 0.0
    return (count_found(one, other) + count_found(other, one)) / (len(one) + len(other))
