"""Grids of a PDF to rows, with tables that a page break divided made whole again.

Not here: where a grid's cells stand (`grids`).
"""

from collections.abc import Sequence

from samspill.documents.blocks import BlockKind, Cell
from samspill.documents.joining import Joiner
from samspill.documents.marks import is_open, leading_label, starts_small
from samspill.documents.pdf.grids import Grid, GridCell
from samspill.documents.pieces import Piece
from samspill.documents.tables import Row, has_header, is_same_row, row_piece


class Tables:
    """Numbers the tables of one document; a grid right below a page break may belong to the one above it."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner
        self._count = 0
        self._header: Row = ()

    def add(self, grid: Grid, pieces: list[Piece], lines: list[str], page: int) -> None:
        """Put the rows of the grid behind `pieces`, and a line for each behind `lines`."""
        rows = [tuple(self._cell(cell) for cell in row) for row in grid.rows]
        last = _row_above(pieces, rows[0])
        if last is None:
            self._count += 1
            self._header = rows[0] if has_header(rows) else ()
        elif _is_rest(last.cells, rows[0]):
            self._make_whole(last, rows.pop(0), lines)
        for row in rows:
            is_header = bool(self._header) and is_same_row(row, self._header)
            piece = row_piece(row, line=len(lines) + 1, table=self._count, page=page, is_header=is_header)
            lines.append(piece.text)
            pieces.append(piece)

    def _cell(self, cell: GridCell) -> Cell:
        paragraphs = [self._joiner.flow([line.replace("\t", " ") for line in lines]) for lines in cell.parts]
        return Cell("\n".join(paragraphs), cell.column, cell.spans, cell.is_bold)

    def _make_whole(self, above: Piece, below: Row, lines: list[str]) -> None:
        """The rest of a row goes into the row that the page break divided."""
        rest = {cell.column: cell.text for cell in below}
        cells = tuple(
            Cell(self._joiner.flow([cell.text, rest[cell.column]]), cell.column, cell.spans, cell.bold)
            if rest.get(cell.column)
            else cell
            for cell in above.cells
        )
        lines.append("\t".join(rest.values()))
        whole = row_piece(cells, line=above.line, table=above.table)
        above.cells, above.parts, above.last_line = whole.cells, whole.parts, len(lines)


def _row_above(pieces: Sequence[Piece], first: Row) -> Piece | None:
    """The last row before the page break, when nothing stands between and it has the same columns."""
    above = [piece for piece in pieces[-2:] if piece.kind is not BlockKind.PAGE_BREAK]
    if len(above) != 1 or above[0].kind is not BlockKind.TABLE_ROW:
        return None
    return above[0] if _columns(above[0].cells) == _columns(first) else None


def _columns(cells: Row) -> int:
    return cells[-1].column + cells[-1].spans if cells else 0


def _is_rest(above: Row, below: Row) -> bool:
    """All that this row says goes on with a sentence in the row above it."""
    before = {cell.column: cell.text for cell in above}
    said = [cell for cell in below if cell.text]
    return bool(said) and all(
        starts_small(cell.text) and leading_label(cell.text) is None and is_open(before.get(cell.column, "."))
        for cell in said
    )
