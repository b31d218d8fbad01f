"""The five real documents: read without error, and the plan with tables read cell by cell."""

import time
from pathlib import Path

import pytest

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.documents.public import read

SECONDS = 1.0  # for each of them, the start of the worker included


@pytest.fixture(scope="module")
def documents(seeds: Path) -> dict[str, Document]:
    return {path.name[:3]: read(path) for path in sorted(seeds.iterdir())}


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def test_each_of_them_is_read_within_a_second(seeds: Path) -> None:
    for path in seeds.iterdir():
        started = time.perf_counter()
        document = read(path)
        assert time.perf_counter() - started < SECONDS
        assert len(document.blocks) > 40


def test_every_line_with_words_is_in_a_block(documents: dict[str, Document]) -> None:
    for document in documents.values():
        covered = {line for block in document.blocks for line in range(block.line, block.last_line + 1)}
        lost = [
            line
            for number, line in enumerate(document.lines, start=1)
            if number not in covered and any(sign.isalnum() for sign in line)
        ]
        assert lost == []


def test_the_plan_with_tables_has_three_tables_of_three_columns(documents: dict[str, Document]) -> None:
    rows = of_kind(documents["003"], BlockKind.TABLE_ROW)
    assert [[cell.column for cell in row.cells] for row in rows] == [[0, 1, 2]] * 28
    assert {row.table: row.line for row in rows if row.is_header} == {1: 102, 2: 135, 3: 167}
    assert [sum(row.table == table for row in rows) for table in (1, 2, 3)] == [10, 8, 10]
    measures = [row for row in rows if not row.is_header]
    assert len(measures) == 25
    assert all(row.cells[1].text and row.cells[2].text for row in measures)
    assert {row.line for row in measures if row.cells[0].text} == {
        103,
        106,
        109,
        136,
        139,
        140,
        168,
        171,
        174,
    }
    assert all(row.cells[0].bold == bool(row.cells[0].text) for row in measures)
    assert not any("<" in cell.text or "*" in cell.text for row in rows for cell in row.cells)


def test_sentences_that_a_page_took_apart_are_whole(documents: dict[str, Document]) -> None:
    spans = {
        "000": [(40, 44), (117, 119)],
        "001": [(50, 52), (119, 121)],
        "002": [(4, 7), (172, 175), (393, 395), (403, 405)],
    }
    for name, expected in spans.items():
        found = {(block.line, block.last_line) for block in documents[name].blocks}
        assert set(expected) <= found


def test_footnotes_are_lifted_out(documents: dict[str, Document]) -> None:
    found = {
        name: [(note.label, note.line) for note in of_kind(one, BlockKind.FOOTNOTE)]
        for name, one in documents.items()
    }
    assert found == {"000": [("1", 42)], "001": [], "002": [("1", 194), ("2", 197)], "003": [], "004": []}


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("000", [19, 38, 55, 57, 77, 89, 105, 121, 127]),
        ("001", [11, 37, 81, 93, 111, 115, 127, 137]),
        ("003", [45, 69, 79, 113, 144, 178]),
        ("004", [5, 11, 13, 31, 42, 52, 60, 68, 76, 84]),
    ],
)
def test_sections_are_found_at_their_lines(
    documents: dict[str, Document], name: str, levels: list[int]
) -> None:
    found = {block.line for block in of_kind(documents[name], BlockKind.HEADING)}
    assert set(levels) <= found


def test_patient_groups_stand_below_what_lists_them(documents: dict[str, Document]) -> None:
    levels = {block.line: block.level for block in of_kind(documents["004"], BlockKind.HEADING)}
    assert levels[11] < levels[42] < levels[52] == levels[60] == levels[68] == levels[76] == levels[84]


def test_contents_are_neither_headings_nor_tables(documents: dict[str, Document]) -> None:
    counts = {name: len(of_kind(one, BlockKind.CONTENTS)) for name, one in documents.items()}
    assert counts == {"000": 9, "001": 0, "002": 0, "003": 6, "004": 0}
    assert [name for name, one in documents.items() if of_kind(one, BlockKind.TABLE_ROW)] == ["003"]
