"""Lists as municipalities write them: sentences as items, owners below, lines that say what a list is not."""

from pathlib import Path

import pytest
from plan_blocks import heading, read_text

from samspill.plans.reading.leads import party_in, split_lead
from samspill.plans.reading.openers import Opens, hopes, opener, subject_of_opener

PLAN = """# Handlingsplan 2026-2028 for Helsefellesskapet Nordkyst

## Innsatsområder

### 1 Barn

"""


@pytest.mark.parametrize(
    "line",
    [
        "Dette skal vi ikke gjøre i perioden:",
        "Dette gjer vi ikkje:",
        "Tilbudet gjelder for:",
        "Målgruppa er:",
        "Med utskrivningsklar mener vi:",
        "Vi skiller mellom:",
        "Dette veit vi:",
        "Slik ser vi at vi har lukkast:",
        "Tiltaket forutsetter at kommunene har:",
        "I 2025 fekk vi til:",
    ],
)
def test_a_line_that_tells_of_something_else_opens_no_measures(line: str) -> None:
    assert opener(heading(line)) is Opens.NOTHING


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Kommunane skal:", "Kommunane"),
        ("I planperioden skal kommunane:", "kommunane"),
        ("Sykehuset forplikter seg til å:", "Sykehuset"),
        ("Kommunane tek på seg å:", "Kommunane"),
        ("Sekretariatet får i oppdrag å:", "Sekretariatet"),
        ("Hva skal kommunene gjøre:", ""),
        ("I 2027 vil vi:", ""),
    ],
)
def test_the_line_above_a_list_says_who_does_it(line: str, who: str) -> None:
    assert opener(heading(line)) is Opens.MEASURES
    assert subject_of_opener(line) == who


@pytest.mark.parametrize("line", ["Kommunane:", "Breidvatn DPS:", "FSU barn og unge:"])
def test_a_party_alone_above_a_list_is_who_does_it(line: str) -> None:
    assert party_in(line) == line.rstrip(":")


@pytest.mark.parametrize(
    "line", ["Dette gjer vi ikkje:", "Deltakere fra kommunene:", "Utsett til 2028:", "SSU har som mandat:"]
)
def test_other_lines_are_no_party(line: str) -> None:
    assert party_in(line) == ""


def test_a_word_before_a_colon_is_somebody_a_time_or_a_theme() -> None:
    assert split_lead("Kommunene: opprette felles team") == ("opprette felles team", "Kommunene", "")
    assert split_lead("mars: arrangere ei samling") == ("mars: arrangere ei samling", "", "mars")
    assert split_lead("Beredskap: Øve på fødsel") == ("Beredskap: Øve på fødsel", "", "")


def test_infinitives_below_hopes_are_no_measures() -> None:
    assert hopes("Forventede effekter")
    assert hopes("2 Mandat for utvalget")
    assert not hopes("Ventetid i psykisk helsevern")
    assert not hopes("En verdig alderdom")


def test_sentences_in_a_list_are_judged_each_for_itself(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        PLAN + "- Om lag hvert tiende barn har en syk forelder.\n"
        "- Sykehuset skal oppdatere opplæringen innen 1. mars 2027.\n"
        "  - Ansvar: Barneavdelingen\n"
        "- Barn som pårørende er barn under 18 år.\n"
        "- Det skal lages en felles rutine i løpet av 2027.\n"
        "  - Ansvar: FSU barn\n",
    )
    assert [(one.text, one.focus_area, [who.raw for who in one.responsible]) for one in reading.measures] == [
        ("Sykehuset skal oppdatere opplæringen innen 1. mars 2027.", "1", ["Sykehuset"]),
        ("Det skal lages en felles rutine i løpet av 2027.", "1", ["FSU barn"]),
    ]


def test_sentences_below_a_line_that_shuts_the_list_are_not_read(tmp_path: Path) -> None:
    said = "- Kommunene skal opprette et felles team innen 1. mars 2027.\n"
    assert read_text(tmp_path, f"{PLAN}Partene har samlet seg om dette:\n\n{said}").measures
    assert not read_text(tmp_path, f"{PLAN}Dette skal vi ikke gjøre:\n\n{said}").measures


@pytest.mark.parametrize(
    "below",
    [
        "  - Ansvar: SSU\n  - Frist: 1. mars 2027\n",
        "  Ansvarlig: SSU\n  Frist: 1. mars 2027\n",
        "  - **Hvem:** SSU\n  - **Når:** 1. mars 2027\n",
        "- Ansvarlig: SSU\n- Frist: 1. mars 2027\n",
        "  Ansvar/frist: SSU, 1. mars 2027\n",
        "  - Ansvar og frist: SSU, 1. mars 2027\n",
    ],
)
def test_owner_and_deadline_below_an_item_are_no_measures(tmp_path: Path, below: str) -> None:
    reading = read_text(tmp_path, f"{PLAN}Tiltak:\n\n- Lage felles rutine\n{below}- Kurse ansatte\n{below}")
    assert [one.text for one in reading.measures] == ["Lage felles rutine", "Kurse ansatte"]
    for one in reading.measures:
        assert [who.raw for who in one.responsible] == ["SSU"]
        assert str(one.deadline) == "2027-03-01"


def test_a_goal_above_the_paragraphs_is_the_goal_of_their_measures(tmp_path: Path) -> None:
    said = "Målet vårt: Alle får hjelp\n\nKommunene skal opprette et felles team innen 1. mars 2027.\n"
    (measure,) = read_text(tmp_path, PLAN + said).measures
    assert measure.goal == "Alle får hjelp"
