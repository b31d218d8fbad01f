"""A piece of a document while it is being read: what a block is before it is finished.

The readers of each format make pieces; the shared repairs (`contents`, `headings`, `joining`) change them;
`to_block` closes them. Not here: what a finished block promises (`blocks`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from samspill.documents.blocks import Block, BlockKind, Cell


@dataclass(slots=True)
class Piece:
    """Like `Block`, and in addition what the repairs need to know.

    parts     the lines (or runs of lines) that make the text, before they are joined
    declared  the format itself says it is a heading (a style, `#`), so nobody needs to guess
    unfinished  its last line is full, and the page or column ends there
    alone     one line with nothing right before or after it: what an undeclared heading looks like
    """

    kind: BlockKind
    parts: list[str]
    line: int
    last_line: int
    page: int | None = None
    level: int = 0
    label: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = 0
    is_header: bool = False
    declared: bool = False
    alone: bool = False
    unfinished: bool = False

    @property
    def text(self) -> str:
        """The first part is enough to judge a piece by, until `joining` has made one part of them."""
        return self.parts[0] if len(self.parts) == 1 else " ".join(self.parts)


def to_block(piece: Piece, lines: Sequence[str]) -> Block:
    """The finished block; its verbatim is the lines it came from."""
    return Block(
        kind=piece.kind,
        text=piece.text,
        verbatim="\n".join(lines[piece.line - 1 : piece.last_line]),
        line=piece.line,
        last_line=piece.last_line,
        page=piece.page,
        level=piece.level,
        label=piece.label,
        cells=piece.cells,
        table=piece.table,
        is_header=piece.is_header,
    )
