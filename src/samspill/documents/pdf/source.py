"""A PDF file opened: each page as plain values, and all that can be wrong with it as one kind of refusal.

All calls to pdfplumber are here, so that what the library raises on a damaged file is not mistaken for a
defect of ours, nor the other way round. Not here: what the values mean (`words`, `grids`).
"""

import io
import math
import struct
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pdfplumber
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFEncryptionError
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from samspill.documents.limits import Limits
from samspill.documents.refusals import Unreadable

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the top left corner

# What pdfminer lets through on files that break the rules of the format
_BROKEN = (
    PSException, PdfminerException, MalformedPDFException, struct.error, zlib.error, ArithmeticError,
    AssertionError, AttributeError, EOFError, LookupError, OSError, RecursionError, NotImplementedError,
    TypeError, ValueError,
)  # fmt: skip
_DOUBLED = 0.9  # share of different signs below which a page draws its bold text twice
_MOST_EDGES = 20_000  # lines and boxes on one page; a drawing with more is a map, not a table
_KEEP_SPACES = "Typst"  # programs that write the space a line was broken at, and none inside a divided word
_SPACE_REACH = 0.2  # of the size, from a word to the space after it
_FARTHEST = 100_000.0  # points from the corner; the largest page a PDF may have is 14,400
_FORM: Literal["NFC"] = "NFC"  # a letter and its ring or dots are one sign


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table drawn with lines: per row the boxes of its cells, None where another cell reaches over."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]


@dataclass(frozen=True, slots=True)
class RawPage:
    """What the library found on one page. `shows_something`: signs or pictures, even without a word.

    A word has "is_cut" when no space follows it, by a program that writes the space a line was broken at;
    "is_led" when one stands before it.
    """

    height: float
    words: tuple[dict[str, Any], ...]
    shapes: tuple[dict[str, Any], ...]
    tables: tuple[DrawnTable, ...]
    shows_something: bool


class Source:
    """The pages of one PDF, never more than the limit."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self._file = file
        try:
            self._pdf = pdfplumber.open(io.BytesIO(data), unicode_norm=_FORM, raise_unicode_errors=False)
            self._check_pages(limits)
        except _BROKEN as error:
            raise self._refusal(error) from error

    def pages(self) -> Iterator[RawPage]:
        """Each page in order; what the library keeps of one is dropped when the next is asked for."""
        try:
            keeps_spaces = str(self._pdf.metadata.get("Creator", "")).startswith(_KEEP_SPACES)
            for page in self._pdf.pages:
                page.__dict__["process_object"] = _lean(page)
                yield _raw(page, keeps_spaces=keeps_spaces)
                page.close()
        except _BROKEN as error:
            raise self._refusal(error) from error

    def _check_pages(self, limits: Limits) -> None:
        """Ask the root of the page tree first: ten thousand pages are refused without opening one."""
        document = self._pdf.doc
        stated = resolve1(resolve1(document.catalog.get("Pages", {})).get("Count", 0))
        found = stated if isinstance(stated, int) else 0
        if found <= limits.pages:
            found = sum(
                1 for _, _ in zip(PDFPage.create_pages(document), range(limits.pages + 1), strict=False)
            )
        if found > limits.pages:
            raise Unreadable("document.too_many_pages", file=self._file, limit=str(limits.pages))

    def _refusal(self, error: Exception) -> Unreadable:
        """Encrypted, or broken. pdfplumber wraps what pdfminer raised; being out of memory is neither."""
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, MemoryError):
            raise cause
        if isinstance(cause, PDFEncryptionError):
            return Unreadable("document.encrypted", file=self._file)
        return Unreadable("document.broken", file=self._file, found="a PDF file")


def _lean(page: Any) -> Callable[[Any], dict[str, Any]]:
    """The library's account of a thing on the page, which for a sign says what is asked here and no more.

    A page has thousands of signs, and all that can be said of each takes a third of the reading.
    """
    usual = page.process_object
    left, above = page.mediabox[:2]

    def told(thing: Any) -> dict[str, Any]:
        if not isinstance(thing, LTChar) or not isinstance(thing.fontname, str):
            return usual(thing)
        top = page.height - thing.y1 + above
        return {
            "object_type": "char",
            "text": unicodedata.normalize(_FORM, thing.get_text()),
            "fontname": thing.fontname,
            "size": thing.size,
            "upright": thing.upright,
            "x0": thing.x0 + left,
            "x1": thing.x1 + left,
            "top": top,
            "bottom": page.height - thing.y0 + above,
            "doctop": page.initial_doctop + top,
        }

    return told


def _raw(page: Any, *, keeps_spaces: bool) -> RawPage:
    chars = page.chars
    different = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars}
    if len(different) < _DOUBLED * len(chars):
        page = page.dedupe_chars(tolerance=1)
    words = page.extract_words(
        extra_attrs=["fontname", "size"], keep_blank_chars=False, x_tolerance_ratio=0.25, use_text_flow=False
    )
    if keeps_spaces:
        _mark_cut(words, chars)
    shapes = [*page.curves, *page.rects]
    return RawPage(
        float(page.height) or 1.0,
        tuple(word for word in words if _is_placed(word)),
        tuple(shape for shape in shapes if _is_placed(shape)),
        tuple(_tables(page)) if len(shapes) + len(page.lines) <= _MOST_EDGES else (),
        bool(chars or page.images),
    )


def _mark_cut(words: list[dict[str, Any]], chars: list[dict[str, Any]]) -> None:
    spaces: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for char in chars:
        if char["text"].isspace():
            spaces[round(char["bottom"])].append(char)
    for word in words:
        near, reach = round(word["bottom"]), _SPACE_REACH * word["size"]
        beside = [space for row in (near - 1, near, near + 1) for space in spaces.get(row, ())]
        word["is_cut"] = all(abs(space["x0"] - word["x1"]) > reach for space in beside)
        word["is_led"] = any(abs(space["x1"] - word["x0"]) <= reach for space in beside)


def _is_placed(thing: dict[str, Any]) -> bool:
    """On the page; a damaged matrix can put things anywhere, or nowhere."""
    return all(
        math.isfinite(thing[edge]) and abs(thing[edge]) < _FARTHEST for edge in ("x0", "x1", "top", "bottom")
    )


def _tables(page: Any) -> Iterator[DrawnTable]:
    if not (page.rects or page.lines):
        return
    try:
        found = page.find_tables()
    except _BROKEN:  # a drawing the library can make no sense of is no table; the text can still be read
        return
    for table in found:
        columns = tuple(sorted({cell[0] for cell in table.cells}))
        yield DrawnTable(table.bbox, columns, tuple(tuple(row.cells) for row in table.rows))
