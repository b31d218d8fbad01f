"""Which kind of file is it? Decided by its content; the name must then agree.

Here: the kinds we read, those we know and refuse, and the check of the file's ending.
"""

import codecs
import re
from enum import StrEnum
from pathlib import PurePath

from samspill.documents.limits import Limits
from samspill.documents.package import Package
from samspill.documents.refusals import Unreadable


class Kind(StrEnum):
    """What a file is, as it is said to people."""

    PDF = "a PDF file"
    WORD = "a Word document (.docx)"
    TEXT = "plain text"
    OLD_WORD = "an old Word document (.doc)"
    OPEN_DOCUMENT = "an OpenDocument text (.odt)"
    RICH_TEXT = "a rich text file (.rtf)"


ENDINGS = {
    Kind.PDF: frozenset({".pdf"}),
    Kind.WORD: frozenset({".docx"}),
    Kind.TEXT: frozenset({".txt", ".text", ".md", ".markdown"}),
}

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF = re.compile(rb"(?:\A|[\r\n])[\xef\xbb\xbf\s]*%PDF-\d")
_MARKUP = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype\s|\?xml\s|html[\s>])", re.IGNORECASE)
_ENDING = re.compile(r"\.[a-z][a-z0-9]{0,9}")  # «Plan 12.05» and «Plan v. 2023» have none
_HEAD = 1024  # a PDF may have this much before its own first line (ISO 32000-1, implementation note 13)


def kind_of(data: bytes, file: str, limits: Limits) -> Kind:
    """The kind of these bytes. Raises `Unreadable` for what we do not read, and for a wrong ending."""
    kind = _kind_by_content(data, file, limits)
    _check_ending(kind, file)
    return kind


def _kind_by_content(data: bytes, file: str, limits: Limits) -> Kind:
    head = data[:_HEAD]
    if _PDF.search(head):
        return Kind.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_package(Package(data, file, limits))
    if head.startswith(_OLE):
        return _refuse_ole(data, file)
    if head.startswith(b"{\\rtf"):
        raise Unreadable("document.old_format", file=file, found=Kind.RICH_TEXT)
    if _MARKUP.match(head):
        raise Unreadable("document.unknown_type", file=file)
    if b"\0" in data and not head.startswith(UTF_16_MARKS):
        raise Unreadable("document.unknown_type", file=file)
    return Kind.TEXT


def _kind_of_package(package: Package) -> Kind:
    names = package.names
    if "[Content_Types].xml" in names:
        _check_macros(package)
        if any(name.startswith("word/") for name in names):
            return Kind.WORD
    if "mimetype" in names and b"opendocument.text" in package.read("mimetype"):
        raise Unreadable("document.old_format", file=package.file, found=Kind.OPEN_DOCUMENT)
    raise Unreadable("document.unknown_type", file=package.file)


def _check_macros(package: Package) -> None:
    named = any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in package.names)
    if named or b"macroenabled" in package.read_xml("[Content_Types].xml").lower():
        raise Unreadable("document.macros", file=package.file)


def _refuse_ole(data: bytes, file: str) -> Kind:
    """Compound files hold encrypted Office documents and everything Office wrote before 2007."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("document.encrypted", file=file)
    if "WordDocument".encode("utf-16-le") in data:
        raise Unreadable("document.old_format", file=file, found=Kind.OLD_WORD)
    raise Unreadable("document.unknown_type", file=file)


def _check_ending(kind: Kind, file: str) -> None:
    ending = PurePath(file).suffix.casefold()
    if _ENDING.fullmatch(ending) and ending not in ENDINGS[kind]:
        raise Unreadable("document.wrong_extension", file=file, said=ending, found=kind)
