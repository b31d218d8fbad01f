"""Verbs a plan acts with, and the verbs of will before them, in both målformer, as tables."""

import re

from samspill.plans.reading.words import word_set

# Infinitives of doing something that can be said to be done
ACTIONS = word_set("""
    etablere opprette starte innføre innføra implementere iverksette iverksetje setje sette gjennomføre
    ferdigstille utarbeide utforme lage utvikle videreutvikle vidareutvikle utvide vidareføre videreføre
    revidere oppdatere evaluere utrede utgreie greie kartlegge vurdere måle prøve teste pilotere prioritere
    legge leggje organisere planlegge planleggje samordne bygge byggje styrke satse arbeide jobbe presentere
    foreslå ta søke søkje inkludere definere halde holde fortsette følge følgje dele publisere samarbeide
    innhente hente avklare invitere arrangere benytte bruke nytte delta involvere sikre bidra trekke trekkje
    sende melde rapportere avvikle inngå tilby kurse rekruttere opplære utlyse lyse oppnevne oppnemne gi gje
    spre breie koble kople sørge syte anskaffe kjøpe koordinere samle utpeke peke drive fremme tilrettelegge
    forankre einast enes drøfte behandle handsame avsette lære utdanne ansette tilsette skape redusere øke
    auke heve betre forbedre bedre standardisere forenkle digitalisere understøtte støtte stimulere motivere
    informere orientere formidle oversette undersøke analysere synliggjøre synleggjere tydeliggjøre
    tydeleggjere vedta godkjenne beslutte avgjøre avgjere overføre integrere
""")
_FIRST_WORD = re.compile(r"[\s«(]*([A-ZÆØÅa-zæøå]+)")

# How strongly a plan says it; the first that stands in the sentence decides
_STRENGTHS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("must", re.compile(r"\b(?:skal|må|forplikt(?:er|ar) seg)\b", re.IGNORECASE)),
    ("should", re.compile(r"\b(?:bør|ønskelig|ønskeleg|anbefales|tilrådast|oppfordres)\b", re.IGNORECASE)),
    ("may", re.compile(r"\b(?:kan|vurderes?|vurderast|eventuelt|eventuell)\b", re.IGNORECASE)),
    (
        "will",
        re.compile(
            r"\b(?:vil|(?:tar|tek) sikte på"
            r"|planlagt|planlegges|planleggast|\w{3,}(?:eres|føres|erast|førast))\b",
            re.IGNORECASE,
        ),
    ),
)


def begins_with_action(text: str) -> bool:
    """«Etablere …», «Følgje opp …»."""
    found = _FIRST_WORD.match(text)
    return bool(found and found[1].casefold() in ACTIONS)


def strength_of(text: str) -> str:
    """The word for the first verb of will in the text: `must`, `will`, `should`, `may`; or `listed`."""
    found = [(match.start(), strength) for strength, verb in _STRENGTHS if (match := verb.search(text))]
    return min(found)[1] if found else "listed"
