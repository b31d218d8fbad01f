"""One PDF out of many: the pages in order, a bookmark for each part, and the page's number below.

The parts keep their text and look; their tags are not kept, so the parts alone are what is read aloud best.
What a part could do by itself when it is opened (scripts, actions) is left out. Not here: how a paper is
written (`pdf`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

MOST_PAGES = 2_000
"""Of one part that came from outside; a longer one is a register or a mistake, and read by itself."""
_FONT = "/SamspillNumber"
_SIZE, _ABOVE_EDGE, _LETTER = 7.5, 15, 0.5  # points; a letter is about half as wide as high
_ACTS = ("/AA", "/StructParents", "/Tabs")
_BROKEN = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError,
    NotImplementedError, ImportError,
)  # fmt: skip
"""What pypdf raises on a file that is none, is damaged, or is locked."""


@dataclass(frozen=True, slots=True)
class Part:
    """A PDF in the whole; `level` 2 stands below the part of level 1 before it."""

    title: str
    content: bytes
    level: int = 1


def page_count(content: bytes) -> int:
    """How many pages a PDF has that can be put in; 0 when it cannot: locked, damaged, too long, or no PDF."""
    try:
        pages = _pages(content)
        if len(pages) > MOST_PAGES:
            return 0
        trial = PdfWriter()
        for page in pages:
            trial.add_page(page)
        trial.write(BytesIO())
    except _BROKEN:
        return 0
    return len(pages)


def assemble(parts: Iterable[Part], *, title: str, author: str, language: str, page_of: str) -> bytes:
    """The whole. Every part must have a `page_count`. `page_of` is «Side %(page)s av %(pages)s»."""
    made = PdfWriter()
    above: IndirectObject | None = None
    for part in parts:
        first = len(made.pages)
        for page in _pages(part.content):
            made.add_page(page)
        parent = above if part.level > 1 else None
        mark = made.add_outline_item(title=part.title, page_number=first, parent=parent)
        above = mark if part.level == 1 else above
    font = made._add_object(_font())
    pages = str(len(made.pages))
    for number, page in enumerate(made.pages, 1):
        for name in _ACTS:
            page.pop(name, None)
        _stamp(made, page, page_of.replace("%(page)s", str(number)).replace("%(pages)s", pages), font)
    made.add_metadata({"/Title": title, "/Author": author, "/Producer": "Samspill"})
    made.root_object[NameObject("/Lang")] = TextStringObject(language)
    written = BytesIO()
    made.write(written)
    return written.getvalue()


def _pages(content: bytes) -> list[PageObject]:
    """Raises one of `_BROKEN`. A file that only forbids changes opens without a password."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("locked with a password")
    return list(reader.pages)


def _font() -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )


def _stamp(made: PdfWriter, page: PageObject, words: str, font: IndirectObject) -> None:
    """Words in the middle of the lower edge as it is seen. What the page draws itself is kept unread."""
    width, turned = _seen(page)
    at = (width - len(words) * _SIZE * _LETTER) / 2
    text = words.encode("cp1252", "replace")
    for sign in (b"\\", b"(", b")"):
        text = text.replace(sign, b"\\" + sign)
    drawn = b"\nQ q %s cm 0.3 g BT %s %.2f Tf %.2f %d Td (%s) Tj ET Q" % (
        turned, _FONT.encode(), _SIZE, at, _ABOVE_EDGE, text,
    )  # fmt: skip
    own = page.get("/Contents")
    streams: list[PdfObject] = []
    if own is not None:
        inside = own.get_object()
        streams = list(inside) if isinstance(inside, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([_stream(made, b"q\n"), *streams, _stream(made, drawn)])
    named = _copy(page.get("/Resources"))
    fonts = _copy(named.get("/Font"))
    fonts[NameObject(_FONT)] = font
    named[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = named


def _seen(page: PageObject) -> tuple[float, bytes]:
    """How wide the page is as it is turned, and the matrix from what is seen to the page's own points."""
    box = page.cropbox
    left, low, wide, high = float(box.left), float(box.bottom), float(box.width), float(box.height)
    match page.rotation % 360:
        case 90:
            return high, b"0 1 -1 0 %.2f %.2f" % (left + wide, low)
        case 180:
            return wide, b"-1 0 0 -1 %.2f %.2f" % (left + wide, low + high)
        case 270:
            return high, b"0 -1 1 0 %.2f %.2f" % (left, low + high)
        case _:
            return wide, b"1 0 0 1 %.2f %.2f" % (left, low)


def _stream(made: PdfWriter, content: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    return made._add_object(stream)


def _copy(value: PdfObject | None) -> DictionaryObject:
    """A dictionary of its own: pages share theirs."""
    found = value.get_object() if value is not None else None
    return DictionaryObject(found) if isinstance(found, DictionaryObject) else DictionaryObject()
