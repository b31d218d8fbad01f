"""What stands above a table, and crosses in it, tell what its rows are."""

from pathlib import Path

import pytest

from samspill.documents.public import read_here
from samspill.plans.reading import PlanReading, read_plan

ROWS = """
| Tiltak | Ansvar | Frist |
| --- | --- | --- |
| Opprette sårtelefon | Kommunene | 1. mai 2027 |
| Låne ut senger | Sykehuset | 1. juni 2027 |
"""


def read(folder: Path, above: str, rows: str = ROWS, after: str = "") -> PlanReading:
    path = folder / "plan.md"
    path.write_text(
        f"# Handlingsplan 2027–2028 for Helsefellesskapet Nordvik\n\n{above}\n{rows}\n{after}", "utf-8"
    )
    return read_plan(read_here(path))


@pytest.mark.parametrize(
    "above",
    [
        "## Hva ble det av forrige plan?",
        "## Dette gjorde vi",
        "## Forslag som ikke kom med",
        "## Framlegg som ikkje vart tekne med",
        "Disse tiltakene ble valgt bort:",
        "## Tilbakeblikk\n\n### Eldre",
    ],
)
def test_a_table_of_what_is_over_or_was_turned_down_gives_no_measures(tmp_path: Path, above: str) -> None:
    assert read(tmp_path, above).measures == ()


@pytest.mark.parametrize(
    "above",
    [
        "## Tiltak som videreføres fra forrige plan",
        "## Tiltak som ikke er ferdige",
        "## Siste halvdel av planperioden",
        "## Det vi skal gjøre",
    ],
)
def test_a_table_of_what_goes_on_gives_its_measures(tmp_path: Path, above: str) -> None:
    assert len(read(tmp_path, above).measures) == 2


@pytest.mark.parametrize(
    "above",
    [
        "## 1 Sår\n\nMål: Kortere tid med sår\n\nNoe om sår.",
        "## 1 Sår\n\n**Mål 1: Kortere tid med sår**",
        "## 1 Sår\n\n### Mål\n\nKortere tid med sår\n\n### Tiltak",
    ],
)
def test_the_one_goal_above_a_table_is_the_goal_of_its_measures(tmp_path: Path, above: str) -> None:
    plan = read(tmp_path, above)
    assert [goal.text for goal in plan.goals] == ["Kortere tid med sår"]
    assert {measure.goal for measure in plan.measures} == {"Kortere tid med sår"}


def test_of_two_goals_above_a_table_nobody_can_tell_which_a_measure_serves(tmp_path: Path) -> None:
    plan = read(tmp_path, "## 1 Sår\n\nMål: Kortere tid med sår\n\nMål: Færre innleggelser")
    assert len(plan.goals) == 2
    assert {measure.goal for measure in plan.measures} == {""}


def test_a_cross_under_a_party_names_it_and_one_under_a_year_ends_there(tmp_path: Path) -> None:
    rows = """
| Tiltak | Vik | Nes | 2027 | 2028 |
| --- | --- | --- | --- | --- |
| Opprette sårtelefon | x | | x | |
| Låne ut senger | x | X | x | x |
"""
    plan = read(tmp_path, "## 1 Sår", rows)
    assert [[who.raw for who in one.responsible] for one in plan.measures] == [["Vik"], ["Vik", "Nes"]]
    assert [str(one.deadline) for one in plan.measures] == ["2027-12-31", "2028-12-31"]


def test_a_column_that_ticks_something_off_names_nobody(tmp_path: Path) -> None:
    rows = "| Tiltak | Vedtatt | Frist |\n| --- | --- | --- |\n| Låne ut senger | x | 1. mai 2027 |\n"
    assert read(tmp_path, "## 1 Sår", rows).measures[0].responsible == ()


def test_a_reason_for_each_row_is_no_goal_and_one_for_several_rows_is(tmp_path: Path) -> None:
    head = "| Hvorfor | Tiltak | Ansvar |\n| --- | --- | --- |\n"
    each = f"{head}| Ventetid | Låne ut senger | Vik |\n| Savn | Opprette sårtelefon | Nes |\n"
    several = f"{head}| Ventetid | Låne ut senger | Vik |\n| | Opprette sårtelefon | Nes |\n"
    assert {one.goal for one in read(tmp_path, "## 1 Sår", each).measures} == {""}
    assert {one.goal for one in read(tmp_path, "## 1 Sår", several).measures} == {"Ventetid"}
