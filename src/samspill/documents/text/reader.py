"""Text and Markdown to pieces, line by line.

Headings by `#`, underlining or (later, in `headings`) by being numbered or alone; lists with any bullet,
letter, number or a lost bullet; tables with tabs or pipes; footnotes; contents. What is no such thing is a
paragraph. Not here: bytes (`decoding`), sentences over gaps (`joining`), levels (`headings`).
"""

from collections.abc import Callable, Sequence

from samspill.documents.blocks import BlockKind
from samspill.documents.contents import contents_entry, contents_run, is_contents_title
from samspill.documents.joining import Joiner
from samspill.documents.marks import (
    Label,
    heading_label,
    is_address,
    is_caption,
    is_open,
    leading_label,
    lowered,
    numbers,
    starts_small,
)
from samspill.documents.markup import strip_markup, visible
from samspill.documents.pieces import Piece
from samspill.documents.tables import (
    Row,
    has_header,
    is_rule,
    piped_rows,
    piped_run,
    row_piece,
    tabbed_rows,
    tabbed_run,
)
from samspill.documents.text.signs import (
    HASHES,
    LOST_BULLET,
    NOTE,
    NOTE_BELOW_RULE,
    NOTE_RULE,
    QUOTE,
    RULE,
    loses_bullets,
)
from samspill.documents.text.wrapping import Wrapping

_LONGEST_TITLE = 100
_DASHES = "-–—"


def read_lines(lines: Sequence[str]) -> list[Piece]:
    """Pieces of a text, in order; none of the shared repairs is done yet."""
    return _Reader(lines).read()


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self._raw = lines
        self._lines = [QUOTE.sub("", visible(line), count=1) for line in lines]
        self._wrapping = Wrapping(self._lines)
        self._joiner = Joiner(lines)
        self._loses_bullets = self._wrapping.is_hard and loses_bullets(self._lines)
        self._pieces: list[Piece] = []
        self._open: Piece | None = None
        self._indents: list[int] = []
        self._page = 1 if any("\f" in line for line in lines) else None
        self._tables = 0
        self._no_contents_until = 0  # lines before this index are known not to be contents
        self._no_table_until = 0  # or a table
        self._in_contents = False
        self._in_notes = False
        self._handlers: tuple[Callable[[int, str], bool], ...] = (
            self._rule, self._hashes, self._contents_title, self._note, self._caption, self._item,
        )  # fmt: skip

    def read(self) -> list[Piece]:
        index = 0
        while index < len(self._lines):
            self._turn_page(index)
            index += self._blank(index) or self._contents(index) or self._table(index) or self._line(index)
        self._close()
        return self._pieces

    # What takes several lines or none

    def _turn_page(self, index: int) -> None:
        if self._page is not None and "\f" in self._raw[index]:
            self._close()
            self._in_notes = False
            self._page += self._raw[index].count("\f")
            self._add(BlockKind.PAGE_BREAK, "", index)

    def _blank(self, index: int) -> int:
        if self._lines[index].strip():
            return 0
        self._close()
        self._in_notes = bool(NOTE_RULE.fullmatch(self._lines[index])) or self._in_notes
        return 1

    def _contents(self, index: int) -> int:
        entry = contents_entry(self._lines[index])
        if entry is None:
            self._in_contents = False
            return 0
        if index < self._no_contents_until:
            return 0
        length, found = contents_run(self._lines, index, under_title=self._in_contents)
        if not found:
            self._no_contents_until = index + length
            return 0
        for place in range(index, index + length):
            self._entry(place)
        return length

    def _entry(self, index: int) -> None:
        entry = contents_entry(self._lines[index])
        label = heading_label(strip_markup(entry.title if entry else ""))
        piece = self._add(BlockKind.CONTENTS, label.rest, index)
        piece.label, piece.level = label.label, max(1, len(numbers(label.label)))

    def _table(self, index: int) -> int:
        if index < self._no_table_until:
            return 0
        if length := piped_run(self._lines, index):
            block = self._lines[index : index + length]
            rows = [(index + offset, row) for offset, row in piped_rows(block)]
            self._rows(rows, has_rule=is_rule(block[1]))
            return length
        length = tabbed_run(self._lines, index)
        cells = tabbed_rows(self._lines[index : index + length]) if length else []
        if not cells:
            self._no_table_until = index + length
            return 0
        self._rows(list(enumerate(cells, start=index)), has_rule=False)
        return length

    def _rows(self, rows: Sequence[tuple[int, Row]], *, has_rule: bool) -> None:
        """Rows of one run of lines; a run with only a gap before it may belong to the table above."""
        self._close()
        cells = [row for _, row in rows]
        has_names = has_rule or has_header(cells)
        columns = (
            len(self._pieces[-1].cells) if self._pieces else 0
        )  # 0 when it is no table that stands above
        if has_names or columns != len(cells[0]):
            self._tables += 1
        for index, row in rows:
            piece = row_piece(row, line=index + 1, table=self._tables, page=self._page)
            piece.is_header = has_names and row is cells[0]
            self._pieces.append(piece)

    # What one line can be

    def _line(self, index: int) -> int:
        text = self._lines[index].strip()
        if not any(handler(index, text) for handler in self._handlers):
            self._paragraph(index, text)
        return 1

    def _rule(self, index: int, text: str) -> bool:
        """A line of signs underlines the title above it, opens the footnotes, or parts two sections."""
        if not RULE.fullmatch(text):
            return False
        if self._open and text[0] in "-=" and len(text) >= 3:
            self._underlined(self._open, 1 if text[0] == "=" else 2)
        self._close()
        self._in_notes = text.startswith("_____")
        return True

    def _underlined(self, above: Piece, level: int) -> None:
        can_be_heading = above.kind is BlockKind.PARAGRAPH or bool(numbers(above.label))
        if can_be_heading and len(above.parts) == 1 and len(above.text) <= _LONGEST_TITLE:
            label = heading_label(f"{above.label} {above.text}".strip())
            above.kind, above.level, above.declared = BlockKind.HEADING, level, True
            above.label, above.parts = label.label, [label.rest]

    def _hashes(self, index: int, text: str) -> bool:
        found = HASHES.fullmatch(self._lines[index].rstrip())
        if not found:
            return False
        label = heading_label(strip_markup(found[2].rstrip("# ")).strip())
        if not label.rest:
            return False
        piece = self._add(BlockKind.HEADING, label.rest, index)
        piece.level, piece.label, piece.declared = len(found[1]), label.label, True
        self._in_contents = is_contents_title(label.rest)
        return True

    def _contents_title(self, index: int, text: str) -> bool:
        if self._open or not is_contents_title(strip_markup(text)):
            return False
        self._add(BlockKind.HEADING, strip_markup(text).strip(" :"), index).level = 1
        self._in_contents = True
        return True

    def _note(self, index: int, text: str) -> bool:
        found = NOTE.fullmatch(text)
        label, words = (found[1] or lowered(found[2]), found[3]) if found else ("", "")
        if not found and self._in_notes and (below := NOTE_BELOW_RULE.fullmatch(text)):
            label, words = below[1], below[2]
        if not words:
            return False
        self._begin(BlockKind.FOOTNOTE, words, index, label)
        return True

    def _caption(self, index: int, text: str) -> bool:
        if self._open or not is_caption(text):
            return False
        self._add(BlockKind.CAPTION, strip_markup(text), index)
        return True

    def _item(self, index: int, text: str) -> bool:
        found = leading_label(text)
        if found and not self._is_wrapped(index, found):
            words, label = found.rest, found.label
        elif self._loses_bullets and not found and self._is_lost(index):
            words, label = text, ""
        else:
            return False
        self._begin(BlockKind.LIST_ITEM, words, index, label)
        if self._open:
            self._open.level = self._depth(index, label)
        return True

    def _is_wrapped(self, index: int, found: Label) -> bool:
        """A dash or a number inside a sentence that came first on a wrapped line, and opens no list."""
        above = self._open
        if above is None or above.kind is not BlockKind.PARAGRAPH or not is_open(above.parts[-1]):
            return False
        unsure = found.numbered or found.label in _DASHES
        if not (unsure and starts_small(found.rest) and self._wrapping.is_hard):
            return False
        after = leading_label(self._lines[index + 1].strip()) if index + 1 < len(self._lines) else None
        return after is None or (not found.numbered and after.label != found.label)

    def _is_lost(self, index: int) -> bool:
        above = self._lines[index - 1].strip() if index else ""
        return bool(index and LOST_BULLET.match(self._lines[index])) and not is_address(above)

    def _depth(self, index: int, label: str) -> int:
        line = self._lines[index].expandtabs(4)
        indent = len(line) - len(line.lstrip())
        if self._loses_bullets and label and indent == 1:
            indent = 0  # one space is what is left of the bullet that began a page
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)
        return min(len(self._indents), 9)

    def _paragraph(self, index: int, text: str) -> None:
        if is_address(text):
            self._add(BlockKind.PARAGRAPH, text.strip("<>"), index)
        elif self._open and self._goes_on(index, self._open):
            self._open.parts.append(text)
            self._open.last_line = index + 1
        else:
            self._begin(BlockKind.PARAGRAPH, text, index, "")

    def _goes_on(self, index: int, above: Piece) -> bool:
        in_list = above.kind is BlockKind.LIST_ITEM
        return not above.alone and self._wrapping.continues(index, in_list=in_list)

    # Pieces

    def _begin(self, kind: BlockKind, text: str, index: int, label: str) -> None:
        """Open a piece that the next lines may go on with."""
        fresh = index == 0 or not self._lines[index - 1].strip() or self._open is None
        self._close()
        below = self._lines[index + 1].strip() if index + 1 < len(self._lines) else ""
        broken = index + 1 < len(self._raw) and "\f" in self._raw[index + 1]
        self._open = Piece(kind, [text], index + 1, index + 1, page=self._page, label=label)
        self._open.alone = fresh and (not below or broken or self._wrapping.is_title(index))
        self._in_notes = self._in_notes and kind is BlockKind.FOOTNOTE

    def _add(self, kind: BlockKind, text: str, index: int) -> Piece:
        """A piece of one line that is complete."""
        self._close()
        piece = Piece(kind, [text], index + 1, index + 1, page=self._page)
        self._pieces.append(piece)
        if kind is not BlockKind.PAGE_BREAK:
            self._indents.clear()
        return piece

    def _close(self) -> None:
        if self._open is None:
            return
        piece, self._open = self._open, None
        piece.parts = [strip_markup(self._joiner.flow(piece.parts)).replace("\n", " ").strip()]
        if piece.kind is not BlockKind.LIST_ITEM:
            self._indents.clear()
        if piece.text:
            self._pieces.append(piece)
