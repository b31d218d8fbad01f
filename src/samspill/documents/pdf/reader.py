"""A PDF to pieces: headings by their letters, paragraphs by white space, lists by labels, tables by grids.

The rendition that anchors point into has one line for each line on the page and one for each row of a table.
Not here: where things stand (`layout`), joining of sentences over pages (`joining`).
"""

from collections.abc import Sequence
from itertools import takewhile

from samspill.documents.blocks import BlockKind
from samspill.documents.contents import contents_entry, is_contents_title
from samspill.documents.joining import DIVIDED, Joiner
from samspill.documents.limits import Limits
from samspill.documents.marks import (
    RAISED,
    Label,
    heading_label,
    is_caption,
    is_labelled,
    is_open,
    leading_label,
    lowered,
    numbers,
    starts_large,
    starts_small,
)
from samspill.documents.pdf.grids import Grid
from samspill.documents.pdf.layout import Line, Page, page_layout
from samspill.documents.pdf.letters import HEADING_SIZE, heading_levels, ordinary_size, ordinary_step
from samspill.documents.pdf.running import drop_running_lines
from samspill.documents.pdf.source import Source
from samspill.documents.pdf.tables import Tables
from samspill.documents.pdf.words import is_divided
from samspill.documents.pieces import Piece
from samspill.documents.refusals import Unreadable

_TITLE_GAP = 0.5  # of the size, between two lines of one heading
_LONGEST_HEADING = 200
_NOTE_SIZE = 0.93
_NOTE_DEPTH = 0.5  # notes stand in the lower half of a page
_PARAGRAPH_STEP = 1.35  # of the ordinary distance between lines
_SHORT_LINE = 0.85  # of the column: a line that ends before this ends its paragraph, if the sentence ends too
_INDENT = 6.0  # points
_SAME_INDENT = 3.0
_NEXT_COLUMN = 100.0  # points from one column to the next, at least
_SPACE = 0.35  # of the size, between two words


def read_pdf(data: bytes, file: str, limits: Limits) -> tuple[list[Piece], list[str], int]:
    """Pieces, lines and the number of pages. Raises `Unreadable`, also when no page has text."""
    pages: list[Page] = []
    for page in Source(data, file, limits).pages():
        pages.append(page_layout(page, len(pages) + 1, pages[-1].ends_in if pages else None))
    drop_running_lines(pages)
    if not any(page.items for page in pages):
        scanned = any(page.shows_something for page in pages)
        raise Unreadable("document.scanned" if scanned else "document.empty", file=file)
    reader = _Reader(pages)
    return reader.pieces, reader.lines, len(pages)


class _Reader:
    def __init__(self, pages: Sequence[Page]) -> None:
        self.pieces: list[Piece] = []
        self.lines: list[str] = []
        lines = [item for page in pages for item in page.items if isinstance(item, Line)]
        self._joiner = Joiner([line.text for line in lines])
        self._size = ordinary_size(lines, pages)
        self._step = ordinary_step(pages, self._size)
        rows = sum(len(item.rows) for page in pages for item in page.items if isinstance(item, Grid))
        self._headings = heading_levels(lines, self._size, rows)
        self._page = 1
        self._before: Line | None = None  # the line right above, if this one may go on with it
        self._open: Piece | None = None
        self._over: tuple[Piece, Line] | None = None  # what the page above ended with, until this one begins
        self._indents: list[float] = []
        self._left = 0.0  # the edge of the column the last item stands in
        self._in_contents = False
        self._tables = Tables(self._joiner)
        for page in pages:
            self._read(page)
        self._close()

    def _read(self, page: Page) -> None:
        if page.number > 1:
            self._leave_open()
            self._close()
            self._page, self._before = page.number, None
            self._add(BlockKind.PAGE_BREAK, "", "\f")
        for place, item in enumerate(page.items):
            if isinstance(item, Grid):
                self._grid(item)
            else:
                below = takewhile(lambda one: isinstance(one, Line), page.items[place + 1 : place + 5])
                self._line(item, [one for one in below if isinstance(one, Line)])
                self._before = item

    def _leave_open(self) -> None:
        """The last line of the page is full: its sentence may go on with a name on the next page."""
        before = self._before
        self._over = (self._open, before) if self._open is not None and before is not None else None
        if self._open is not None and before is not None and self._open.kind is BlockKind.PARAGRAPH:
            self._open.unfinished = before.x1 > before.left + _SHORT_LINE * (before.right - before.left)

    # Lines

    def _line(self, line: Line, below: Sequence[Line]) -> None:
        level = self._heading_level(line)
        if level and not (line.size < HEADING_SIZE * self._size and self._runs_on(line, below)):
            self._heading(line, level)
        elif self._is_contents(line):
            self._contents(line)
        elif is_contents_title(line.text):
            self._add(BlockKind.HEADING, line.text, line.text, level=1)
            self._in_contents = True
        elif not (self._note(line) or self._item(line)):
            self._text(line)

    def _heading_level(self, line: Line) -> int:
        level = self._headings.get((line.size, line.is_bold), 0)
        if len(line.text) > _LONGEST_HEADING:
            return 0
        if not any(sign.isalpha() for sign in line.text):  # «2026-2028» below the rest of a title
            return level if level and self._same_heading(line, level) else 0
        if contents_entry(line.text) and self._in_contents:
            return 0
        return level

    def _runs_on(self, line: Line, below: Sequence[Line]) -> bool:
        """Bold that only begins its paragraph: the sentence goes on below it, or ends with a full stop."""
        text = line.text
        for after in below:
            if not 0 < after.top - line.top <= _PARAGRAPH_STEP * self._step:
                break
            if not (is_open(text) and starts_small(after.text)) or _is_item(after.text):
                break
            if (after.size, after.is_bold) != (line.size, line.is_bold):
                return True
            line, text = after, f"{text} {after.text}"
        return text[-1:] in ".,;:" or len(text) > _LONGEST_HEADING

    def _heading(self, line: Line, level: int) -> None:
        self._close()
        above = self._same_heading(line, level)
        if above:
            self.lines.append(line.text)
            above.last_line = len(self.lines)
            above.parts = [self._joiner.flow([f"{above.text}{self._mark(line)}", line.text])]
            return
        label = heading_label(line.text)
        piece = self._add(BlockKind.HEADING, label.rest, line.text, level=level)
        piece.label, piece.declared = label.label, True
        self._in_contents = is_contents_title(label.rest)

    def _same_heading(self, line: Line, level: int) -> Piece | None:
        """The heading right above, when this line is the rest of it."""
        above = self.pieces[-1] if self.pieces else None
        if (
            above is None
            or above.kind is not BlockKind.HEADING
            or above.level != level
            or self._before is None
        ):
            return None
        is_near = line.top - self._before.bottom < _TITLE_GAP * line.size
        return above if is_near and not heading_label(line.text).label else None

    def _is_contents(self, line: Line) -> bool:
        entry = contents_entry(line.text)
        if entry is None:
            self._in_contents = self._in_contents and is_open(line.text)  # a long title that wraps
            return False
        return entry.certain or self._in_contents

    def _contents(self, line: Line) -> None:
        entry = contents_entry(line.text)
        label = heading_label(entry.title if entry else line.text)
        piece = self._add(BlockKind.CONTENTS, label.rest, line.text)
        piece.label, piece.level = label.label, max(1, len(numbers(label.label)))

    def _note(self, line: Line) -> bool:
        """A footnote: small letters low on the page, after a raised or plain number."""
        small = line.size <= _NOTE_SIZE * self._size and line.share > _NOTE_DEPTH
        mark = line.text[: len(line.text) - len(line.text.lstrip(RAISED))]
        label = lowered(mark) or (heading_label(line.text).label if small else "")
        if not small or not label.isdigit():
            return False
        words = line.text[len(label) :].strip()
        if words:
            self._begin(BlockKind.FOOTNOTE, words, line, label)
        return bool(words)

    def _item(self, line: Line) -> bool:
        found = leading_label(line.text.replace("\t", " "))
        if found is None:
            return False
        if self._is_wrapped(line, found):
            return False
        self._begin(BlockKind.LIST_ITEM, found.rest, line, found.label)
        if self._open:
            self._open.level = self._depth(line)
        return True

    def _is_wrapped(self, line: Line, found: Label) -> bool:
        """A dash or a number inside a sentence that came first on a line, and opens no list."""
        above = self._open
        if above is not None and found.label in "-–—" and is_labelled(found.rest):  # «– Ansvar: …» of an item
            return self._continues(line)
        if above is None or above.kind is not BlockKind.PARAGRAPH or not starts_small(found.rest):
            return False
        return (found.numbered or found.label in "-–—") and is_open(above.parts[-1]) and self._continues(line)

    def _text(self, line: Line) -> None:
        text = line.text.replace("\t", " ")
        if self._open is not None and self._continues(line):
            self.lines.append(line.text)
            self._open.parts[-1] += self._mark(line)
            self._open.parts.append(text)
            self._open.last_line = len(self.lines)
            self._open.alone = False
        elif is_caption(text):
            self._begin(BlockKind.CAPTION, text, line, "")
        else:
            self._begin(BlockKind.PARAGRAPH, text, line, "")

    def _mark(self, line: Line) -> str:
        """What the line above ends with when its last word goes on in this one."""
        before = self._before
        return DIVIDED if before is not None and is_divided(before, line, before.right) else ""

    def _continues(self, line: Line) -> bool:
        """The line belongs to the paragraph or item above it."""
        before = self._before
        if before is None or self._open is None or abs(line.size - before.size) > 0.08 * before.size:
            return False
        if is_labelled(line.text, before.text):
            return False
        if line.top < before.top:  # the next column
            hangs = self._open.kind is BlockKind.LIST_ITEM and self._hangs(line)
            return is_open(before.text) and (starts_small(line.text) or hangs)
        if line.top - before.top > _PARAGRAPH_STEP * max(self._step, before.bottom - before.top):
            return False
        if starts_small(line.text):
            return True
        width = before.right - before.left
        is_short = before.x1 < before.left + _SHORT_LINE * width
        if self._open.kind is BlockKind.LIST_ITEM:
            return line.x0 > self._indents[-1] + _SAME_INDENT if self._indents else not is_short
        if line.is_bold != before.is_bold and self._had_room(line):
            return False
        is_indented = line.x0 > line.left + _INDENT and before.x0 <= before.left + _SAME_INDENT
        return not is_indented and not (is_short and starts_large(line.text) and not is_open(before.text))

    def _had_room(self, line: Line) -> bool:
        """The first word of the line would have fitted on the line above: that one was ended on purpose."""
        before = self._before
        return (
            before is not None and line.first > 0 and before.x1 + _SPACE * line.size + line.first < line.right
        )

    def _hangs(self, line: Line) -> bool:
        """As far in as the lines of the item it may belong to, each from the edge of its own column."""
        before = self._before
        if before is None or line.x0 - line.left < _INDENT:
            return False
        return abs((line.x0 - line.left) - (before.x0 - before.left)) <= _SAME_INDENT

    def _is_close(self, line: Line) -> bool:
        """As close to the line above as lines of one paragraph."""
        before = self._before
        return before is not None and 0 < line.top - before.top <= _PARAGRAPH_STEP * self._step

    def _depth(self, line: Line) -> int:
        aside = line.left - self._left
        if abs(aside) > _NEXT_COLUMN:  # the list goes on in another column, as far in as before
            self._indents = [indent + aside for indent in self._indents]
        self._left = line.left
        while self._indents and self._indents[-1] > line.x0 + _SAME_INDENT:
            self._indents.pop()
        if not self._indents or self._indents[-1] < line.x0 - _SAME_INDENT:
            self._indents.append(line.x0)
        return min(len(self._indents), 9)

    # Tables

    def _grid(self, grid: Grid) -> None:
        self._close()
        self._before = None
        self._tables.add(grid, self.pieces, self.lines, self._page)

    # Pieces

    def _begin(self, kind: BlockKind, text: str, line: Line, label: str) -> None:
        self._close()
        if self._over is not None and kind is BlockKind.PARAGRAPH:
            above, last = self._over
            if is_divided(last, line, last.right):
                above.parts[-1] += DIVIDED
        self._over = None
        self.lines.append(line.text)
        self._open = Piece(kind, [text], len(self.lines), len(self.lines), page=self._page, label=label)
        self._open.alone = not self._is_close(line)
        if not self._open.alone and self.pieces:
            self.pieces[-1].alone = False
        if kind is not BlockKind.LIST_ITEM:
            self._indents.clear()

    def _add(self, kind: BlockKind, text: str, rendition: str, *, level: int = 0) -> Piece:
        self._close()
        self.lines.append(rendition)
        piece = Piece(kind, [text], len(self.lines), len(self.lines), page=self._page, level=level)
        self.pieces.append(piece)
        return piece

    def _close(self) -> None:
        if self._open is not None:
            piece, self._open = self._open, None
            piece.parts = [self._joiner.flow(piece.parts)]
            self.pieces.append(piece)


def _is_item(text: str) -> bool:
    """«a) …» and «• …», which begin with a small letter or with none; a dash may stand in a sentence."""
    found = leading_label(text)
    return found is not None and found.label not in "-–—"
