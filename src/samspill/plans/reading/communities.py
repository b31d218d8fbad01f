"""Which helsefellesskap a document belongs to: by its own name, its health trust, or its municipalities.

The names come from the caller; nothing is known here about who they are. A name that is said first, and
often, wins.
Not here: the register itself (`directory`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samspill.plans.reading.candidates import Community
from samspill.plans.reading.clauses import finite_in
from samspill.plans.reading.words import fold


@dataclass(frozen=True, slots=True)
class KnownCommunity:
    """One row of the register.

    name          «Troms og Ofoten»; what stands in brackets is another name for it
    full_names    other names of the community itself
    trust_names   «Universitetssykehuset Nord-Norge HF», «UNN»
    """

    code: str
    name: str
    full_names: tuple[str, ...] = ()
    trust_names: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()


# Misspelt as often as not: one s, one l; a preposition before the name. Genitive and plural do not name one.
_WORD = r"[Hh]elsefell?es?skap(?:et)?"
_PROPER = r"[A-ZÆØÅ][\wæøåÆØÅ.]*(?:-[A-ZÆØÅ][\wæøåÆØÅ]*)*"
_NAME = rf"{_PROPER}(?:,?\s(?:(?:og|i|på|for)\s)?{_PROPER}){{0,4}}"
_MENTIONS = (
    re.compile(rf"\b{_WORD}\s(?:(?:i|for|på)\s)?(?P<name>{_NAME})"),
    re.compile(rf"\b(?P<name>{_NAME})\s{_WORD}\b"),
)
_NO_NAME = (
    r"(?:\w*(?:plan|strategi|innsp[ei]l+)|for|fra|frå|med|mot|til|ved|under|etter|vedtatt|vedteke|vedtatte|utkast"
    r"|revidert|godkjent|godkjend|side|og)"
)
# A line with nothing but the name has it whole: «Handlingsplan for Helsefellesskapet Tre fjordar 2026–2028»
_LINE = re.compile(
    rf"(?:[A-ZÆØÅ][\w-]+\s(?:[a-zæøå]+\s)?(?:for|i|frå|fra)\s)?{_WORD}\s(?:(?:i|for|på)\s)?"
    rf"(?P<name>{_PROPER}(?:\s{_PROPER}){{0,2}}(?:\s(?!{_NO_NAME}\b)[a-zæøå]{{3,}}){{1,2}})"
    r"(?::.*|,?\s[(«]?\d{4}.*)?"
)
_OPENING = re.compile(
    r"(?:(?:I|For|Ved|Gjennom|Plan|Strategi|Handlingsplan|Årsplan|Tiltaksplan|Samarbeidet|Partane|Partene)"
    r"\s(?:(?:for|i|på)\s)?)+"
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_FRONT, _FRONT_WEIGHT = 12, 10  # blocks: a title page says the name once, and that counts most
_MUNICIPALITIES_ENOUGH = (
    3  # of one community, and so many times more than of the next, before they tell anything
)


class _Mention(NamedTuple):
    raw: str
    name: str
    match: KnownCommunity | None

    @property
    def key(self) -> str:
        return self.match.code if self.match else fold(self.name)


def find_community(texts: Sequence[str], known: Sequence[KnownCommunity]) -> Community:
    """The community of a document whose blocks say `texts`. A name that is not in `known` gets no code."""
    if mention := _most_said(texts, known):
        if mention.match:
            return Community(mention.raw, mention.match.code, mention.match.name, "name")
        return Community(mention.raw, "", mention.name, "")
    if match := _by_trust(texts, known):
        return Community("", match.code, match.name, "trust")
    if match := _by_municipalities(texts, known):
        return Community("", match.code, match.name, "municipalities")
    return Community()


def _most_said(texts: Sequence[str], known: Sequence[KnownCommunity]) -> _Mention | None:
    weights: Counter[str] = Counter()
    first: dict[str, _Mention] = {}
    for position, text in enumerate(texts):
        for mention in _mentions(text, known):
            weights[mention.key] += _FRONT_WEIGHT if position < _FRONT else 1
            first.setdefault(mention.key, mention)
    return first[weights.most_common(1)[0][0]] if weights else None


def _mentions(text: str, known: Sequence[KnownCommunity]) -> Iterator[_Mention]:
    if (line := _LINE.fullmatch(text)) and finite_in(line["name"]) is None:
        yield _Mention(line[0].strip(" .,"), line["name"], _known_as(fold(line["name"]), known))
        return
    for pattern in _MENTIONS:
        for found in pattern.finditer(text):
            opening = _OPENING.match(found["name"])
            name = found["name"][opening.end() if opening else 0 :].strip(" .,")
            if name:
                yield _Mention(found[0].strip(" .,"), name, _known_as(fold(name), known))


def _known_as(said: str, known: Sequence[KnownCommunity]) -> KnownCommunity | None:
    """The community with the longest name that what is said begins or ends with."""
    best: tuple[int, KnownCommunity] | None = None
    for community in known:
        for name in _names(community):
            fits = said == name or said.startswith(f"{name} ") or said.endswith(f" {name}")
            if name and fits and (best is None or len(name) > best[0]):
                best = (len(name), community)
    return best[1] if best else None


def _names(community: KnownCommunity) -> list[str]:
    """Folded; «Nordland (Salten Lofoten Vesterålen)» is two names, and a trust's name serves as well."""
    names: list[str] = []
    for name in (community.name, *community.full_names, *community.trust_names):
        inside = _BRACKETS.search(name)
        names += [_BRACKETS.sub("", name), inside[1] if inside else "", name.removesuffix(" HF")]
    return [fold(name) for name in names]


def _by_trust(texts: Sequence[str], known: Sequence[KnownCommunity]) -> KnownCommunity | None:
    counts = [(_count(texts, [name.removesuffix(" HF") for name in one.trust_names]), one) for one in known]
    counts.sort(key=lambda pair: -pair[0])
    if not counts or not counts[0][0] or (len(counts) > 1 and counts[0][0] == counts[1][0]):
        return None
    return counts[0][1]


def _by_municipalities(texts: Sequence[str], known: Sequence[KnownCommunity]) -> KnownCommunity | None:
    """Two communities may each have a Våler; so the first must be far ahead of the second."""
    named = [(sum(_count(texts, [name]) > 0 for name in one.municipalities), one) for one in known]
    named.sort(key=lambda pair: -pair[0])
    if not named or named[0][0] < _MUNICIPALITIES_ENOUGH:
        return None
    second = named[1][0] if len(named) > 1 else 0
    return named[0][1] if named[0][0] >= _MUNICIPALITIES_ENOUGH * second else None


def _count(texts: Sequence[str], names: Sequence[str]) -> int:
    """How often one of the names is said, large letters as they are: «SØ» is not «sø»."""
    if not any(names):
        return 0
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names if name)})(?!\w)")
    return sum(len(pattern.findall(text)) for text in texts)
