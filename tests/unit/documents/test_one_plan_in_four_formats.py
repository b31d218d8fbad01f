"""The same plan as text, Markdown, Word and PDF gives the same headings, list items and table rows."""

from collections.abc import Callable

import document_files as files
import pytest

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.documents.reading import read_bytes

FORMATS: dict[str, Callable[[], bytes]] = {
    "plan.txt": files.as_text,
    "plan.md": files.as_markdown,
    "plan.docx": files.as_word,
    "plan.pdf": files.as_pdf,
    "plan uten linjer.pdf": lambda: files.as_pdf(ruled=False),
}


@pytest.fixture(scope="module", params=FORMATS)
def document(request: pytest.FixtureRequest) -> Document:
    return read_bytes(FORMATS[request.param](), request.param)


def of_kind(document: Document, kind: BlockKind) -> list[Block]:
    return [block for block in document.blocks if block.kind is kind]


def test_headings_come_with_number_words_and_depth(document: Document) -> None:
    found = of_kind(document, BlockKind.HEADING)
    planned = [part for part in files.PLAN if isinstance(part, files.Heading)]
    assert [(block.label, block.text) for block in found] == [(part.label, part.text) for part in planned]
    levels = {block.label: block.level for block in found}
    assert levels["1"] == levels["2"] == levels["3"] < levels["2.1"] == levels["2.2"]


def test_list_items_come_without_their_bullets(document: Document) -> None:
    planned = [text for part in files.PLAN if isinstance(part, files.Items) for text in part.texts]
    found = of_kind(document, BlockKind.LIST_ITEM)
    assert [block.text for block in found] == planned
    assert all(block.label in "-*•" and block.level == 1 for block in found)


def test_rows_come_cell_by_cell_with_empty_cells_in_place(document: Document) -> None:
    planned = [part.rows for part in files.PLAN if isinstance(part, files.Rows)]
    rows = of_kind(document, BlockKind.TABLE_ROW)
    for number, table in enumerate(planned, start=1):
        found = [row for row in rows if row.table == number]
        assert [tuple(cell.text for cell in row.cells) for row in found] == list(table)
        assert [row.is_header for row in found] == [True] + [False] * (len(table) - 1)
        assert all([cell.column for cell in row.cells] == [0, 1, 2] for row in found)
    assert max(row.table for row in rows) == len(planned)


def test_paragraphs_are_whole_and_free_of_markup(document: Document) -> None:
    planned = [part for part in files.PLAN if isinstance(part, str)]
    assert [block.text for block in of_kind(document, BlockKind.PARAGRAPH)] == planned


def test_blocks_stand_in_reading_order_with_anchors_that_hold(document: Document) -> None:
    lines = [block.line for block in document.blocks]
    assert lines == sorted(lines)
    for block in document.blocks:
        assert block.verbatim == "\n".join(document.lines[block.line - 1 : block.last_line])
