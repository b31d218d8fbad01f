"""Rows as a file to take along: CSV and Excel, with nothing in them that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
LONGEST_CELL = 32_767  # characters Excel keeps of a cell
# No XML file can hold these.
_NOT_KEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Cell = str | int
Rows = Iterable[Sequence[Cell]]


def csv_of(rows: Rows) -> bytes:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table with æ, ø and å."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in rows:
        writer.writerow([_disarmed(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _disarmed(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would run it (OWASP: CSV injection)."""
    text = _NOT_KEPT.sub("", text)
    return f"'{text}" if text.startswith(RUNS) else text


def xlsx_of(rows: Rows, *, name: str, widths: Sequence[int]) -> bytes:
    """A workbook of one sheet; every text is written as text. `widths` of the first columns, in letters."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, cells in enumerate(rows):
        made = []
        for cell in cells:
            value = _NOT_KEPT.sub("", cell)[:LONGEST_CELL] if isinstance(cell, str) else cell
            one = WriteOnlyCell(sheet, value=value)
            one.data_type = "s" if isinstance(value, str) else one.data_type
            one.font = Font(bold=number == 0)
            one.alignment = Alignment(wrap_text=True, vertical="top")
            made.append(one)
        sheet.append(made)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def saved(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser saves as `name`."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
