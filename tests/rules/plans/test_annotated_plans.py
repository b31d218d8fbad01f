"""The annotated excerpts are read as they expect, and each layout keeps its bar."""

from typing import Any

import pytest
from plan_scoring import FIELDS, cases, read_case, score

# precision, recall and share of each field right on what was found; the first row is the promise of the
# reader
BARS = {
    "table": (0.98, 0.98, {"area": 0.98, "goal": 0.98, "responsible": 1.0, "deadline": 0.98}),
    "bullets": (0.95, 0.90, {"area": 0.95, "goal": 0.90, "responsible": 0.95, "deadline": 0.95}),
    "prose": (0.85, 0.75, {"area": 0.95, "goal": 0.95, "responsible": 0.80, "deadline": 0.80}),
    "questions": (1.0, 1.0, {"area": 0.95, "goal": 0.90, "responsible": 0.95, "deadline": 0.95}),
}


@pytest.mark.parametrize("layout", BARS)
def test_every_layout_keeps_its_bar(layout: str) -> None:
    precision, recall, fields = BARS[layout]
    total = score(case for case in cases() if case["layout"] == layout)
    assert total.expected >= 8
    assert total.precision >= precision
    assert total.recall >= recall
    assert {name: total.share(name) >= fields[name] for name in FIELDS} == dict.fromkeys(FIELDS, True)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_what_a_plan_says_of_itself_is_found(case: dict[str, Any]) -> None:
    expected, reading = case["expect"], read_case(case)
    found: dict[str, Any] = {
        "title": reading.title,
        "kind": reading.kind,
        "community": reading.community.name,
        "period": [reading.period.start, reading.period.end],
        "language": reading.language,
        "slogan": reading.slogan,
        "adopted": [reading.adopted.on, reading.adopted.by] if reading.adopted else None,
        "abbreviations": dict(reading.abbreviations),
        "focus_areas": [f"{area.number} {area.title}".strip() for area in reading.focus_areas],
        "goals": [goal.text for goal in reading.goals],
        "patient_groups": list(reading.patient_groups),
        "projects": list(reading.projects),
        "questions": [[question.text, list(question.answers)] for question in reading.questions],
        "examples": list(reading.examples),
        "problems": [problem.code for problem in reading.problems],
    }
    asked = {"problems": [], **{name: said for name, said in expected.items() if name != "measures"}}
    assert {name: found[name] for name in asked} == asked


def test_there_are_cases_in_both_malformer_and_all_layouts() -> None:
    assert {case["layout"] for case in cases()} == set(BARS)
    languages = [case["expect"].get("language") for case in cases()]
    assert languages.count("nn") >= 8
    assert languages.count("nb") >= 8
    assert len(cases()) >= 25
