"""One read plan written out again as Word, PDF and Markdown, with a column more or all turned round.

What is written is the blocks of a document that was read, so that any plan can be turned into any format.
"""

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from samspill.documents.public import Block, BlockKind, Document

Rows = list[list[str]]

_WIDTHS = {"Frist": 70.0, "Ansvarlig": 115.0, "Ansvarleg": 115.0, "Hva vil vi?": 118.0, "Kva vil vi?": 118.0}
_WIDE = 145.0  # points; the PDF writer would cut a word that is longer than its column
DEADLINES = ("1. mars 2023", "våren 2023", "i løpet av 2023", "3. kvartal 2023", "31.12.23")
NYNORSK = {
    "Hva vil vi?": "Kva vil vi?",
    "Hvordan få det til?": "Korleis få det til?",
    "Ansvarlig": "Ansvarleg",
}


def parts_of(document: Document) -> list[Block | Rows]:
    """Blocks in order, the rows of each table together. Lines of contents are left out."""
    parts: list[Block | Rows] = []
    table = 0
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW:
            if block.table != table:
                parts.append([])
            table = block.table
            rows = parts[-1]
            assert isinstance(rows, list)
            rows.append([cell.text for cell in block.cells])
        elif block.kind is not BlockKind.CONTENTS:
            parts.append(block)
    return parts


def as_is(rows: Rows) -> Rows:
    return rows


def with_deadlines(rows: Rows) -> Rows:
    """A fourth column «Frist»; the deadlines go round."""
    deadlines = cycle(DEADLINES)
    return [[*rows[0], "Frist"], *([*row, next(deadlines)] for row in rows[1:])]


def turned_round(rows: Rows) -> Rows:
    """The columns from right to left, in nynorsk, with deadlines: the goal comes last."""
    rows = with_deadlines(rows)
    rows[0] = [NYNORSK.get(header, header) for header in rows[0]]
    return [list(reversed(row)) for row in rows]


def write_word(document: Document, path: Path, change: Callable[[Rows], Rows] = as_is) -> Path:
    word = docx.Document()
    for part in parts_of(document):
        if isinstance(part, list):
            _word_table(word, change(part))
        elif part.kind is BlockKind.HEADING:
            word.add_heading(f"{part.label} {part.text}".strip(), min(part.level, 9))
        elif part.kind is BlockKind.LIST_ITEM:
            word.add_paragraph(part.text, style="List Number" if part.label[:1].isdigit() else "List Bullet")
        else:
            word.add_paragraph(part.text)
    word.save(str(path))
    return path


def _word_table(word: docx.document.Document, rows: Rows) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def write_pdf(
    document: Document,
    path: Path,
    change: Callable[[Rows], Rows] = as_is,
    *,
    height: float = 842,
    width: float = A4[0],
) -> Path:
    """`height` of the page, in points, moves the page breaks; a broken table repeats its header."""
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    flow: list[Flowable] = []
    for part in parts_of(document):
        if isinstance(part, list):
            rows = change(part)
            cells = [[Paragraph(_escaped(text), body) for text in row] for row in rows]
            style = TableStyle(
                [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            )
            widths = [_WIDTHS.get(header, _WIDE) for header in rows[0]]
            flow += [Table(cells, repeatRows=1, colWidths=widths, style=style), Spacer(1, 8)]
        elif part.kind is BlockKind.HEADING:
            flow.append(
                Paragraph(
                    _escaped(f"{part.label} {part.text}".strip()), styles[f"Heading{min(part.level, 4)}"]
                )
            )
        elif part.kind is BlockKind.LIST_ITEM:
            mark = part.label if part.label[:1].isdigit() else "•"
            flow.append(Paragraph(_escaped(f"{mark} {part.text}"), body))
        else:
            flow.append(Paragraph(_escaped(part.text), body))
    SimpleDocTemplate(str(path), pagesize=(width, height)).build(flow, onFirstPage=_foot, onLaterPages=_foot)
    return path


def _foot(canvas: object, template: object) -> None:
    canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
    canvas.drawString(500, 30, f"Side {canvas.getPageNumber()}")  # type: ignore[attr-defined]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")


def write_markdown(document: Document, path: Path, change: Callable[[Rows], Rows] = as_is) -> Path:
    lines: list[str] = []
    for part in parts_of(document):
        if isinstance(part, list):
            lines += _pipes(change(part))
        elif part.kind is BlockKind.HEADING:
            lines += ["#" * part.level + f" {part.label} {part.text}".replace("  ", " "), ""]
        elif part.kind is BlockKind.LIST_ITEM:
            lines += [f"{part.label or '-'} {part.text}"]
        else:
            lines += ["", part.text, ""]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _pipes(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(text.replace("\n", "<br>") for text in row) + " |" for row in rows]
    return ["", lines[0], "|" + " --- |" * len(rows[0]), *lines[1:], ""]
