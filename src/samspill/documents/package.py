"""A packed file (zip) looked at from outside: is it safe to open, and what kind is it?

Nothing is unpacked before the sizes that the directory of the file states are within limits; `zipfile` never
unpacks more of a member than is stated there. Not here: what the parts of a Word document mean (`word`).
"""

import io
import re
import zipfile
import zlib

from samspill.documents.limits import MEGABYTE, Limits
from samspill.documents.refusals import Unreadable

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)
_ENCRYPTED = 0x1
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """A packed file whose directory has been checked."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except BROKEN_ZIP as error:
            raise Unreadable("document.broken", file=file, found="a packed file") from error
        _check_sizes(members, file, limits)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise Unreadable("document.encrypted", file=file)
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """One member, unpacked. Raises `Unreadable` when it is damaged or larger than text may be."""
        try:
            if self._zip.getinfo(name).file_size > self._limits.member_bytes:
                raise Unreadable("document.unpacks_too_large", file=self.file)
            return self._zip.read(name)
        except (KeyError, *BROKEN_ZIP) as error:
            raise Unreadable("document.broken", file=self.file, found="a packed file") from error

    def read_xml(self, name: str) -> bytes:
        """One member that will be parsed as XML; document types and entities are refused unparsed."""
        content = self.read(name)
        # UTF-16 puts a zero byte beside each letter: without them the same search finds both.
        if _DECLARATION.search(content) or _DECLARATION.search(content.replace(b"\0", b"")):
            raise Unreadable("document.xml_entities", file=self.file)
        return content


def _check_sizes(members: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    total = sum(member.file_size for member in members)
    swollen = any(
        member.file_size > MEGABYTE and member.file_size > limits.ratio * max(member.compress_size, 1)
        for member in members
    )
    if swollen or total > limits.unpacked_bytes or len(members) > limits.members:
        raise Unreadable("document.unpacks_too_large", file=file)
