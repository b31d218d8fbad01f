"""Which målform a text is in: bokmål ("nb") or nynorsk ("nn"), told from words that only one of them has.

The words are function words and the commonest nouns of plans; a name or a quotation weighs little against
them.
"""

import re
from collections.abc import Iterable

from samspill.plans.reading.words import word_set

_WORD = re.compile(r"[a-zæøå]+(?:-(?=\s))?", re.IGNORECASE)

_BOKMAL = word_set("""
    ikke en hvordan hva hvem hvor hvis når noe noen mer de dem hun være var ble blir fra også etter flere
    sammen hver hvert ansvarlig kommunene tjenester tjenestene sykehus sykehuset helsetjeneste helsetjenester
    pasientene videre følges gjøre økt egne områder måned uke løpende høsten
""")
_NYNORSK = word_set("""
    ikkje ein ei eit korleis kva kven kvar dersom noko nokon meir dei vere vart vert vera frå òg fleire saman
    kvart kvarandre ansvarleg kommunane tenester tenestene sjukehus sjukehuset helseteneste helsetenester
    pasientane vidare følgje gjere auka eigne månad veke løpande hausten skapast gjerast heile
""")
# Endings only one of them uses: definite plurals and passives
_BOKMAL_ENDING = re.compile(r"\w{3,}(?:heten|ende|elser|elsene|ninger|ningene|leger|legene)$")
_NYNORSK_ENDING = re.compile(r"\w{3,}(?:heita|leik|leg|lege|ingane|ingar|ane|ast|ande)$")
_NOT_NYNORSK = word_set(
    "strand land rand blande lande lege fastlege kommunelege overlege last fast tast mast kontrast organ"
)


def language_of(texts: Iterable[str]) -> str:
    """ "nb" or "nn"; "" when the words tell nothing. A word counts 2, an ending 1."""
    bokmal = nynorsk = 0
    for text in texts:
        for word in _WORD.findall(text.casefold()):
            bokmal += _weight(word, _BOKMAL, _BOKMAL_ENDING)
            nynorsk += 0 if word in _NOT_NYNORSK else _weight(word, _NYNORSK, _NYNORSK_ENDING)
    if bokmal == nynorsk:
        return ""
    return "nb" if bokmal > nynorsk else "nn"


def _weight(word: str, words: frozenset[str], ending: re.Pattern[str]) -> int:
    return 2 if word in words else int(bool(ending.match(word)))
