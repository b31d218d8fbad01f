"""Rows as a file to take along: CSV and Excel, with nothing in them that a spreadsheet would run."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from samspill.documents.armour import LONGEST_CELL, disarmed, printable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

Cell = Any
"""A text, a number, a day or None: what both files can hold."""
Rows = Iterable[Sequence[Cell]]


def in_csv(cell: Cell) -> Cell:
    """A cell as a CSV holds it: a text that a spreadsheet would run is disarmed."""
    return disarmed(printable(cell)) if isinstance(cell, str) else cell


def csv_of(rows: Rows, *, cell: Callable[[Cell], Cell] = in_csv) -> bytes:
    """Semicolons and a byte order mark: a Norwegian Excel opens it as a table with æ, ø and å."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for cells in rows:
        writer.writerow([cell(one) for one in cells])
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Rows, *, name: str = "", widths: Sequence[int] = (), frozen: str = "A2") -> bytes:
    """A workbook of one sheet; every text is written as text, so that nothing is worked out as a formula.

    widths  of the first columns, in letters
    frozen  the first cell that moves when one scrolls
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name or None)
    sheet.freeze_panes = frozen
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, cells in enumerate(rows):
        made = []
        for cell in cells:
            one = WriteOnlyCell(sheet, value=_kept(cell))
            one.data_type = "s" if isinstance(cell, str) else one.data_type
            one.font = Font(bold=number == 0)
            one.alignment = Alignment(wrap_text=True, vertical="top")
            made.append(one)
        sheet.append(made)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _kept(cell: Cell) -> Cell:
    return printable(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell
