"""What the styles of a Word document say: is it a heading, a line of contents, a list; is it bold?

Word writes the names of its own styles in English whatever language it speaks («heading 1» for «Overskrift
1»).
"""

import re
from collections.abc import Iterator

from samspill.documents.word.parts import Element, W, is_on, number, value

_HEADING = re.compile(r"(?:heading|overskrift|title heading)\s?([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "tittel", "toc heading", "overskrift for innholdsfortegnelse"})
_CONTENTS = re.compile(r"(?:toc|innholdsfortegnelse|inh)\s?[1-9]|table of figures", re.IGNORECASE)
_CAPTIONS = frozenset({"caption", "bildetekst"})
_LIST_DEPTH = re.compile(r"list (?:bullet|number) ([2-5])", re.IGNORECASE)
_BODY_TEXT = 9  # outline level of what is no heading
_DEEPEST = 6


class Styles:
    """The paragraph and table styles of one document, with what they inherit."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {style.get(f"{W}styleId", ""): style for style in _all(root, "style")}
        self._default = next((key for key, style in self._styles.items() if _is_default(style)), "")

    def name(self, style: str) -> str:
        return (value(self._styles.get(style), "name") or style).casefold()

    def heading_level(self, style: str, properties: Element | None) -> int:
        """1–6, or 0 when a paragraph with this style and these properties is no heading."""
        for element in (properties, *(found.find(f"{W}pPr") for found in self._chain(style))):
            outline = value(element, "outlineLvl")
            if outline is not None:
                return min(number(outline) + 1, _DEEPEST) if number(outline) < _BODY_TEXT else 0
        for found in self._chain(style):
            name = (value(found, "name") or "").casefold()
            if name in _TITLES:
                return 1
            if level := _HEADING.fullmatch(name):
                return min(int(level[1]), _DEEPEST)
        return 0

    def is_contents(self, style: str) -> bool:
        return bool(_CONTENTS.fullmatch(self.name(style)))

    def is_caption(self, style: str) -> bool:
        return self.name(style) in _CAPTIONS

    def list_depth(self, style: str) -> int:
        """2 of «List Bullet 2»; 1 where the name does not tell."""
        found = _LIST_DEPTH.fullmatch(self.name(style))
        return int(found[1]) if found else 1

    def numbering(self, style: str) -> tuple[str, str | None]:
        """Number of the list this style belongs to, or ""; and the level in it, None when not said."""
        for found in self._chain(style):
            properties = found.find(f"{W}pPr/{W}numPr")
            if properties is not None and value(properties, "numId"):
                return value(properties, "numId") or "", value(properties, "ilvl")
        return "", None

    def is_bold(self, style: str) -> bool:
        """Text in this style is bold unless a run says otherwise."""
        for found in self._chain(style):
            bold = value(found.find(f"{W}rPr"), "b")
            if bold is not None:
                return is_on(bold)
        return False

    def has_bold_first_row(self, style: str) -> bool:
        """Tables in this style show their first row in bold."""
        return any(
            is_on(value(part.find(f"{W}rPr"), "b"))
            for found in self._chain(style)
            for part in found.findall(f"{W}tblStylePr")
            if part.get(f"{W}type") == "firstRow"
        )

    def _chain(self, style: str) -> Iterator[Element]:
        """The style and those it is based on; a circle ends where it closes."""
        seen: set[str] = set()
        key = style or self._default
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = value(self._styles[key], "basedOn") or ""


def _all(root: Element | None, tag: str) -> list[Element]:
    return [] if root is None else root.findall(f"{W}{tag}")


def _is_default(style: Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default"))
