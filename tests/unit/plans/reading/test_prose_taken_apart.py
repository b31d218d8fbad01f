"""Sentences taken apart: who acts, what the verb says, where actions begin, and who «utvalget» is."""

from pathlib import Path

import pytest
from plan_blocks import read_text

from samspill.plans.reading.candidates import Measure, Period
from samspill.plans.reading.clauses import parse, who_is
from samspill.plans.reading.mentions import bodies_in
from samspill.plans.reading.prose import judge, judged_parts
from samspill.plans.reading.prose_signs import ENOUGH
from samspill.plans.reading.prose_words import Who

PERIOD = Period(2026, 2028)
PLAN = """# Handlingsplan 2026-2028 for Helsefellesskapet Nordkyst

## 1 Innledning

Kort.

## 2 Innsatsområder

### 2.1 Barn

"""


def measures(folder: Path, text: str) -> list[Measure]:
    return list(read_text(folder, PLAN + text + "\n").measures)


@pytest.mark.parametrize(
    ("sentence", "subject", "verb"),
    [
        ("Partene skal i samarbeid med pårørende lage en brosjyre.", "Partene", "lage"),
        ("I perioden skal utvalet for akutt hjelp greie ut saka.", "utvalet for akutt hjelp", "greie"),
        ("Kommunane innfører ordninga i 2026.", "Kommunane", "innfører"),
        ("Sykehuset og kommunene trener sammen fra 2027.", "Sykehuset og kommunene", "trener"),
        ("Arbeidsgruppen som ble nedsatt i 2024, skal levere en rapport.", "", ""),
        ("Avtalen skal reforhandles i 2026.", "Avtalen", "reforhandles"),
        ("Me skal revidera rutinen.", "Me", "revidere"),
    ],
)
def test_the_main_clause_has_a_subject_and_a_verb(sentence: str, subject: str, verb: str) -> None:
    clause = parse(sentence)
    if subject:
        assert (clause.subject, clause.verb) == (subject, verb)
    else:
        assert clause.will == "skal"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Lyngheia DPS", Who.OURS),
        ("Nettverket for barnekoordinatorar", Who.OURS),
        ("SHU", Who.OURS),
        ("Samarbeidet mellom kommunene", Who.THING),
        ("Pasientene i kommunene", Who.PERSONS),
        ("Regjeringen", Who.NATION),
        ("Ressursene", Who.ABSTRACT),
        ("vi", Who.WE),
    ],
)
def test_the_head_of_a_subject_tells_who_it_is(words: str, who: Who) -> None:
    assert who_is(words) is who


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunene innfører digital hjemmeoppfølging i løpet av 2026.",
        "Partane er samde om å opprette kombinerte stillingar.",
        "Det er ønskelig at FSU vurderer en felles modell for utskriving.",
        "Det er besluttet å ansette en felles koordinator.",
        "Vi forpliktar oss til å ta med ungdomsråda.",
        "Utgreiinga skal liggje føre våren 2027.",
        "SSU gir FSU i oppdrag å utarbeide felles indikatorer.",
        "Tilbudet om akutt hjelp planlegges utvidet til alle kommuner i 2026.",
        "En felles avtale skal reforhandles i løpet av 2027.",
        "Prosjektet viderefører oppfølgingen i to kommuner.",
    ],
)
def test_what_somebody_of_ours_undertakes_is_a_measure_however_it_is_said(sentence: str) -> None:
    assert judge(sentence, PERIOD).score >= ENOUGH


@pytest.mark.parametrize(
    "sentence",
    [
        "Prosjektet skal vare i to år og inkludere alle kommunene.",
        "Prosjektet skal ledes av Nes kommune.",
        "Alle kommunane brukar i dag same journalsystem.",
        "Det er ønskelig at gravide møter den samme jordmoren.",
        "Begge parter plikter å melde avvik til hverandre.",
        "Ressursene skal brukes der de gjør mest nytte.",
        "Forskjellene i helse skal reduseres.",
        "Teamet arbeider oppsøkende og gir hjelp hjemme.",
        "Det skal ikke etableres et nytt meldesystem i planperioden.",
        "Folkehelseinstituttet vil publisere nye tall i 2027.",
        "Det må bli flere hender til pasientene.",
        "SSU skal behandle saker av prinsipiell karakter.",
        "Ungdomshuset skal ha helsesykepleier og psykolog.",
    ],
)
def test_states_routines_rights_ideals_and_what_others_do_are_no_measures(sentence: str) -> None:
    assert judged_parts(sentence, PERIOD) == []


def test_the_committee_is_the_one_the_section_speaks_of_and_that_is_marked(tmp_path: Path) -> None:
    first, second = measures(
        tmp_path,
        "Underutvalg barn og unge skal lage en veileder. Brukerutvalget har bedt om det.\n\n"
        "Utvalget skal også arrangere en fagdag i 2027.",
    )
    assert ([who.raw for who in first.responsible], first.responsible_from) == (
        ["Underutvalg barn og unge"],
        "sentence",
    )
    assert ([who.raw for who in second.responsible], second.responsible_from) == (
        ["Underutvalg barn og unge"],
        "section",
    )


def test_of_two_committees_nobody_is_guessed(tmp_path: Path) -> None:
    (measure,) = measures(
        tmp_path,
        "Samarbeidet mellom utvalg for akutt hjelp og utvalg for rus har vært godt. "
        "Utvalget skal lage en veileder.",
    )
    assert [who.raw for who in measure.responsible] == ["Utvalget"]


def test_a_committee_of_another_section_is_never_meant(tmp_path: Path) -> None:
    *_, last = measures(
        tmp_path,
        "Underutvalg barn og unge skal lage en veileder.\n\n### 2.2 Eldre\n\n"
        "Utvalget skal arrangere en fagdag i 2027.",
    )
    assert (last.focus_area, [who.raw for who in last.responsible]) == ("2.2", ["Utvalget"])


def test_we_are_the_community_the_section_names(tmp_path: Path) -> None:
    first, second = measures(
        tmp_path,
        "I Nordkyst helsefellesskap skal vi lage en felles plan. Vi skal også prøve ut den nye modellen.",
    )
    assert ([who.raw for who in first.responsible], first.responsible_from) == (
        ["Nordkyst helsefellesskap"],
        "sentence",
    )
    assert second.responsible_from == "section"


def test_two_clauses_with_subjects_of_their_own_are_two_measures_of_one_origin(tmp_path: Path) -> None:
    first, second = measures(
        tmp_path,
        "FSU skal fullføre sitt arbeid, og resultatet skal presenteres på en fagdag i november 2026.",
    )
    assert first.origin == second.origin
    assert [who.raw for who in first.responsible] == ["FSU"]
    assert (second.responsible, str(second.deadline)) == ((), "2026-11-30")


def test_a_sentence_over_a_page_break_is_one_measure_with_all_its_lines(tmp_path: Path) -> None:
    (measure,) = measures(
        tmp_path,
        "Underutvalg barn og unge skal i løpet av 2027 lage et\n\n7\n\nopplæringsprogram for alle ansatte.",
    )
    assert measure.text.endswith("lage et opplæringsprogram for alle ansatte.")
    assert measure.last_line > measure.line


def test_headings_in_the_infinitive_are_measures_when_there_are_several(tmp_path: Path) -> None:
    text = (
        "#### Etablere felles opplæring i palliasjon\n\nMange dør hjemme. "
        "Ansvarlig: FSU. Frist: våren 2027.\n\n"
        "#### Utarbeide felles rutiner for fallforebygging\n\nFall er vanlig."
    )
    first, second = measures(tmp_path, text)
    assert (first.rule, [who.raw for who in first.responsible]) == ("heading: infinitive", ["FSU"])
    assert str(first.deadline) == "2027-05-31"
    assert second.text == "Utarbeide felles rutiner for fallforebygging"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("FSU barn og unge skal møtes.", ["FSU barn og unge"]),
        ("Underutvalget for psykisk helse og rus er nytt.", ["Underutvalget for psykisk helse og rus"]),
        ("Målgruppen i opptaksområdet er stor.", []),
        ("Utvalget og gruppen møtes.", []),
        ("Det er satt ned en arbeidsgruppe.", []),
        ("Det er opprettet en tverrfaglig arbeidsgruppe.", ["tverrfaglig arbeidsgruppe"]),
        ("Nettverk for koordinatorer møtes.", ["Nettverk for koordinatorer"]),
    ],
)
def test_bodies_are_named_by_kind_and_theme(text: str, names: list[str]) -> None:
    assert [one.name for one in bodies_in(text)] == names


def test_a_label_is_no_part_of_the_sentence_behind_it(tmp_path: Path) -> None:
    text = (
        "Status: Brosjyrer deles ut i to kommuner. Sykehuset kartlegger behovet hvert år.\n\n"
        "Veien videre: Brosjyren oversettes til samisk innen 1. mai 2027. Sykehuset lager en film."
    )
    assert [one.text for one in measures(tmp_path, text)] == [
        "Brosjyren oversettes til samisk innen 1. mai 2027.",
        "Sykehuset lager en film.",
    ]


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("SSU ber legevakten om å registrere ventetiden fra 1. mars 2027.", "legevakten"),
        ("Brukarutvalet blir bede om å lage ei liste over gode spørsmål.", "Brukarutvalet"),
        ("Så framt sjukehuset får midlar, opprettar det eit ambulant team i 2028.", "sjukehuset"),
        ("Kommunenes ergoterapeuter skal utarbeide en felles brosjyre.", "Kommunenes ergoterapeuter"),
        ("Etablering av en felles telefon skjer i samarbeid mellom DPS og kommunen.", "DPS, kommunen"),
        ("Sykehuset, legevaktene og akuttmottaket innfører felles varsling i 2027.", None),
        ("Partane skal innan utgangen av andre kvartal 2026 kartleggje behova.", "Partane"),
    ],
)
def test_who_is_to_do_it_is_told_however_it_is_said(tmp_path: Path, sentence: str, who: str | None) -> None:
    (measure,) = measures(tmp_path, sentence)
    names = who.split(", ") if who else ["Sykehuset", "legevaktene", "akuttmottaket"]
    assert [one.raw for one in measure.responsible] == names
