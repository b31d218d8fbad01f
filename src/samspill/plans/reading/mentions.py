"""Bodies a text mentions, and which of them «utvalget», «gruppen» or «vi» means in its section.

A generic word is read as the nearest body before it in the same section that a sentence is about (or that is
the heading) and whose name has the same kind of word; else as the only one that is named there. When there
are
several, or none, nobody is guessed.
Not here: the bodies a community has (`directory`), or abbreviations (`abbreviations`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from samspill.documents.blocks import BlockKind, Document
from samspill.plans.reading.candidates import FocusArea
from samspill.plans.reading.passages import sentences
from samspill.plans.reading.prose_words import DOING, PRESENT_ROUTINES, PRESENTS, STATES
from samspill.plans.reading.words import clean

_STOP = (
    "som|er|var|skal|vil|må|bør|kan|har|hadde|ble|blir|vert|vart|på|i|ved|til|av|fra|frå|om|der|når"
    "|etter|under|mellom"
    "|gjennom|under|slik|samt|men|eller|å|at|den|det|de|dei|ikke|ikkje|også|òg|vi|me|seg|mot|over|uten"
    "|utan|deltar"
    "|deltek|består|består|får|legg|legger|tar|tek|set|setter|bruker|består|ønsker|ønskjer|planlegger"
    "|videreføres"
    "|innen|innan|etableres|etablerast|vurderer|utarbeider|rapporterer|møtes|behandler|foreslår|fra"
    "|hvor|hvordan"
    "|sammen|saman|og|med|ligge|siste|innenfor|innafor|knyttet|knytt|samt|hver|kvar|fire|tre|to|fem|pr"
    "|per|fortsetter|held|kom|rundt|rollen|vedrørende|eksempelvis|osv|etc|fungerer|fører|kommer|kjem"
    "|leder|leier|sikrer|startet|starta|sitt|sin|sine|gir|gjev|har|hver|kvar"
)
_WORD = rf"(?!(?:{_STOP})\b)(?!\d)[\wæøåÆØÅ/+-]+"
_THEME = rf"{_WORD}(?:,?\s(?!og\s(?:{_STOP})\b)(?:og\s|med\s|eller\s)?{_WORD}){{0,5}}"
_ADJECTIVE = (
    r"(?:[Ss]trategiske?|[Ff]aste?|[Ff]agle?ige?|[Ff]aglege?|[Tt]verrfagle?ige?|[Tt]verrfaglege?"
    r"|[Rr]egionale?"
    r"|[Ll]okale?)"
)
_KIND = (
    r"(?i:utvalg(?:et|ene)?|utval(?:et|a)?|råd(?:et)?|sekretariat(?:et)?|grupp(?:e|en|a|er|ene)"
    r"|nettverk(?:et|ene|a)?"
    r"|forum(?:et)?|komit[eé](?:en|a)?|team(?:et)?|møteplass(?:en|er|ar)?|møtearena(?:en)?"
    r"|sekretariatsfunksjon(?:en)?)(?=\b|\d)"
)
_SHORT_BODY = (
    rf"(?:SSU\b|FSU\b(?:\s(?:[A-ZÆØÅ]{{2,7}}\b|(?!(?:{_STOP})\b)[a-zæøå]{{3,}}"
    r"(?:\sog\s[a-zæøå]+(?=[\s.,]))?))?)"
)
_THEMES = r"(?:barn|psykisk|rus|akutt|eldre|rekruttering|svangerskap|kvalitet|digital|beredskap)"
# Only a committee or a group has a theme without «for»: «Underutvalg barn og unge»
_MAY_HAVE_THEME = (
    r"(?:(?<=utvalg)|(?<=utval)|(?<=gruppe)|(?<=\))"
    rf"|(?<=utvalget)(?=\s{_THEMES})|(?<=utvalet)(?=\s{_THEMES}))"
)
_BODY = re.compile(
    rf"\b(?P<name>[Pp]artn[ea]rskapsmøte[tn]?"
    rf"|(?:{_ADJECTIVE}\s)?(?:[\wæøåÆØÅ]+-|[A-ZÆØÅa-zæøå]*?){_KIND}(?:\s\([A-ZÆØÅ]{{2,7}}\))?"
    rf"(?:\s(?:for|innen|innan)\s{_THEME}(?:\ssom\spårør[ae]nde)?|{_MAY_HAVE_THEME}\s(?={_WORD}){_THEME})?"
    rf"|{_SHORT_BODY})"
)
_NAMES = re.compile(rf"(?:for|innen|innan)\s|{_THEMES}")
_IS_KIND = re.compile(rf"[a-zæøå]*{_KIND}")
_KINDS = {
    "underutval": re.compile(r"underutval", re.IGNORECASE),
    "utval": re.compile(r"utvalg|utval|FSU|SSU", re.IGNORECASE),
    "grupp": re.compile(r"grupp", re.IGNORECASE),
    "nettverk": re.compile(r"nettverk", re.IGNORECASE),
    "team": re.compile(r"team", re.IGNORECASE),
    "råd": re.compile(r"råd(?:et)?\b", re.IGNORECASE),
    "forum": re.compile(r"forum", re.IGNORECASE),
    "komit": re.compile(r"komit", re.IGNORECASE),
}
GENERIC = re.compile(
    r"(?:(?:under|fag|samarbeids|arbeids|prosjekt|ressurs|styrings|fag)?"
    r"(?:utvalget|utvalet|gruppen|gruppa|nettverket|teamet|rådet|forumet|komiteen|komitéen))",
    re.IGNORECASE,
)
_BARE = re.compile(  # «en arbeidsgruppe»: a kind of body, not a body
    r"(?:(?:under|fag|arbeids|prosjekt|ressurs|styrings)?(?:utvalg|utval|grupper?|nettverk(?:ene|a)?"
    r"|team|råd|forum)"
    r"|møteplass\w*|møtearena\w*|(?:faste?|nye?) \w+)",
    re.IGNORECASE,
)
# Bodies of the hospital or the county, which send somebody but are not meant by «utvalget»
_OTHERS = re.compile(r"(?:bruker|brukar|ungdoms|pasient|kommune|fylkes)(?:utval|råd)", re.IGNORECASE)
_FURTHEST = 20  # sentences back; what was said before that is too far away to be meant
_READ = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM)
_WE = re.compile(r"(?:vi|me)\b", re.IGNORECASE)
_COMMUNITY = re.compile(
    r"\b(?:[A-ZÆØÅ][\wæøå]+(?:(?:\sog)?\s[A-ZÆØÅ][\wæøå]+)*\shelsefell?es?skap"
    r"|[Hh]elsefell?es?skapet(?:\s(?:i\s)?[A-ZÆØÅ][\wæøå]+(?:(?:\sog)?\s[A-ZÆØÅ][\wæøå]+)*)?)\b"
)
_NOT_NAMED = re.compile(
    r"\w*områd\w*|i?\s?samråd|forråd|tråd|\w*tilråd\w*|(?:mål|bruker|pasient|brukar|alders|yrkes"
    r"|befolknings|helsepersonell|diagnose|helsepersonell|personell|theme|tema|vare)grupp\w*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Sections:
    """The section of each block: its focus area, else what stands below the same heading."""

    document: Document
    areas: Mapping[int, FocusArea]

    def around(self, index: int) -> Sequence[int]:
        if area := self.areas.get(index):
            return [place for place, other in self.areas.items() if other is area]
        blocks = self.document.blocks
        first = next((one for one in range(index, -1, -1) if blocks[one].kind is BlockKind.HEADING), 0)
        return range(first, index + 1)

    def outside(self, front: int) -> list[int]:
        """Where a plan with areas speaks outside of them, its title page apart."""
        places = range(front, len(self.document.blocks)) if self.areas else ()
        return [index for index in places if index not in self.areas]


def bodies_in(text: str) -> Iterator[Mention]:
    """The bodies a text names by more than a generic word, in order."""
    place = 0
    while found := _BODY.search(text, place):
        name = _without_verbs(found["name"].strip(" ,."))
        place = found.start() + max(len(name), 1)  # a second body may stand in the theme of the first
        if _BARE.fullmatch(name):
            continue
        if not GENERIC.fullmatch(name) and not _NOT_NAMED.match(name) and len(name) > 3 - name.isupper():
            yield Mention(name, found.start())


def _without_verbs(name: str) -> str:
    """«utvalget» of «utvalget vidareutvikle samarbeidet»: a theme ends where a verb begins."""
    words = name.split()
    for place, word in enumerate(words[1:], start=1):
        is_verb = word in DOING or word in STATES or word in PRESENTS or word in PRESENT_ROUTINES
        if is_verb or (place > 1 and _IS_KIND.fullmatch(word)):
            words = words[:place]
            break
    if len(words) > 1 and GENERIC.fullmatch(words[0]) and not _NAMES.match(" ".join(words[1:])):
        words = words[:1]  # «utvalget barn»: only an indefinite word has a theme without «for»
    return re.sub(r"\s(?:for|innen|innan|og|med|eller)$", "", " ".join(words)).strip(" ,")


def meant_by(word: str, document: Document, index: int, part: str, section: Sequence[int]) -> str:
    """The body a generic word or «vi» means, said before `part` in the section; "" when nobody can tell.

    `section` are the places of the blocks of the section, its heading among them.
    """
    if _WE.fullmatch(word):
        names_in = _named_communities
    elif (kind := _kind_of(word)) is not None:
        names_in = partial(_bodies_of, kind)
    else:
        return ""
    before = list(islice(_before(document, index, part, section), _FURTHEST))
    spoken_of = (name for text in before for name in names_in(text) if text.startswith(name))
    named = list(dict.fromkeys(name for text in before for name in names_in(text)))
    return next(spoken_of, "") or (named[0] if len(named) == 1 else "")


def community_in(text: str) -> str:
    """«Nordkyst helsefellesskap» of «I Nordkyst helsefellesskap skal vi …»."""
    return next(iter(_communities(text)), "")


def _communities(text: str) -> list[str]:
    return [found[0] for found in _COMMUNITY.finditer(text)]


def _named_communities(text: str) -> list[str]:
    """Those with a name, and «helsefellesskapet» where the sentence is about it."""
    return [name for name in _communities(text) if " " in name or text.startswith(name)]


def _bodies_of(kind: re.Pattern[str], text: str) -> list[str]:
    return [one.name for one in bodies_in(text) if kind.search(one.name) and not _OTHERS.match(one.name)]


def _kind_of(word: str) -> re.Pattern[str] | None:
    if not GENERIC.fullmatch(word):
        return None
    return next((pattern for stem, pattern in _KINDS.items() if stem in word.casefold()), None)


def _before(document: Document, index: int, part: str, section: Sequence[int]) -> Iterator[str]:
    """What the section says before this part, the nearest sentence first, then the headings above it."""
    for place in sorted((one for one in section if one <= index), reverse=True):
        block = document.blocks[place]
        if block.kind in _READ:
            text = clean(block.text)
            yield from reversed(sentences(text[: max(text.find(part[:40]), 0)] if place == index else text))
