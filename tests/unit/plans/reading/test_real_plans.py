"""Real plans, read where they lie: structure and counts only, none of their sentences."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from test_reading_a_whole_plan import check_anchors

from samspill.documents.public import Document, read_here
from samspill.plans.reading import PlanReading, read_plan

SEEDS = Path(__file__).parents[5] / "shared" / "seeds"


@cache
def real(number: str) -> tuple[Document, PlanReading]:
    found = sorted(SEEDS.glob(f"{number}*.txt"))
    if not found:
        pytest.skip(f"the plan {number} is not in {SEEDS}")
    document = read_here(found[0])
    return document, read_plan(document)


def test_the_plan_with_tables_has_three_areas_nine_goals_and_25_measures() -> None:
    _, plan = real("003")
    assert [area.number for area in plan.focus_areas] == ["2.1", "2.2", "2.3"]
    assert Counter(measure.focus_area for measure in plan.measures) == {"2.1": 9, "2.2": 7, "2.3": 9}
    assert Counter(goal.focus_area for goal in plan.goals) == {"2.1": 3, "2.2": 3, "2.3": 3}
    assert Counter(one.focus_area for one in plan.sub_objectives) == {"2.1": 3, "2.2": 3, "2.3": 3}
    assert {measure.rule for measure in plan.measures} == {"table-row"}
    assert plan.problems == ()


def test_the_labels_of_the_plan_with_tables_begin_again() -> None:
    _, plan = real("003")
    labels = "".join(measure.label[0] for measure in plan.measures)
    assert labels == "abcdefghi" + "abcdefg" + "abcdef" + "abc"


def test_each_measure_of_the_plan_with_tables_has_its_responsibles() -> None:
    _, plan = real("003")
    said = [[who.raw for who in measure.responsible] for measure in plan.measures]
    parties = ["UNN", "kommunene"]
    assert said == [
        *[
            ["FSU BU"],
            ["Samhandl.-sjefene"],
            parties,
            ["FSU", "SSU"],
            ["Utvalgsrepresentanter"],
            ["SEKR", *parties],
        ],
        *[["SEKR"], ["Samhandl.-sjefene"], ["SSU", "FSU DIG"]],
        *[["SEKR"], ["SEKR"], ["SEKR"], ["SEKR"], ["Felles"], ["FSU", "SSU"], parties],
        *[
            parties,
            parties,
            parties,
            ["FSU REST"],
            ["FSU REST"],
            ["FSU REST"],
            parties,
            parties,
            ["FSU REST", "SSU"],
        ],
    ]
    assert {measure.responsible_from for measure in plan.measures} == {"cell"}


def test_the_plan_with_tables_says_what_it_is() -> None:
    _, plan = real("003")
    assert (plan.kind, plan.community.name, plan.language) == ("handlingsplan", "Troms og Ofoten", "nb")
    assert (plan.period.start, plan.period.end) == (2023, 2023)
    listed = {
        "SSU",
        "FSU FLR",
        "FSU BU",
        "FSU AKM",
        "FSU REST",
        "FSU PHR",
        "FSU AVVIK",
        "FSU DIG",
        "PM",
        "SEKR",
    }
    assert listed <= set(plan.abbreviations)
    assert plan.patient_groups == ("barn_unge", "psykisk_rus", "eldre_skropelig", "flere_kroniske")


@pytest.mark.parametrize(
    ("number", "kind", "community", "years", "language", "areas"),
    [
        ("000", "handlingsplan", "Østfold", (2025, 2027), "nb", 6),
        ("001", "handlingsplan", "Vestfold", (2023, 2023), "nb", 6),
        ("002", "innspill", "Østfold", (2024, 2027), "nb", 0),
        ("004", "strategi", "Sogn og Fjordane", (2025, 2028), "nn", 8),
    ],
)
def test_the_other_documents_are_read_with_sensible_metadata(
    number: str, kind: str, community: str, years: tuple[int, int], language: str, areas: int
) -> None:
    document, plan = real(number)
    assert (plan.kind, plan.community.name, plan.language) == (kind, community, language)
    assert (plan.period.start, plan.period.end) == years
    assert len(plan.focus_areas) == areas
    assert plan.title
    check_anchors(plan, document)


def test_the_other_documents_give_measures_questions_and_an_adoption() -> None:
    assert len(real("000")[1].measures) >= 15
    assert len(real("001")[1].measures) >= 5
    assert len(real("002")[1].questions) == 11
    assert len(real("002")[1].examples) >= 8
    assert {measure.rule for measure in real("004")[1].measures if measure.rule == "list-item"}
    adopted = real("001")[1].adopted
    assert adopted is not None
    assert (str(adopted.on), adopted.by) == ("2022-10-07", "partnerskapsmøtet")
