"""Words that differ between bokmål and nynorsk beyond what the stemmer folds: (bokmål, nynorsk).

Word beginnings: «sykehus» also covers «sykehusene». Source: Nynorskordboka and Bokmålsordboka, the
field's own vocabulary in the plans of the helsefellesskap.
"""

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
