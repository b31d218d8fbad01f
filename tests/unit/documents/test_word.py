"""Word documents: labels Word counts itself, merged cells, notes, boxes, and what only Word can hide."""

import io

import document_files as files
import docx
import pytest
from docx.shared import Pt

from samspill.documents.blocks import Block, BlockKind
from samspill.documents.reading import read_bytes
from samspill.documents.word.numbering import written

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE, CONTENTS = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.CONTENTS


def blocks(data: bytes, kind: BlockKind | None = None) -> list[Block]:
    found = read_bytes(data, "plan.docx").blocks
    return [block for block in found if kind is None or block.kind is kind]


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    said = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def level(number: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{overrides}</w:num>'
    )


OUTLINE = (level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))


def labels(data: bytes) -> list[str]:
    return [f"{block.label} {block.text}" for block in blocks(data, ITEM)]


# Lists


def test_labels_are_counted_as_word_prints_them() -> None:
    steps = [("A", 0), ("B", 1), ("C", 1), ("D", 2), ("E", 2), ("F", 0), ("G", 1)]
    body = "".join(numbered(text, 1, depth) for text, depth in steps)
    assert labels(files.word_of(body, numbering=lists(*OUTLINE))) == [
        "1. A", "1.1 B", "1.2 C", "a) D", "b) E", "2. F", "2.1 G",
    ]  # fmt: skip


def test_a_second_list_goes_on_counting_unless_it_says_where_to_start() -> None:
    body = numbered("A", 1) + paragraph("Tekst.") + numbered("B", 2)
    assert labels(files.word_of(body, numbering=lists(*OUTLINE))) == ["1. A", "2. B"]
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert labels(files.word_of(body, numbering=lists(*OUTLINE, overrides=start))) == ["1. A", "5. B"]


def test_bullets_of_symbol_fonts_are_bullets_people_can_see() -> None:
    drawn = lists(level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"), level(2, "bullet", "–"))
    body = "".join(numbered(text, 1, depth) for depth, text in enumerate("ABC"))
    assert [(item.label, item.level) for item in blocks(files.word_of(body, numbering=drawn), ITEM)] == [
        ("•", 1), ("o", 2), ("–", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "form", "said"),
    [
        (3, "decimal", "3"), (3, "decimalZero", "03"), (27, "lowerLetter", "aa"), (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"), (1999, "upperRoman", "MCMXCIX"), (3, "none", ""), (3, "chicago", "3"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_form_the_list_asks_for(count: int, form: str, said: str) -> None:
    assert written(count, form) == said


def test_labels_typed_by_hand_make_items_too() -> None:
    document = docx.Document()
    for text in ("Vi skal:", "- møtes", "a) skrive", "1. januar begynner vi."):
        document.add_paragraph(text)
    document.add_paragraph("Først:\n• en\n• to")
    found = blocks(files.word_bytes(document))
    assert [(block.kind, block.label, block.text) for block in found] == [
        (PARAGRAPH, "", "Vi skal:"), (ITEM, "-", "møtes"), (ITEM, "a)", "skrive"),
        (PARAGRAPH, "", "1. januar begynner vi."),
        (PARAGRAPH, "", "Først:"), (ITEM, "•", "en"), (ITEM, "•", "to"),
    ]  # fmt: skip


# Headings


def test_headings_get_the_number_their_style_is_tied_to() -> None:
    tied = lists(
        level(0, "decimal", "%1", '<w:pStyle w:val="Overskrift1"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="Overskrift2"/>'),
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Overskrift{number}"><w:name w:val="heading {number}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for number in (1, 2)
    )
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="Overskrift{number}"/>')
        for text, number in (("Innledning", 1), ("Områder", 1), ("Barn", 2), ("Eldre", 2))
    )
    found = blocks(files.word_of(body, numbering=tied, styles=styles), HEADING)
    assert [(block.label, block.text, block.level) for block in found] == [
        ("1", "Innledning", 1), ("2", "Områder", 1), ("2.1", "Barn", 2), ("2.2", "Eldre", 2),
    ]  # fmt: skip


def test_a_style_of_ones_own_is_a_heading_by_what_it_is_based_on_or_its_outline_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Vår"><w:name w:val="Vår"/><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="R"/><w:basedOn w:val="Ring"/></w:style>'
    )
    body = (
        paragraph("Mål", '<w:pStyle w:val="Vår"/>')
        + paragraph("Delmål", '<w:outlineLvl w:val="2"/>')
        + paragraph("Ikke en overskrift, men et avsnitt.", '<w:pStyle w:val="Ring"/>')
    )
    found = blocks(files.word_of(body, styles=styles))
    assert [(block.kind, block.level) for block in found] == [(HEADING, 1), (HEADING, 3), (PARAGRAPH, 0)]


def test_headings_made_by_hand_in_bold_are_found_and_other_short_lines_are_not() -> None:
    document = docx.Document()
    for text, is_bold in (
        ("Barn og unge", True),
        ("Dette er tekst om barn.", False),
        ("Med hilsen oss", False),
    ):
        document.add_paragraph().add_run(text).bold = is_bold
    document.add_paragraph("Og så en setning til slutt.")
    assert [block.text for block in blocks(files.word_bytes(document), HEADING)] == ["Barn og unge"]


# Tables


def test_merged_cells_keep_their_place_across_and_come_empty_below() -> None:
    document = docx.Document()
    grid = document.add_table(rows=4, cols=3)
    for row, texts in enumerate(
        (("Mål", "Tiltak", "Hvem"), ("M1", "a", "x"), ("", "b", "y"), ("S", "", "z"))
    ):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    grid.cell(1, 0).merge(grid.cell(2, 0))
    grid.cell(3, 0).merge(grid.cell(3, 1))
    found = [
        [(one.column, one.spans, one.text) for one in row.cells]
        for row in blocks(files.word_bytes(document), ROW)
    ]
    assert found == [
        [(0, 1, "Mål"), (1, 1, "Tiltak"), (2, 1, "Hvem")],
        [(0, 1, "M1"), (1, 1, "a"), (2, 1, "x")],
        [(0, 1, ""), (1, 1, "b"), (2, 1, "y")],
        [(0, 2, "S"), (2, 1, "z")],
    ]


def test_rows_that_begin_late_or_end_early_are_filled_up() -> None:
    late = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("b")}{cell("c")}'
    body = table(cell("A") + cell("B") + cell("C"), late, cell("d"))
    found = [[(one.column, one.text) for one in row.cells] for row in blocks(files.word_of(body), ROW)]
    assert found[1:] == [[(0, ""), (1, "b"), (2, "c")], [(0, "d"), (1, ""), (2, "")]]


def test_a_row_word_repeats_on_each_page_is_the_header() -> None:
    header = f"<w:trPr><w:tblHeader/></w:trPr>{cell('En ganske vanlig tekst')}{cell('b')}"
    rows = blocks(files.word_of(table(header, cell("c") + cell("d"))), ROW)
    assert [row.is_header for row in rows] == [True, False]


def test_paragraphs_of_a_cell_are_lines_and_keep_their_labels() -> None:
    document = docx.Document()
    grid = document.add_table(rows=1, cols=2)
    grid.cell(0, 0).text = "Tiltak"
    grid.cell(0, 1).paragraphs[0].text = "Vi skal:"
    grid.cell(0, 1).add_paragraph("møtes", style="List Number")
    grid.cell(0, 1).add_paragraph("skrive", style="List Number").runs[0].bold = True
    [row] = blocks(files.word_bytes(document), ROW)
    assert [one.text for one in row.cells] == ["Tiltak", "Vi skal:\n1. møtes\n2. skrive"]
    assert [one.bold for one in row.cells] == [False, False]
    assert row.text == "Tiltak\tVi skal: 1. møtes 2. skrive"


def test_a_table_in_a_cell_comes_after_its_row_as_a_table_of_its_own() -> None:
    inner = f"<w:tc>{paragraph('ytre')}{table(cell('i') + cell('j'))}{paragraph('slutt')}</w:tc>"
    rows = blocks(files.word_of(table(inner + cell("b"), cell("c") + cell("d"))), ROW)
    assert [(row.table, [one.text for one in row.cells]) for row in rows] == [
        (1, ["ytre\nslutt", "b"]), (1, ["c", "d"]), (2, ["i", "j"]),
    ]  # fmt: skip


def test_a_frame_around_text_is_no_table() -> None:
    body = table(f"<w:tc>{paragraph('Dette er en faktaboks.')}{numbered('punkt', 1)}</w:tc>")
    found = blocks(files.word_of(body, numbering=lists(*OUTLINE)))
    assert [(block.kind, block.text) for block in found] == [
        (PARAGRAPH, "Dette er en faktaboks."),
        (ITEM, "punkt"),
    ]


# Text


def test_sentences_are_joined_over_a_page_break_and_the_break_is_kept() -> None:
    document = docx.Document()
    document.add_paragraph("Helsefellesskapet skal i denne perioden arbeide for")
    document.add_page_break()
    document.add_paragraph("gode tjenester i hele regionen.")
    sentence, page_break = blocks(files.word_bytes(document))
    assert (
        sentence.text == "Helsefellesskapet skal i denne perioden arbeide for gode tjenester i hele regionen."
    )
    assert page_break.kind is BlockKind.PAGE_BREAK


def test_deleted_and_hidden_text_is_left_out_and_inserted_text_kept() -> None:
    body = (
        "<w:p><w:r><w:t>Vi </w:t></w:r><w:del><w:r><w:delText>ikke </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>alltid </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>skjult </w:t></w:r>"
        "<w:hyperlink><w:r><w:t>møtes.</w:t></w:r></w:hyperlink></w:p>"
    )
    assert [block.text for block in blocks(files.word_of(body))] == ["Vi alltid møtes."]


def test_footnotes_follow_their_paragraph_with_the_number_word_shows() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("strek")}</w:footnote>'
        f'<w:footnote w:id="7">{paragraph("Alle kommunene.")}</w:footnote>'
    )
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    body = f"<w:p><w:r><w:t>Området</w:t></w:r>{reference}<w:r><w:t> vokser.</w:t></w:r></w:p>"
    text, note = blocks(files.word_of(body, footnotes=notes))
    assert (text.text, note.kind, note.label, note.text) == ("Området¹ vokser.", NOTE, "1", "Alle kommunene.")


def test_text_boxes_are_read_once_though_word_stores_them_twice() -> None:
    box = f"<w:txbxContent>{paragraph('I boksen.')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawn = f"<mc:AlternateContent {mc}>{both}</mc:AlternateContent>"
    body = f"<w:p><w:r><w:t>Utenfor.</w:t></w:r><w:r>{drawn}</w:r></w:p>"
    assert [block.text for block in blocks(files.word_of(body))] == ["Utenfor.", "I boksen."]


def test_content_controls_are_looked_into() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('Inne i en kontroll.')}</w:sdtContent></w:sdt>"
    assert [block.text for block in blocks(files.word_of(body))] == ["Inne i en kontroll."]


def test_contents_are_known_by_style_and_by_tab_and_page_number() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="INNH1"><w:name w:val="toc 1"/></w:style>'
    tab = "</w:t><w:tab/><w:t>"
    body = paragraph(f"1 Innledning{tab}3", '<w:pStyle w:val="INNH1"/>')
    typed = paragraph("Innhold") + paragraph(f"Områder{tab}4") + paragraph("Tekst som kommer etterpå.")
    found = blocks(files.word_of(body + typed, styles=styles), CONTENTS)
    assert [(block.label, block.text) for block in found] == [
        ("1", "Innledning"), ("", "Områder"),
    ]  # fmt: skip


def test_a_strict_document_reads_like_any_other() -> None:
    members = files.members_of(files.as_word())
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    changed = {name: content.replace(usual, strict) for name, content in members.items()}
    assert blocks(files.packed(changed)) == blocks(files.as_word())


def test_formatting_does_not_change_what_is_read() -> None:
    document = docx.Document(io.BytesIO(files.as_word()))
    for one in document.paragraphs:
        for run in one.runs:
            run.font.size = Pt(9)
            run.italic = True
    assert blocks(files.word_bytes(document)) == blocks(files.as_word())
