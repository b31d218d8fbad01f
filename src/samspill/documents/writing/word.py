"""A paper as a Word document: Word's styles, repeated heads of tables, language, title, numbered pages.

Pictures carry their words as alternative text. Not here: what the paper says (`blocks`).
"""

import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from samspill.documents.writing.blocks import (
    Band,
    Block,
    Bullets,
    Figure,
    Heading,
    Paper,
    Table,
    Text,
    Title,
    Tone,
    lines_of,
    named,
    printable,
)

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
INK, QUIET, FJORD = RGBColor(0x16, 0x22, 0x2B), RGBColor(0x4C, 0x5A, 0x64), RGBColor(0x0F, 0x4C, 0x64)
HAIR, WASH = "D9DFE3", "F2F7F9"
FONT = "Calibri"
WIDTH, MARGIN = 166, 22  # millimetres of A4: 210 less the margins
# Style, size in points, bold, colour, space before and after in points
STYLES = (
    ("Normal", 10.5, False, INK, 0, 6),
    ("Title", 26, True, INK, 0, 10),
    ("Subtitle", 13, False, INK, 4, 12),
    ("Heading 1", 15.5, True, INK, 24, 6),
    ("Heading 2", 12.5, True, INK, 14, 6),
    ("Heading 3", 11.8, True, INK, 10, 5),
    ("List Bullet", 10.5, False, INK, 0, 3),
)
SLOGAN, SMALL = 11.6, 9.0
CELL = 9.5


def to_docx(paper: Paper) -> bytes:
    """The paper as bytes."""
    document = docx.Document()
    _set_up(document, paper)
    _add_margins(document, paper)
    for block in paper.blocks:
        _add(document, paper, block)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Document, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.comments = printable(paper.title), printable(paper.author), ""
    about.language = LANGUAGES.get(paper.language, LANGUAGES["nb"])
    about.created = about.modified = paper.made_at.replace(tzinfo=None)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    for style in STYLES:
        _dress(document, *style)
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    language.set(qn("w:val"), about.language)


def _dress(
    document: Document, name: str, size: float, bold: bool, colour: RGBColor, before: int, after: int
) -> None:
    style = document.styles[name]
    font = style.font
    font.size, font.name, font.color.rgb = Pt(size), FONT, colour
    font.italic, font.bold = False, bold
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    border = style.element.pPr.find(qn("w:pBdr"))
    if border is not None:  # Word rules a line below a title
        style.element.pPr.remove(border)


def _add_margins(document: Document, paper: Paper) -> None:
    page = document.sections[0]
    header, footer = page.header.paragraphs[0], page.footer.paragraphs[0]
    _run(header, paper.header, SMALL, QUIET)
    _run(footer, f"{printable(paper.footer)} · ", SMALL, QUIET)
    before, between, after = _around(paper.page_of)
    _run(footer, before, SMALL, QUIET)
    _number(footer, "PAGE")
    _run(footer, between, SMALL, QUIET)
    _number(footer, "NUMPAGES")
    _run(footer, after, SMALL, QUIET)


def _around(page_of: str) -> tuple[str, str, str]:
    before, _, rest = page_of.partition("%(page)s")
    between, _, after = rest.partition("%(pages)s")
    return before, between, after


def _number(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(SMALL), QUIET
    field.append(run._r)
    paragraph._p.append(field)


def _run(paragraph: Paragraph, text: str, size: float, colour: RGBColor, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb, run.bold = Pt(size), colour, bold


def _add(document: Document, paper: Paper, block: Block) -> None:
    match block:
        case Title():
            document.add_paragraph(named(paper.title), style="Title")
        case Heading(text, level):
            document.add_heading(named(text), level=level)
        case Text(text, tone, keep):
            _add_text(document, printable(text), tone).paragraph_format.keep_with_next = keep
        case Bullets(items):
            for item in items:
                document.add_paragraph(printable(item), style="List Bullet")
        case Table():
            _add_table(document, block)
        case Figure():
            _add_figure(document, block)


def _add_text(document: Document, text: str, tone: Tone) -> Paragraph:
    paragraph = document.add_paragraph(style="Subtitle" if tone is Tone.LEAD else None)
    if tone is Tone.SLOGAN:
        _run(paragraph, text, SLOGAN, FJORD)
    elif tone in (Tone.QUIET, Tone.SMALL):
        _run(paragraph, text, SMALL, QUIET)
    else:
        paragraph.add_run(text)
    return paragraph


def _add_figure(document: Document, figure: Figure) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(figure.png), width=Mm(WIDTH))
    shape._inline.docPr.set("descr", printable(figure.alt))
    _add_text(document, printable(figure.source), Tone.QUIET)


def _add_table(document: Document, table: Table) -> None:
    made = document.add_table(rows=0, cols=len(table.head), style="Table Grid")
    made.autofit = False
    _rule(made)
    _tell(made, printable(table.caption))
    shares = table.shares or (1.0,) * len(table.head)
    widths = [Mm(WIDTH * share / sum(shares)) for share in shares]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    _add_row(made, table.head, widths, bold=True, numeric=table.numeric, marks=("w:cantSplit", "w:tblHeader"))
    last = len(table.rows) - 1
    for place, row in enumerate(table.rows):
        if isinstance(row, Band):
            _add_band(made, row)
        else:
            is_sum = table.total and place == last
            _add_row(made, row.cells, widths, bold=is_sum, numeric=table.numeric, marks=("w:cantSplit",))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_row(
    made: WordTable,
    cells: tuple[str, ...],
    widths: list[Mm],
    *,
    bold: bool,
    numeric: bool,
    marks: tuple[str, ...],
) -> None:
    row = made.add_row()  # type: ignore[no-untyped-call]
    for mark in marks:
        _mark(row, mark)
    for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = widths[number]
        _fill(cell, text, bold=bold, to_right=numeric and number > 0)


def _add_band(made: WordTable, band: Band) -> None:
    row = made.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    cell = row.cells[0].merge(row.cells[-1])
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:color"), "auto")
    shade.set(qn("w:fill"), WASH)
    cell._tc.get_or_add_tcPr().append(shade)
    _fill(cell, band.text, bold=True, colour=FJORD)
    cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(cell: _Cell, text: str, *, bold: bool, to_right: bool = False, colour: RGBColor = INK) -> None:
    lines = lines_of(text) or [""]
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2.5)
        _run(paragraph, line, CELL, colour, bold=bold)
        if to_right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _rule(made: WordTable) -> None:
    """Hairlines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        is_drawn = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if is_drawn else "nil")
        if is_drawn:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), HAIR)
        borders.append(line)
    made._tbl.tblPr.append(borders)


def _tell(made: WordTable, caption: str) -> None:
    """What the table shows, for those who hear it."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    made._tbl.tblPr.append(told)
