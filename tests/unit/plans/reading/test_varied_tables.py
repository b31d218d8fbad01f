"""Every annotated plan with tables gives the same measures with other names, owners, columns and pages."""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from plan_renditions import Rows, as_is, with_deadlines, write_pdf, write_word

from samspill.documents.public import Document, read_here
from samspill.plans.reading import Measure, read_plan
from samspill.plans.reading.columns import Role, role_of

FOLDER = Path(__file__).parents[3] / "rules" / "plans"
CASES = [
    case
    for name in ("tabeller.yaml", "flere_tabeller.yaml")
    for case in yaml.safe_load((FOLDER / name).read_text("utf-8"))
]
IN_BOLD = "**Dei siste vekene**"  # what is written out again has no bold, and there only bold tells
PLAIN = [case for case in CASES if IN_BOLD not in case["text"]]
WIDE, LOW = 1300.0, 430.0  # points; room for seven columns, and many page breaks

Known = tuple[str, str, str, tuple[str, ...]]


def annotated(case: dict[str, Any]) -> list[Known]:
    return [(text, area, goal, tuple(who)) for text, area, goal, who, *_ in case["expect"]["measures"]]


def found(measures: tuple[Measure, ...]) -> list[Known]:
    return [
        (one.text, one.focus_area, one.goal, tuple(who.raw for who in one.responsible)) for one in measures
    ]


def is_read(rows: Rows) -> bool:
    """A table with a header of measures; a card or a table of other things is left as it is."""
    roles = [role_of(header) for header in rows[0]]
    return len(rows[0]) > 2 and (Role.MEASURE in roles or Role.ACTIVITY in roles)


def shuffled_columns(rows: Rows) -> Rows:
    """A column «Frist» more where there is none, and the columns in another order."""
    if not is_read(rows):
        return rows
    if not any(role_of(header) is Role.DEADLINE for header in rows[0]):
        rows = with_deadlines(rows)
    order = list(range(len(rows[0])))
    random.Random(len(rows)).shuffle(order)
    return [[row[column] for column in order] for row in rows]


def shuffled_owners(rows: Rows) -> Rows:
    """Each row has got the owner of the row above."""
    owners = [column for column, header in enumerate(rows[0]) if role_of(header) is Role.RESPONSIBLE]
    if not is_read(rows) or len(owners) != 1:
        return rows
    (column,) = owners
    said = [row[column] for row in rows[1:]]
    moved = [rows[0][column], *said[-1:], *said[:-1]]
    return [[*row[:column], owner, *row[column + 1 :]] for row, owner in zip(rows, moved, strict=True)]


def renamed(text: str) -> str:
    """Other hospitals, and another body for the leaders."""
    text = re.sub(r"\b[A-ZÆØÅ]\w+?(sykehuset|sjukehuset)\b", r"Ravneholt\1", text)
    return re.sub(r"\bSSU\b", "TLU", text)


def source(case: dict[str, Any], folder: Path, change: Callable[[str], str] = str) -> Document:
    path = folder / "plan.md"
    path.write_text(change(case["text"].replace("☐ ", "")), "utf-8")  # the PDF writer's font has no boxes
    return read_here(path)


def written(document: Document, folder: Path, ending: str, change: Callable[[Rows], Rows]) -> Document:
    path = folder / f"written.{ending}"
    if ending == "docx":
        return read_here(write_word(document, path, change))
    return read_here(write_pdf(document, path, change, height=LOW, width=WIDE))


both_formats = pytest.mark.parametrize("ending", ["docx", "pdf"])
each_plan = pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["name"])


@both_formats
@each_plan
@pytest.mark.parametrize("change", [as_is, shuffled_columns])
def test_the_measures_stay_the_same_whatever_the_columns(
    case: dict[str, Any], ending: str, change: Callable[[Rows], Rows], tmp_path: Path
) -> None:
    document = written(source(case, tmp_path), tmp_path, ending, change)
    assert found(read_plan(document).measures) == annotated(case)


@both_formats
@each_plan
def test_owners_that_changed_places_are_read_where_they_stand(
    case: dict[str, Any], ending: str, tmp_path: Path
) -> None:
    document = written(source(case, tmp_path), tmp_path, ending, shuffled_owners)
    measures = found(read_plan(document).measures)
    assert [one[:3] for one in measures] == [one[:3] for one in annotated(case)]
    expected = found(read_plan(source(moved_in_markdown(case), tmp_path)).measures)
    assert measures == expected


def moved_in_markdown(case: dict[str, Any]) -> dict[str, Any]:
    """The same change made in the lines of the excerpt itself, table by table."""
    lines, table = list[str](), list[str]()
    for line in [*case["text"].split("\n"), ""]:
        if line.startswith("|") or "\t" in line:
            table.append(line)
        else:
            lines += [*_moved(table), line]
            table = []
    return case | {"text": "\n".join(lines)}


def _moved(table: list[str]) -> list[str]:
    mark = "|" if table and table[0].startswith("|") else "\t"
    rows = [[cell.strip() for cell in line.strip("|" if mark == "|" else "").split(mark)] for line in table]
    rules = [row for row in rows if set("".join(row)) <= set("-: ")]
    rest = [row for row in rows if row not in rules]
    if not rest or any(len(row) != len(rest[0]) for row in rest):
        return table
    moved = shuffled_owners(rest)
    both = [moved[0], *rules, *moved[1:]]
    return [f"| {' | '.join(row)} |" if mark == "|" else mark.join(row) for row in both]


@both_formats
@each_plan
def test_other_names_make_no_difference(case: dict[str, Any], ending: str, tmp_path: Path) -> None:
    document = written(source(case, tmp_path, renamed), tmp_path, ending, as_is)
    expected = [
        (renamed(text), area, renamed(goal), tuple(map(renamed, who)))
        for text, area, goal, who in annotated(case)
    ]
    assert Counter(found(read_plan(document).measures)) == Counter(expected)
