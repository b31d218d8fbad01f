"""The parts of a Word document that carry text, found the way Word finds them and parsed without entities.

Only the text, its styles, its numbering and its notes are opened; pictures, embedded files and links never
are.
"""

import posixpath
import re
from typing import Any, TypeAlias

from lxml import etree

from samspill.documents.limits import Limits
from samspill.documents.package import Package
from samspill.documents.refusals import Unreadable

Element: TypeAlias = Any  # lxml has no types; this is `lxml.etree._Element`

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# ISO 29500 strict documents use other names for the same things
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/"
    b"relationships",
}
_RENDERED_BREAK = re.compile(rb"<\w{1,20}:lastRenderedPageBreak\b")
_PAGE_BREAK = re.compile(rb"<\w{1,20}:br\s[^>]{0,200}type=[\"']page[\"']")


class Parts:
    """The parsed parts of one document; those it does not have are None."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self._package = Package(data, file, limits)
        self._file = file
        main = self._related("", "/officeDocument") or "word/document.xml"
        content = self._package.read_xml(main)
        breaks = max(len(_RENDERED_BREAK.findall(content)), len(_PAGE_BREAK.findall(content)))
        if breaks >= limits.pages:
            raise Unreadable("document.too_many_pages", file=file, limit=str(limits.pages))
        self.body = self._parse(content).find(f"{W}body")
        self.styles = self._part(main, "/styles")
        self.numbering = self._part(main, "/numbering")
        self.footnotes = self._part(main, "/footnotes")
        self.endnotes = self._part(main, "/endnotes")

    def _part(self, main: str, kind: str) -> Element | None:
        name = self._related(main, kind)
        return self._parse(self._package.read_xml(name)) if name in self._package.names else None

    def _related(self, source: str, kind: str) -> str:
        """The name of the part that `source` points to by this kind of relationship, or ""."""
        folder, name = posixpath.split(source)
        relationships = posixpath.join(folder, "_rels", f"{name}.rels")
        if relationships not in self._package.names:
            return ""
        for found in self._parse(self._package.read_xml(relationships)).iter(_RELATIONSHIP):
            if found.get("Type", "").endswith(kind) and found.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, found.get("Target", ""))).lstrip("/")
        return ""

    def _parse(self, content: bytes) -> Element:
        for strict, usual in _STRICT.items():
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable("document.broken", file=self._file, found="a Word document (.docx)") from error


def value(element: Element | None, path: str) -> str | None:
    """`w:val` of the element at `path` below `element`: "" when it has none, None when it is not there."""
    if element is None:
        return None
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val", "")


def number(text: str | None, default: int = 0) -> int:
    """A whole number as Word writes them; anything else is the default."""
    if text and len(text) <= 9 and text.removeprefix("-").isascii() and text.removeprefix("-").isdigit():
        return int(text)
    return default


def is_on(text: str | None) -> bool:
    """A switch like `w:b`: on when it stands there, unless its value says off."""
    return text is not None and text not in ("0", "false", "off", "none")
