"""What the five real plans name, as codes and words to look for: part A of the reference, counts only.

Each thing has the plans it is named in and a pattern of the words it is called by, so that no sentence of a
plan stands here. Not here: how it is counted (`test_real_inventory`).
"""

from typing import NamedTuple


class Thing(NamedTuple):
    code: str
    seeds: str  # the numbers of the plans that name it
    pattern: str  # of its name, small letters


BODIES = (
    Thing("B1", "000 001 003", r"partnerskapsmøte"),
    Thing("B2", "000 001 002 003", r"strategisk sam(?:arbeids|handlings)utvalg"),
    Thing("B3", "000", r"^faglig samarbeidsutvalg$"),
    Thing("B4", "001", r"faglig samarbeidsutvalg for kvalitet"),
    Thing("B5", "001", r"faglig samarbeidsutvalg for akutt"),
    Thing("B6", "003", r"fastlege"),
    Thing("B7", "003", r"\bbu\b|barn og unge"),
    Thing("B8", "003", r"\bakm\b|akuttmedisin"),
    Thing("B9", "003", r"\brest\b|rekruttering"),
    Thing("B10", "003", r"\bphr\b|psykisk"),
    Thing("B11", "003", r"avvik"),
    Thing("B12", "003", r"\bdig\b|digital"),
    Thing("B13", "000", r"underutvalg"),
    Thing("B14", "000", r"underutvalg psykisk helse barn|underutvalg barn og unge"),
    Thing("B15", "000", r"underutvalg for å rekruttere"),
    Thing("B16", "002", r"kad-utvalg"),
    Thing("B17", "002", r"kapasitetsråd"),
    Thing("B18", "002", r"underutvalg.*(?:hofte|standardisere)"),
    Thing("B20", "004", r"avtaleutval"),
    Thing("B21", "000", r"faggrupp"),
    Thing("B22", "002", r"ressursgruppe"),
    Thing("B23", "001", r"arbeidsgruppe.*spiseforstyrr"),
    Thing("B24", "001", r"arbeidsgruppe.*(?:langvarige|psykiske)"),
    Thing("B25", "000", r"tverrfaglig arbeidsgruppe"),
    Thing("B26", "002", r"tverrfaglig team"),
    Thing("B27", "002", r"programkomit"),
    Thing("B28", "002", r"forum for sykehjemsmedisin"),
    Thing("B30", "003", r"nettverk.*ernæring"),
    Thing("B31", "002 003", r"digi-?nettverk"),
    Thing("B32", "002", r"nettverk for helsefellesskap"),
    Thing("B33", "002", r"nettverk for samhandlingssjef"),
    Thing("B34", "004", r"fagnettverk innan eldremedisin"),
    Thing("B35", "004", r"møteplassen for koordinerande"),
    Thing("B36", "004", r"fagnettverk for barn som pårørande"),
    Thing("B37", "004", r"møtearena"),
    Thing("B38", "000", r"lokale møteplasser"),
    Thing("B40", "004", r"nettverkssamling"),
    Thing("B41", "001", r"samhandlingskonferanse"),
    Thing("B42", "000 001 002 003", r"sekretariat"),
    Thing("B43", "000", r"brukerutvalg|ungdomsråd"),
    Thing("B44", "001", r"styringsgruppe"),
    Thing("B45", "004", r"act-/fact-team|god start"),
)
AGREEMENTS = (
    Thing("avtale KS og regjeringen", "000 004", r"avtale.*(?:ks|regjering)|ks og regjeringens avtale"),
    Thing("samarbeidsavtalene", "000 001 003", r"samarbeidsavtale"),
    Thing("avtale utskrivningsklare", "000", r"avtale for utskrivningsklare"),
    Thing("delavtale beredskap", "004", r"delavtale beredskap"),
    Thing("retningslinje 13", "000", r"retningslinje 13"),
    Thing("avtaleporteføljen", "004", r"avtaleporteføl|avtalestruktur"),
    Thing("Ishavserklæringen", "003", r"ishavserklæring"),
    Thing("KS og Legeforeningen", "002", r"avtale mellom ks og legeforening"),
)
GUIDES = (
    Thing("NHSP 2020-2023", "001 003", r"nasjonal helse- og sykehusplan"),
    Thing(
        "NHSP 2024-2027", "000 004", r"nasjonal helse- og samhandlingsplan|nasjonal helse og samhandlingsplan"
    ),
    Thing("nasjonal strategi for kvalitetsforbedring", "001", r"nasjonal strategi for kvalitet"),
    Thing("NOU 2023:4", "000", r"nou.?2023"),
    Thing("Forenkle og forbedre", "000", r"forenkle og forbedre"),
    Thing("veileder barn og unge", "000", r"samarbeid om tjenester til barn"),
    Thing("Helsedirektoratets veileder", "000", r"helsedirektoratets veileder"),
    Thing("Handlingsplan 2021-22", "001 002", r"handlingsplan for (?:perioden|helsefell)"),
    Thing("Utviklingsplanen for SiV", "001", r"utviklingsplan"),
    Thing("retningslinje hoftebrudd", "002", r"retningslinje for tverrfaglige? behandling av hoftebrudd"),
)
PROJECTS = (
    Thing("FACT ung", "000", r"fact.?ung"),
    Thing("selvmordskommunikasjon", "000", r"storforbruker|selvmord"),
    Thing("IHT", "000", r"iht|integrerte helsetjenester"),
    Thing("Spredningsprosjektet", "000", r"spredningsprosjekt"),
    Thing("Kompetansebroen", "000 001", r"kompetansebroen"),
    Thing("Vitality", "001", r"vitality"),
    Thing("UngArena+", "001", r"ung ?arena"),
    Thing("akuttmedisinsk kjede", "001", r"akuttmedisinsk kjede|akuttkjeden"),
    Thing("Hva er innafor", "002", r"hva er innafor"),
    Thing("integrerte helsetenester Nordfjord", "004", r"integrerte helsetenester"),
    Thing("utviklingsarbeidet", "004", r"utviklingsarbeidet"),
)
NUMBERS = (
    Thing("80+ now", "000", r"16 ?179"),
    Thing("80+ 2040", "000", r"29 ?994"),
    Thing("5 representatives", "000", r"5 representanter|fem legevakt"),
    Thing("6 areas", "000", r"seks temaområder"),
    Thing("8 municipalities", "000", r"8 kommuner"),
    Thing("3 municipalities FACT ung", "000", r"tre kommuner"),
    Thing("2 years", "000", r"to år"),
    Thing("3 models", "000", r"tre løsningsmodeller"),
    Thing("12-25", "000", r"12-25"),
    Thing("19 communities", "001", r"19 helsefellesskap"),
    Thing("3 levels", "001", r"tre nivåer"),
    Thing("6 municipalities", "001", r"seks vestfoldkommunene"),
    Thing("13-25", "001", r"13-25"),
    Thing("40 to 50 %", "002", r"40 til 50"),
    Thing("70 doctors", "002", r"70 sykehjemsleger"),
    Thing("6 meetings", "002", r"seks fysiske møter"),
    Thing("31 %", "004", r"31 ?%"),
    Thing("every second year", "004", r"andre år"),
)
GROUPS = {
    "000": 5,
    "001": 4,
    "002": 4,
    "003": 4,
    "004": 5,
}
KINDS = {
    "bodies": BODIES,
    "agreements": AGREEMENTS,
    "referenced": GUIDES,
    "projects": PROJECTS,
    "numbers": NUMBERS,
}
