"""One plan in text, Word, PDF and Markdown, with other columns and page breaks, is one and the same tree."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from plan_renditions import (
    DEADLINES,
    Rows,
    as_is,
    turned_round,
    with_deadlines,
    write_markdown,
    write_pdf,
    write_word,
)

from samspill.documents.public import Document, read_here
from samspill.plans.reading import PlanReading, read_plan
from samspill.plans.reading.candidates import Period
from samspill.plans.reading.deadlines import read_deadline

INVENTED = Path(__file__).parents[3] / "rules" / "plans" / "tabeller.yaml"
REAL = "003*.txt"


def tree(reading: PlanReading) -> dict[str, object]:
    return {
        "areas": [(area.number, area.title, area.parent) for area in reading.focus_areas],
        "goals": [(goal.text, goal.focus_area) for goal in reading.goals],
        "measures": [
            (one.label, one.text, one.focus_area, one.goal, tuple(who.raw for who in one.responsible))
            for one in reading.measures
        ],
    }


@pytest.fixture(params=["invented", "real"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Document:
    if request.param == "invented":
        path = tmp_path / "plan.md"
        path.write_text(yaml.safe_load(INVENTED.read_text("utf-8"))[0]["text"], "utf-8")
        return read_here(path)
    seeds = Path(__file__).parents[5] / "shared" / "seeds"
    found = sorted(seeds.glob(REAL))
    if not found:
        pytest.skip(f"the plan {REAL} is not in {seeds}")
    return read_here(found[0])


@pytest.mark.slow
@pytest.mark.parametrize("change", [as_is, with_deadlines, turned_round])
@pytest.mark.parametrize("height", [842, 560, 430])
def test_a_pdf_gives_the_same_tree_wherever_its_pages_break(
    source: Document, tmp_path: Path, change: Callable[[Rows], Rows], height: float
) -> None:
    reading = read_plan(read_here(write_pdf(source, tmp_path / "plan.pdf", change, height=height)))
    assert tree(reading) == tree(read_plan(source))


@pytest.mark.parametrize("change", [as_is, with_deadlines, turned_round])
@pytest.mark.parametrize(("write", "name"), [(write_word, "plan.docx"), (write_markdown, "plan.md")])
def test_word_and_markdown_give_the_same_tree(
    source: Document,
    tmp_path: Path,
    change: Callable[[Rows], Rows],
    write: Callable[[Document, Path, Callable[[Rows], Rows]], Path],
    name: str,
) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    reading = read_plan(read_here(write(source, folder / name, change)))
    assert tree(reading) == tree(read_plan(source))


@pytest.mark.parametrize("change", [with_deadlines, turned_round])
def test_a_fourth_column_gives_every_measure_its_deadline(
    source: Document, tmp_path: Path, change: Callable[[Rows], Rows]
) -> None:
    reading = read_plan(read_here(write_word(source, tmp_path / "plan.docx", change)))
    written = {(text, read_deadline(text, Period(2023, 2023)).day) for text in DEADLINES}
    assert {(one.deadline_raw, one.deadline) for one in reading.measures} <= written
    assert all(one.deadline for one in reading.measures)
