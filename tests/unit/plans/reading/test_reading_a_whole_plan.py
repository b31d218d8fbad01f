"""A whole plan: refused when empty, the same each time, in any order of columns, with anchors and holes."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_blocks import document_of, heading, item, paragraph, read_text, row

from samspill.documents.public import Block, Document, read_here
from samspill.plans.reading import PROBLEMS, PlanReading, Problem, read_plan, to_json
from samspill.refusal import Refused

KEYS = """
    title kind community period language adopted abbreviations focus_areas goals measures bodies agreements
    projects patient_groups questions examples holes
"""
MEASURE_KEYS = """
    text line page focus_area goal responsible responsible_from deadline_raw deadline strength origin rule
    confidence
"""
TITLE = heading("Strategi 2026 for Helsefellesskapet Nordkyst", level=1)
HEADERS = {
    "goal": ("Hva vil vi?", "Kva vil vi?", "Mål"),
    "measure": ("Hvordan få det til?", "Korleis få det til?", "Tiltak"),
    "responsible": ("Ansvarlig", "Ansvarleg", "Ansvar", "Hvem"),
    "deadline": ("Frist", "Tidsfrist", "Når", "Tidsramme"),
}
WORDS = st.lists(
    st.sampled_from(["nattpatrulje", "samtale", "kurs", "rutine", "verktøy", "avtale", "båt"]),
    min_size=2,
    max_size=5,
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "Trygghet", "Kort vei"]),
        WORDS.map(lambda words: f"Lage {' '.join(words)}"),
        st.sampled_from(["SSU", "FSU BU og kommunene", "Felles", "", "SEK, NKS"]),
        st.sampled_from(["", "våren 2026", "1. mars 2026", "løpende"]),
    ),
    min_size=1,
    max_size=12,
)


def plan_with(columns: Sequence[str], headers: dict[str, str], rows: Sequence[tuple[str, ...]]) -> Document:
    names = list(HEADERS)
    lines = [row(*(headers[column] for column in columns))]
    lines += [row(*(texts[names.index(column)] for column in columns)) for texts in rows]
    start = (
        heading("Handlingsplan 2026", level=1),
        heading("Innsatsområder", number="2"),
        heading("Barn", number="2.1"),
    )
    return document_of(*start, *lines)


def tree(reading: PlanReading) -> list[tuple[object, ...]]:
    return [
        (one.text, one.goal, one.focus_area, [who.raw for who in one.responsible], one.deadline)
        for one in reading.measures
    ]


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, columns=st.permutations(list(HEADERS)), data=st.data())
def test_the_order_and_the_words_of_the_columns_do_not_matter(
    rows: list[tuple[str, ...]], columns: list[str], data: st.DataObject
) -> None:
    plain = {role: words[0] for role, words in HEADERS.items()}
    other = {role: data.draw(st.sampled_from(words)) for role, words in HEADERS.items()}
    one = read_plan(plan_with(list(HEADERS), plain, rows))
    two = read_plan(plan_with(columns, other, rows))
    assert tree(one) == tree(two)
    assert len(one.measures) == len(rows)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_reading_twice_gives_the_same_and_every_measure_stands_on_its_lines(
    rows: list[tuple[str, ...]],
) -> None:
    document = plan_with(list(HEADERS), {role: words[0] for role, words in HEADERS.items()}, rows)
    reading = read_plan(document)
    assert reading == read_plan(document)
    check_anchors(reading, document)


def check_anchors(reading: PlanReading, document: Document) -> None:
    for measure in reading.measures:
        assert measure.verbatim
        assert measure.verbatim in "\n".join(document.lines[measure.line - 1 : measure.last_line])


FRAGMENTS = st.sampled_from(
    [
        *(
            "Tiltak:",
            "Ansvarlig",
            "Hva vil vi?",
            "Mål",
            "",
            "a) Lage film",
            "Dette betyr;",
            "2.1 Barn",
            "Innsatsområder",
        ),
        *(
            "SSU, NKS og kommunene",
            "våren 2026",
            "Helsefellesskapet skal etablere et råd i 2026, og styrke det senere.",
        ),
        *(
            "1.",
            "–",
            "«»",
            "()",
            "Frist: snarest",
            "vedtatt i",
            "FSU = ",
            "(SSU)",
            "Tiltak 1: Ringe",
            "31.02.2026",
            "Nr.",
        ),
    ]
)
CELLS = st.lists(FRAGMENTS, min_size=1, max_size=4)
BLOCKS = st.one_of(
    st.builds(paragraph, FRAGMENTS, page=st.integers(1, 3)),
    st.builds(
        heading, FRAGMENTS, number=st.sampled_from(["", "1", "2", "2.1", "2.1.1"]), level=st.integers(1, 4)
    ),
    st.builds(item, FRAGMENTS, label=st.sampled_from(["-", "1.", "a)", "2.1", ""]), level=st.integers(1, 3)),
    st.builds(
        lambda texts, table, page, spans: row(*texts, table=table, page=page, spans=spans),
        CELLS,
        st.integers(1, 3),
        st.integers(1, 3),
        st.integers(1, 2),
    ),
)


@settings(max_examples=150, deadline=None)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=25))
def test_no_document_however_strange_brings_the_reader_down(blocks: list[Block]) -> None:
    document = document_of(paragraph("Plan"), *blocks)
    reading = read_plan(document)
    check_anchors(reading, document)
    keys = {area.key for area in reading.focus_areas} | {""}
    assert {measure.focus_area for measure in reading.measures} <= keys
    assert {goal.focus_area for goal in reading.goals} <= keys
    assert all(0 < measure.confidence < 1 and measure.rule for measure in reading.measures)


@pytest.mark.parametrize("texts", [(), ("",), ("…", "–")])
def test_a_document_without_words_is_refused_with_a_sentence(texts: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(document_of(*(paragraph(text) for text in texts)))
    assert refused.value.code == "plan.empty"
    assert "plan.pdf" in refused.value.sentence


def test_a_document_without_measures_is_read_and_says_so() -> None:
    reading = read_plan(document_of(TITLE, paragraph("Vi er naboer.")))
    assert reading.title == TITLE.text
    assert [problem.code for problem in reading.problems] == ["plan.no_measures", "plan.no_focus_areas"]


def test_every_problem_has_a_sentence_that_can_be_filled_in() -> None:
    values = {"found": "x", "table": "1"}
    assert all(Problem(code, values=values).sentence.endswith(".") for code in PROBLEMS)


def test_holes_are_lines_of_measures_and_names_of_areas_and_goals(tmp_path: Path) -> None:
    text = (
        "# Handlingsplan 2026 for Helsefellesskapet Nordkyst\n\n## 1 Innledning\n\nKort.\n\n"
        "## 2 Innsatsområder\n\n### 2.1 Barn\n\n"
        "| Mål | Tiltak | Ansvarlig | Frist |\n| --- | --- | --- | --- |\n"
        "| Ro | Lage film | SSU | 1. mai 2026 |\n| | Skrive bok | | |\n| Lys | | | |\n\n"
        "### 2.2 Eldre\n\nIngenting ennå.\n"
    )
    holes = read_text(tmp_path, text).holes
    assert holes.responsible == holes.deadline == (14,)
    assert holes.indicator == (13, 14)
    assert (holes.areas, holes.goals) == (("2.2",), ("Lys",))


def test_a_deadline_before_the_plan_and_one_that_is_no_date_are_problems(tmp_path: Path) -> None:
    text = (
        "# Handlingsplan 2026 for Helsefellesskapet Nordkyst\n\n## 2 Innsatsområder\n\n### 2.1 Barn\n\n"
        "| Tiltak | Ansvarlig | Frist |\n| --- | --- | --- |\n"
        "| Lage film | SSU | 1. mai 2019 |\n| Skrive bok | FSU | snarest |\n| Ringe | PM | løpende |\n"
    )
    problems = read_text(tmp_path, text).problems
    assert [(problem.code, problem.line) for problem in problems] == [
        ("deadline.outside_period", 9),
        ("deadline.not_understood", 10),
    ]


def test_json_has_exactly_the_promised_keys_and_plain_values(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "# Handlingsplan 2026 for Helsefellesskapet Nordkyst\n\nVedtatt i partnerskapsmøtet 07.10.2025\n\n"
        "## 2 Innsatsområder\n\n### 2.1 Barn\n\n"
        "| Mål | Tiltak | Ansvarlig | Frist |\n| --- | --- | --- | --- |\n"
        "| Ro | Lage film | SSU og NKS | 1. mai 2026 |\n",
        "utf-8",
    )
    plain = to_json(read_plan(read_here(path)))
    assert list(plain)[: len(KEYS.split())] == KEYS.split()  # what comes after may grow
    assert plain["period"] == {"start": 2026, "end": 2026}
    assert plain["adopted"] == {"date": "2025-10-07", "by": "partnerskapsmøtet"}
    assert plain["focus_areas"] == [{"key": "2.1", "number": "2.1", "title": "Barn", "parent": ""}]
    (measure,) = plain["measures"]  # type: ignore[misc]
    assert list(measure)[: len(MEASURE_KEYS.split())] == MEASURE_KEYS.split()
    assert (measure["focus_area"], measure["goal"]) == ("2.1", "Ro")
    assert (measure["responsible"], measure["deadline"]) == (["SSU", "NKS"], "2026-05-01")
