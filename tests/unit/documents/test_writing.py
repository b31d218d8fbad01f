"""Papers as PDF/UA and Word: what is written is text, whatever signs it has, and nothing stops it."""

import io
from datetime import datetime

import docx
import pdfplumber
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.documents.writing import (
    Band,
    Block,
    Bullets,
    Heading,
    Paper,
    Row,
    Table,
    Text,
    Title,
    Tone,
    to_docx,
    to_pdf,
)
from samspill.documents.writing.blocks import lines_of, printable

MADE = datetime(2026, 11, 22, 12)
# Each would do something if it were read as typst source
COMMANDS = (
    '#read("/etc/passwd")', '#import "x.typ": *', '#eval("1+1")', "#panic()", '#sys.inputs', "$ x^2 $",
    "*fet* _kursiv_", "= Overskrift", "- punkt", "+ nummer", "/ ord: sak", "@ref", "<merke>", "`kode`",
    "```kode```", "\\u{1f600}", "\\", "// borte", "/* borte */", "~ -- --- ...", "'enkel' \"dobbel\"",
    "https://eksempel.no/a_b*c", "[en](to)", "{ } [ ] ( )", '")#panic("',
    "%(page)s", "a | b", "1. en", "&amp;",
)  # fmt: skip


def paper(*blocks: Block, title: str = "En plan", language: str = "nb") -> Paper:
    return Paper(
        title=title, language=language, author="Helsefellesskapet", header="Over", footer="Under",
        page_of="Side %(page)s av %(pages)s", made_at=MADE, blocks=(Title(), *blocks),
    )  # fmt: skip


def table(*cells: str, **more: object) -> Table:
    rows = tuple(Row((cell, "2027")) for cell in cells)
    return Table("Tiltak", ("Tiltak", "Frist"), rows, **more)  # type: ignore[arg-type]


def said_in(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("text", COMMANDS)
def test_nothing_that_people_write_is_a_command(text: str) -> None:
    made = paper(Heading(text), Text(text), Bullets((text,)), table(text), title=text)
    assert said_in(to_pdf(made)).count(" ".join(text.split())) >= 5
    document = docx.Document(io.BytesIO(to_docx(made)))
    assert [one.text for one in document.paragraphs if one.text == text]
    assert document.tables[0].rows[1].cells[0].text == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("En 😀 to 🎉 tre", "En □ to □ tre"),
        ("Rune ᚠ og 中文", "Rune □ og □□"),
        ("Styre\x07tegn\x00 og \x1b[31mfarge", "Styretegn og [31mfarge"),
        ("Snudd \u202etekst\u202c", "Snudd tekst"),
        ("Halv \ud83d sak", "Halv sak"),
        ("Ikke tegn \ufdd0\uffff", "Ikke tegn"),
    ],
)
def test_a_sign_no_document_can_hold_is_left_out_or_shown_as_a_box(text: str, shown: str) -> None:
    made = paper(Text(text), table(text), title=text)
    assert shown in said_in(to_pdf(made))
    assert printable(text) in [one.text for one in docx.Document(io.BytesIO(to_docx(made))).paragraphs]


def test_words_from_right_to_left_do_not_stop_it() -> None:
    made = paper(Text("مرحبا שלום"), table("مرحبا"))
    assert to_pdf(made).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(to_docx(made))).tables[0].rows[1].cells[0].text == "مرحبا"


@pytest.mark.slow
@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_text_at_all_becomes_a_document(texts: list[str]) -> None:
    blocks = (*map(Heading, texts), *map(Text, texts), Bullets(tuple(texts)), table(*texts))
    made = paper(*blocks, title=texts[0])
    assert to_pdf(made).startswith(b"%PDF")
    document = docx.Document(io.BytesIO(to_docx(made)))
    for row, text in zip(document.tables[0].rows[1:], texts, strict=True):
        assert row.cells[0].text == "\n".join(lines_of(text))


def test_the_same_paper_gives_the_same_bytes() -> None:
    made = paper(Text("Likt"), table("Alltid"))
    assert to_pdf(made) == to_pdf(made)


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_it_says_its_language_title_and_pages(language: str, tag: str) -> None:
    made = paper(*(Text("Ord " * 300) for _ in range(5)), title="Årsplan «2027»", language=language)
    pdf = pypdf.PdfReader(io.BytesIO(to_pdf(made)))
    assert pdf.trailer["/Root"]["/Lang"] == tag
    assert pdf.metadata and pdf.metadata.title == "Årsplan «2027»"
    assert pdf.metadata.creation_date and pdf.metadata.creation_date.date() == MADE.date()
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, 1):
        assert f"Side {number} av {len(pdf.pages)}" in page.extract_text()
    assert docx.Document(io.BytesIO(to_docx(made))).core_properties.language == tag


def test_the_head_of_a_table_is_repeated_on_each_page() -> None:
    pdf = pypdf.PdfReader(io.BytesIO(to_pdf(paper(table(*(f"Tiltak nummer {one}" for one in range(90)))))))
    assert len(pdf.pages) > 2
    for page in pdf.pages:
        assert "Tiltak Frist" in " ".join(page.extract_text().split())


def test_five_thousand_letters_stand_in_one_cell() -> None:
    text = " ".join(["Vi møtes hver uke og ser på ventelista sammen."] * 110)
    assert len(text) > 5_000
    made = paper(table("Kort", text, "Kort"))
    assert text in said_in(to_pdf(made)), "on one page, in smaller letters"


@pytest.mark.parametrize("times", [1, 5])
def test_nothing_runs_off_the_page(times: int) -> None:
    text = " ".join(["Vi møtes hver uke og ser på ventelista sammen."] * 110 * times)
    with pdfplumber.open(io.BytesIO(to_pdf(paper(table("Kort", text, "Kort"))))) as pdf:
        words = [word for page in pdf.pages for word in page.extract_words()]
        assert sum(word["text"] == "ventelista" for word in words) == 110 * times
        foot = min(word["top"] for word in words if word["text"] == "Under")
        assert max(word["bottom"] for word in words if word["text"] == "ventelista") < foot


def test_a_word_wider_than_its_column_is_divided_rather_than_lost() -> None:
    word = "Pasient" * 40
    said = said_in(to_pdf(paper(table(word), Text(word)))).replace(" ", "").replace("\u200b", "")
    assert said.count(word) == 2


def test_a_paper_without_words_is_still_a_paper() -> None:
    made = paper(Text(""), Bullets(()), Table("", ("", ""), ()), title="")
    assert to_pdf(made).startswith(b"%PDF")
    assert docx.Document(io.BytesIO(to_docx(made))).paragraphs[0].text == "–"


def test_a_band_covers_the_whole_width() -> None:
    made = paper(
        Table("Tiltak", ("Nr", "Tiltak", "Frist"), (Band("Mål: alle med"), Row(("1", "Møtes", "2027")))),
        Text("Stille", Tone.QUIET),
    )
    row = docx.Document(io.BytesIO(to_docx(made))).tables[0].rows[1]
    assert {cell.text for cell in row.cells} == {"Mål: alle med"}
    assert "Mål: alle med" in said_in(to_pdf(made))
