"""The annotated plans written as Word, PDF and bare text are read as well as in Markdown."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from plan_scoring import FIELDS, Score, cases, count_reading

from samspill.documents.public import read_here
from samspill.plans.reading import read_plan

sys.path.append(str(Path(__file__).parents[2] / "unit" / "plans" / "reading"))

from plan_writer import WAYS, parts_of, write

pytestmark = pytest.mark.slow

# precision, recall, and the share of each field; words set in two narrow columns lose more than others
BARS = {
    "table": (0.98, 0.98, {"area": 0.98, "goal": 0.98, "responsible": 0.98, "deadline": 0.98}),
    "bullets": (0.95, 0.90, {"area": 0.95, "goal": 0.90, "responsible": 0.95, "deadline": 0.95}),
    "questions": (0.98, 0.98, {"area": 0.95, "goal": 0.90, "responsible": 0.95, "deadline": 0.95}),
}
# What a way of writing cannot carry: bullets inside a cell in text, a header that only another table has
RECALL = {
    ("table", "text"): 0.97,
    ("table", "text-wrapped"): 0.97,
    # without lines, two rows of column names, and rows at the top of a page without theirs
    ("table", "pdf-unruled"): 0.96,
    ("table", "pdf-unruled-wide"): 0.94,
}
PRECISION = {
    ("table", "text"): 0.97,
    ("table", "text-wrapped"): 0.97,
}


def score_of(layout: str, way: str) -> Score:
    total = Score()
    for case in cases():
        if case["layout"] == layout:
            with TemporaryDirectory() as folder:
                # A case of bare text is written with what stands alone and starts large as its headings
                is_bare = not re.search(r"^#", case["text"], re.MULTILINE)
                path = write(parts_of(case["text"], is_bare=is_bare), Path(folder), way)
                count_reading(total, case, read_plan(read_here(path)))
    return total


@pytest.mark.parametrize("way", [way for way in WAYS if way != "pdf-two-columns"])
@pytest.mark.parametrize("layout", BARS)
def test_every_layout_keeps_its_bar_in_every_format(layout: str, way: str) -> None:
    precision, recall, fields = BARS[layout]
    total = score_of(layout, way)
    assert total.precision >= PRECISION.get((layout, way), precision)
    assert total.recall >= RECALL.get((layout, way), recall)
    assert {name: total.share(name) >= fields[name] for name in FIELDS} == dict.fromkeys(FIELDS, True)


def test_lists_in_two_columns_keep_their_bar() -> None:
    total = score_of("bullets", "pdf-two-columns")
    assert total.precision >= 0.96
    assert total.recall >= 0.94


def test_a_case_is_written_in_every_way() -> None:
    case: dict[str, Any] = cases()[0]
    with TemporaryDirectory() as folder:
        paths = [write(parts_of(case["text"]), Path(folder), way) for way in WAYS]
        assert all(path.stat().st_size > 400 for path in paths)


def test_cases_without_marks_are_tried_as_well_with_headings_where_a_reader_would_see_them() -> None:
    bare = [case for case in cases() if case["layout"] in BARS and "#" not in case["text"]]
    assert {case["layout"] for case in bare} == set(BARS)
    for case in bare:
        headings = [part for part in parts_of(case["text"], is_bare=True) if part.kind == "heading"]
        assert headings or case["layout"] == "table", case["name"]  # a table needs none above it
        assert all(re.search(rf"^{re.escape(one.text)}$", case["text"], re.MULTILINE) for one in headings)
