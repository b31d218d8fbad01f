"""The text of one Word paragraph: runs, breaks, notes and text boxes, as they are read on paper.

Deleted and hidden text is left out, inserted text is kept.
"""

from dataclasses import dataclass, field

from samspill.documents.marks import raised
from samspill.documents.word.parts import Element, W, is_on, value

# Elements that only wrap runs
_WRAPPERS = frozenset(
    f"{W}{tag}"
    for tag in (
        "hyperlink",
        "ins",
        "moveTo",
        "smartTag",
        "fldSimple",
        "sdt",
        "sdtContent",
        "customXml",
        "dir",
        "bdo",
    )
)
_RUN, _TEXT, _BREAK = f"{W}r", f"{W}t", f"{W}br"
_SIGNS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t", f"{W}sym": "•"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_DRAWN = ("drawing", "pict", "AlternateContent", "object")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass(slots=True)
class Paragraph:
    """What the runs of a paragraph say.

    text     with tabs as they are and a newline for each soft break
    notes    numbers of the notes it points to, with their kind and id
    boxes    text boxes anchored in it
    is_bold  all its words are bold
    breaks_before, breaks_after  a page break opens or ends it
    """

    text: str = ""
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    is_bold: bool = False
    breaks_before: bool = False
    breaks_after: bool = False


class Runs:
    """Reads paragraphs of one document in order, since notes are numbered as they are met."""

    def __init__(self) -> None:
        self._notes = 0

    def read(self, element: Element, *, bold: bool = False) -> Paragraph:
        """The paragraph; `bold` is what its style says."""
        paragraph = Paragraph()
        texts: list[tuple[str, bool]] = []
        for run in _runs(element):
            if run.tag.startswith(_MATH):
                texts.append((run.text or "", bold))
            elif not is_on(value(run, "rPr/vanish")):
                said = value(run, "rPr/b")
                text = self._run(run, paragraph, started=any(text.strip() for text, _ in texts))
                texts.append((text, bold if said is None else is_on(said)))
        paragraph.text = "".join(text for text, _ in texts)
        paragraph.is_bold = all(is_bold for text, is_bold in texts if text.strip())
        return paragraph

    def _run(self, run: Element, paragraph: Paragraph, *, started: bool) -> str:
        parts: list[str] = []
        for child in run:
            if child.tag == _TEXT:
                parts.append(child.text or "")
            elif child.tag == _BREAK:
                parts.append(self._break(child, paragraph, started or any(parts)))
            elif child.tag in _NOTES:
                parts.append(self._note(_NOTES[child.tag], child, paragraph))
            elif child.tag.rpartition("}")[2] in _DRAWN:
                _find_boxes(child, paragraph.boxes)
            else:
                parts.append(_SIGNS.get(child.tag, ""))
        text = "".join(parts)
        if value(run, "rPr/vertAlign") == "superscript" and text.strip().isascii() and text.strip().isdigit():
            return raised(text.strip())
        return text

    def _break(self, element: Element, paragraph: Paragraph, started: bool) -> str:
        if element.get(f"{W}type") != "page":
            return "\n"
        paragraph.breaks_after |= started
        paragraph.breaks_before |= not started
        return "\n"

    def _note(self, kind: str, element: Element, paragraph: Paragraph) -> str:
        self._notes += 1
        paragraph.notes.append((self._notes, kind, element.get(f"{W}id", "")))
        return raised(str(self._notes))


def _runs(element: Element) -> list[Element]:
    """The runs below an element, in order, through everything that only wraps them."""
    found: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == _RUN:
            found.append(child)
        elif child.tag in _WRAPPERS:
            waiting.extend(reversed(child))
        elif child.tag.startswith(_MATH):
            found.extend(child.iter(f"{_MATH}t"))
    return found


def _find_boxes(element: Element, boxes: list[Element]) -> None:
    """Text boxes inside a drawing; the older copy that Word keeps of each (`Fallback`) is left out."""
    waiting = [element]
    while waiting:
        child = waiting.pop()
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag != _FALLBACK:
            waiting.extend(reversed(child))
