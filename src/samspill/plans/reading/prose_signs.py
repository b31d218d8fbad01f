"""Signs that a sentence is a measure, or is not, with their weights, as one table in both målformer.

The weights were set on the plans in `tests/rules/plans` and are held there by a floor on precision and
recall.
"""

import re

from samspill.plans.reading.verbs import ACTIONS

ENOUGH = 0.6
SURE_AT_MOST = 0.85  # a person must look at what comes from prose

PRONOUNS = frozenset({"vi", "man", "ein", "en", "de", "dei", "det", "den", "dette"})

_ACTION = "(?:" + "|".join(sorted(ACTIONS, key=len, reverse=True)) + ")"
_WILL = r"\b(?:skal|vil|må|bør)\b"
# What may stand between the verb of will and the verb of doing: a few words, or an inserted clause
_BETWEEN = r"(?:,[^,.;]{1,60},)?(?:\s(?!å\b|som\b|at\b|kunne\b)[^\s.,;]+){0,6}?"
_DO = rf"{_WILL}{_BETWEEN}\s(?:{_ACTION}\b|være pådriv|vere pådriv|ha (?:\w+ )?fokus)"
_STEMS = (
    "etabler videreutvikl utvikl implementer ferdigstill videreføre vidareføra utvid gjennomføre gjennomføra "
    "utarbeid"
    " oppdater revider evaluer utred kartlegg prioriter opprett start styrk innføre innføra iverksett "
    "igangsett søk benytt"
    " tilrettelegg følg konkretiser"
).replace(" ", "|")
_DONE = rf"\b(?:{_STEMS})(?:r?es|s|ast|est)\b"
_PLANNED = (
    r"\bplanlagt\b|\bplanlegges\b|\bplanleggast\b|\bønske(?:lig|leg) å\b|\bfortsetter\b|\bheld fram\b"
    r"|\bfortset\b"
    r"|\b(?:komme|kommer|kome|kjem) i gang\b|\bvil være en (?:prioritert|viktig|sentral) (?:satsn?ing"
    r"|oppgave)"
)
_DECIDES = (
    r"(?:forplikt(?:er|ar) seg til|(?:tar|tek) sikte på|(?:tas|takast) det sikte på"
    r"|(?:legges|leggjast) (?:det )?opp til"
    r"|har plan(?:er|ar) om|(?:er|har vorte|har blitt) (?:enige|samde|einige) om|planlegger|planlegg"
    r"|har (?:besluttet|vedtatt|vedteke|bestemt|avgjort|avtalt|avtala))"
)
_COMMITS = rf"\b{_DECIDES}\så\s(?:[a-zæøå]+\s){{0,2}}?{_ACTION}\b"
_WISHES = rf"\b(?:ønsker|ønskjer|ynskjer)\s(?:\w+\s){{0,2}}?å\s(?:[a-zæøå]+\s){{0,2}}?{_ACTION}\b"
_SETS_UP = (
    r"\b(?:settes|setjast|vert|blir)\s(?:det\s|[a-zæøå]+\s){0,2}?(?:(?:sett|satt)\s)?(?:ned|opp)\s(?:en|ei|ein|et|eit)\b"
    r"|\b(?:nedsettes|opprettes|opprettast)\b"
)
_PARTICIPLES = (
    r"(?:videreført|vidareført|etablert|oppretta?|opprettet|gjennomført|utarbeid(?:et|d|a)|start(?:et|a)"
    r"|innført|evaluert|revidert|utvid(?:et|a)|skipa|iverksatt|sett i verk|oppdatert|pilotert|prøvd ut)"
)
_BECOMES = rf"\b(?:blir|vert|vil bli|skal bli|vil verte|skal verte)\s(?:[a-zæøå]+\s){{0,3}}?{_PARTICIPLES}\b"
_PASSIVES = "|".join(
    sorted({form for verb in ACTIONS if verb[-1] == "e" for form in (f"{verb}s", f"{verb[:-1]}ast")})
)
_TO_BE_DONE = rf"{_WILL}{_BETWEEN}\s(?:{_PASSIVES})\b"
_TASK = r"\boppg[aå]ve\b.{0,60}\bå\s|\b(?:først ut med|gjennom) å\s"

MODAL = re.compile(rf"{_WILL}|\b{_DECIDES}(?=\så\b)|\b(?:ønsker|ønskjer|ynskjer)(?=\så\b)", re.IGNORECASE)
ACTS = re.compile(
    f"{_DO}|{_DONE}|{_PLANNED}|{_TASK}|{_COMMITS}|{_BECOMES}|{_WISHES}|{_SETS_UP}|{_TO_BE_DONE}",
    re.IGNORECASE,
)
AND_ACTS = re.compile(
    rf"(?<=\w)(?:,\s(?:og\s)?|\s(?:og|samt)\s)(?:(?:å|vi vil|vi skal)\s)?"
    rf"(?P<second>{_ACTION}\s(?!og\b|eller\b|,))(?=\S+\s\S+)",
    re.IGNORECASE,
)
_MAIN = (
    r"^(?:(?!\b(?:hvordan|korleis|slik at|for at|som)\b).)*?"  # only before a clause that hangs on another
)


def _sign(name: str, weight: float, pattern: str) -> tuple[str, float, re.Pattern[str]]:
    return name, weight, re.compile(pattern, re.IGNORECASE)


SIGNS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    _sign("will-do", 0.4, _DO),
    _sign("is-done", 0.45, _DONE),
    _sign("planned", 0.45, _PLANNED),
    _sign("task", 0.4, _TASK),
    _sign("commits", 0.6, _COMMITS),
    _sign("wishes", 0.3, _WISHES),
    _sign("sets-up", 0.6, _SETS_UP),
    _sign("to-be-done", 0.45, rf"^(?!.*(?:{_DONE})).*?(?:{_TO_BE_DONE})"),
    # «Det skal lages en plan»: something new, where «Møtet skal ledes av …» tells how things are
    _sign("something-new", 0.15, rf"\b(?:Det|I \w+) (?:skal|må|bør) (?:\w+ )?(?:{_PASSIVES})\b"),
    _sign(
        "hope",
        -0.5,
        r"\b(?:håper|håpar|trur|tror|mener|meiner|venter|ventar|forventer|reknar med|regner med)\b",
    ),
    _sign("becomes", 0.45, _BECOMES),
    _sign("period", 0.2, r"\b(?:handlingsplan|plan|strategi|handlings)perioden\b|\bkomm?[ae]nde periode\b"),
    _sign(
        "object",
        0.1,
        r"\b(?:\w*prosjekt|avtale|retningslinje|veilede|rettleia|modell|nettverk|\w*utval|team|møteplass"
        r"|møtearena"
        r"|arbeidsgruppe|verktøy|rutine|plan for|tiltak|\w*avtale)",
    ),
    _sign("community", 0.15, r"\bhelsefell?es?skap(?:et)?\b|\b(?:partene|partane|underutval\w*|SSU|FSU)\b"),
    _sign(
        "goes-on",
        0.15,
        r"\b(?:arbeide?|jobbe) (?:videre|vidare)\b|\better planen\b"
        r"|^(?:arbeidet|prosjektet|satsingen|satsinga|ordningen|ordninga|tilbudet|tilbodet)\b.{3,120}\b(?:videreføres"
        r"|vidareførast|videreført|vidareført|fortsetter|held fram)\b",
    ),
    _sign("funded", 0.15, r"\btildelt\b.{0,60}\bmidler\b|\btildelt\b.{0,60}\bmidlar\b"),
    _sign(
        "nation",
        -0.6,
        r"^\W*(?:NHSP|Nasjonal|Regjering|Helsedirektoratet|Helsepersonellkommisjonen|Kommisjonen|Rapporten"
        r"|Veilederen"
        r"|Norge|Noreg|Stortinget|Statsforvalteren)|\b(?:regjeringen|regjeringa|kommisjonen|direktoratet"
        r"|utvalget mener)\b",
    ),
    _sign(
        "plan-itself",
        -0.4,
        r"^\W*(?:handlingsplanen|planen|strategien|denne planen|hovudmålset\w*|innsatsområde\w*)\b",
    ),
    _sign(
        "definition",
        -0.4,
        r"^[^.]{0,80}\b(?:er (?:et|ein|en|eit|ei|tverrfaglig|samhandling\w*|modeller)|består av|betyr"
        r"|innebærer|omfatter)\b",
    ),
    _sign(
        "forecast",
        -0.5,
        r"\b(?:vil|forventes å|ventast å|forventes at)(?:\s\w+){0,3}?\s(?:øke|auke|stige"
        r"|bli(?!\s(?:[a-zæøå]+\s){0,3}?" + _PARTICIPLES + r")|få|oppleve"
        r"|kreve|utgjøre"
        r"|medføre|omfatte|danne|påvirkes|foreligge|ha behov|stå|oppfylle)\b",
    ),
    _sign(
        "effect",
        -0.5,
        _MAIN + r"\b(?:(?:vil|skal|ville) kunne|kan (?:bidra|gi|få|føre|løfte|motvirke|forebygges))\b",
    ),
    _sign(
        "mandate",
        -0.5,
        r"\bskal (?:i tråd med|\w+ )?(?:være(?! pådriv)|vere(?! pådriv)|sikre at|bidra til|leve|ha tydelige"
        r"|ta for seg"
        r"|gi integrert)\b|\bikke bli\b",
    ),
    _sign(
        "ideal",
        -0.4,
        r"\b(?:har som mål|målet er|målset(?:ting|jing)\w* (?:er|i)|mål for|dersom|for å (?:lykkes|få til)"
        r"|forutsetning"
        r"|føresetnad)\b",
    ),
    _sign(
        "past",
        -0.4,
        r"^(?!.*\b(?:skal|vil|må|bør|planlagt|ønskelig|fortsetter|videreføres|vidareførast)\b)"
        rf"(?!.*\b{_DECIDES}\så\b)"
        r".*\b(?:ble|vart|blei|har|hadde|er etablert|er opprettet|startet)\b",
    ),
    _sign("need", -0.3, r"^(?:Det er|Det|Dei|De)\b[^.]{0,60}\b(?:behov for|viktige?|nødvendig|naudsynt)\b"),
)
