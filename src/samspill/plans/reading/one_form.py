"""A word of nynorsk in the form bokmål has, near enough for weighing: «etablerast» and «etableres» as one.

Not a translation: only the words and endings that plans are full of, so that what is learned from plans in
one målform holds in the other. Source: Nynorskordboka and Bokmålsordboka.
"""

import re
from functools import lru_cache

from samspill.plans.reading.words import word_set

_LISTED = """
    ikkje:ikke ein:en ei:en eit:et dei:de frå:fra me:vi vert:blir vart:ble vere:være vera:være
    veret:vært saman:sammen òg:også berre:bare kva:hva korleis:hvordan kven:hvem kvar:hver kvart:hvert
    kvarandre:hverandre kvifor:hvorfor hausten:høsten haust:høst no:nå difor:derfor vidare:videre meir:mer
    fleire:flere mykje:mye noko:noe nokon:noen eigne:egne eigen:egen eige:eget lyt:må veke:uke
    veker:uker gong:gang gonger:ganger gjer:gjør gjere:gjøre gje:gi gjev:gir gjevast:gis tek:tar takast:tas
    set:setter held:holder halde:holde haldast:holdes legg:legger leggje:legge leggjast:legges
    kjem:kommer kome:komme fær:får ynskjer:ønsker ønskjer:ønsker ønskje:ønske ynskje:ønske bed:ber
    beden:bedt bedne:bedt seinast:senest innan:innen medan:mens sidan:siden døme:eksempel
    fyrste:første fyrst:først heile:hele samde:enige einige:enige semje:enighet tilrår:anbefaler
    tilrådd:anbefalt syte:sørge sørgjer:sørger sørgje:sørge vedteke:vedtatt teke:tatt teken:tatt gjeve:gitt
    vorte:blitt vorten:blitt sjå:se heimen:hjemmet heim:hjem heime:hjemme einskild:enkelt
    framlegg:forslag avgjerd:beslutning utgreiing:utredning greie:utrede måla:målene tala:tallene råda:rådene
    sette:satte skipa:opprettet skipe:opprette skipar:oppretter lovar:lover freistar:forsøker
"""
_WORDS = dict(pair.split(":") for pair in _LISTED.split())
# Beginnings of words, the longest first
_BEGINNINGS = tuple(
    sorted(
        (
            ("sjukehus", "sykehus"), ("sjukeheim", "sykehjem"), ("sjuke", "syke"), ("sjuk", "syk"),
            ("heime", "hjemme"), ("heim", "hjem"), ("teneste", "tjeneste"), ("føretak", "foretak"),
            ("vidare", "videre"), ("sjølv", "selv"), ("tilvis", "henvis"), ("ansvarleg", "ansvarlig"),
            ("følgj", "følg"), ("byggj", "bygg"), ("søkj", "søk"), ("styrkj", "styrk"),
            ("tryggj", "trygg"), ("utgrei", "utred"), ("oppnemn", "oppnevn"), ("leiar", "leder"),
            ("leie", "lede"), ("partnar", "partner"), ("lærar", "lærer"), ("utval", "utvalg"),
            ("arbeidd", "arbeidet"), ("samla", "samlet"), ("rettlei", "veiled"),
        ),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip
_ENDINGS = (
    (re.compile(r"(?<=\w{3})ane$"), "ene"),
    (re.compile(r"(?<=\w{4})ast$"), "es"),
    (re.compile(r"(?<=\w{3})ar$"), "er"),
    (re.compile(r"(?<=\w{3})leg(?=e?$)"), "lig"),
    (re.compile(r"(?<=\w{2})inga$"), "ingen"),
    (re.compile(r"(?<=\w{3})ande$"), "ende"),
    (re.compile(r"(?<=\w{3})heit(?=a?$)"), "het"),
    (re.compile(r"(?<=\w{4})a$"), "e"),
)
_AS_THEY_ARE = word_set(
    "svar ansvar klar mars januar februar par kar var har tar kontrast fast last tast mast lege fastlege"
    " overlege kommunelege bane plane plan data skjema tema hva bra fra da ta"
)


@lru_cache(maxsize=4096)
def one_form(word: str) -> str:
    """`word` is in small letters; what is not known as nynorsk comes back as it is."""
    if word in _AS_THEY_ARE:
        return word
    if word in _WORDS:
        return _WORDS[word]
    for beginning, other in _BEGINNINGS:
        if word.startswith(beginning):
            word = other + word[len(beginning) :]
            break
    for ending, other in _ENDINGS:
        if (changed := ending.sub(other, word)) != word:
            return changed
    return word
