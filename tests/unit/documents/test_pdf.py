"""PDF: the order of columns, tables with and without lines, running headers, notes, headings."""

import io

import document_files as files
import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Spacer

from samspill.documents.blocks import Block, BlockKind, Document
from samspill.documents.reading import read_bytes

HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, NOTE, CONTENTS = BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.CONTENTS

SENTENCE = "Partene i helsefellesskapet skal gjøre dette sammen, og de skal gjøre det i god tid før fristen."


def read(data: bytes) -> Document:
    return read_bytes(data, "plan.pdf")


def blocks(data: bytes, kind: BlockKind | None = None) -> list[Block]:
    return [block for block in read(data).blocks if kind is None or block.kind is kind]


def drawn(lines: list[tuple[float, float, str]], font: str = "Helvetica", size: float = 11) -> bytes:
    """A page with texts at places given from the top left."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    for x, top, text in lines:
        canvas.setFont(font, size)
        canvas.drawString(x, 800 - top, text)
    canvas.save()
    return stream.getvalue()


def body(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, files.BODY) for text in texts]


# Order


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"Venstre linje nummer {number} fyller spalten" for number in range(12)]
    right = [f"Høyre linje nummer {number} fyller spalten" for number in range(12)]
    found = " ".join(
        block.text for block in blocks(files.two_columns(left, right, across=f"Tvers. {SENTENCE}"))
    )
    assert found == " ".join([f"Tvers. {SENTENCE}", *left, *right])


def test_a_sentence_goes_on_from_the_foot_of_one_column_to_the_top_of_the_next() -> None:
    left = [f"Avsnitt {number} er en hel linje i spalten." for number in range(9)]
    left.append("Kommunene og sykehuset skal til slutt")
    right = ["finne en løsning som alle kan godta."] + [
        f"Punkt {number} er en hel linje i spalten." for number in range(9)
    ]
    found = [block.text for block in blocks(files.two_columns(left, right), PARAGRAPH)]
    assert any("skal til slutt finne en løsning" in text for text in found)


def beside(left: list[tuple[str, float]], right: list[tuple[str, float]]) -> bytes:
    """Two columns of lines with the size of their letters, each line 16 points below the one before it."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    for x, column in ((57, left), (310, right)):
        for number, (text, size) in enumerate(column):
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 740 - 16 * number, text)
    canvas.save()
    return stream.getvalue()


def test_a_number_beside_a_heading_of_the_next_column_is_no_mark_of_a_note() -> None:
    left = [(f"{number} senger står klare i bygget i vest", 10.0) for number in range(11, 23)]
    right = [(f"Linje {number} i spalten til høyre er full", 10.0) for number in range(12)]
    right[6] = ("Eldre", 18.0)
    text = " ".join(block.text for block in blocks(beside(left, right)))
    assert all(f"{number} senger" in text for number in range(11, 23))


def test_lists_that_lead_in_the_same_line_of_two_columns_are_no_table() -> None:
    left = ["Mål:", *[f"{number}. Kort mål" for number in range(1, 9)], "Og mer tekst under lista her"]
    right = [
        "Tiltak:",
        *[f"{letter}) Kort tiltak" for letter in "abcdefgh"],
        "Og litt mer tekst på høyre side",
    ]
    found = blocks(beside([(one, 10.0) for one in left], [(one, 10.0) for one in right]))
    assert {block.kind for block in found} == {PARAGRAPH, ITEM}
    assert [block.label for block in found if block.kind is ITEM][:9] == [
        *(f"{n}." for n in range(1, 9)),
        "a)",
    ]


def test_a_list_that_goes_on_in_the_next_column_goes_no_deeper() -> None:
    left = [("Vi skal gjøre dette sammen i årene som kommer:", 10.0)]
    left += [(f"• Gjøre sak nummer {number} ferdig i tide", 10.0) for number in range(1, 12)]
    right = [(f"• Gjøre sak nummer {number} ferdig i tide", 10.0) for number in range(12, 24)]
    found = blocks(beside(left, right), ITEM)
    assert [(block.level, block.text.split()[3]) for block in found] == [(1, str(n)) for n in range(1, 24)]


def test_four_columns_of_short_words_are_a_table_and_not_two_columns_of_text() -> None:
    names = ["Grepet", "Det som skurrer", "Hånden på rattet", "I havn"]
    rows = [names] + [
        [f"Gjøre sak {n} ferdig", f"Sak {n} henger", f"Enhet {n}", f"Mai 20{n}"] for n in range(26, 36)
    ]
    lines = [
        (57.0 + 125 * column, 60.0 + 20 * number, text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    found = blocks(drawn(lines), ROW)
    assert [[cell.text for cell in block.cells] for block in found] == rows


def test_headers_and_page_numbers_are_not_part_of_the_text() -> None:
    texts = [f"{SENTENCE}\nDette er side {name}." for name in ("en", "to", "tre")]
    document = read(files.pages_with_running_lines(texts, "Handlingsplan for Fjordvik"))
    assert document.pages == 3
    assert not [line for line in document.lines if "Handlingsplan" in line or "Side" in line]
    assert [block.page for block in document.blocks if block.kind is PARAGRAPH] == [1, 2, 3]


def test_a_sentence_is_joined_over_a_page_break() -> None:
    data = files.pdf_bytes(
        [*body("Partene skal i denne perioden arbeide for"), PageBreak(), *body("gode tjenester til alle.")]
    )
    sentence, page_break = blocks(data)
    assert sentence.text == "Partene skal i denne perioden arbeide for gode tjenester til alle."
    assert (sentence.page, page_break.kind, page_break.page) == (1, BlockKind.PAGE_BREAK, 2)


# Headings


def test_larger_letters_make_headings_and_their_size_the_level() -> None:
    def large(text: str, size: float) -> Paragraph:
        return Paragraph(
            text, ParagraphStyle("x", fontName="Helvetica", fontSize=size, leading=size * 1.2, spaceAfter=9)
        )

    story = [
        large("Handlingsplan", 24),
        large("1 Mål", 16),
        *body(SENTENCE),
        large("1.1 Delmål", 13),
        *body(SENTENCE),
    ]
    assert [(block.label, block.text, block.level) for block in blocks(files.pdf_bytes(story), HEADING)] == [
        ("", "Handlingsplan", 1), ("1", "Mål", 2), ("1.1", "Delmål", 3),
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one() -> None:
    style = ParagraphStyle("x", fontName="Helvetica", fontSize=20, leading=24)
    title = "En lang tittel om samarbeid mellom sykehus og kommuner i hele regionen vår"
    [heading] = blocks(files.pdf_bytes([Paragraph(title, style), Spacer(1, 12), *body(SENTENCE)]), HEADING)
    assert heading.text == title
    assert (heading.line, heading.last_line) == (1, 2)


def test_bold_alone_on_its_line_is_a_heading_and_bold_that_begins_a_sentence_is_not() -> None:
    bold = "<b>Helsefellesskapet vil satse på felles innsats for helsetjenester til dem som har store</b>"
    story = [*body("<b>Barn og unge</b>", SENTENCE * 3, f"{bold} behov. Dette betyr:", SENTENCE * 3)]
    found = blocks(files.pdf_bytes(story))
    assert [block.text for block in found if block.kind is HEADING] == ["Barn og unge"]
    assert any(
        block.text.startswith("Helsefellesskapet vil satse") for block in found if block.kind is PARAGRAPH
    )


# Lists, notes, contents


def test_bullets_hang_and_depth_follows_the_indent() -> None:
    data = drawn([
        (60, 60, "Dette skal vi gjøre i løpet av året som kommer:"),
        (72, 76, "• møtes fire ganger og snakke om det som er viktig for dem"),
        (84, 90, "det gjelder"), (84, 106, "– i mai"), (84, 120, "– i juni"),
        (72, 136, "• skrive ned hva vi ble enige om"),
        (60, 166, "Etterpå kommer et nytt avsnitt."),
    ])  # fmt: skip
    assert [(block.label, block.text, block.level) for block in blocks(data, ITEM)] == [
        ("•", "møtes fire ganger og snakke om det som er viktig for dem det gjelder", 1),
        ("–", "i mai", 2), ("–", "i juni", 2), ("•", "skrive ned hva vi ble enige om", 1),
    ]  # fmt: skip
    assert blocks(data)[-1].text == "Etterpå kommer et nytt avsnitt."


def test_bullets_that_are_drawn_as_discs_count_as_bullets() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.setFont("Helvetica", 11)
    for number, text in enumerate(("første punkt", "andre punkt")):
        canvas.circle(74, 743 - 16 * number, 1.8, stroke=0, fill=1)
        canvas.drawString(84, 740 - 16 * number, text)
    canvas.save()
    assert [(block.label, block.text) for block in blocks(stream.getvalue(), ITEM)] == [
        ("•", "første punkt"), ("•", "andre punkt"),
    ]  # fmt: skip


def test_small_text_low_on_the_page_after_a_number_is_a_note() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 740, "Folketallet i området")
    canvas.setFont("Helvetica", 6.5)
    canvas.drawString(163, 744, "1")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(170, 740, "vokser, og det gjør det hvert eneste år.")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(60, 120, "1 Alle kommunene i det gamle fylket.")
    canvas.save()
    text, note = blocks(stream.getvalue())
    assert text.text == "Folketallet i området¹ vokser, og det gjør det hvert eneste år."
    assert (note.kind, note.label, note.text) == (NOTE, "1", "Alle kommunene i det gamle fylket.")


@pytest.mark.parametrize("leader", ["." * 60, ""])
def test_contents_are_known_with_and_without_leaders(leader: str) -> None:
    lines = [(60.0, 60.0, "Innhold")]
    for number, (title, page) in enumerate((("1 Innledning", 3), ("2 Områder", 4), ("2.1 Barn", 4))):
        lines += [
            (60.0, 90.0 + 16 * number, f"{title} {leader}".strip()),
            (540.0, 90.0 + 16 * number, str(page)),
        ]
    lines += [(60.0, 200.0, SENTENCE)]
    assert [(block.label, block.text) for block in blocks(drawn(lines), CONTENTS)] == [
        ("1", "Innledning"), ("2", "Områder"), ("2.1", "Barn"),
    ]  # fmt: skip


# Tables

ROWS = (
    ("Hva vil vi?", "Hvordan få det til?", "Ansvarlig"),
    ("Trygge overganger", "a) Lage en felles rutine for overgangen fra barn til voksen", "FSU BU"),
    ("", "b) Holde en fagdag som alle kan delta på hvert eneste år", "SEKR"),
    ("Tidlig hjelp", "c) Prøve et team", "UNN og kommunene"),
)


@pytest.mark.parametrize("ruled", [True, False])
def test_cells_that_wrap_are_whole_and_rows_stay_apart(ruled: bool) -> None:
    rows = blocks(files.pdf_bytes([files.pdf_table(ROWS, ruled=ruled)]), ROW)
    assert [tuple(cell.text for cell in row.cells) for row in rows] == list(ROWS)
    assert [row.is_header for row in rows] == [True, False, False, False]


def test_cells_merged_across_and_down_keep_their_place() -> None:
    rows = (("Mål", "Tiltak", "Hvem"), ("M1", "a", "x"), ("", "b", "y"), ("Samlet", "", "z"))
    spans = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (1, 3))]
    found = blocks(files.pdf_bytes([files.pdf_table(rows, commands=spans)]), ROW)
    assert [[(cell.column, cell.spans, cell.text) for cell in row.cells] for row in found] == [
        [(0, 1, "Mål"), (1, 1, "Tiltak"), (2, 1, "Hvem")],
        [(0, 1, "M1"), (1, 1, "a"), (2, 1, "x")],
        [(0, 1, ""), (1, 1, "b"), (2, 1, "y")],
        [(0, 2, "Samlet"), (2, 1, "z")],
    ]


def test_a_table_over_a_page_break_is_one_table_and_its_repeated_header_is_a_header() -> None:
    rows = [("Tiltak", "Ansvarlig"), *((f"Tiltak nummer {number}", "SEKR") for number in range(60))]
    table = files.pdf_table(rows)
    table.repeatRows = 1
    found = blocks(files.pdf_bytes([table]), ROW)
    assert {row.table for row in found} == {1}
    assert {row.page for row in found} > {1}
    assert [row.cells[0].text for row in found if not row.is_header] == [first for first, _ in rows[1:]]
    assert sum(row.is_header for row in found) == read(files.pdf_bytes([files.pdf_table(rows)])).pages


def test_a_row_that_a_page_break_divides_is_made_whole() -> None:
    first = files.pdf_table([("Tiltak", "Ansvarlig"), ("Sykehuset og kommunene skal", "Partene i")])
    rest = files.pdf_table([("arbeide sammen", "fellesskap"), ("Lage plan", "SEKR")])
    found = blocks(files.pdf_bytes([first, PageBreak(), rest]), ROW)
    assert [tuple(cell.text for cell in row.cells) for row in found] == [
        ("Tiltak", "Ansvarlig"),
        ("Sykehuset og kommunene skal arbeide sammen", "Partene i fellesskap"),
        ("Lage plan", "SEKR"),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    frame = files.pdf_table([(SENTENCE,)], commands=[("BOX", (0, 0), (-1, -1), 1, colors.black)])
    assert [block.kind for block in blocks(files.pdf_bytes([frame]))] == [PARAGRAPH]


def test_bold_in_a_cell_is_kept_as_a_flag() -> None:
    rows = blocks(files.pdf_bytes([files.pdf_table((("<b>Mål</b>", "Tekst"), ("Annet", "<b>Her</b>")))]), ROW)
    assert [[cell.bold for cell in row.cells] for row in rows] == [[True, False], [False, True]]


def test_figures_set_to_the_right_stand_below_the_word_set_to_the_left() -> None:
    columns = [(60, "Hvem"), (200, "Andel"), (300, "Beløp")]
    lines = [(float(x), 60.0, text) for x, text in columns]
    for number, row in enumerate((("Sykehuset", "60 %", "1 200 000"), ("Kommunene", "40 %", "800 000"))):
        ends = (60.0, 245.0, 345.0)
        lines += [(end, 80.0 + 16 * number, text) for end, text in zip(ends, row, strict=True)]
    assert [tuple(cell.text for cell in row.cells) for row in blocks(drawn(lines), ROW)] == [
        ("Hvem", "Andel", "Beløp"), ("Sykehuset", "60 %", "1 200 000"), ("Kommunene", "40 %", "800 000"),
    ]  # fmt: skip


def test_what_stands_below_two_columns_is_read_after_them() -> None:
    left = [f"Venstre linje nummer {number} fyller spalten" for number in range(8)]
    right = [f"Høyre linje nummer {number} fyller spalten" for number in range(8)]
    data = files.two_columns([*left, "", "", "Nytt tema"], right)
    found = [block.text for block in blocks(data)]
    assert found[-1] == "Nytt tema"
