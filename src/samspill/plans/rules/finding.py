"""What words somebody types find in a text: other endings and målform, compounds, synonyms, misspellings.

A word is first made neutral (one spelling for both målformer) and cut to its stem; what is left is a *token*.
A typed word then finds tokens of the texts in one of the ways of `Way`, each worth less than the one before.
Nothing is learnt. Here are plain values: the stemmer is given by whoever asks.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from samspill.plans.states.transfer import Way

FILE = Path(__file__).resolve().parent.parent / "synonyms.yaml"
KEYS = frozenset({"words", "because", "source"})
# How much a typed word counts when it is found so. Chosen on the labelled queries of the tests.
WORTH = {Way.SAME: 1.0, Way.COMPOUND: 0.85, Way.SYNONYM: 0.7, Way.SPELLING: 0.6, Way.PART: 0.4}
SHORTEST_PART = 4  # letters of a word that may stand inside another
SHORTEST_END = 3
ALIKE = 0.4  # of the trigrams, for a misspelt word: fewer find what nobody meant
MOST_ALIKE = 4
_WORD = re.compile(r"[^\W\d_]+")
_NOUN = re.compile(r"(?<=\w{4})(?:ing|els)$")
_LINK = re.compile(r"^(?:es|s|e|er)(?=\w{3})")
# Words of a question, and words so common that they find everything.
_SAID = """
alle andre at av bli blir bruke da de dei deira dem den der deres det dette din du eg ein eit eller en er et
etter finnes finst for fra frå før gjer gjøre gjort ha hadde han har hatt hos hun hva hvem hvilke
hvor hvordan hver i ikke ikkje inn innen jeg kan korleis kor kva kven kvar kvifor kommune kommunene kommunane
laga laget løyst løst med mellom men mer mot må ned noen noko nokon noe nye ny nå om opp oss over på plan seg
sin skal slik som så til tiltak tiltaket ut ved vi vil vår å også dag dagen
"""
SAID = frozenset(_SAID.split())

Stems = Callable[[Iterable[str]], Mapping[str, str]]
"""Words to their stems, as PostgreSQL's Norwegian stemmer has them."""


@lru_cache(maxsize=32_768)
def words_in(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, in their order."""
    return tuple(_WORD.findall(text.lower()))


def token_of(word: str, stem: str) -> str:
    """A word's stem without the ending that makes a noun of a verb: «rekruttering», «innleggelse».

    The stemmer takes «-ens» for a genitive; in a short word it is the word itself («demens», not «dem»).
    """
    if len(stem) < SHORTEST_PART and word.endswith("ens"):
        return word
    return _NOUN.sub("", stem)


@dataclass(frozen=True)
class Synonyms:
    """Words that find each other: each term is one or more tokens that must all be there."""

    terms: tuple[tuple[str, ...], ...]
    because: str


def read_synonyms(rows: Iterable[dict[str, Any]], tokens: Callable[[str], Sequence[str]]) -> list[Synonyms]:
    """Groups from rows of data. ValueError for an unknown or missing key, or a group of one."""
    found = []
    for row in rows:
        if set(row) != KEYS or not all(row.values()) or len(row["words"]) < 2:
            raise ValueError(f"Synonyms {row.get('words')} lack or do not know {sorted(KEYS ^ set(row))}")
        terms = tuple(dict.fromkeys(tuple(tokens(one)) for one in row["words"]))
        found.append(Synonyms(terms, row["because"]))
    return found


@cache
def synonym_rows() -> list[dict[str, Any]]:
    return yaml.safe_load(FILE.read_text("utf-8"))


@dataclass
class Concept:
    """One thing that is looked for: what was typed, and the tokens that speak of it.

    single    token -> how it was found; one is enough
    together  tuples of sets: one token of each must be there
    """

    typed: str
    single: dict[str, Way] = field(default_factory=dict)
    together: list[tuple[tuple[frozenset[str], ...], Way]] = field(default_factory=list)
    rarity: float = 1.0

    def add(self, tokens: Iterable[str], way: Way) -> None:
        for one in tokens:
            if one not in self.single or WORTH[way] > WORTH[self.single[one]]:
                self.single[one] = way

    def ways_in(self, tokens: frozenset[str]) -> dict[str, Way]:
        """Those of a text's tokens that speak of it, and how; of a phrase only when all words are there."""
        found = {
            one: way
            for sets, way in self.together
            if all(not words.isdisjoint(tokens) for words in sets)
            for words in sets
            for one in words & tokens
        }
        return found | {one: way for one, way in self.single.items() if one in tokens}


class Vocabulary:
    """The tokens of all texts that are searched, and what a typed token finds among them."""

    def __init__(self, tokens: Iterable[str]) -> None:
        self.tokens = frozenset(tokens)
        self._from_start = sorted(self.tokens)
        self._from_end = sorted(token[::-1] for token in self.tokens)

    def beginning_with(self, start: str) -> list[str]:
        return _beginning_with(start, self._from_start)

    def ending_with(self, end: str) -> list[str]:
        return [token[::-1] for token in _beginning_with(end[::-1], self._from_end)]

    def holding(self, token: str) -> dict[str, Way]:
        """The token itself, and words made with it: «hjertesvikt» in «hjertesviktpoliklinikk»."""
        found = {token: Way.SAME} if token in self.tokens else {}
        if len(token) >= SHORTEST_PART:
            found |= {
                one: Way.SAME if one[len(token) :] in _ENDINGS else Way.COMPOUND
                for one in self.beginning_with(token)
                if one != token
            }
        if len(token) >= SHORTEST_END:
            found |= {one: Way.COMPOUND for one in self.ending_with(token) if len(one) > len(token) + 2}
        return found

    def parts(self, token: str) -> tuple[str, str] | None:
        """The two words a compound is made of, when texts use them: «hjertesvikt», «poliklinikk»."""
        best: tuple[int, int, tuple[str, str]] | None = None
        for place in range(SHORTEST_END, len(token) - SHORTEST_END + 1):
            left, right = token[:place], token[place:]
            for one in {right, _LINK.sub("", right)}:
                last = next((short for short in (one, one.removesuffix("e")) if short in self.tokens), "")
                if not last or len(last) < SHORTEST_END:
                    continue
                known = left in self.tokens
                if known or (len(left) >= SHORTEST_PART and self.beginning_with(left)):
                    rank = (int(known), min(len(left), len(last)), (left, last))
                    best = max(best, rank) if best else rank
        return best[2] if best else None

    def spelt_like(self, token: str) -> list[str]:
        """Tokens that share most of their trigrams with it, whole or at one end of a compound."""
        wanted = trigrams(token)
        shares = (
            (max(_share(wanted, trigrams(one)) for one in _ends(t, len(token))), t) for t in self.tokens
        )
        best = sorted((pair for pair in shares if pair[0] >= ALIKE), reverse=True)[:MOST_ALIKE]
        return [one for share, one in best if share >= best[0][0] - 0.15]


def _beginning_with(start: str, ordered: list[str]) -> list[str]:
    first = bisect_left(ordered, start)
    return ordered[first : bisect_left(ordered, start + _AFTER_ALL_LETTERS, first)]


def _ends(token: str, letters: int) -> tuple[str, ...]:
    """The token, and its two ends when it is much longer than a word with so many letters."""
    if len(token) < letters + SHORTEST_PART:
        return (token,)
    return token, token[: letters + 1], token[-letters - 1 :]


_AFTER_ALL_LETTERS = "\U0010ffff"
_ENDINGS = frozenset({"e", "s", "er", "en", "ing", "sk", "isk", "t", "a"})


@lru_cache(maxsize=65_536)
def trigrams(word: str) -> frozenset[str]:
    """As `pg_trgm` has them: two blanks before, one after."""
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


def concepts_of(
    typed: Sequence[tuple[str, str]], vocabulary: Vocabulary, synonyms: Sequence[Synonyms]
) -> list[Concept]:
    """What is looked for; `typed` are (word as written, its token), without the words of a question."""
    wanted = dict.fromkeys(token for _word, token in typed)
    written = {token: word for word, token in typed}
    concepts = []
    left = dict(wanted)
    for group in synonyms:
        for term in sorted(group.terms, key=len, reverse=True):
            if len(term) > 1 and all(one in left for one in term):
                concepts.append(_phrase(term, group, written, vocabulary))
                left = {one: None for one in left if one not in term}
                break
    concepts += [_concept(written[one], one, vocabulary, synonyms) for one in left]
    return concepts


def _phrase(
    term: tuple[str, ...], group: Synonyms, written: Mapping[str, str], vocabulary: Vocabulary
) -> Concept:
    """Words that mean one thing together: «øyeblikkelig hjelp»."""
    concept = Concept(" ".join(written[one] for one in term))
    _add_term(concept, term, vocabulary, Way.SAME)
    for one in term:
        concept.add(vocabulary.holding(one), Way.PART)
    _add_synonyms(concept, group, term, vocabulary)
    return concept


def _concept(word: str, token: str, vocabulary: Vocabulary, synonyms: Sequence[Synonyms]) -> Concept:
    concept = Concept(word)
    for one, way in vocabulary.holding(token).items():
        concept.add([one], way)
    if parts := vocabulary.parts(token):
        sets = tuple(frozenset(vocabulary.holding(part)) for part in parts)
        concept.together.append((sets, Way.COMPOUND))
        if token not in vocabulary.tokens:
            concept.add(frozenset.union(*sets), Way.PART)
    exact = [group for group in synonyms if (token,) in group.terms]
    for group in exact or [one for one in synonyms if any(_begins(term, token) for term in one.terms)]:
        _add_synonyms(concept, group, (token,), vocabulary)
    if not concept.single and not concept.together:
        concept.add(vocabulary.spelt_like(token), Way.SPELLING)
    return concept


def _begins(term: tuple[str, ...], token: str) -> bool:
    """Whether a typed word is a longer form of this term of a group: «hukommelsesteam»."""
    return len(term) == 1 and len(term[0]) >= SHORTEST_PART and token.startswith(term[0])


def _add_synonyms(concept: Concept, group: Synonyms, but: tuple[str, ...], vocabulary: Vocabulary) -> None:
    for term in group.terms:
        if term != but:
            _add_term(concept, term, vocabulary, Way.SYNONYM)


def _add_term(concept: Concept, term: tuple[str, ...], vocabulary: Vocabulary, way: Way) -> None:
    sets = tuple(frozenset(vocabulary.holding(one)) for one in term)
    if len(sets) == 1:
        concept.add(sets[0], way)
    elif all(sets):
        concept.together.append((sets, way))


def means_something(word: str) -> bool:
    """Whether a typed word is looked for: it is more than the words of a question."""
    return word not in SAID and len(word) > 1
