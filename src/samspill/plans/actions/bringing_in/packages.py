"""An Excel file looked at from outside, before anything in it is opened.

Here: its size unpacked, passwords, macros, XML that does more than hold text, and merged cells without end.
Not here: what its cells say (`spreadsheets`).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable

from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from samspill.documents.public import DEFAULT
from samspill.plans.rules.tables.refusals import Unfit

MEGABYTE = 1_000_000
MEMBER_BYTES, UNPACKED_BYTES = 40 * MEGABYTE, 100 * MEGABYTE
MOST_MERGED = 500_000
"""Cells that merged ones cover together: openpyxl makes each of them."""
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGED = re.compile(rb"<(?:\w{1,20}:)?mergeCell\s[^<>]{0,500}>")
_RANGE = re.compile(
    rb"""\sref\s{0,9}=\s{0,9}["'](?P<first>[A-Z]{1,3})(?P<top>\d{1,7}):(?P<last>[A-Z]{1,3})(?P<bottom>\d{1,7})["']"""
)
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
    KeyError, TypeError, AttributeError, IndexError, SyntaxError, InvalidFileException,
)  # fmt: skip
"""What openpyxl and zipfile raise on files that are not what they say."""


def check_package(content: bytes, file: str) -> None:
    """Sizes as the directory of the file states them, macros, passwords, and the XML that will be parsed."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        members = package.infolist()
    except BROKEN as error:
        raise Unfit("table.broken", file=file) from error
    names = {member.filename for member in members}
    swollen = any(
        one.file_size > MEMBER_BYTES
        or (one.file_size > MEGABYTE and one.file_size > DEFAULT.ratio * max(one.compress_size, 1))
        for one in members
    )
    if swollen or sum(one.file_size for one in members) > UNPACKED_BYTES or len(members) > DEFAULT.members:
        raise Unfit("table.unpacks_too_large", file=file)
    if any(one.flag_bits & 0x1 for one in members):
        raise Unfit("table.password", file=file)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unfit("table.macros", file=file)
    if content[30:130].find(_OPEN_DOCUMENT) >= 0 or "mimetype" in names:
        raise Unfit("table.open_document", file=file)
    if "xl/workbook.xml" not in names:
        raise Unfit("table.kind", file=file)
    _check_xml(package, names, file)


def _check_xml(package: zipfile.ZipFile, names: Iterable[str], file: str) -> None:
    """Every member, whatever it is called: a workbook says itself which of them are sheets."""
    merged = 0
    for name in names:
        try:
            text = package.read(name)
        except BROKEN as error:
            raise Unfit("table.broken", file=file) from error
        # UTF-16 puts a zero byte beside each letter: without them the same search finds both
        text = text.replace(b"\0", b"")
        if _DECLARATION.search(text):
            raise Unfit("table.xml_entities", file=file)
        merged += sum(map(_area, _MERGED.findall(text)))
    if merged > MOST_MERGED:
        raise Unfit("table.unpacks_too_large", file=file)


def _area(tag: bytes) -> int:
    """How many cells a merged one covers; more than allowed when that is not said plainly."""
    said = _RANGE.search(tag)
    if said is None:
        return MOST_MERGED + 1
    first, last = (column_index_from_string(said[name].decode()) for name in ("first", "last"))
    return (last - first + 1) * (int(said["bottom"]) - int(said["top"]) + 1)
