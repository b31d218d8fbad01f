"""Words for those who act in a helsefellesskap: parties, bodies, roles, in both målformer, as tables.

Not here: how a cell is divided into them (`responsible`), or which sentences have them as subject (`prose`).
"""

import re

from samspill.plans.reading.words import word_set

ALL_PARTIES = frozenset(
    {
        "felles", "alle", "alle parter", "alle partar", "alle partene", "alle partane", "begge parter",
        "begge partar", "partene", "partane", "partnerne", "partnarane", "alle partnere", "alle partnarar",
        "samtlige", "alle saman", "alle sammen", "helsefellesskapet", "begge", "alle partnerne",
        "alle partnarane", "begge partene", "begge partane",
    }
)  # fmt: skip

# What everybody in a helsefellesskap calls them; a plan's own explanation goes first
COMMON = {
    "SSU": "strategisk samarbeidsutvalg",
    "FSU": "faglig samarbeidsutvalg",
    "PM": "partnerskapsmøtet",
    "DPS": "distriktspsykiatrisk senter",
    "BUP": "barne- og ungdomspsykiatrisk poliklinikk",
    "TSB": "tverrfaglig spesialisert rusbehandling",
    "KS": "kommunesektorens organisasjon",
    "NAV": "arbeids- og velferdsetaten",
    "LMS": "lærings- og mestringssenteret",
    "HF": "helseforetaket",
    "RHF": "det regionale helseforetaket",
}

PLACES_WITH_AND = (
    "Møre og Romsdal", "Sogn og Fjordane", "Troms og Ofoten", "Troms og Finnmark", "Vestfold og Telemark",
    "Oslo og Viken", "Helse og mestring", "Helse og omsorg", "Barn og unge",
)  # fmt: skip

# Endings of words for somebody: a body, an organisation, a role. Definite, plural, both målformer.
_ENDINGS = re.compile(
    r"(?:"
    r"helsefell?es?skap(?:et|a|ene)?|kommun(?:e|en|er|ar|ene|ane|a)|s[yj]u?kehus(?:et|a|ene)?"
    r"|f[oø]retak(?:et|a|ene)?|"
    r"(?:ut|inn)val(?:g|get|ga|gene|et|a)?|råd(?:et|a|ene)?|sekretariat(?:et|a|ene)?|styr(?:e|et)|møtet|"
    r"(?:arbeids|fag|ressurs|prosjekt|styrings)?grupp(?:e|a|en|er|ene|ene)|team(?:et|a|ene)?|nettverk(?:et|a"
    r"|ene)?|"
    r"lede(?:r|re|ren|rne|lse|lsen)|leia(?:r|rar|ren|rane)|leiing(?:a)?|leiargruppe|"
    r"sjef(?:en|er|ar|ene|ane)?|direktør(?:en|er|ar|ene|ane)?|"
    r"leg(?:e|en|er|ar|ene|ane)|pleie(?:r|re|ren|rne)|pleia(?:r|rar|ren|rane)|terapeut(?:er|ar|ene|ane)?|"
    r"rådgive(?:r|re|ren|rne)|rådgjeva(?:r|rar|ren|rane)|koordinator(?:en|er|ar|ene|ane)?|"
    r"representant(?:er|ar|en|ene|ane)?|ansvar(?:lig|lige|leg|lege)|kontakt(?:en|er|ar|ene|ane)?|"
    r"avdeling(?:en|a|er|ar|ene|ane)?|klinikk(?:en|er|ar|ene|ane)?|sent(?:er|eret|re|rene|ra)|"
    r"enhet(?:en|er|ene)?|eining(?:a|ar|ane)?|etat(?:en|er|ar|ene|ane)?|organisasjon(?:en|er|ar|ene|ane)?|"
    r"t?jenest(?:e|en|er|ene)|tenest(?:e|a|er|ene)|distrikt(?:et|a|ene)?|vakt(?:en|a)?|stasjon(?:en|er|ar"
    r"|ene|ane)?|legekontor(?:et|a|ene)?|sentral(?:en|er|ar"
    r"|ene|ane)?|"
    r"s[ck]?[hk]?[ou]le(?:n|r|ne|ane|ar)?|universitet(?:et)?|myndighet(?:er|ene)?|styresmakt(?:er|ene)?|"
    r"part(?:er|ar|ene|ane)|partne(?:r|re|rne|rane)|partna(?:r|rar|rane)|aktør(?:er|ar|en|ene|ane)?|"
    r"forvalte(?:r|ren)|forvalta(?:r|ren)|ombud(?:et)?|foreldre|pårørende|pårørande|"
    r"bruke(?:r|re|rne)|bruka(?:r|rar|rane)|ansatt(?:e)?|tilsett(?:e)?|tillitsvalgt(?:e)?|tillitsvald(?:e)?|"
    r"administrasjon(?:en)?|bedrift(?:er|a|ene)?|fagmiljø(?:et|a|ene)?|forbund(?:et)?|region(?:en|er|ar|ene"
    r"|ane)?|"
    r"eier(?:e|en)?|eigar(?:ar|en)?|prosjekt(?:et|a|ene)?|ordføre(?:r|re|ren|rne)|ordføra(?:r|rar|rane)"
    r"|jordm[oø]d?[re]+(?:ne)?"
    r")",
    re.IGNORECASE,
)
_SOMEBODY = word_set("alle andre øvrige øvrig begge samtlige felles vi sekr")
_HEAD_ENDS = re.compile(r"\s(?:for|i|ved|innen|innan|på|til|med|som|frå|fra|av)\s", re.IGNORECASE)
_WORD = re.compile(r"[\wæøåÆØÅ.-]+")
_SHORT_FORM = re.compile(r"[A-ZÆØÅ]{2,}[\w-]*")


def is_somebody(text: str) -> bool:
    """A word for a body, an organisation or a role stands in the text, before «for …» or «i …»."""
    head = _HEAD_ENDS.split(text.strip())[0]
    words = _WORD.findall(head.casefold())
    return any(word in _SOMEBODY or _is_actor_word(word) for word in words)


def _is_actor_word(word: str) -> bool:
    """The word ends with a word for somebody: «samhandlingssjefene», «FACT-team»."""
    return any(
        _ENDINGS.fullmatch(word, start) is not None
        for start in range(len(word) - 1)
        if start == 0 or start > 1
    )


def looks_like_a_name(text: str) -> bool:
    """An abbreviation or a word with a large letter first."""
    first = text.strip(" «(")[:1]
    return first.isupper() or bool(_SHORT_FORM.match(text.strip()))
