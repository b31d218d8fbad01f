"""The shared themes, and the patient groups among them: which a measure or a case belongs to, and which word
said so. They are data: patient groups in `patient_groups.yaml`, subjects in `subjects.yaml`.

Whole words and their beginnings in both målformer, nothing learnt and nothing weighed: who wonders why a
measure stands in a row can be told the word. What a measure *does* is not judged here. Nothing is guessed: a
text about everybody is for no group, and one in other words is missed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent / "subjects.yaml"
GROUPS_FILE = Path(__file__).resolve().parent / "patient_groups.yaml"
KEYS = frozenset({"code", "nb", "nn", "kind", "because", "source", "words"})
SINCE = "since"
GROUP, SUBJECT = "group", "subject"
_WORD = re.compile(r"[^\W\d_]+")
_EXACT, _INSIDE = "=", "-"
# A whole installation has some ten thousand measures, and a vocabulary a tenth of that.
_TEXTS, _WORDS = 32_768, 32_768

Term = tuple[str, ...]
"""Words after one another as the tables write them: ("digital", "samhandl")."""


@dataclass(frozen=True)
class Theme:
    """A row of the comparison. `nb` and `nn` are its names, `terms` say that a measure belongs to it.

    kind    GROUP (whom a measure is for) or SUBJECT (what it is about)
    since   the day its source is from; None when it has no one day, as «plans of the helsefellesskap»
    """

    code: str
    nb: str
    nn: str
    kind: str
    because: str
    source: str
    terms: tuple[Term, ...]
    since: date | None = None

    def name(self, language: str) -> str:
        return self.nn if language == "nn" else self.nb


@dataclass(frozen=True)
class Said:
    """A theme, and the words of the measure that speak of it, as written there in small letters."""

    code: str
    words: str


@cache
def themes() -> tuple[Theme, ...]:
    """All themes in the order of the rows: patient groups, then subjects."""
    kinds = ((GROUP, GROUPS_FILE), (SUBJECT, FILE))
    rows = [row | {"kind": kind} for kind, file in kinds for row in yaml.safe_load(file.read_text("utf-8"))]
    return read_themes(rows)


def read_themes(rows: Iterable[dict[str, Any]]) -> tuple[Theme, ...]:
    """Themes from rows of data. ValueError for an unknown or missing key, or a code or word given twice."""
    found: dict[str, Theme] = {}
    for row in rows:
        code = row.get("code", "")
        amiss = KEYS ^ (set(row) - {SINCE})
        if amiss or not all(row.values()):
            raise ValueError(f"The theme «{code}» lacks or does not know {sorted(amiss)}")
        words = row["words"]
        if code in found or len(set(words)) != len(words):
            raise ValueError(f"The theme «{code}», or one of its words, stands twice")
        rest = {key: value for key, value in row.items() if key != "words"}
        found[code] = Theme(**rest, terms=tuple(tuple(one.split()) for one in words))
    return tuple(found.values())


@cache
def by_code() -> dict[str, Theme]:
    return {theme.code: theme for theme in themes()}


@lru_cache(maxsize=_TEXTS)
def themes_of(text: str, area: str = "") -> tuple[Said, ...]:
    """The themes of a measure with this text in an area with this name, in the order of the rows."""
    own = themes_in(text)
    if not area:
        return own
    said = {one.code: one for one in (*themes_in(area), *own)}
    return tuple(said[theme.code] for theme in themes() if theme.code in said)


@lru_cache(maxsize=_TEXTS)
def themes_in(text: str) -> tuple[Said, ...]:
    """The themes that a text speaks of, each with the first words that say so."""
    words = _WORD.findall(text.lower())
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        for code, term in _begun_by(word):
            if code not in found and _goes_on(term, words[place + 1 : place + len(term)]):
                found[code] = " ".join(words[place : place + len(term)])
    return tuple(Said(theme.code, found[theme.code]) for theme in themes() if theme.code in found)


@lru_cache(maxsize=_WORDS)
def _begun_by(word: str) -> tuple[tuple[str, Term], ...]:
    """The terms whose first word this is."""
    return tuple((theme.code, term) for theme in themes() for term in theme.terms if _fits(term[0], word))


def _goes_on(term: Term, following: list[str]) -> bool:
    wanted = term[1:]
    return len(following) == len(wanted) and all(map(_fits, wanted, following))


def _fits(wanted: str, word: str) -> bool:
    if wanted.startswith(_EXACT):
        return word == wanted[1:]
    if wanted.startswith(_INSIDE):
        return wanted[1:] in word
    return len(word) >= len(wanted) - 1 and is_alike(wanted, word)


@lru_cache(maxsize=65_536)  # the same few hundred words are compared for every measure of a plan
def is_alike(one: str, other: str) -> bool:
    """Same word in another ending, or the beginning of a compound: «psykisk/psykiske», «rus/ruslidelse»."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) >= 6:
        return long.startswith(short[:-1])
    return long.startswith(short)


@cache
def patient_groups() -> tuple[Theme, ...]:
    """The groups by their canonical codes, in the order of the rows."""
    return tuple(theme for theme in themes() if theme.kind == GROUP)


def groups_of(text: str, area: str = "") -> tuple[Said, ...]:
    """The groups that a measure with this text, in an area with this name, is for."""
    return tuple(said for said in themes_of(text, area) if is_group(said.code))


def is_group(code: str) -> bool:
    return code in by_code() and by_code()[code].kind == GROUP


def single_words(code: str) -> list[tuple[str, bool]]:
    """(word, whether it is only a beginning) for what a theme's words are alone, for a search in text."""
    singles = [term[0] for term in by_code()[code].terms if len(term) == 1 and term[0][0] != _INSIDE]
    return [(word.removeprefix(_EXACT), not word.startswith(_EXACT)) for word in singles]
