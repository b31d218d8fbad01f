"""A Word document to pieces: body, lists, tables, notes, text boxes, in reading order.

Word has no lines and no pages of its own; each paragraph and each table row becomes one line of the rendition
the anchors point into. Not here: labels (`numbering`), styles (`styles`), cells (`tables`).
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from samspill.documents.blocks import SOFT_BREAK, BlockKind, Cell
from samspill.documents.contents import contents_entry, is_contents_title
from samspill.documents.limits import Limits
from samspill.documents.marks import (
    heading_label,
    is_caption,
    is_labelled,
    leading_label,
    numbers,
    starts_large,
)
from samspill.documents.markup import visible
from samspill.documents.pieces import Piece
from samspill.documents.tables import has_header, row_piece
from samspill.documents.word.numbering import Numbering
from samspill.documents.word.parts import Element, Parts, W, is_on, number, value
from samspill.documents.word.runs import Paragraph, Runs
from samspill.documents.word.styles import Styles
from samspill.documents.word.tables import TableRow, cells_below, columns_of, rows_of

_ROUND = re.compile(r"^\s*o\t")  # the letter that Word users type for a round bullet
_WRAPPERS = frozenset(f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


def read_word(data: bytes, file: str, limits: Limits) -> tuple[list[Piece], list[str], None]:
    """Pieces and lines; no number of pages. Raises `Unreadable`."""
    reader = _Reader(Parts(data, file, limits))
    return reader.pieces, reader.lines, None


class _Reader:
    def __init__(self, parts: Parts) -> None:
        self.pieces: list[Piece] = []
        self.lines: list[str] = []
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering)
        self._runs = Runs()
        self._notes = _notes(parts.footnotes, "footnote") | _notes(parts.endnotes, "endnote")
        self._tables = 0
        self._in_contents = False
        self._bold: list[Piece] = []
        self._signs: list[str] = []  # bullets typed in the list that is being read, the outermost first
        if parts.body is not None:
            self._flow(parts.body)
        self._trust_bold()

    def _flow(self, container: Element) -> None:
        for child in container:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _WRAPPERS:
                self._flow(child)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        style = value(properties, "pStyle") or ""
        paragraph = self._runs.read(element, bold=self._styles.is_bold(style))
        if paragraph.breaks_before or is_on(value(properties, "pageBreakBefore")):
            self._break()
        if paragraph.text.strip():
            self._said(paragraph, style, properties)
        if paragraph.breaks_after:
            self._break()
        self._attached(paragraph)

    def _said(self, paragraph: Paragraph, style: str, properties: Element | None) -> None:
        level = self._styles.heading_level(style, properties)
        label, depth = self._label(style, properties)
        text = _line(paragraph.text)
        if level:
            self._heading(text, level, label)
        elif self._styles.is_contents(style) or self._is_contents_line(paragraph.text):
            self._contents(paragraph.text)
        elif self._styles.is_caption(style) or (not label and is_caption(text)):
            self._add(BlockKind.CAPTION, text)
        elif depth:
            self._add(BlockKind.LIST_ITEM, text, label=label, level=depth).alone = False
        else:
            for line in _parts(paragraph.text):
                self._typed(line, is_bold=paragraph.is_bold)

    def _label(self, style: str, properties: Element | None) -> tuple[str, int]:
        """The label Word counts for this paragraph, and its depth in the list; 0 when it is in none."""
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id, level = self._styles.numbering(style)
        by_style = level is None
        if own is not None:
            list_id = value(own, "numId") or list_id
            level = value(own, "ilvl") or level
            by_style = level is None and by_style
        if not self._numbering.has(list_id):
            return "", 0
        depth = self._numbering.level_of_style(list_id, style) if by_style else max(number(level), 0)
        label = self._numbering.label(list_id, depth)
        return label, min(max(depth + 1, self._styles.list_depth(style)), 9)

    def _heading(self, text: str, level: int, label: str) -> None:
        found = heading_label(text)
        words = text if label else found.rest
        if words:
            piece = self._add(BlockKind.HEADING, words, label=label or found.label, level=level)
            piece.declared = True
            self._in_contents = is_contents_title(words)

    def _is_contents_line(self, text: str) -> bool:
        entry = contents_entry(text)
        self._in_contents = self._in_contents and entry is not None
        return entry is not None and (entry.certain or self._in_contents)

    def _contents(self, text: str) -> None:
        entry = contents_entry(text)
        label = heading_label(_line(entry.title if entry else text))
        self.lines.append(_line(text, tab="\t"))
        piece = Piece(BlockKind.CONTENTS, [label.rest], len(self.lines), len(self.lines), label=label.label)
        piece.level = max(1, len(numbers(label.label)))
        self.pieces.append(piece)

    def _typed(self, text: str, *, is_bold: bool) -> None:
        """A paragraph in no list, or with a label that was typed."""
        if is_contents_title(text):
            self._add(BlockKind.HEADING, text, level=1)
            self._in_contents = True
            return
        found = leading_label(text)
        kind = BlockKind.LIST_ITEM if found else BlockKind.PARAGRAPH
        signs = self._signs if found and self._follows_item() else []
        piece = self._add(kind, found.rest if found else text, label=found.label if found else "")
        piece.level, piece.alone = (_typed_depth(found.label, signs) if found else 0), True
        self._signs = signs
        if is_bold:
            self._bold.append(piece)

    def _follows_item(self) -> bool:
        return bool(self.pieces) and self.pieces[-1].kind is BlockKind.LIST_ITEM

    def _attached(self, paragraph: Paragraph) -> None:
        """Text boxes and notes follow what they hang on."""
        for box in paragraph.boxes:
            self._flow(box)
        for count, kind, key in paragraph.notes:
            if text := self._notes.get((kind, key)):
                self._add(BlockKind.FOOTNOTE, text, label=str(count))

    def _trust_bold(self) -> None:
        """Where somebody made headings by hand in bold, short lines that are not bold are none."""
        bold = {id(piece) for piece in self._bold}
        if bold:
            for piece in self.pieces:
                piece.alone = piece.alone and (bool(numbers(piece.label)) or id(piece) in bold)

    # Tables

    def _table(self, table: Element) -> None:
        rows = rows_of(table)
        if columns_of(rows) < 2:  # a frame around text, not a table
            for row in rows:
                for place in row.places:
                    if place.element is not None:
                        self._flow(place.element)
            return
        self._tables += 1
        count, inner = self._tables, list[Element]()
        bold_first = self._has_bold_first_row(table)
        start = len(self.pieces)
        for index, row in enumerate(rows):
            self._row(row, count, bold=bold_first and index == 0, inner=inner)
        made = [piece for piece in self.pieces[start:] if piece.table == count]
        if made and not any(piece.is_header for piece in made):
            made[0].is_header = has_header([piece.cells for piece in made])
        for nested in inner:
            self._table(nested)

    def _has_bold_first_row(self, table: Element) -> bool:
        properties = table.find(f"{W}tblPr")
        look = None if properties is None else properties.find(f"{W}tblLook")
        shows = look is None or look.get(f"{W}firstRow", "1") not in ("0", "false")
        return shows and self._styles.has_bold_first_row(value(properties, "tblStyle") or "")

    def _row(self, row: TableRow, table: int, *, bold: bool, inner: list[Element]) -> None:
        cells: list[Cell] = []
        said: list[Paragraph] = []
        for place in row.places:
            paragraphs, tables = ([], []) if place.element is None else cells_below(place.element)
            inner.extend(tables)
            lines = [line for element in paragraphs for line in self._cell_lines(element, said)]
            is_bold = bool(lines) and (bold or all(text_bold for _, text_bold in lines))
            cells.append(Cell("\n".join(text for text, _ in lines), place.column, place.spans, is_bold))
        if any(cell.text for cell in cells):
            piece = row_piece(tuple(cells), line=len(self.lines) + 1, table=table, is_header=row.is_header)
            self.lines.append(piece.text)
            self.pieces.append(piece)
        for paragraph in said:
            self._attached(paragraph)

    def _cell_lines(self, element: Element, said: list[Paragraph]) -> Iterable[tuple[str, bool]]:
        """Lines of one paragraph in a cell, each with its label, and whether it is bold."""
        properties = element.find(f"{W}pPr")
        style = value(properties, "pStyle") or ""
        paragraph = self._runs.read(element, bold=self._styles.is_bold(style))
        label, _ = self._label(style, properties)
        said.append(paragraph)
        for line in _parts(paragraph.text, between=SOFT_BREAK):
            yield (f"{label} {line}" if label else line), paragraph.is_bold
            label = ""

    # Pieces

    def _break(self) -> None:
        self.lines.append("\f")
        self.pieces.append(Piece(BlockKind.PAGE_BREAK, [""], len(self.lines), len(self.lines)))

    def _add(self, kind: BlockKind, text: str, *, label: str = "", level: int = 0) -> Piece:
        self.lines.append(f"{label} {text}" if label else text)
        piece = Piece(kind, [text], len(self.lines), len(self.lines), label=label, level=level)
        self.pieces.append(piece)
        return piece


def _line(text: str, tab: str = " ") -> str:
    """One line: soft breaks and runs of spaces are one space."""
    text = _ROUND.sub("◦ ", text)
    return tab.join(" ".join(part.split()) for part in visible(text.replace("\n", " ")).split("\t")).strip()


def _parts(text: str, between: str = " ") -> list[str]:
    """The lines of a paragraph that soft breaks part into list items; one line when they only wrap it.

    `between` stands for a break that a new line with a large letter follows, which may be meant as more.
    """
    lines = [line for part in text.split("\n") if (line := _line(part))]
    if any(leading_label(line) for line in lines[1:]):
        return lines
    if any(is_labelled(line, above) for above, line in pairwise(lines)):
        return _grouped(lines)
    joined = ""
    for line in lines:
        joined += (between if starts_large(line) else " ") * bool(joined) + line
    return [joined] if joined else []


def _typed_depth(label: str, signs: list[str]) -> int:
    """Each new sign in a typed list goes one step in, and an old one back out; `signs` keeps them."""
    if label[-1:].isalnum() or label.endswith((".", ")")):
        return 1
    if label not in signs:
        signs.append(label)
    del signs[signs.index(label) + 1 :]
    return min(len(signs), 9)


def _grouped(lines: list[str]) -> list[str]:
    """Lines that a soft break only wrapped stay with the labelled line above them."""
    groups: list[str] = []
    for line in lines:
        if groups and not is_labelled(line, groups[-1]):
            groups[-1] = f"{groups[-1]} {line}"
        else:
            groups.append(line)
    return groups


def _notes(root: Element | None, kind: str) -> dict[tuple[str, str], str]:
    """Texts of footnotes or endnotes by kind and id; the lines that part them from the text have a type."""
    notes: dict[tuple[str, str], str] = {}
    for note in [] if root is None else root.findall(f"{W}{kind}"):
        if note.get(f"{W}type", "normal") == "normal":
            texts = [_line(Runs().read(paragraph).text) for paragraph in note.iter(f"{W}p")]
            notes[kind, note.get(f"{W}id", "")] = " ".join(text for text in texts if text)
    return notes
