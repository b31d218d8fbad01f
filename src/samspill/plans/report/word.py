"""A report as a Word document: headings, tables whose head is repeated, language and title set."""

import io
import re
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Row

from samspill.plans.report.contents import Part, Report, Table

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO"}
INK = RGBColor(0x16, 0x22, 0x2B)
FONT = "Calibri"
# Letters XML 1.0 cannot hold; text read from a PDF may have them.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FIRST_COLUMN, PAGE_WIDTH = Mm(70), Mm(174)  # A4 within margins of 18 mm


def as_docx(report: Report, *, made_at: datetime) -> bytes:
    """The document as bytes; `made_at` is what it says of when it was made."""
    document = docx.Document()
    _set_up(document, report, made_at)
    document.add_paragraph(_clean(report.title), style="Title")
    document.add_paragraph(_clean(report.heading), style="Subtitle")
    document.add_paragraph(_clean(". ".join(report.facts)) + ".")
    for part in report.parts:
        _add_part(document, part)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Document, report: Report, made_at: datetime) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = _clean(report.title), _clean(report.facts[0]), ""
    about.language = LANGUAGES.get(report.language, LANGUAGES["nb"])
    about.created = about.modified = made_at.replace(tzinfo=None)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    for name, size in (
        ("Normal", 10.5),
        ("Title", 24),
        ("Subtitle", 14),
        ("Heading 1", 16),
        ("Heading 2", 12),
    ):
        _dress(document, name, size)
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), about.language)


def _dress(document: Document, name: str, size: float) -> None:
    font = document.styles[name].font
    font.size, font.name, font.color.rgb, font.italic = Pt(size), FONT, INK, False
    fonts = document.styles[name].element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _add_part(document: Document, part: Part) -> None:
    document.add_heading(_clean(part.heading), level=1)
    for sentence in part.sentences:
        document.add_paragraph(_clean(sentence))
    for table in part.tables:
        if table.caption != part.heading:
            document.add_heading(_clean(table.caption), level=2)
        _add_table(document, table)


def _add_table(document: Document, table: Table) -> None:
    made = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    made.autofit = False
    others = (PAGE_WIDTH - FIRST_COLUMN) // max(len(table.head) - 1, 1)
    for cells, is_head in ((table.head, True), *((row, False) for row in table.rows)):
        row = made.add_row()
        _mark(row, "w:cantSplit")
        if is_head:
            _mark(row, "w:tblHeader")
        for number, text in enumerate(cells):
            cell = row.cells[number]
            cell.width = others if number else FIRST_COLUMN
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(_clean(text)).bold = is_head
            if table.numeric and number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph()


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)
