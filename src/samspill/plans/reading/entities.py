"""Whom and what a plan names: patient groups, bodies, agreements, projects, as first mentioned.

Not here: focus areas and measures, or what a body is in the register (`directory`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from samspill.plans.reading.mentions import bodies_in
from samspill.plans.reading.prose_words import DOING
from samspill.plans.reading.words import clean, fold

# The groups the national plan gives priority, the fifth from 2024 (Meld. St. 9 (2023–2024)); both målformer
PATIENT_GROUPS: Mapping[str, re.Pattern[str]] = {
    "barn_unge": re.compile(r"\b(?:barn|born)\s(?:og|eller)\s(?:unge|ungdom)", re.IGNORECASE),
    "psykisk_rus": re.compile(
        r"\b(?:(?:alvorl[ie]ge?|langvarige?)\spsykisk|psykiske?\s(?:helse|lidelser?|lidingar?)\s(?:og|eller"
        r"|og/eller)\srus"
        r"|ruslidelse|rusproblem|rusmiddelproblem|rusavhengig|rusliding)",
        re.IGNORECASE,
    ),
    "eldre_skropelig": re.compile(
        r"\bskrøp[ei]l[ie]ge?\s\w{0,12}\s?eldre|\beldre,?\s(?:\w+\s){0,2}?(?:med|og)?\s?skrøp"
        r"|\bskrøp[ei]l[ie]ge?\seldre",
        re.IGNORECASE,
    ),
    "flere_kroniske": re.compile(
        r"\bfle?i?re\skroniske\s(?:lid(?:elser|ingar)|s[yj]u?kdomm?[ea]r|tilstand[ea]r|diagnos[ea]r)"
        r"|\bmultisyke\b|\bmultisjuke\b",
        re.IGNORECASE,
    ),
    "svangerskap": re.compile(
        r"\bsvangerskap|\bgravide\b|\bfødsels?-?\sog\sbarsel|\bbarseltid", re.IGNORECASE
    ),
}

_PLACE = r"[A-ZÆØÅ][\wæøåÆØÅ-]*"
_NOUNS = r"[a-zæøå-]+(?:(?:,\s|\s(?:og|av|på|i|for|til)\s|\s)(?!skal|er|som|må|har|i\s)[a-zæøå-]+){0,4}?"
_BODY_WORD = r"utval(?:g|get|et)?|råd(?:et)?|sekretariat(?:et)?"
_BODIES = (  # those that are not named by a kind of body alone (`mentions`)
    re.compile(r"\b[Uu]nderutvalg for å [a-zæøå]+(?: og [a-zæøå]+)? [a-zæøå]+"),
    re.compile(r"\b[Ff]aggrupp(?:er|ene|ane)\b"),
    re.compile(r"\b(?:[Ss]tyringsgruppe[nr]?|[Ss]ekretariatet)\b"),
    re.compile(r"\b(?:[Ll]okale? )?[Mm]øteplass(?:er|ar|en)? (?:for|mellom) [a-zæøå]+(?: [a-zæøå]+)?"),
    re.compile(r"\b[Mm]øtearena(?:en)? (?:for|innan|innen|om) [a-zæøå]+"),
    re.compile(r"\b(?:[Ss]amhandlings|[Nn]ettverks|[Dd]ialog)(?:konferanse|samling)(?:n|en|a)?\b"),
    re.compile(
        r"\b[A-ZÆØÅ]{2,}-?/[A-ZÆØÅ]{2,}-team(?:et|a)?\b"
        r"|\b[A-ZÆØÅ][a-zæøå]+ [a-zæøå]+-(?:einingane|enhetene)\b"
    ),
    re.compile(r"\b[Rr]essursgruppe for «[^«»]{3,60}»"),
    re.compile(r"\b[A-ZÆØÅ]{2,}-nettverk(?:ene|et)?\b|\bdiginettverk\b"),
)
_NOT_BODIES = re.compile(
    r"(?:mål|bruker|pasient|brukar|alders|yrkes|befolknings|helsepersonell|diagnose)grupp(?:en?|a|er)"
    r"|\w*områd\w*"
    r"|(?:under|fag|arbeids|samarbeids)?(?:utvalget|utvalet|gruppen|gruppa|nettverket|teamet|forumet)"
    r"|\w*(?:ekspert|helse)utval(?:g|get|et)?|samråd",
    re.IGNORECASE,
)
_AGREEMENTS = (
    re.compile(r"\b[Ss]amarbeidsavtale(?:n|r|ne|ar|ane)?\b|\b[Pp]artn[ea]rskapsavtale[nr]?\b"),
    re.compile(
        r"\b[Dd]elavtale(?:n|r|ne)?(?:\s(?:for|om)\s"
        r"|\s)(?:[a-zæøå]+)(?:\s[a-zæøå]+){0,3}?(?=[.,;)]|$)"
    ),
    re.compile(r"\b[A-ZÆØÅ][a-zæøå]{3,}erklæring(?:en|a)\b(?:\s\d(?:\.\d|\d{3}(?:[–-]\d{4})?))?"),
    re.compile(r"\b(?:[Rr]etningslinje|[Tt]jenesteavtale|[Tt]enesteavtale|[Dd]elavtale)\s\d{1,2}\b"),
    re.compile(r"\bavtale for [a-zæøå]+(?:\s[a-zæøå]+){1,4}?(?=\s(?:implementeres|skal|må)|[.,;])"),
    re.compile(r"\bKS og [Rr]egjeringens avtale(?: om [\wæøåÆØÅ]+)?"),
    re.compile(
        r"\b[Aa]vtale[nr]? mellom (?:[Rr]egjeringa|[Rr]egjeringen|KS|[A-ZÆØÅ]\w+) og [\wæøåÆØÅ]+"
        rf"(?: om {_NOUNS}(?=[.,;\])]|\s(?:skal|er|for)))?"
    ),
    re.compile(r"\b[Aa]vtale(?:porteføljen|strukturen)\b"),
    re.compile(
        r"\b[Aa]vtalen? om (?!å\b)[a-zæøå-]+(?:\s(?!skal|må|bør|er|ble|blir|vert|som|med"
        r"|i\b)[a-zæøå-]+){0,3}"
    ),
)
_REFERENCED = (
    re.compile(
        r"\bNasjonal(?:e|t)? (?:[a-zæøå-]+ ){0,4}?(?:[a-zæøå]*plan|strategi|veileder|rettleiar"
        r"|retningslinjer?)\b"
        r"(?: for [a-zæøå-]+(?: og [a-zæøå-]+)?)?(?:\s?\(?\d{4}\s?[–-]\s?\d{4}\)?)?"
    ),
    re.compile(r"\bNOU[ /]?\s?\d{4}\s?:\s?\d{1,2}|\bMeld\. St\. \d{1,2}(?: \(\d{4}\s?[–-]\s?\d{4}\))?"),
    re.compile(
        r"\b(?:Helsedirektoratets|Regjeringens) (?:veileder|rapport|strategi"
        r"|plan)\w*(?: for [a-zæøå]+)?"
    ),
    re.compile(r"\b[Rr]apporten (?:\*|«)(?P<name>[^*«»]{3,80})(?:\*|»)"),
    re.compile(
        r"\b[Rr]apporten (?P<name>[A-ZÆØÅ][a-zæøå]+(?: [a-zæøå]+){1,4}?)(?= (?:lansert|ble|blei|vart"
        r"|fra|frå|som|har)\b)"
    ),
    re.compile(r"\b(?:kalt|kalla) (?P<name>[A-ZÆØÅ«][^.«»]{5,80})(?=[.»])"),
    re.compile(r"\b[Rr]etningslinjer? for [a-zæøå]+(?:\s[a-zæøå]+){1,5}?(?=[.,;»)])"),
    re.compile(
        r"\b(?:[Hh]andlingsplan(?:en)?|[Ss]trategi(?:en)?|[Uu]tviklingsplan(?:en)?"
        r"|[Oo]pptrappingsplan(?:en)?) for "
        r"(?:perioden )?(?:[A-ZÆØÅ\d][\wæøåÆØÅ–/-]*|psykisk helse)(?: [A-ZÆØÅ][\wæøåÆØÅ–/-]*"
        r"| \d{4}(?:[/–-]\d{2,4})?)*"
    ),
)
_PROJECTS = (
    re.compile(
        rf"\b(?:[\wæøåÆØÅ-]*p|P)rosjektet\s(?P<name>«[^«»]{{2,60}}»"
        rf"|{_PLACE}\+?(?:\s{_PLACE}\+?){{0,3}})"
    ),
    re.compile(r"\b(?:[a-zæøå]*p|P)rosjekt\s(?P<name>«[^«»]{2,60}»)"),
    re.compile(
        r"\b(?!(?:Samhandlings|Utviklings|Samarbeids|Pilot|Hoved|Hovud|For|Del)prosjekt)"
        r"(?P<name>[A-ZÆØÅ][a-zæøå]{3,}prosjektet)(?:\s\d{4}[–-]\d{4})?"
    ),
    re.compile(r"\b(?P<name>[A-ZÆØÅ][a-zæøå]{2,}[A-ZÆØÅ][a-zæøå]{2,}\+?)(?!\w)"),
    re.compile(r"\btildelt [^.]{5,60}?mid(?:ler|lar) (?:til|for) (?P<name>(?:et|eit) prosjekt [^.,;]{5,90})"),
    re.compile(
        r"\b(?P<name>(?:samarbeids|pilot"
        r"|utviklings)?prosjekt om [a-zæøå]+(?: [a-zæøå]+){0,2}?)(?=\si\s|[.,;]|\smellom)"
    ),
    re.compile(
        r"\bprosjektet (?P<name>[a-zæøå]{4,}[ea] [a-zæøå]+(?: for [a-zæøå]+(?: og"
        r" [a-zæøå]+)?)?(?: i [A-ZÆØÅ][a-zæøå]+)?)"
    ),
)
_PROJECT_HEADING = re.compile(r"[\wæøåÆØÅ -]*prosjektet (?P<name>[A-ZÆØÅ«].{2,60})")


def patient_groups_in(text: str) -> list[str]:
    """The codes of the groups a text names, in the order of the table."""
    return [code for code, pattern in PATIENT_GROUPS.items() if pattern.search(text)]


def find_patient_groups(texts: Sequence[str]) -> list[str]:
    named = {code for text in texts for code in patient_groups_in(clean(text))}
    return [code for code in PATIENT_GROUPS if code in named]


def find_bodies(texts: Sequence[str], abbreviations: Mapping[str, str]) -> list[str]:
    """Bodies as the plan explains them, then those it only mentions."""
    explained = [
        name
        for name in abbreviations.values()
        if re.search(_BODY_WORD + r"|møtet|nettverk|gruppe", name.casefold())
    ]
    mentioned = [
        name
        for text in dict.fromkeys(texts)
        for name in _in_order(text)
        if not _NOT_BODIES.fullmatch(name) and name not in abbreviations
    ]
    return _unique([*explained, *mentioned])


def _in_order(text: str) -> list[str]:
    """Bodies by their kind and by the ways of naming of this file, as they stand in the text."""
    text = clean(text)
    places = [(found.start(), found[0]) for pattern in _BODIES for found in pattern.finditer(text)]
    places += [(one.start, one.name) for one in bodies_in(text)]
    return [name.strip(" «».,;") for _, name in sorted(places)]


def find_referenced(texts: Sequence[str], title: str) -> list[str]:
    """Plans, guides and reports of others; not the plan itself."""
    years = set(re.findall(r"\d{4}", title))
    return [
        name
        for name in _unique(list(_matches(texts, _REFERENCED)))
        if fold(name) not in fold(title) and not _is_own(name, years)
    ]


def _is_own(name: str, years: set[str]) -> bool:
    """«Handlingsplanen for 2025-2027» in the plan of those years."""
    own = re.match(r"(?:handlingsplan|strategi|årsplan)", name, re.IGNORECASE)
    said = set(re.findall(r"\d{4}", name))
    return bool(own) and (said <= years if said else name.split()[0].endswith("en"))


def find_agreements(texts: Sequence[str]) -> list[str]:
    return _unique(list(_matches(texts, _AGREEMENTS)))


def find_projects(texts: Sequence[str]) -> list[str]:
    headed = [found["name"] for text in texts if (found := _PROJECT_HEADING.fullmatch(clean(text)))]
    named = _unique([*(name.strip("« »") for name in headed), *_matches(texts, _PROJECTS)])
    named = [name for name in named if name.split()[0] not in DOING]
    return [name for name in named if not any(_is_short_for(name, other) for other in named)]


def _is_short_for(name: str, other: str) -> bool:
    """«Trygg» of «Trygg heim»."""
    return other != name and other.casefold().startswith(name.casefold())


def _matches(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    for text in dict.fromkeys(texts):  # what stands on every page is looked at once
        text = clean(text)
        places = [
            (found.start(), found.groupdict().get("name") or found[0])
            for pattern in patterns
            for found in pattern.finditer(text)
        ]
        yield from (name.strip(" «».,;") for _, name in sorted(places))


def _unique(names: Sequence[str]) -> list[str]:
    """Each once: «Partnerskapsmøtet» and «partnerskapsmøtet» are one, and so are «utvalg» and «utvalget»."""
    first: dict[str, str] = {}
    for name in names:
        key = re.sub(r"(?:et|en|ene|ne|n)$", "", fold(re.sub(r"\s\([A-ZÆØÅ]{2,7}\)", "", name)))
        first.setdefault(key, name)
    return list(first.values())
