"""Plans in our own words as the Word and PDF files people have, made for tests."""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

Area = tuple[str, Sequence[Sequence[str]]]


def word_plan(
    path: Path,
    title: str,
    head: Sequence[str],
    areas: Sequence[Area],
    last: Sequence[Sequence[str]] = (),
) -> Path:
    """A Word document: a heading and a table for each area, and perhaps a table of another kind."""
    document = Document()
    document.add_heading(title, 0)
    for name, rows in areas:
        document.add_heading(name, 1)
        _add_table(document, (head, *rows))
    if last:
        document.add_paragraph("Slik er det i dag:")
        _add_table(document, last)
    document.save(str(path))
    return path


def _add_table(document: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def scanned_plan(path: Path, words: str) -> Path:
    """A PDF that is a picture of a page: people can read it, no program can."""
    picture = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(picture).multiline_text((120, 160), words, fill=0, font_size=36)
    page = canvas.Canvas(str(path), pagesize=(595, 842))
    page.drawImage(ImageReader(picture), 0, 0, 595, 842)
    page.save()
    return path
