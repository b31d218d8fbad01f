"""The words Norwegian plans use for time, in both målformer, as tables.

Not here: how a phrase becomes a date (`deadlines`).
"""

MONTHS = {
    "januar": 1, "jan": 1, "februar": 2, "feb": 2, "mars": 3, "mar": 3, "april": 4, "apr": 4, "mai": 5,
    "juni": 6, "jun": 6, "juli": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "oktober": 10, "okt": 10, "november": 11, "nov": 11, "desember": 12, "des": 12,
}  # fmt: skip

ORDINALS = {
    "første": 1, "fyrste": 1, "1.": 1, "1": 1, "i": 1, "andre": 2, "annet": 2, "anna": 2, "2.": 2, "2": 2,
    "ii": 2, "tredje": 3, "3.": 3, "3": 3, "iii": 3, "fjerde": 4, "4.": 4, "4": 4, "iv": 4, "siste": -1,
}  # fmt: skip

# Last month of each season as Meteorologisk institutt divides the year: winter December–February, spring
# March–May, summer June–August, autumn September–November (https://snl.no/årstid)
SEASONS = {
    "vinteren": 2, "vinter": 2, "våren": 5, "vår": 5, "vårhalvåret": 5, "sommeren": 8, "sommaren": 8,
    "sommer": 8, "sommar": 8, "høsten": 11, "hausten": 11, "høst": 11, "haust": 11, "høsthalvåret": 11,
    "hausthalvåret": 11, "skolestart": 8, "skulestart": 8, "studiestart": 8,
}  # fmt: skip

# What goes on without an end
ONGOING = (
    "løpende", "løpande", "fortløpende", "fortløpande", "kontinuerlig", "kontinuerleg", "årlig", "årleg",
    "årvisst", "fast", "pågår", "pågående", "pågåande", "varig", "varigt", "ved behov", "jevnlig",
    "jamleg", "hvert år", "kvart år", "hele året", "heile året", "hver måned", "kvar månad", "hver uke",
    "kvar veke", "hvert halvår", "kvart halvår", "hvert kvartal", "kvart kvartal", "hvert semester",
    "kvart semester", "annethvert år", "annakvart år", "hvert annet år", "kvart andre år", "hvert andre år",
    "etter behov", "jevnleg", "fast ordning", "permanent", "året rundt", "heile tida", "hele tiden", "i året",
    "per år", "pr. år", "halvårlig", "halvårleg", "kvartalsvis", "månedlig", "månadleg",
)  # fmt: skip

# The plan's own period
PERIODS = (
    "handlingsplanperioden", "planperioden", "strategiperioden", "handlingsperioden", "perioden",
    "avtaleperioden", "kommende periode", "komande periode", "kommende planperiode", "komande planperiode",
    "inneværende periode",
)  # fmt: skip

# Said where a date ought to be, when there is none
NOT_SET = (
    "", "-", "–", "—", "?", "n/a", "ikke fastsatt", "ikkje fastsett", "ikke avklart", "ikkje avklart",
    "avklares", "avklarast", "må avklares", "må avklarast", "settes senere", "tbd", "ingen", "ubestemt",
    "uavklart", "kommer", "kjem",
)  # fmt: skip

# What ends before a feast or a holiday: month and day; Easter moves
FEASTS = {
    "jul": (12, 23), "jula": (12, 23), "julen": (12, 23), "sommerferien": (6, 30), "sommarferien": (6, 30),
    "ferien": (6, 30),
}  # fmt: skip
