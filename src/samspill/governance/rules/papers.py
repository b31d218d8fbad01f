"""What a file may be as a paper: how large, and what it is by its first bytes. Plain values."""

import zipfile
from typing import IO

from django.utils.translation import gettext_lazy as _

from samspill.refusal import Refused

MEGABYTE = 1_000_000
OCTETS = "application/octet-stream"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_PACKAGES = {
    "word/": f"{_OFFICE}wordprocessingml.document",
    "xl/": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/": f"{_OFFICE}presentationml.presentation",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_LOOKED_AT = 1024


def too_large(limit_bytes: int) -> Refused:
    return Refused(
        "paper.too_large",
        _("The file is larger than %(limit)s MB. Make it smaller, or divide it, and add it again.")
        % {"limit": limit_bytes // MEGABYTE},
        field="file",
    )


def check_size(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise too_large(limit_bytes)
    if size_bytes == 0:
        raise Refused("paper.empty", _("The file has no content. Choose the right file."), field="file")


def content_type_of(file: IO[bytes]) -> str:
    """What a file is by its content, never by its name. Refuses a program. The file is left at its start."""
    file.seek(0)
    head = file.read(_LOOKED_AT)
    file.seek(0)
    if head.startswith(_PROGRAMS):
        raise Refused(
            "paper.program",
            _("The file is a program. Papers are documents, tables and pictures."),
            field="file",
        )
    for start, kind in _HEADS:
        if head.startswith(start):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _package(file)
    return "text/plain; charset=utf-8" if _is_text(head) else OCTETS


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not head.lstrip().startswith(b"<")


def _package(file: IO[bytes]) -> str:
    """Word, Excel, PowerPoint or OpenDocument by what is inside; else an ordinary zip file."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if "mimetype" in names:
                said = package.open("mimetype").read(_LOOKED_AT).decode("ascii", "replace").strip()
                return said if said.startswith("application/vnd.oasis.opendocument.") else "application/zip"
    except zipfile.BadZipFile:
        return OCTETS
    finally:
        file.seek(0)
    kinds = (kind for start, kind in _PACKAGES.items() if any(name.startswith(start) for name in names))
    return next(kinds, "application/zip") if "[Content_Types].xml" in names else "application/zip"
