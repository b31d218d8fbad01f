"""The list of hard words and what to say instead (`norway/plain_words.yaml`), read strictly."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from samspill.refusal import Refused
from samspill.rulebook import strict_yaml

FILE = strict_yaml.HERE / "plain_words.yaml"
LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class Band:
    """How hard texts are that lie `below` this LIX, and not below the band before; None has no end."""

    code: str
    below: float | None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The list of one language. `titles` are short forms with a point that never end a sentence."""

    entries: tuple[tuple[re.Pattern[str], str, str], ...]
    hard_pattern: re.Pattern[str]
    abbreviations: Mapping[str, str]
    abbreviation_pattern: re.Pattern[str]
    everyday: frozenset[str]
    longest_sentence: int

    @property
    def titles(self) -> frozenset[str]:
        return frozenset(one for one in self.everyday if one.endswith("."))

    def plain(self, hard: str) -> tuple[str, str]:
        """What to say instead, and the explanation. The first entry that fits counts."""
        return next(
            ((plain, explain) for one, plain, explain in self.entries if one.fullmatch(hard)), ("", "")
        )


def band_of(lix: float | None) -> Band | None:
    """The band of the exact LIX; None when there is none."""
    if lix is None:
        return None
    return next(one for one in _table()[0] if one.below is None or lix < one.below)


@cache
def find_words(language: str) -> PlainWords:
    """The words of nb, nn or en."""
    return _table()[1][language]


@cache
def _table() -> tuple[tuple[Band, ...], Mapping[str, PlainWords]]:
    (row,) = strict_yaml.check_list(strict_yaml.read(FILE), where=FILE.name)
    keys = (
        "applies_from", "sources", "bands", "longest_sentence", "words", "abbreviations", "everyday",
    )  # fmt: skip
    strict_yaml.check_keys(row, must=keys, where=FILE.name)
    strict_yaml.check_day(row["applies_from"], where=FILE.name)
    strict_yaml.check_list(row["sources"], where=f"sources in {FILE.name}")
    strict_yaml.check_keys(row["abbreviations"], must=LANGUAGES, where=f"abbreviations in {FILE.name}")
    bands = tuple(_band(one) for one in strict_yaml.check_list(row["bands"], where=FILE.name))
    ends = [one.below for one in bands]
    numbers = [below for below in ends if below is not None]
    if ends[-1] is not None or len(numbers) < len(ends) - 1 or numbers != sorted(set(numbers)):
        raise Refused("table.bounds", f"The bands in {FILE.name} must rise, and only the last have no end.")
    return bands, {language: _words(row, language) for language in LANGUAGES}


def _band(row: Any) -> Band:
    strict_yaml.check_keys(row, must=("code", "below", "names"), where=f"A band in {FILE.name}")
    strict_yaml.check_keys(row["names"], must=LANGUAGES, where=f"The names of a band in {FILE.name}")
    return Band(row["code"], row["below"], row["names"])


def _words(row: Any, language: str) -> PlainWords:
    entries, stems = [], []
    for number, one in enumerate(strict_yaml.check_list(row["words"], where=FILE.name), 1):
        where = f"Word {number} in {FILE.name}"
        strict_yaml.check_keys(one, must=LANGUAGES, where=where)
        said = strict_yaml.check_keys(one[language], must=("hard", "plain", "explain"), where=where)
        hard = [strict_yaml.check_text(stem, where=where) for stem in said["hard"]]
        stems += hard
        entries.append((_any_of(hard), said["plain"], said["explain"]))
    twice = {stem for stem in stems if stems.count(stem) > 1}
    if twice:
        raise Refused("table.duplicate_key", f"{', '.join(sorted(twice))} stands twice in {FILE.name}.")
    abbreviations = row["abbreviations"][language]
    return PlainWords(
        tuple(entries),
        _any_of(stems),
        abbreviations,
        _exactly_any_of(abbreviations),
        frozenset(row["everyday"]),
        row["longest_sentence"],
    )


def _any_of(stems: Iterable[str]) -> re.Pattern[str]:
    """The longest first, whole words, whatever the case; * is the rest of the word."""
    ordered = sorted(stems, key=len, reverse=True)
    said = "|".join(re.escape(stem).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for stem in ordered)
    return re.compile(rf"(?<![\w-])(?:{said})(?!\w)", re.IGNORECASE)


def _exactly_any_of(forms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
