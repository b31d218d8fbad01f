"""Rows as a file to take along: CSV and Excel, with nothing in them that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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
LONGEST_TAB = 31
HEAD, BODY = Font(bold=True), Font(bold=False)
WHOLE = Alignment(wrap_text=True, vertical="top")
_NOT_IN_TABS = re.compile(r"[\[\]:*?/\\]")


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


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook. Its first row is bold.

    name    as its tab says; what a tab cannot hold is left out
    widths  of the first columns, in letters
    frozen  the first cell that moves when one scrolls
    """

    name: str
    rows: Rows
    widths: Sequence[int] = ()
    frozen: str = "A2"


def xlsx_of(rows: Rows, *, name: str = "", widths: Sequence[int] = (), frozen: str = "A2") -> bytes:
    """A workbook of one sheet; see `workbook_of`."""
    return workbook_of([Sheet(name, rows, widths, frozen)])


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """A workbook; every text is written as text, so that nothing is worked out as a formula."""
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for one in sheets:
        name = _tab(one.name, taken)
        taken.add(name.casefold())
        _fill(book.create_sheet(name or None), one)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Any, one: Sheet) -> None:
    sheet.freeze_panes = one.frozen
    for place, width in enumerate(one.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, cells in enumerate(one.rows):
        made = []
        for cell in cells:
            filled = WriteOnlyCell(sheet, value=_kept(cell))
            filled.data_type = "s" if isinstance(cell, str) else filled.data_type
            filled.font = BODY if number else HEAD
            filled.alignment = WHOLE
            made.append(filled)
        sheet.append(made)


def _tab(name: str, taken: set[str]) -> str:
    """What Excel takes as the name of a tab: at most 31 letters, no signs of addresses, each name once."""
    said = _NOT_IN_TABS.sub(" ", printable(name)).strip(" '")[:LONGEST_TAB].strip()
    number = 1
    found = said
    while found and found.casefold() in taken:
        number += 1
        found = f"{said[: LONGEST_TAB - 4].strip()} {number}"
    return found


def _kept(cell: Cell) -> Cell:
    return printable(cell)[:LONGEST_CELL] if isinstance(cell, str) else cell
