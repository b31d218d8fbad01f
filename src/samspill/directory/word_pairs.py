"""Words that differ between bokmål and nynorsk beyond what the stemmer folds: (bokmål, nynorsk).

Word beginnings: «sykehus» also covers «sykehusene». Source: Nynorskordboka and Bokmålsordboka, the
field's own vocabulary in the plans of the helsefellesskap.
"""

import re
from functools import lru_cache

PAIRS: tuple[tuple[str, str], ...] = (
    ("sykehus", "sjukehus"),
    ("sykehjem", "sjukeheim"),
    ("sykepleie", "sjukepleie"),
    ("syk", "sjuk"),
    ("hjemme", "heime"),
    ("hjem", "heim"),
    ("ikke", "ikkje"),
    ("tjeneste", "teneste"),
    ("skrøpelig", "skrøpeleg"),
    ("ansvarlig", "ansvarleg"),
    ("uke", "veke"),
    ("videre", "vidare"),
    ("fremskriv", "framskriv"),
    ("utskrivning", "utskriving"),
    ("selvmord", "sjølvmord"),
    ("selv", "sjølv"),
    ("hva", "kva"),
    ("hvem", "kven"),
    ("hvordan", "korleis"),
    ("mye", "mykje"),
    ("flere", "fleire"),
    ("barn", "born"),
    ("øyeblikkelig", "augeblikkeleg"),
    ("øye", "auge"),
    ("pårørende", "pårørande"),
    ("helhetlig", "heilskapleg"),
    ("forebygg", "førebygg"),
    ("bruker", "brukar"),
    ("leder", "leiar"),
    ("kommuner", "kommunar"),
)


def both_forms(word: str) -> tuple[str, ...]:
    """`word` as written, and in the other målform when the table knows its beginning."""
    low = word.lower()
    forms = [low]
    for nb, nn in PAIRS:
        for here, there in ((nb, nn), (nn, nb)):
            if here != there and low.startswith(here):
                forms.append(there + low[len(here) :])
                return tuple(forms)
    return tuple(forms)


# Parts of words, also inside compounds, from nynorsk to bokmål; the first that fits a place is taken. Only
# for comparing words with one another: what comes out need not be a word («nettverk» is «nettvirk»).
_INSIDE: tuple[tuple[str, str], ...] = (
    ("rettleiing", "veiledning"),
    ("rettlei", "veiled"),
    ("augeblikk", "øyeblikk"),
    ("førebygg", "forebygg"),
    ("førebu", "forbered"),
    ("førehand", "forhånd"),
    ("medverknad", "medvirkning"),
    ("verksemd", "virksomhet"),
    ("verknad", "virkning"),
    ("verk", "virk"),
    ("avhengnad", "avhengighet"),
    ("tryggleik", "trygghet"),
    ("heilskapleg", "helhetlig"),
    ("heilskap", "helhet"),
    ("innbyggjar", "innbygger"),
    ("eteforstyrr", "spiseforstyrr"),
    ("samansett", "sammensatt"),
    ("saman", "sammen"),
    ("tilvis", "henvis"),
    ("tilsett", "ansatt"),
    ("framskriv", "fremskriv"),
    ("framtid", "fremtid"),
    ("fremj", "fremm"),
    ("tenest", "tjenest"),
    ("sjuk", "syk"),
    ("heime", "hjemme"),
    ("heim", "hjem"),
    ("hjarte", "hjerte"),
    ("hjarne", "hjerne"),
    ("meistr", "mestr"),
    ("brukar", "bruker"),
    ("pleiar", "pleier"),
    ("leiar", "leder"),
    ("arbeidar", "arbeider"),
    ("skule", "skole"),
    ("følgj", "følg"),
    ("bustad", "bolig"),
    ("tilbod", "tilbud"),
    ("utvalg", "utvalg"),
    ("utval", "utvalg"),
    ("oppgåv", "oppgav"),
    ("sjølv", "selv"),
    ("vaksne", "voksen"),
    ("voksne", "voksen"),
    ("vaksen", "voksen"),
    ("fleire", "flere"),
    ("vidare", "videre"),
    ("handter", "håndter"),
    ("hald", "hold"),
    ("liding", "lidelse"),
    ("heit", "het"),
    ("born", "barn"),
    ("eigen", "egen"),
    ("eige", "eget"),
    ("meir", "mer"),
)
_AT_THE_START = (
    ("opn", "åpn"),
    ("open", "åpen"),
    ("veke", "uke"),
    ("veka", "uka"),
    ("vekene", "ukene"),
    ("kvar", "hver"),
    ("frå", "fra"),
    ("auk", "øk"),
    ("kva", "hva"),
    ("kven", "hvem"),
    ("korleis", "hvordan"),
    ("ikkje", "ikke"),
    ("mykje", "mye"),
)
_NEUTRAL = re.compile("|".join(nn for nn, _nb in _INSIDE))
_TO_BOKMAL = dict(_INSIDE)
_TO_NYNORSK = {nb: nn for nn, nb in reversed(_INSIDE)}
_BOKMAL = re.compile("|".join(sorted(_TO_NYNORSK, key=len, reverse=True)))
# «skrøpeleg» is «skrøpelig»; a «fastlege» stays a doctor.
_LEG = re.compile(
    r"(?<=\w\w)(?<!fast)(?<!over)(?<!mmen)(?<!mmenn)(?<!vakt)(?<!vakts)(?<!hjems)(?<!mune)leg(?=(?:e|t|ast|are)?$)"
)
# «utskrivning» is «utskriving»
_NING = re.compile(r"(?<=[bdfgjklmprstv])ning")


@lru_cache(maxsize=65_536)
def neutral(word: str) -> str:
    """A word in a spelling that is the same for both målformer: «skulehelsetenesta», «skolehelsetjenesta».

    Endings of grammar are left to the stemmer.
    """
    low = word.lower()
    for nn, nb in _AT_THE_START:
        if low.startswith(nn):
            low = nb + low[len(nn) :]
            break
    low = _NEUTRAL.sub(lambda found: _TO_BOKMAL[found[0]], low)
    return _NING.sub("ing", _LEG.sub("lig", low))


@lru_cache(maxsize=65_536)
def spellings(word: str) -> frozenset[str]:
    """The word, and how it may be spelt in either målform: «sykehjem», «sjukeheim». Some are no words."""
    low = word.lower()
    there = _BOKMAL.sub(lambda found: _TO_NYNORSK[found[0]], low)
    return frozenset({low, neutral(low), there, *both_forms(low)})
