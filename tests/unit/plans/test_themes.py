"""Which themes a measure belongs to, held to a list of measures that a person has sorted."""

import pytest

from samspill.directory.register.themes import GROUP, Said, read_themes, themes, themes_in, themes_of
from samspill.plans.reading.entities import PATIENT_GROUPS

# Measures in our own words, in both målformer, and the themes a reader puts them in.
SORTED: tuple[tuple[str, str], ...] = (
    ("Prøve ut besøk av sykepleier første uke etter utskriving", "overganger"),
    ("Besøkje pasienten heime den første veka etter utskriving", "overganger"),
    ("Lage felles rutine for utskrivningsklare pasienter med demens", "overganger eldre_skropelig"),
    ("Gje helsesjukepleiarane eit fast nummer til BUP", "barn_unge"),
    ("Halde samtaletimar på video i skuletida", "barn_unge digital_oppfolging"),
    ("Avtale fast telefontid mellom BUP og skolene", "barn_unge"),
    ("Lage felles kurs i samtaler med pårørende", "rekruttering_kompetanse medvirkning"),
    ("Tilby dei pårørande ein fast kontakt i kommunen", "medvirkning"),
    ("Brukerrådet uttaler seg før hver sak om nye tjenester", "medvirkning"),
    ("Brukarutvalet er med frå starten i alle nye prosjekt", "medvirkning"),
    ("Innføre digital hjemmeoppfølging for pasienter med kols", "digital_oppfolging flere_kroniske"),
    ("Ta i bruk avstandsoppfølging for personar med hjartesvikt", "digital_oppfolging flere_kroniske"),
    ("Spre erfaringer fra velferdsteknologi i hjemmetjenesten", "digital_oppfolging"),
    ("Greie ut felles responssenter for tryggleiksalarmar", "digital_oppfolging"),
    ("Rekruttere flere sykepleiere gjennom felles annonser", "rekruttering_kompetanse"),
    ("Opprette ordning for gjensidig hospitering", "rekruttering_kompetanse"),
    ("Halde ein felles fagdag om rus og psykisk helse kvart år", "rekruttering_kompetanse psykisk_rus"),
    ("Tilby studentar praksisplass både i kommune og på sjukehus", "rekruttering_kompetanse"),
    ("Bruke simulering for å øve på den akutt syke pasienten", "rekruttering_kompetanse akuttkjede"),
    ("Etablere FACT-team for ungdom i to kommuner", "psykisk_rus barn_unge"),
    ("Få til ei felles avtale om ambulant psykiatrisk team", "psykisk_rus"),
    ("Forebygge overdoser gjennom naloksonutdeling", "psykisk_rus forebygging"),
    ("Førebyggje sjølvmord: same spørsmål same kvar ein bur", "psykisk_rus forebygging"),
    ("Legevakten får tilgang til videokonsultasjon med akuttmottaket", "akuttkjede digital_oppfolging"),
    ("Kveldslegevakta prøver ut eit felles telefonnummer", "akuttkjede"),
    ("Gjennomgå bruken av KAD-plasser", "akuttkjede"),
    ("Øve saman med ambulansetenesta to gonger i året", "akuttkjede"),
    ("Praksiskonsulentene deltar i alle fagutvalg", "fastlege"),
    ("Fastlegane får svar frå sjukehuset same dag", "fastlege"),
    ("Samstemme medisinlisten ved hver innleggelse", "legemidler overganger"),
    ("Farmasøyt går gjennom legemidla til bebuarar på sjukeheim", "legemidler eldre_skropelig"),
    ("Ta i bruk kjernejournal på alle sykehjem", "informasjonsdeling eldre_skropelig"),
    ("Innføre Helseplattformen samtidig i alle kommuner", "informasjonsdeling"),
    ("Sende epikrisa same dag som pasienten reiser heim", "informasjonsdeling"),
    ("Utvide bruken av dialogmeldinger mellom lege og sykehus", "informasjonsdeling"),
    ("Opprette felles forum for e-helse", "informasjonsdeling"),
    ("Søke om samhandlingsmidler til tre nye prosjekter", "okonomi"),
    ("Lage ein modell for felles finansiering av team", "okonomi"),
    ("Sette opp felles budsjett for sekretariatet", "okonomi avtaler_struktur"),
    ("Utarbeide felles styringsdata for alle kommunene", "styringsdata"),
    ("Følgje med på indikatorane kvart kvartal i SSU", "styringsdata"),
    ("Melde samhandlingsavvik i ett felles system", "styringsdata"),
    ("Lage framskriving av behovet for senger", "styringsdata"),
    ("Samarbeide om forsking på pasientforløp", "styringsdata overganger"),
    ("Revidere delavtalene om innleggelse", "avtaler_struktur overganger"),
    ("Ferdigstille ny samarbeidsavtale", "avtaler_struktur"),
    ("Gje underutvala nye mandat", "avtaler_struktur"),
    ("Styrke bruken av tolk på legevakt", "sprak_samisk akuttkjede"),
    ("Gi tilbud om samtaler på samisk i psykisk helsevern", "sprak_samisk psykisk_rus"),
    ("Utvikle kulturforståing i dei sørsamiske områda", "sprak_samisk"),
    ("Jordmor følger kvinnen hjem etter fødselen", "svangerskap"),
    ("Gravide får ein fast kontakt gjennom svangerskapet", "svangerskap"),
    ("Felles tilbud om ammeveiledning i barseltiden", "svangerskap"),
    ("Opprette frisklivssentral i kvar kommune", "forebygging"),
    ("Gi et lærings- og mestringstilbud til personer med diabetes", "forebygging flere_kroniske"),
    ("Fallførebyggjande trening for heimebuande", "forebygging"),
    ("Etablere tverrfaglige team rundt multisyke eldre", "flere_kroniske eldre_skropelig"),
    ("Ta i bruk felles kartlegging av skrøpelege eldre", "eldre_skropelig"),
    ("Alle med fleire kroniske tilstandar får ein koordinator", "flere_kroniske overganger"),
    # Words that look like those of a theme, and are not.
    ("Lage en felles handlingsplan for 2027", ""),
    ("Skolere lederne i felles møteledelse", "rekruttering_kompetanse"),
    ("Skulere leiarane i samhandling", "rekruttering_kompetanse"),
    ("Avtale når neste samling skal være", ""),
    ("Sjå til at dei som er avhengige av hjelp får henne", ""),
    ("Pusse opp lokalene ved inngangen", ""),
    ("Samle dei som arbeider i grenda éin gong i halvåret", ""),
    ("Ruste opp møterommene", ""),
    ("Invitere alle kommunar til samling på Smøla", ""),
    ("Evaluere ordningen etter et år", ""),
    ("Avvikle den gamle prøveordningen", ""),
    ("Halde eit innlegg for styret kvar vår", ""),
    ("Ta opp et stort tall saker i samme møte", ""),
    ("Talspersonane møtest kvar haust", ""),
)


def score() -> tuple[float, float, list[str]]:
    """(precision, recall, a line per measure that is sorted otherwise)."""
    right = found = wanted = 0
    slips = []
    for text, codes in SORTED:
        expected, given = set(codes.split()), {said.code for said in themes_in(text)}
        right, found, wanted = right + len(expected & given), found + len(given), wanted + len(expected)
        if expected != given:
            slips.append(f"{text}: {sorted(given)} and not {sorted(expected)}")
    return right / found, right / wanted, slips


# What the words gave on this list before any of them was changed for its sake: 0.976 and 0.976. New measures
# are worded in new ways, so the bars lie a little below.
PRECISION, RECALL = 0.95, 0.95


def test_themes_are_found_as_a_reader_finds_them() -> None:
    precision, recall, slips = score()
    assert (precision >= PRECISION, recall >= RECALL) == (True, True), "\n".join(slips)


def test_every_theme_is_on_the_list_at_least_twice() -> None:
    given = [code for _text, codes in SORTED for code in codes.split()]
    assert [theme.code for theme in themes() if given.count(theme.code) < 2] == []
    assert set(given) <= {theme.code for theme in themes()}


def test_the_patient_groups_are_those_of_the_plan_reader() -> None:
    assert [theme.code for theme in themes() if theme.kind == GROUP] == list(PATIENT_GROUPS)


@pytest.mark.parametrize(
    ("bokmal", "nynorsk"),
    [
        ("Forebygge fall hjemme", "Førebyggje fall heime"),
        ("Følge opp skrøpelige eldre", "Følgje opp skrøpelege eldre"),
        ("Gi pårørende avlastning", "Gje pårørande avlasting"),
        ("Tilby digital hjemmeoppfølging", "Tilby digital heimeoppfølging"),
        ("Styrke samiske tjenester", "Styrkje samiske tenester"),
        ("Øyeblikkelig hjelp om natten", "Augeblikkeleg hjelp om natta"),
    ],
)
def test_the_same_measure_has_the_same_themes_in_both_written_forms(bokmal: str, nynorsk: str) -> None:
    codes = [[said.code for said in themes_in(text)] for text in (bokmal, nynorsk)]
    assert codes[0] == codes[1] != []


def test_the_word_that_said_so_is_given_as_it_is_written() -> None:
    assert themes_in("Prøve Kveldslegevakta på nytt") == (Said("akuttkjede", "kveldslegevakta"),)
    assert Said("overganger", "barn til vaksen") in themes_in("Overføringa frå barn til vaksen")


def test_the_area_speaks_where_the_measure_does_not_and_the_measure_goes_first() -> None:
    assert themes_of("Møtes to ganger i året", "Barn og unge") == (Said("barn_unge", "barn"),)
    assert themes_of("Snakke med ungdom", "Barn og unge") == (Said("barn_unge", "ungdom"),)


def test_an_empty_text_has_no_theme() -> None:
    assert themes_in("") == themes_of("", "") == ()


GOOD = {
    "code": "x", "nb": "X", "nn": "X", "kind": "subject", "because": "b", "source": "s", "words": ["ord"],
}  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [{**GOOD, "source": ""}],
        [{key: value for key, value in GOOD.items() if key != "because"}],
        [{**GOOD, "colour": "red"}],
        [GOOD, GOOD],
        [{**GOOD, "words": ["ord", "ord"]}],
    ],
)
def test_a_theme_without_a_source_or_told_twice_is_refused(rows: list[dict]) -> None:
    with pytest.raises(ValueError, match="theme"):
        read_themes(rows)
