"""Good examples are found where a document says that it tells of them, and nowhere else."""

from pathlib import Path

import pytest
from plan_blocks import read_text

from samspill.plans.reading.responsible import read_responsible


def test_titles_and_explanations_that_lost_their_columns_are_put_together(tmp_path: Path) -> None:
    text = (
        "Innspill fra Helsefellesskapet Nordkyst\n\n"
        "1. Har dere gode eksempler på tjenester dere har utviklet sammen?\n\n"
        "1. Syketransport på sjøen\n\nBåten går hver dag. Alle kan bestille den.\n\n"
        "Felles vakttelefon for fem kommuner\n\nEn sykepleier svarer alltid.\n\n"
        "2. Hva trenger dere mest fra staten?\n\nMer tid.\n"
    )
    reading = read_text(tmp_path, text, name="svar.txt")
    assert list(reading.examples) == [
        "Syketransport på sjøen: Båten går hver dag. Alle kan bestille den.",
        "Felles vakttelefon for fem kommuner: En sykepleier svarer alltid.",
    ]
    assert [question.answers[-1] for question in reading.questions][-1] == "Mer tid."


def test_what_others_have_done_is_no_measure(tmp_path: Path) -> None:
    text = (
        "# Handlingsplan 2026 for Helsefellesskapet Nordkyst\n\n## 1 Satsingsområder\n\n### 1.1 Hjemme\n\n"
        "Kommunene skal opprette et felles team innen 1. mai 2026.\n\n#### Gode eksempler\n\n"
        "Kommunene i nabofylket vil utvide sitt felles team i løpet av 2026.\n\n"
        "### 1.2 Borte\n\nSykehuset skal etablere en felles mottakstelefon i løpet av 2026.\n"
    )
    reading = read_text(tmp_path, text)
    assert list(reading.examples) == ["Kommunene i nabofylket vil utvide sitt felles team i løpet av 2026."]
    assert [measure.focus_area for measure in reading.measures] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    "line",
    [
        "Eksempler på samarbeid finnes i vedlegget.",
        "Vi har gode eksempler.",
        "For eksempel: de som bor alene.",
    ],
)
def test_a_sentence_that_only_mentions_examples_opens_none(tmp_path: Path, line: str) -> None:
    text = f"# Handlingsplan 2026 for Helsefellesskapet Nordkyst\n\n## 1 Hjemme\n\n{line}\n\n- noe annet\n"
    assert read_text(tmp_path, text).examples == ()


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("Kommunene Skogsykehuset FSU", ["Kommunene", "Skogsykehuset", "FSU"]),
        ("Skogsykehuset HF", ["Skogsykehuset HF"]),
        ("Sykehuset Østfold", ["Sykehuset Østfold"]),
        ("Frisklivssentralene i Nes, Vik og Sand", ["Frisklivssentralene i Nes, Vik og Sand"]),
        ("Kommunene i Vik, UNN og Legevakten", ["Kommunene i Vik", "UNN", "Legevakten"]),
    ],
)
def test_names_that_lost_their_lines_and_names_with_places(cell: str, parties: list[str]) -> None:
    assert [who.raw for who in read_responsible(cell, {})] == parties


REPLY = "# Innspill fra Helsefellesskapet Nordkyst 2027\n\n**Hva har dere utviklet i fellesskap?**\n\n"


def test_items_that_say_what_can_be_transferred_are_examples_whatever_was_asked(tmp_path: Path) -> None:
    items = (
        "- Bokbussen. Jordmor er med hver tirsdag. Overføringsverdi: krever bare en buss.\n"
        "- Nattskiftet. To kommuner deler én vakt. Overføringsverdi: passer der veien er kort.\n"
    )
    assert len(read_text(tmp_path, REPLY + items).examples) == 2
    assert not read_text(tmp_path, REPLY + items.replace("Overføringsverdi:", "Vi")).examples


def test_a_column_of_what_others_can_learn_makes_its_rows_examples(tmp_path: Path) -> None:
    table = (
        "| Tjeneste | Hva andre kan lære |\n| --- | --- |\n"
        "| Bokbussen. Jordmor er med. | Krever bare en buss. |\n| Nattskiftet | Passer der veien er kort. |\n"
    )
    reading = read_text(tmp_path, REPLY + table)
    assert list(reading.examples) == [
        "Bokbussen. Jordmor er med. Krever bare en buss.",
        "Nattskiftet: Passer der veien er kort.",
    ]
    assert list(reading.questions[0].answers) == list(reading.examples)


def test_a_table_that_answers_a_question_holds_no_measures(tmp_path: Path) -> None:
    table = "| Nivå | Oppgave |\n| --- | --- |\n| SSU | Fordeler midler. |\n| FSU | Lager forslag. |\n"
    reading = read_text(tmp_path, REPLY + table)
    assert not reading.measures
    assert list(reading.questions[0].answers) == ["SSU: Fordeler midler.", "FSU: Lager forslag."]
