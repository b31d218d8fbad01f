"""How hard a text is to read, and which words make it so.

    look(text, language)   LIX, its band, and each word that a reader may stumble over
    measure(text)          the counting alone

LIX (Björnsson 1968) is words per sentence and, added to it, words of more than six letters per hundred. It
counts letters and not sense: the words told of matter as much, and a person reads last (invariants 12 and 14
of the care model). Not here: the words themselves (`norway/plain_words.yaml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from samspill.refusal import Refused
from samspill.rulebook.plain_words import Band, PlainWords, band_of, find_words

LANGUAGES = ("nb", "nn", "en")
LONG_WORD = 6  # a word with more letters is long

_WORD = re.compile(r"[^\W_]+(?:[-'’/.,:][^\W_]+)*")
_END = re.compile(r"(?<![.!?:…])[.!?:…]++[)\"'»”’]*+(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-•*–]\s|[A-ZÆØÅ0-9]))")
_CODES = (
    ("atc", re.compile(r"\b[A-Z]\d{2}[A-Z]{2}\d{2}\b")),
    ("icd10", re.compile(r"\b[A-Z]\d{2}(?:\.\d{1,2})?\b(?![-.]?\d)")),
    ("loinc", re.compile(r"(?<![\d-])\d{3,5}-\d\b(?!-)")),
    ("snomed", re.compile(r"\b\d{9,18}\b")),
)
_SHORT = re.compile(r"(?<!\w)\w{2,6}(?!\w)")
"""A longer word in capitals is shouted, not shortened."""
_EXPLAINED_AFTER = re.compile(r"\s{0,2}\([^()]{0,200}[^\W\d_]{3}[^()]{0,200}\)")
_LAST_WORD = 40  # letters before a point in which the word it belongs to is sought


class Kind(StrEnum):
    HARD_WORD = "hard_word"
    ABBREVIATION = "abbreviation"
    CODE = "code"
    LONG_SENTENCE = "long_sentence"


@dataclass(frozen=True, slots=True)
class Measures:
    """`lix` is None when there are no words."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float | None:
        if not self.words:
            return None
        return self.words / self.sentences + 100 * self.long_words / self.words


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` is `said`; `suggestion` is what to say instead, "" when we know none.

    explanation  what to write in brackets when the word must stay
    """

    start: int
    end: int
    said: str
    kind: Kind
    suggestion: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found, in the order of the text. `band` is None when there are no words."""

    measures: Measures
    band: Band | None
    findings: tuple[Finding, ...]

    @property
    def lix(self) -> int | None:
        """As it is shown: a whole number. The band is that of the exact one."""
        exact = self.measures.lix
        return None if exact is None else round(exact)

    @property
    def has_unexplained(self) -> bool:
        """Whether a code or a short form stands without words (invariant 14)."""
        return any(one.kind in (Kind.CODE, Kind.ABBREVIATION) for one in self.findings)


def look(text: str, language: str = "nb") -> Look:
    """How hard the text is, and what makes it so. `language` is nb, nn or en.

    A hard word or short form that the text itself explains, in brackets after it or before it in brackets, is
    not told of, there or later. Refuses (`reading.language`) another language.
    """
    if language not in LANGUAGES:
        raise Refused("reading.language", f"We know no words of {language!r}. Choose {', '.join(LANGUAGES)}.")
    words = find_words(language)
    measures = measure(text, language)
    told = _apart(text, (*_codes(text, words), *_short_forms(text, words), *_hard(text, words)))
    told = [*_unexplained(text, told), *_long_sentences(text, words)]
    ordered = sorted(told, key=lambda one: (one.start, one.end))
    return Look(measures, band_of(measures.lix), tuple(ordered))


def measure(text: str, language: str = "nb") -> Measures:
    """Words, sentences and long words (more than six letters, hyphens and points not counted).

    A sentence ends with . ! ? : … before a space, or where a paragraph or an item of a list ends. A point
    after a short form or an ordinal (9. november) ends none. A number is a word.
    """
    words = [found[0] for found in _WORD.finditer(text)]
    long_words = sum(sum(map(str.isalnum, word)) > LONG_WORD and not _is_number(word) for word in words)
    return Measures(len(words), len(list(_sentences(text, find_words(language)))), long_words)


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _sentences(text: str, words: PlainWords) -> Iterator[tuple[int, int]]:
    """Start and end of each that has a word."""
    start = 0
    for found in _END.finditer(text):
        if _ends(text, found, words):
            if _WORD.search(text, start, found.end()):
                yield start, found.end()
            start = found.end()
    if _WORD.search(text, start):
        yield start, len(text)


def _ends(text: str, found: re.Match[str], words: PlainWords) -> bool:
    if found[0] != ".":
        return True
    before = text[max(0, found.end() - _LAST_WORD) : found.end()].split()
    said = before[-1].lstrip("([«\"'")
    after = text[found.end() :].lstrip()[:1]
    if said in words.titles:
        return False
    shortened = said in words.abbreviations or said in words.everyday or said[:-1].isdigit()
    return not (shortened and after and not after.isupper())


def _long_sentences(text: str, words: PlainWords) -> Iterator[Finding]:
    for start, end in _sentences(text, words):
        said = text[start:end]
        if len(_WORD.findall(said)) > words.longest_sentence:
            begins = start + len(said) - len(said.lstrip())
            yield Finding(begins, end, said.strip(), Kind.LONG_SENTENCE)


def _codes(text: str, words: PlainWords) -> Iterator[Finding]:
    for _system, pattern in _CODES:
        for found in pattern.finditer(text):
            if found[0] not in words.everyday:
                yield Finding(found.start(), found.end(), found[0], Kind.CODE)


def _short_forms(text: str, words: PlainWords) -> Iterator[Finding]:
    """Those of the list; then what looks like one: capitals inside a short word."""
    for found in words.abbreviation_pattern.finditer(text):
        yield _short(found.start(), found[0], words.abbreviations)
    for found in _SHORT.finditer(text):
        said = found[0]
        has_capital = any(map(str.isupper, said[1:]))
        if has_capital and said not in words.everyday and said not in words.abbreviations:
            yield _short(found.start(), said, words.abbreviations)


def _short(start: int, said: str, known: Mapping[str, str]) -> Finding:
    plain = known.get(said, "")
    return Finding(start, start + len(said), said, Kind.ABBREVIATION, plain, plain)


def _hard(text: str, words: PlainWords) -> Iterator[Finding]:
    for found in words.hard_pattern.finditer(text):
        plain, explain = words.plain(found[0])
        yield Finding(found.start(), found.end(), found[0], Kind.HARD_WORD, plain, explain)


def _apart(text: str, told: Iterable[Finding]) -> list[Finding]:
    """Those that touch none before them."""
    taken, kept = bytearray(len(text)), []
    for one in told:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return kept


def _unexplained(text: str, told: Iterable[Finding]) -> Iterator[Finding]:
    """Those that the text explains neither where they stand nor before."""
    known: set[str] = set()
    for one in sorted(told, key=lambda one: one.start):
        word = one.said.casefold()
        if _is_explained(text, one):
            known.add(word)
        elif word not in known:
            yield one


def _is_explained(text: str, one: Finding) -> bool:
    """Words in brackets after it, or itself in brackets after words."""
    if _EXPLAINED_AFTER.match(text, one.end):
        return True
    inside = text[one.start - 1 : one.start] == "(" and text[one.end : one.end + 1] == ")"
    before = text[max(0, one.start - _LAST_WORD) : max(0, one.start - 1)].rstrip()
    return inside and before[-1:].isalnum()
