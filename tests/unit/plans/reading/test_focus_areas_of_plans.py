"""Focus areas: found by what a plan says of itself, never by the level of a heading alone."""

from pathlib import Path

import pytest
from plan_blocks import HEADER, document_of, heading, item, paragraph, read_text, row

from samspill.documents.public import Block
from samspill.plans.reading import PlanReading, read_plan

START = (heading("Handlingsplan 2026", level=1), heading("Innledning", number="1", level=1))


def table(number: int) -> tuple[Block, Block]:
    return row(*HEADER, table=number), row("Mål", f"Gjøre noe med sak {number}", "SSU", table=number)


def areas(reading: PlanReading) -> list[tuple[str, str, str]]:
    return [(area.number, area.title, area.parent) for area in reading.focus_areas]


def test_a_number_beats_a_wrong_level() -> None:
    reading = read_plan(
        document_of(
            *START,
            heading("Satsingsområder", number="2", level=2),
            heading("Barn", number="2.1", level=3),
            *table(1),
            heading("Eldre", number="2.2", level=2),
            *table(2),
            heading("Veien videre", number="3", level=2),
        )
    )
    assert areas(reading) == [("2.1", "Barn", ""), ("2.2", "Eldre", "")]
    assert [measure.focus_area for measure in reading.measures] == ["2.1", "2.2"]


def test_a_heading_in_the_middle_of_what_this_means_is_no_area() -> None:
    reading = read_plan(
        document_of(
            *START,
            heading("Innsatsområder", level=1),
            heading("Barn", level=2),
            paragraph("Vi vil satse på barn. Dette betyr;"),
            paragraph("Lytte mer"),
            item("ha tid"),
            heading("Sørge for gode overganger", level=2),
            item("ingen skal vente"),
            *table(1),
        )
    )
    assert areas(reading) == [("", "Barn", "")]
    assert [one.text for one in reading.sub_objectives] == ["Lytte mer", "Sørge for gode overganger"]
    assert [measure.text for measure in reading.measures] == ["Gjøre noe med sak 1"]


def test_an_area_nests_below_another_by_number() -> None:
    reading = read_plan(
        document_of(
            *START,
            heading("Innsatsområde", number="2"),
            heading("Barn", number="2.1", level=3),
            heading("Barn som pårørande", number="2.1.1", level=4),
            *table(1),
            heading("Tiltak", number="2.1.2", level=4),
        )
    )
    assert areas(reading) == [("2.1", "Barn", ""), ("2.1.1", "Barn som pårørande", "2.1")]
    assert [measure.focus_area for measure in reading.measures] == ["2.1.1"]


def test_areas_announced_in_a_list_are_areas_even_with_another_title() -> None:
    titles = ("Skrøpelige eldre", "Barn og unge", "Fastleger")
    reading = read_plan(
        document_of(
            *START[:1],
            paragraph("Planen legges fram med følgende innsatsområder:"),
            *(item(title, label=f"{number}.") for number, title in enumerate(titles, 1)),
            heading("Prosjektet Fyrtårn", number="1"),
            paragraph("Om prosjektet."),
            heading("Barn og unges helse", number="2"),
            paragraph("Om barn."),
            heading("Fastlegene", number="3"),
        )
    )
    assert areas(reading) == [
        ("1", "Prosjektet Fyrtårn", ""),
        ("2", "Barn og unges helse", ""),
        ("3", "Fastlegene", ""),
    ]


def test_groups_listed_in_an_area_are_its_parts() -> None:
    reading = read_plan(
        document_of(
            *START,
            heading("Innsatsområde", number="2", level=1),
            heading("Prioriterte pasientgrupper", level=2),
            paragraph("Vi vil prioritere:"),
            item("barn og unge"),
            item("eldre"),
            heading("Barn og unge", level=3),
            heading("Eldre", level=3),
            heading("Rekruttering", level=2),
        )
    )
    assert areas(reading) == [
        ("", "Prioriterte pasientgrupper", ""),
        ("", "Barn og unge", "Prioriterte pasientgrupper"),
        ("", "Eldre", "Prioriterte pasientgrupper"),
        ("", "Rekruttering", ""),
    ]


def test_without_a_chapter_of_areas_the_chapters_with_tables_are_areas() -> None:
    reading = read_plan(
        document_of(*START, heading("Barn", number="2"), *table(1), heading("Eldre", number="3"), *table(2))
    )
    assert areas(reading) == [("2", "Barn", ""), ("3", "Eldre", "")]


def test_a_table_in_a_chapter_of_its_own_after_the_areas_makes_that_an_area_too() -> None:
    reading = read_plan(
        document_of(
            *START,
            heading("Innsatsområder", number="2", level=1),
            heading("Barn", number="2.1"),
            *table(1),
            heading("Tverrgående tema", number="3", level=1),
            *table(2),
        )
    )
    assert areas(reading) == [("2.1", "Barn", ""), ("3", "Tverrgående tema", "")]


def test_a_line_with_a_number_nobody_declared_a_heading_is_one() -> None:
    reading = read_plan(
        document_of(
            *START,
            paragraph("2.1 Barn og unge"),
            paragraph("Et avsnitt om barn."),
            *table(1),
            item("Eldre og hjemmet", label="2.2"),
            paragraph("Et avsnitt om eldre."),
            *table(2),
        )
    )
    assert areas(reading) == [("2.1", "Barn og unge", ""), ("2.2", "Eldre og hjemmet", "")]


@pytest.mark.parametrize(
    "title", ["Innsatsområder", "Satsingsområde", "Prioriterte områder", "Hovudsatsingar", "Fokusområder"]
)
def test_the_chapter_of_areas_has_many_names(tmp_path: Path, title: str) -> None:
    text = f"# Plan\n\n## Innledning\n\nKort.\n\n## {title}\n\n### Kreft\n\nTekst.\n\n### Hjerte\n\nTekst.\n"
    assert areas(read_text(tmp_path, text)) == [("", "Kreft", ""), ("", "Hjerte", "")]


@pytest.mark.parametrize(
    ("title", "number", "area"),
    [
        ("Innsatsområde 1: Kreft", "1", "Kreft"),
        ("Satsingsområde 2 Hjerte og kar", "2", "Hjerte og kar"),
        ("Tema B – Rus", "B", "Rus"),
        ("Innsatsområde: Smerte", "", "Smerte"),
    ],
)
def test_a_heading_may_say_itself_that_it_is_an_area(
    tmp_path: Path, title: str, number: str, area: str
) -> None:
    text = f"# Plan\n\n## Innledning\n\nKort om perioden 2026.\n\n## {title}\n\nTekst om saken.\n"
    assert areas(read_text(tmp_path, text)) == [(number, area, "")]


def test_a_plan_without_areas_says_so_and_is_read_all_the_same(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "# Notat 2026\n\nHva vil vi?\tTiltak\tAnsvarlig\nRo\tVente\tSSU\n")
    assert [measure.text for measure in reading.measures] == ["Vente"]
    assert "plan.no_focus_areas" in [problem.code for problem in reading.problems]


def test_letters_that_follow_each_other_number_areas_without_a_full_stop() -> None:
    def plan(*titles: str) -> PlanReading:
        below = [
            (heading(title, level=2), paragraph("Kommunene skal lage en felles liste.")) for title in titles
        ]
        return read_plan(document_of(*START, *(block for pair in below for block in pair)))

    lettered = plan("A Én vei inn", "B Åpne dører", "C Felles tall")
    assert [area.number for area in lettered.focus_areas] == ["A", "B", "C"]
    assert [area.number for area in plan("A Én vei inn", "Åpne dører").focus_areas] == ["", ""]
