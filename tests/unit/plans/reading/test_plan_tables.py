"""Tables: columns in any order, goals carried down, tables broken by pages, cells with several measures."""

from datetime import date
from pathlib import Path

import pytest
from plan_blocks import HEADER, document_of, heading, page_break, paragraph, read_text, row

from samspill.documents.public import Block
from samspill.plans.reading import Measure, PlanReading, read_plan
from samspill.plans.reading.columns import Role, role_of

AREA = heading("Barn og unge", number="2.1")


def read(*blocks: Block) -> PlanReading:
    return read_plan(
        document_of(
            heading("Handlingsplan 2026 for Helsefellesskapet Nordkyst", level=1),
            heading("Innsatsområder", number="2"),
            AREA,
            *blocks,
        )
    )


def said(measure: Measure) -> tuple[str, str, str, list[str]]:
    return measure.label, measure.text, measure.goal, [who.raw for who in measure.responsible]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Hva vil vi?", Role.GOAL),
        ("Kva vil vi oppnå?", Role.GOAL),
        ("Mål", Role.GOAL),
        ("Delmål", Role.SUB_GOAL),
        ("Hvordan få det til?", Role.MEASURE),
        ("Korleis få det til?", Role.MEASURE),
        ("Tiltak", Role.MEASURE),
        ("Hva skal vi gjøre?", Role.MEASURE),
        ("Aktivitetar", Role.ACTIVITY),
        ("Ansvarlig", Role.RESPONSIBLE),
        ("Ansvarleg eining", Role.RESPONSIBLE),
        ("Hvem?", Role.RESPONSIBLE),
        ("Tiltakseier", Role.RESPONSIBLE),
        ("Medansvarlig", Role.HELPERS),
        ("Frist", Role.DEADLINE),
        ("Tidsramme", Role.DEADLINE),
        ("Når", Role.DEADLINE),
        ("Status", Role.STATUS),
        ("Indikator", Role.INDICATOR),
        ("Hvordan måle vi effekt?", Role.INDICATOR),
        ("Kostnad", Role.COST),
        ("Målgruppe", Role.REMARK),
        ("Nr.", Role.NUMBER),
        ("Tiltak nr.", Role.NUMBER),
        ("Innsatsområde", Role.AREA),
        ("Avstand", None),
    ],
)
def test_a_column_is_known_by_its_header_in_both_malformer(header: str, role: Role | None) -> None:
    assert role_of(header) is role


def test_a_goal_is_carried_down_until_the_next_one() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "a) Ringe", "SSU"),
        row("", "b) Skrive", "FSU"),
        row("Ro", "c) Vente", "PM"),
    )
    assert [said(measure) for measure in reading.measures] == [
        ("a)", "Ringe", "Trygghet", ["SSU"]),
        ("b)", "Skrive", "Trygghet", ["FSU"]),
        ("c)", "Vente", "Ro", ["PM"]),
    ]
    assert [goal.text for goal in reading.goals] == ["Trygghet", "Ro"]


def test_the_same_goal_in_two_areas_is_two_goals_and_labels_may_begin_again() -> None:
    first = (row(*HEADER), row("Trygghet", "a) Ringe", "SSU"))
    second = (row(*HEADER, table=2), row("Trygghet", "a) Skrive", "FSU", table=2))
    reading = read(*first, heading("Eldre", number="2.2"), *second)
    assert [(goal.text, goal.focus_area) for goal in reading.goals] == [
        ("Trygghet", "2.1"),
        ("Trygghet", "2.2"),
    ]
    assert [(one.label, one.focus_area) for one in reading.measures] == [("a)", "2.1"), ("a)", "2.2")]


def test_a_goal_is_not_carried_into_the_next_table() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "Ringe", "SSU"),
        heading("Eldre", number="2.2"),
        row(*HEADER, table=2),
        row("", "Skrive", "FSU", table=2),
    )
    assert [measure.goal for measure in reading.measures] == ["Trygghet", ""]


def test_a_table_goes_on_below_a_page_break_with_its_header_and_a_footer_between() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "a) Ringe", "SSU"),
        paragraph("Side 3"),
        page_break(2),
        row(*HEADER, table=2, page=2),
        row("", "b) Skrive", "FSU", table=2, page=2),
    )
    assert [said(measure) for measure in reading.measures] == [
        ("a)", "Ringe", "Trygghet", ["SSU"]),
        ("b)", "Skrive", "Trygghet", ["FSU"]),
    ]
    assert [measure.page for measure in reading.measures] == [1, 2]


def test_a_table_goes_on_below_a_page_break_without_its_header() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "a) Ringe", "SSU"),
        page_break(2),
        row("", "b) Skrive", "FSU", table=2, page=2),
        row("Ro", "c) Vente", "PM", table=2, page=2),
    )
    assert [measure.goal for measure in reading.measures] == ["Trygghet", "Trygghet", "Ro"]
    assert reading.problems == ()


def test_a_row_that_a_page_break_divides_is_one_measure() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "a) Lage plan for bedre over-", "SSU og"),
        page_break(2),
        row(*HEADER, table=2, page=2),
        row("", "ganger til voksenlivet", "kommunene", table=2, page=2),
        row("", "b) Skrive", "FSU", table=2, page=2),
    )
    assert [said(measure) for measure in reading.measures] == [
        ("a)", "Lage plan for bedre overganger til voksenlivet", "Trygghet", ["SSU", "kommunene"]),
        ("b)", "Skrive", "Trygghet", ["FSU"]),
    ]
    first = reading.measures[0]
    assert first.last_line > first.line


def test_a_row_below_a_page_break_with_somebody_of_its_own_is_a_measure_of_its_own() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "Ringe", "SSU"),
        page_break(2),
        row("", "e-læring om fall", "FSU", page=2),
    )
    assert [measure.text for measure in reading.measures] == ["Ringe", "e-læring om fall"]


def test_more_responsibles_on_a_row_of_their_own_belong_to_the_measure_above() -> None:
    reading = read(row(*HEADER), row("Trygghet", "Ringe", "SSU"), row("", "", "kommunene"))
    assert [said(measure) for measure in reading.measures] == [
        ("", "Ringe", "Trygghet", ["SSU", "kommunene"])
    ]


def test_a_goal_on_a_row_of_its_own_is_the_goal_of_the_rows_below() -> None:
    reading = read(row(*HEADER), row("Trygghet", "", ""), row("", "Ringe", "SSU"))
    assert [measure.goal for measure in reading.measures] == ["Trygghet"]


def test_a_row_over_the_whole_width_names_the_goal_or_the_area() -> None:
    header = row("Tiltak", "Ansvarlig")
    wide = row("Trygghet om natten", spans=2)
    reading = read(
        header, wide, row("Ringe", "SSU"), row("Innsatsområde 2: Eldre", spans=2), row("Skrive", "FSU")
    )
    assert [(one.text, one.goal, one.focus_area) for one in reading.measures] == [
        ("Ringe", "Trygghet om natten", "2.1"),
        ("Skrive", "", "2"),
    ]
    assert [area.title for area in reading.focus_areas] == ["Barn og unge", "Eldre"]


def test_a_caption_above_the_header_names_the_area_unless_it_names_the_plan() -> None:
    header = row("Tiltak", "Ansvarlig")
    named = read(row("Innsatsområde 3: Rus", spans=2), header, row("Ringe", "SSU"))
    assert [measure.focus_area for measure in named.measures] == ["3"]
    titled = read(row("Handlingsplan 2026", spans=2), header, row("Ringe", "SSU"))
    assert [measure.focus_area for measure in titled.measures] == ["2.1"]


def test_several_measures_in_a_cell_share_responsibles_or_have_one_each() -> None:
    reading = read(
        row(*HEADER),
        row("Trygghet", "a) Ringe\nb) Skrive", "SSU\nFSU"),
        row("Ro", "c) Vente d) Sove", "PM"),
        row("Lys", "Tenne (a) lampe", "SSU, FSU"),
    )
    assert [said(measure) for measure in reading.measures] == [
        ("a)", "Ringe", "Trygghet", ["SSU"]),
        ("b)", "Skrive", "Trygghet", ["FSU"]),
        ("c)", "Vente", "Ro", ["PM"]),
        ("d)", "Sove", "Ro", ["PM"]),
        ("", "Tenne (a) lampe", "Lys", ["SSU", "FSU"]),
    ]
    assert reading.measures[0].origin == reading.measures[1].origin != reading.measures[2].origin


def test_a_fourth_column_is_the_deadline_and_others_are_kept() -> None:
    header = (*HEADER, "Frist", "Status", "Indikator", "Kostnad")
    reading = read(
        row(*header), row("Trygghet", "Ringe", "SSU", "våren 2026", "I gang", "Svartid", "100 000")
    )
    (measure,) = reading.measures
    assert (measure.deadline, measure.deadline_precision) == (date(2026, 5, 31), "season")
    assert (measure.status, measure.indicator, measure.cost) == ("I gang", "Svartid", "100 000")


def test_a_table_with_an_unknown_header_is_told_about_and_reading_goes_on() -> None:
    reading = read(
        row("Kommune", "Avstand", "Fødsler", is_header=True),
        row("Vik", "95", "12"),
        paragraph("Tallene er fra i fjor."),
        row(*HEADER, table=2),
        row("Trygghet", "Ringe", "SSU", table=2),
    )
    assert [measure.text for measure in reading.measures] == ["Ringe"]
    (problem,) = reading.problems
    assert (problem.code, problem.values["table"], problem.line) == ("table.header_unknown", "1", 4)
    assert "Kommune | Avstand | Fødsler" in problem.sentence


def test_a_responsible_without_a_measure_is_told_about() -> None:
    reading = read(row(*HEADER), row("Trygghet", "", "SSU"), row("Ro", "Vente", "PM"))
    assert [problem.code for problem in reading.problems] == ["table.row_without_measure"]


def test_markup_is_stripped_and_misprints_are_kept() -> None:
    reading = read(row(*HEADER), row("<b>Trygghet</b>", "a) **Omrøkkere** [vaktplanen](#)", "SSU¹"))
    assert [said(measure) for measure in reading.measures] == [
        ("a)", "Omrøkkere vaktplanen", "Trygghet", ["SSU"])
    ]


def test_prose_and_lists_beside_a_table_add_no_measures() -> None:
    reading = read(
        paragraph("Helsefellesskapet skal etablere et felles tilbud i løpet av 2026."),
        row(*HEADER),
        row("Trygghet", "Ringe", "SSU"),
    )
    assert [measure.text for measure in reading.measures] == ["Ringe"]


def test_the_same_table_again_adds_no_measure(tmp_path: Path) -> None:
    table = """
| Tiltak | Ansvarlig | Frist |
| --- | --- | --- |
| Lage vaktplan | SSU | 1. mai 2027 |
| Dele ut kart | Kommunene | 2027 |
"""
    text = f"# Handlingsplan 2027\n\n## Innsatsområde 1: Vakt\n{table}\n## Oppsummering\n{table}"
    reading = read_text(tmp_path, text)
    assert [one.text for one in reading.measures] == ["Lage vaktplan", "Dele ut kart"]
    assert {one.focus_area for one in reading.measures} == {"1"}


def test_rows_with_too_few_or_too_many_cells_lose_nothing(tmp_path: Path) -> None:
    text = """# Handlingsplan 2027

## Innsatsområde 1: Vakt

| Tiltak | Ansvarlig | Frist |
| --- | --- | --- |
| Lage vaktplan | SSU |
| Dele ut kart | Kommunene | 2027 | ekstra |
| | | |
"""
    reading = read_text(tmp_path, text)
    said = [(one.text, [who.raw for who in one.responsible]) for one in reading.measures]
    assert said == [("Lage vaktplan", ["SSU"]), ("Dele ut kart", ["Kommunene"])]


def test_a_table_with_only_a_header_is_read_as_nothing(tmp_path: Path) -> None:
    text = "# Handlingsplan 2027\n\n| Tiltak | Ansvarlig |\n| --- | --- |\n"
    assert read_text(tmp_path, text).measures == ()


def test_a_first_row_on_a_page_is_no_rest_of_what_stands_in_the_area_before() -> None:
    """The table of the next area was broken after its goal; what has no label and nobody is its own."""
    reading = read(
        row("Nr", "Tiltak", "Ansvarlig", "Frist", is_header=True),
        row("a)", "Samle erfaringer fra legevaktene", "Moss", "våren 2026"),
        heading("Psykisk helse og rus", number="2.2"),
        row("Tiltak", "Ansvarlig", "Frist", is_header=True, table=2),
        row("Mål: Hjelp der du bor", table=2),
        page_break(2),
        row("Tiltak", "Ansvarlig", "Frist", is_header=True, table=2),
        row("Lage en felles kriseplan", "", "1. kvartal 2026", table=2),
    )
    assert [measure.text for measure in reading.measures] == [
        "Samle erfaringer fra legevaktene",
        "Lage en felles kriseplan",
    ]
