"""What a document is once it is read: blocks in reading order, each with its anchor.

Here: the plain values every reader returns and everything above builds on.
Not here: how a file becomes blocks (`reading`), or what a block means (the plan reader in `plans`).

Three habits of all readers. A label stands in `label`, not in `text` (`"2.1"` and `"Barn og unge"`), but
stays in the text of a cell (`"a) Utarbeide …"`), since a cell may hold several. Paragraphs of one cell are
parted by a newline (a line broken by hand by `SOFT_BREAK`), and cells of a row's `text` by a tab. A mark that
points to a footnote stays in the text as a raised digit (`"Østfold¹"`).
"""

from dataclasses import dataclass, field
from enum import StrEnum

SOFT_BREAK = (
    "\u2028"  # in a cell: a line ended by hand, which may be meant as a new one or only wrap the text
)


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    CONTENTS = "contents"
    PAGE_BREAK = "page_break"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row. `column` counts from 0; `spans` is how many columns it covers."""

    text: str
    column: int
    spans: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document.

    text      what a person reads, markup taken out, hard-wrapped lines joined
    verbatim  the source as it stands (lines joined with a newline), for anchors
    line      first line in the source, counted from 1 (for PDF and DOCX: line of the text rendition)
    last_line last line in the source
    page      counted from 1; None where the format has no pages
    level     heading level 1–6, list depth 1–9; otherwise 0
    label     list or heading label as written: "2.1", "a)", "–"; otherwise ""
    cells     of a table row; otherwise empty
    table     number of the table in the document, from 1; otherwise 0
    is_header the table row is its table's header
    """

    kind: BlockKind
    text: str
    verbatim: str
    line: int
    last_line: int
    page: int | None = None
    level: int = 0
    label: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = 0
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read.

    sha256  of the file's bytes, hexadecimal
    format  "pdf", "docx", "markdown" or "text"
    lines   the text rendition the anchors' line numbers point into
    """

    name: str
    sha256: str
    format: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = field(repr=False)
    pages: int | None = None
