"""Whom and what a plan names: patient groups, bodies, agreements, projects, as first mentioned.

Not here: focus areas and measures, or what a body is in the register (`directory`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

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
_BODY_WORD = r"utval(?:g|get|et)?|råd(?:et)?|sekretariat(?:et)?"
_BODIES = (
    re.compile(r"\b[Pp]artn[ea]rskapsmøtet?\b"),
    re.compile(
        r"\b(?:[Ss]trategisk|[Ff]agleg|[Ff]aglig)e?\ssam(?:arbeids|handlings)utval(?:g|get"
        r"|et)?\b(?:\s(?:for\s)?(?:[a-zæøå-]+\s(?:og\s)?){0,2}[a-zæøå-]*utvikling)?"
    ),
    re.compile(r"\bFSU\s[A-ZÆØÅ]{2,8}\b"),
    re.compile(
        r"\b[\wÆØÅæøå]+(?:-|(?<=[a-zæøå]))(?:utvalget|utvalet|rådet|gruppen|gruppa|teamet|nettverket"
        r"|forumet)\b"
    ),
    re.compile(
        r"\b[Uu]nderutvalg(?:et)?\s(?:for\s)?(?!og\b|som\b|i\b|er\b"
        r"|for\b)[a-zæøå]+(?:\s(?:og\s)?[a-zæøå]+){0,3}(?=\s\(|[.,;]|$)"
    ),
    re.compile(
        rf"\b(?:[Nn]ettverk|[Ff]agnettverk|[Ff]orum|[Aa]rbeidsgruppe|[Rr]essursgruppe)\s(?:for|innen"
        rf"|innan)\s(?:{_PLACE}|[a-zæøå/-]+)(?:\s(?:og|med)\s[a-zæøå]+){{0,2}}"
    ),
)
_NOT_BODIES = re.compile(
    r"(?:mål|bruker|pasient|brukar|alders|yrkes|befolknings|helsepersonell|diagnose)grupp(?:en?|a)|\w*området"
    r"|(?:under|fag|arbeids|samarbeids)?(?:utvalget|utvalet|gruppen|gruppa|nettverket|teamet|forumet)",
    re.IGNORECASE,
)
_AGREEMENTS = (
    re.compile(r"\b[Ss]amarbeidsavtale(?:n|r|ne|ar|ane)?\b|\b[Pp]artn[ea]rskapsavtale[nr]?\b"),
    re.compile(r"\b[Dd]elavtale(?:n|r|ne)?(?:\sfor\s|\s)(?:[a-zæøå]+)(?:\s[a-zæøå]+){0,3}?(?=[.,;)]|$)"),
    re.compile(r"\b[A-ZÆØÅ][a-zæøå]{3,}erklæring(?:en|a)\b(?:\s\d(?:\.\d|\d{3}(?:[–-]\d{4})?))?"),
    re.compile(r"\b(?:[Rr]etningslinje|[Tt]jenesteavtale|[Tt]enesteavtale|[Dd]elavtale)\s\d{1,2}\b"),
    re.compile(r"\bavtale for [a-zæøå]+(?:\s[a-zæøå]+){1,4}?(?=\s(?:implementeres|skal|må)|[.,;])"),
)
_PROJECTS = (
    re.compile(rf"\b[Pp]rosjektet\s(?P<name>«[^«»]{{2,60}}»|{_PLACE}\+?(?:\s{_PLACE}\+?){{0,3}})"),
    re.compile(r"\b[Pp]rosjekt\s(?P<name>«[^«»]{2,60}»)"),
    re.compile(r"\b(?P<name>[A-ZÆØÅ][a-zæøå]{3,}prosjektet)(?:\s\d{4}[–-]\d{4})?"),
)


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
        for name in _matches(texts, _BODIES)
        if not _NOT_BODIES.fullmatch(name) and name not in abbreviations
    ]
    return _unique([*explained, *mentioned])


def find_agreements(texts: Sequence[str]) -> list[str]:
    return _unique(list(_matches(texts, _AGREEMENTS)))


def find_projects(texts: Sequence[str]) -> list[str]:
    return _unique(list(_matches(texts, _PROJECTS)))


def _matches(texts: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    for text in texts:
        places = []
        for pattern in patterns:
            for found in pattern.finditer(clean(text)):
                places.append((found.start(), found.groupdict().get("name") or found[0]))
        yield from (name.strip(" «».,;") for _, name in sorted(places))


def _unique(names: Sequence[str]) -> list[str]:
    """Each once: «Partnerskapsmøtet» and «partnerskapsmøtet» are one, and so are «utvalg» and «utvalget»."""
    first: dict[str, str] = {}
    for name in names:
        key = re.sub(r"(?:et|en|ene|ne|n)$", "", fold(name))
        first.setdefault(key, name)
    return list(first.values())
