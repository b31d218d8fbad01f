"""The rows of a CSV or XLSX file as text, with the number each has in the file."""

import csv
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from samspill.analysis.intake.faults import Fault, Place
from samspill.analysis.intake.mapping import FileMapping

SEPARATORS = (";", ",", "\t", "|")
LARGEST_UNPACKED = 400_000_000  # bytes: an XLSX that unpacks to more is no table of ours
csv.field_size_limit(1_000_000)
Row = tuple[int, Sequence[str]]


class Broken(Exception):
    """The file cannot be read, or not to its end."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def csv_rows(path: Path, mapping: FileMapping) -> Iterator[Row]:
    """Rows that are not empty; the number is of the line a row ends on. Raises `Broken` at half a file."""
    encoding = mapping.encoding or _encoding(path)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
        separator = mapping.separator or _separator(path, encoding, mapping.header)
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            for cells in reader:
                if any(cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            place = Place(reader.line_num, "")
            raise Broken(Fault("half_file", facts={"why": str(error)}, places=(place,))) from None
        except UnicodeDecodeError as error:
            raise Broken(_unreadable(encoding, str(error))) from None


def _encoding(path: Path) -> str:
    """UTF-8 if the whole file is; otherwise what Windows writes."""
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(path: Path, encoding: str, header: int) -> str:
    """The one that stands most often in the row of names."""
    with path.open(encoding=encoding) as file:
        line = next((line for number, line in enumerate(file, 1) if number == header), "")
    return max(SEPARATORS, key=line.count)


def xlsx_rows(path: Path, mapping: FileMapping) -> Iterator[Row]:
    """Rows that are not empty, by their number in the sheet. Figures are written plainly, times as ISO."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise Broken(_unreadable("XLSX", "it is too large"))
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError, ParseError, ValueError) as error:
        raise Broken(_unreadable("XLSX", str(error))) from None
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            names = ", ".join(book.sheetnames)
            raise Broken(_unreadable("XLSX", f"it has no sheet «{mapping.sheet}», only {names}"))
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            texts = _without_tail([_text(cell) for cell in cells])
            if any(texts):
                yield number, texts
    finally:
        book.close()


def _without_tail(cells: list[str]) -> list[str]:
    """Empty cells at the end are none: a sheet may be wider than its table."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _unreadable(kind: str, why: str) -> Fault:
    return Fault("unreadable", facts={"kind": kind, "why": " ".join(why.split())[:200]})
