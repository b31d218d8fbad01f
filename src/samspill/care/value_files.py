"""A table of values in a file (CSV), read row by row: what each says, as it stands.

Columns, in any order and with any of their names: time, what, value, and perhaps unit. A time without a zone
is a clock on a Norwegian wall. Not here: whether a value can be kept (`entered_values`).
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused
from samspill.rulebook.vital_signs import find, known_codes
from samspill.rulebook.wall_clock import instant

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "time": ("tid", "tidspunkt", "tidspunkt målt", "time", "effective"),
    "what": ("hva", "kva", "kode", "måling", "what", "code"),
    "value": ("verdi", "value"),
    "unit": ("enhet", "eining", "unit"),
}
MUST = ("time", "what", "value")
MOST_ROWS, MOST_BYTES, LONGEST = 500, 200_000, 60
_SAID = {
    "file.too_long": _("The file is too long. Send at most 500 rows at a time."),
    "file.unreadable": _("The file could not be read. Save it as CSV with the columns time, what and value."),
    "file.columns": _("The file needs the columns time, what and value; unit may come besides."),
    "file.empty": _("There are no values in the file."),
}


@dataclass(frozen=True)
class Line:
    """A row by its number in the file, its head being 1; `effective` is text when it is no time."""

    number: int
    what: str
    value: str
    unit: str
    effective: datetime | str


def read_file(data: bytes) -> list[Line]:
    """The rows that say something, in order.

    Refused: `file.too_long`, `file.unreadable`, `file.columns`, `file.empty`.
    """
    if len(data) > MOST_BYTES:
        raise _refused("file.too_long")
    text = _text(data)
    try:
        head, *rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    except (csv.Error, ValueError) as problem:
        raise _refused("file.unreadable") from problem
    places = _places(head)
    if len(rows) > MOST_ROWS:
        raise _refused("file.too_long")
    found = [_line(number, row, places) for number, row in enumerate(rows, 2) if any(map(str.strip, row))]
    if not found:
        raise _refused("file.empty")
    return found


def _refused(code: str) -> Refused:
    return Refused(code, _SAID[code], field="file")


def _text(data: bytes) -> str:
    if b"\x00" in data:
        raise _refused("file.unreadable")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # as spreadsheets on Windows write it


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(";\t,", key=head.count)


def _places(head: Sequence[str]) -> dict[str, int]:
    names = {name: column for column, many in COLUMNS.items() for name in many}
    said = [names.get(one.strip().casefold(), "") for one in head]
    known = [one for one in said if one]
    if set(MUST) - set(known) or len(known) < len(said) or len(set(known)) < len(known):
        raise _refused("file.columns")
    return {column: place for place, column in enumerate(said)}


def _line(number: int, row: Sequence[str], places: Mapping[str, int]) -> Line:
    cells = {name: row[place].strip()[:LONGEST] if place < len(row) else "" for name, place in places.items()}
    return Line(number, cells["what"], cells["value"], cells.get("unit", ""), _moment(cells["time"]))


def _moment(said: str) -> datetime | str:
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        try:
            found = datetime.strptime(said, "%d.%m.%Y %H:%M")
        except ValueError:
            return said
    try:
        return found.astimezone(UTC) if found.tzinfo else instant(found.date(), found.time())
    except OverflowError:  # the first and last hours of all time
        return said


def code_named(what: str, names: Mapping[str, str]) -> str:
    """The code of what a row is about: by code, by what the team calls it (`names`), or as people say it."""
    folded = what.casefold()
    if what in known_codes():
        return what
    if folded in names:
        return names[folded]
    said = (code for code in known_codes() if folded in {one.casefold() for one in find(code).names.values()})
    return next(said, what)
