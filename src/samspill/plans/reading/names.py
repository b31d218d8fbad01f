"""Names of places as plans use them for a municipality or a hospital: «Haukeland stiller med …».

A name is one the caller knows, one that the plan itself uses as a place («i Haugvik», «Haugvik kommune»), or
one that ends as Norwegian places do.
Not here: which helsefellesskap a plan belongs to (`communities`), or words for somebody (`actors`).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from samspill.plans.reading.words import word_set

_WORD = r"[A-ZÆØÅ][a-zæøå]+(?:-[A-ZÆØÅ][a-zæøå]+)?"
_NAME = rf"(?:(?:Indre|Ytre|Nordre|Søndre|Vestre|Østre|Øvre|Nedre|Nye|Nord|Sør|Vest|Øst|Store)[\s-])?{_WORD}"
_ENDINGS = re.compile(
    r"\w{2,}(?:land|(?<!av)vik|stad|sund|fjord|fjorden|nes|neset|berg|dal|dalen|heim|strand|havn|hamn|våg"
    r"|vågen"
    r"|foss|rud|anger|øy|øya|ås|fjell|mark|elva|sjøen|sand|bygd|botn|skog|lund|moen|åsen|voll|haug)",
    re.IGNORECASE,
)
# Words that end like places and are none
_NO_PLACES = word_set("""
    utland innland sjukeheim sykeheim omsorgsheim aldersheim barneheim nybygd utbygd ombygd tilbygd
""")
_AFTER_PLACE = r"(?:kommune|sykehus|sjukehus|helseforetak|helseføretak|HF|legevakt|helsehus|DPS|sykehjem)\b"
_AS_PLACE = (
    re.compile(rf"(?<![.!?:]\s)\b(?:i|på|ved|fra|frå|til|mellom|utenfor|utanfor)\s(?P<name>{_NAME})\b"),
    re.compile(rf"\b(?P<name>{_NAME})\s{_AFTER_PLACE}"),
)
# Systems, feasts and bodies that stand after «i» and «på» as places do
_OTHERS = re.compile(
    r"(?:Norge|Noreg|Norden|Europa|Helse\w*|Samspill|Teams|Word|Excel|Gerica|Profil|Cosdoc|Visma|Facebook"
    r"|Stortinget|Regjeringen|Innsats\w*|Tiltak\w*|Vedlegg|Kapittel|Delavtale\w*|Avtale\w*|Kompetanse\w*"
    r"|Strategisk\w*|Faglig\w*|Fagleg\w*|Nasjonal\w*|Tabell|Figur|Universitetet|Høgskolen|Høgskulen|Læring\w*"
    r"|Sykehuset|Sjukehuset|Barn|Unge|Eldre|\w+(?:broen|brua|portalen|plattformen|planen|utvalget|utvalet"
    r"|løftet|året|skolen|skulen|senteret|møtet|prosjektet|reformen|loven|lova|råd|rådet|tjenesten|nett"
    r"|området|direktoratet|departementet|dagen|veka|uka|uken))",
)
_SEVERAL = re.compile(rf"{_NAME}(?:,\s{_NAME})*(?:\sog\s{_NAME})?")

_known: ContextVar[frozenset[str]] = ContextVar("names_of_the_plan", default=frozenset())


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """The words a plan uses as names of places."""
    found: set[str] = set()
    for text in texts:
        for pattern in _AS_PLACE:
            found |= {one["name"] for one in pattern.finditer(text) if not _OTHERS.fullmatch(one["name"])}
    return frozenset(found)


@contextmanager
def speaking_of(names: frozenset[str]) -> Iterator[None]:
    """While one plan is read, its names are known to everything that looks at a word."""
    token = _known.set(names)
    try:
        yield
    finally:
        _known.reset(token)


def known_names() -> frozenset[str]:
    return _known.get()


def is_place(text: str) -> bool:
    """«Haukeland», «Askøy, Øygarden og Alver»: names and nothing else, at least one of them known."""
    if not _SEVERAL.fullmatch(text) or ("," in text and " og " not in text):
        return False
    parts = re.split(r",\s|\sog\s", text)
    known = [part in known_names() or _ends_like_one(part) for part in parts]
    return any(known) and (len(parts) > 1 or known[0])


def _ends_like_one(name: str) -> bool:
    last = re.split(r"[\s-]", name)[-1]
    return (
        bool(_ENDINGS.fullmatch(last)) and name.casefold() not in _NO_PLACES and not _OTHERS.fullmatch(name)
    )
