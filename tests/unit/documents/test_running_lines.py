"""Running headers of a PDF are left out; what the plan says at the top of many pages is not."""

import io
from collections.abc import Sequence

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from samspill.documents.blocks import Document
from samspill.documents.reading import read_bytes

BODY = ParagraphStyle("body", fontSize=11, leading=14, spaceAfter=8)
BOLD = ParagraphStyle("bold", BODY, fontName="Helvetica-Bold")
LARGE = ParagraphStyle("large", BODY, fontSize=15, leading=19)
HEADER = "Handlingsplan for Fjordvik 2025–2027"
SAID = "Partene i helsefellesskapet skal gjøre dette sammen, og de skal gjøre det i god tid før fristen."


def pdf_of(pages: Sequence[Sequence[object]], headers: Sequence[str] = ()) -> bytes:
    """One page for each list of flowables, `headers` above them by turns."""
    stream = io.BytesIO()

    def above(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 9)
        if headers and headers[template.page % len(headers)]:
            text = headers[template.page % len(headers)].replace("#", str(template.page))
            canvas.drawString(60, A4[1] - 40, text)
        canvas.drawString(290, 30, str(template.page))

    template = BaseDocTemplate(stream, pagesize=A4)
    frame = Frame(60, 60, A4[0] - 120, A4[1] - 130, showBoundary=0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=above))
    template.build([part for page in pages for part in (*page, PageBreak())])
    return stream.getvalue()


def read(pages: Sequence[Sequence[object]], headers: Sequence[str] = ()) -> tuple[Document, list[str]]:
    document = read_bytes(pdf_of(pages, headers), "plan.pdf")
    return document, [block.text for block in document.blocks if block.text]


def goal(text: str, style: ParagraphStyle = BODY) -> list[object]:
    return [Paragraph(text, style), Paragraph(SAID, BODY), Paragraph(SAID, BODY)]


@pytest.mark.parametrize("headers", [(), (HEADER,), (HEADER, "Fjordvik helsefellesskap")])
@pytest.mark.parametrize("style", [BODY, BOLD, LARGE])
def test_a_goal_that_opens_three_pages_is_kept(headers: Sequence[str], style: ParagraphStyle) -> None:
    pages = [goal("Mål: Trygge overganger.", style) for _ in range(3)]
    pages[1:1] = [goal("Dette er noe annet som åpner en side.")]
    document, said = read(pages, headers)
    assert said.count("Mål: Trygge overganger.") == 3
    assert not [line for line in document.lines if line in headers]


@pytest.mark.parametrize("headers", [(), (HEADER,)])
def test_a_heading_that_opens_every_page_close_to_its_text_is_kept(headers: Sequence[str]) -> None:
    _document, said = read([goal("Tiltak", LARGE) for _ in range(4)], headers)
    assert said.count("Tiltak") == 4


@pytest.mark.parametrize("style", [BOLD, LARGE])
def test_areas_that_are_counted_from_page_to_page_are_kept(style: ParagraphStyle) -> None:
    pages = [
        [Paragraph(f"Innsatsområde {number}", style), Spacer(1, 30), *goal(SAID)] for number in range(1, 6)
    ]
    document, _said = read(pages, (HEADER,))
    assert sum("Innsatsområde" in line for line in document.lines) == 5
    assert not [line for line in document.lines if HEADER in line]


def test_what_stands_where_tables_begin_on_other_pages_is_text() -> None:
    table = Table(
        [["Tiltak", "Ansvarlig"], ["Lage kurs", "SSU"]], style=[("GRID", (0, 0), (-1, -1), 1, colors.black)]
    )
    pages = [[Paragraph("Mål for området", BODY), Spacer(1, 25), *goal(SAID)], [table, *goal(SAID)]] * 2
    _document, said = read(pages, (HEADER,))
    assert said.count("Mål for området") == 2


@pytest.mark.parametrize(
    "headers",
    [
        (HEADER,),
        (HEADER, "Fjordvik helsefellesskap"),
        (f"{HEADER} side #",),
        ("# | Handlingsplan", "Handlingsplan | #"),
    ],
)
def test_running_headers_are_left_out_however_they_are_set(headers: Sequence[str]) -> None:
    pages = [goal(f"Side nummer {name}.") for name in ("en", "to", "tre", "fire", "fem", "seks")]
    document, said = read(pages, headers)
    assert [line for line in document.lines if "Handlingsplan" in line or "Fjordvik" in line] == []
    assert [text for text in said if text.startswith("Side nummer")] == [
        f"Side nummer {name}." for name in ("en", "to", "tre", "fire", "fem", "seks")
    ]


def test_a_cover_page_without_header_does_not_keep_it_on_the_others() -> None:
    pages = [[Paragraph("Handlingsplan", LARGE)], *([goal("Vi begynner her.")] * 2), goal("Og slutter her.")]
    stream, _said = read(pages, (HEADER,))
    assert not [line for line in stream.lines if HEADER in line]
