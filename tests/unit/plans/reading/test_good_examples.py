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
