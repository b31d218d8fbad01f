"""From the bytes of a CSV or Excel file to rows of text, with everything refused that is not plainly a table.

Nothing is worked out: formulas, macros, links and pictures are not opened, and a packed file is looked at
from outside before anything in it is. Cells come back as text, dates as ISO days.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import PurePath

from openpyxl import load_workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet

from samspill.documents.armour import plain
from samspill.plans.actions.bringing_in.packages import BROKEN, MEGABYTE, check_package
from samspill.plans.rules.tables.columns import HEADER_WITHIN, LABELS, Column, Header, find_header
from samspill.plans.rules.tables.refusals import Unfit

# A table of 10,000 measures is 3 MB; a bigger one holds something else as well.
FILE_BYTES = 20 * MEGABYTE
MOST_ROWS, MOST_COLUMNS = 10_000, 100
DELIMITERS = ";,\t"

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
# A merged cell speaks for the rows it covers, except for what makes a row a measure of its own.
NEVER_MERGED = {Column.KEY, Column.TEXT, Column.TITLE, Column.LABEL}


@dataclass(frozen=True)
class Line:
    """A row with something in it. `number` as the spreadsheet counts; `formulas` and `errors` are places."""

    number: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    errors: frozenset[int] = frozenset()

    def text(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A table as read: its header, and the rows below it."""

    format: str
    header_row: int
    headers: tuple[str, ...]
    header: Header
    lines: list[Line] = field(repr=False)
    name: str = ""
    left_out: tuple[str, ...] = ()


def format_of(content: bytes, file: str) -> str:
    """ "xlsx" or "csv", by content. Refuses everything else, each kind with its own sentence."""
    if not content.strip():
        raise Unfit("table.empty", file=file)
    if len(content) > FILE_BYTES:
        raise Unfit(
            "table.too_large",
            file=file,
            found=round(len(content) / MEGABYTE),
            limit=FILE_BYTES // MEGABYTE,
        )
    if content.startswith(_OLE):
        raise Unfit("table.password" if _ENCRYPTED_PACKAGE in content else "table.old_format", file=file)
    if content.startswith(_ZIP):
        check_package(content, file)
        return "xlsx"
    if content.startswith((b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<?xml", b"<html")):
        raise Unfit("table.kind", file=file)
    if PurePath(file).suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        raise Unfit("table.broken", file=file)
    return "csv"


def read_sheet(content: bytes, file: str) -> Sheet:
    """The first sheet (or the file) that has a header we know, row by row. Raises `Unfit`."""
    kind = format_of(content, file)
    return _read_excel(content, file) if kind == "xlsx" else _read_csv(content, file)


def _read_excel(content: bytes, file: str) -> Sheet:
    try:
        book = load_workbook(io.BytesIO(content), keep_links=False)
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
        found = next((made for one in sheets if (made := _excel_sheet(one, file))), None)
    except Unfit:
        raise
    except BROKEN as error:
        raise Unfit("table.broken", file=file) from error
    if found is None:
        rows = [[plain(_text(cell)) for cell in row] for one in sheets[:1] for row in _values(one, 20)]
        raise _no_header(rows, file)
    left_out = tuple(one.title for one in book.worksheets if one.title != found.name)
    return Sheet("xlsx", found.header_row, found.headers, found.header, found.lines, found.name, left_out)


def _values(sheet: Worksheet, rows: int) -> Iterator[tuple[object, ...]]:
    return sheet.iter_rows(max_row=rows, max_col=_width(sheet), values_only=True)


def _width(sheet: Worksheet) -> int:
    return min(sheet.max_column, MOST_COLUMNS)


def _excel_sheet(sheet: Worksheet, file: str) -> Sheet | None:
    head = [tuple(plain(_text(cell)) for cell in row) for row in _values(sheet, 20)]
    found = find_header(head)
    if found is None:
        return None
    place, header = found
    lines: list[Line] = []
    for number, row in _rows_below(sheet, place + 1):
        cells = _without_tail([plain(_text(cell.value)) if cell else "" for cell in row])
        if cells:
            lines.append(
                Line(
                    number,
                    cells,
                    frozenset(at for at, cell in enumerate(row) if cell and cell.data_type == "f"),
                    frozenset(at for at, cell in enumerate(row) if cell and cell.data_type == "e"),
                )
            )
            if len(lines) > MOST_ROWS:
                raise Unfit("table.too_many_rows", file=file, limit=MOST_ROWS)
    return Sheet(
        "xlsx", place + 1, _without_tail(head[place]), header, _unmerged(lines, sheet, header), sheet.title
    )


def _rows_below(sheet: Worksheet, header: int) -> Iterator[tuple[int, list[ExcelCell | None]]]:
    """Rows with something in them. `iter_rows` would make every empty cell down to the last one there is."""
    rows: dict[int, dict[int, ExcelCell]] = defaultdict(dict)
    for (number, column), cell in sheet._cells.items():
        if number > header and column <= MOST_COLUMNS and cell.value is not None:
            rows[number][column] = cell
    for number, cells in sorted(rows.items()):
        yield number, [cells.get(column) for column in range(1, max(cells) + 1)]


def _unmerged(lines: list[Line], sheet: Worksheet, header: Header) -> list[Line]:
    """The text of a merged cell in every row it covers."""
    alone = {header.columns[column] for column in NEVER_MERGED if column in header.columns}
    by_number = {line.number: line for line in lines}
    for span in sheet.merged_cells.ranges:
        place, first = span.min_col - 1, by_number.get(span.min_row)
        if place in alone or first is None or not first.text(place):
            continue
        for number in range(span.min_row + 1, min(span.max_row, sheet.max_row) + 1):
            if line := by_number.get(number):
                cells = [*line.cells, *[""] * (place + 1 - len(line.cells))]
                cells[place] = first.text(place)
                by_number[number] = replace(line, cells=tuple(cells))
    return list(by_number.values())


def _text(value: object) -> str:
    """A cell's value as text: days as ISO days, whole numbers without decimals."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _read_csv(content: bytes, file: str) -> Sheet:
    text = _decoded(content, file)
    first, _newline, rest = text.partition("\n")
    if re.fullmatch(r'"?sep=.', first.strip().rstrip('"')):
        text = rest
    delimiter, place, header = _csv_header(text, file)
    headers: tuple[str, ...] = ()
    lines: list[Line] = []
    for number, row in enumerate(_csv_rows(text, delimiter, file), 1):
        if number == place + 1:
            headers = _without_tail(row)
        elif number > place and any(row):
            lines.append(Line(number, _without_tail(row)))
            if len(lines) > MOST_ROWS:
                raise Unfit("table.too_many_rows", file=file, limit=MOST_ROWS)
    return Sheet("csv", place + 1, headers, header, lines)


def _csv_header(text: str, file: str) -> tuple[str, int, Header]:
    """What parts the cells, with the header it gives and its place: the one with most columns we know."""
    found: list[tuple[str, int, Header]] = []
    refused: list[Unfit] = []
    for delimiter in DELIMITERS:
        try:
            header = find_header(list(_csv_rows(text, delimiter, file, HEADER_WITHIN)))
        except Unfit as error:
            refused.append(error)
            continue
        found += [(delimiter, *header)] if header else []
    if found:
        return max(found, key=lambda one: len(one[2].columns))
    if refused:
        raise refused[0]
    raise _no_header(list(_csv_rows(text, ";", file, HEADER_WITHIN)), file)


def _decoded(content: bytes, file: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, or what an older Excel in Norway writes (cp1252)."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise Unfit("table.not_text", file=file)


def _csv_rows(text: str, delimiter: str, file: str, most: int | None = None) -> Iterator[list[str]]:
    """All rows, or the first `most`: enough to see what parts the cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in islice(reader, most):
            yield [plain(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise Unfit("table.quotes", file=file, line=reader.line_num) from error


def _without_tail(cells: Sequence[str]) -> tuple[str, ...]:
    """Without the empty cells at the end."""
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _no_header(rows: Sequence[Sequence[str]], file: str) -> Unfit:
    """Says what the first row with text was, so that one sees what we saw."""
    first = next((row for row in rows if any(row)), ())
    said = ", ".join(f"«{text[:30]}»" for text in first if text)[:200] or "–"
    return Unfit("table.no_header", file=file, text=LABELS[Column.TEXT], found=said)
