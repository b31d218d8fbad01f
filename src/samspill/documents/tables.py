"""Rows of tables, whatever they came from: cells to a piece, and which rows are the header.

Here: lines with tabs and lines with pipes divided into cells, the header rule, one numbering of a document's
tables. Not here: tables of PDF and Word, which find their cells themselves (`pdf.tables`, `word.tables`).
"""

import re
from collections.abc import Sequence

from samspill.documents.blocks import SOFT_BREAK, BlockKind, Cell
from samspill.documents.marks import leading_label
from samspill.documents.markup import is_bold, strip_markup
from samspill.documents.pieces import Piece

Row = tuple[Cell, ...]

_HEADER_LONGEST = 60  # characters in one cell of a header
_RULE = re.compile(r"\|?\s*:?-{2,200}:?\s*(?:\|\s*:?-{1,200}:?\s*){0,100}\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_FIGURE = re.compile(r"[\s.,%–-]{0,9}\d[\s\d.,%–-]{0,30}")
_ORDINAL = re.compile(r"\d{1,2}")

# First words of the headers of plan tables, in both målformer, with the question mark left out
_HEADER_WORDS = frozenset(
    {
        "hva", "kva", "mål", "hovedmål", "hovudmål", "delmål", "satsingsområde", "innsatsområde",
        "område", "tema", "hvordan", "korleis", "tiltak", "aktivitet", "ansvarlig", "ansvarleg",
        "ansvar", "hvem", "kven", "frist", "tidsfrist", "tidsramme", "tidsrom", "når", "status",
        "indikator", "resultatmål", "effekt", "kostnad", "kostnader", "kommentar", "merknad",
        "beskrivelse", "skildring", "nr", "kommune", "navn", "namn", "spørsmål", "svar", "erfaring",
        "erfaringer", "erfaringar", "tjeneste", "tjenester", "teneste", "tenester", "eksempel", "døme",
        "overføringsverdi", "læring", "krevende", "krevjande", "utfordring", "utfordringer",
        "utfordringar", "hindring", "hindringer", "hindringar", "problemstilling",
        "hovedansvar", "hovedansvarlig", "hovudansvar", "hovudansvarleg", "samarbeidspartnere",
        "samarbeidspartnarar", "samarbeidspart", "ressurser", "ressursar", "tidsplan", "start", "slik",
        "gjennomføring", "aktiviteter", "aktivitetar", "forventet", "venta", "økonomi", "finansiering",
        "eier", "eigar", "hovedeier", "hovudeigar", "ferdig", "ferdigstilles", "senest", "seinast", "innen",
        "innan", "leveranse", "oppgave", "oppgåve", "utføres", "budsjett", "måles", "målast",
    }
)  # fmt: skip


def row_piece(
    cells: Row, *, line: int, table: int, page: int | None = None, is_header: bool = False
) -> Piece:
    """One row. Its text is the text of its cells, parted by tabs."""
    text = "\t".join(cell.text.replace("\n", " ").replace(SOFT_BREAK, " ") for cell in cells)
    return Piece(
        BlockKind.TABLE_ROW, [text], line, line, page=page, cells=cells, table=table, is_header=is_header
    )


def has_header(rows: Sequence[Row]) -> bool:
    """The first row names the columns: short, filled, no figures; known words, bold or clearly shorter."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = [cell.text.strip() for cell in rows[0]]
    if any(not text or len(text) > _HEADER_LONGEST or _FIGURE.fullmatch(text) for text in first):
        return False
    if any(leading_label(text) for text in first):
        return False
    return _is_known(first) or _is_bold_alone(rows) or _is_shorter(rows)


def is_same_row(one: Row, other: Row) -> bool:
    """A header that a table repeats on its next page."""
    return [cell.text.casefold().split() for cell in one] == [cell.text.casefold().split() for cell in other]


def _is_known(first: Sequence[str]) -> bool:
    return 2 * sum(map(is_column_name, first)) > len(first)


def is_column_name(text: str) -> bool:
    """The text begins like the name of a column in a plan's table."""
    return len(text) <= _HEADER_LONGEST and re.split(r"\W", text.casefold(), maxsplit=1)[0] in _HEADER_WORDS


def _is_bold_alone(rows: Sequence[Row]) -> bool:
    return all(cell.bold for cell in rows[0]) and not all(cell.bold for row in rows[1:] for cell in row)


def _is_shorter(rows: Sequence[Row]) -> bool:
    """Below more than half of its words stand figures, or text more than twice as long."""
    below = 0
    for index, cell in enumerate(rows[0]):
        column = [row[index].text for row in rows[1:] if index < len(row) and row[index].text]
        figures = bool(column) and all(_FIGURE.fullmatch(text) for text in column)
        longer = bool(column) and sum(map(len, column)) > 2 * len(cell.text) * len(column)
        below += figures or longer
    return 2 * below > len(rows[0])


def cells_of(texts: Sequence[str], columns: int) -> Row:
    """Cells of one row in markup, as many as the table has columns; what is missing is empty."""
    cells = [
        Cell(strip_markup(text.strip()).strip(), column, bold=is_bold(text))
        for column, text in enumerate(texts)
    ]
    cells += [Cell("", column) for column in range(len(texts), columns)]
    return tuple(cells)


def tabbed_run(lines: Sequence[str], start: int) -> int:
    """How many lines from `start` have a tab inside, without a gap."""
    end = start
    while end < len(lines) and "\t" in lines[end] and lines[end].strip():
        end += 1
    return end - start


def tabbed_rows(lines: Sequence[str]) -> list[Row]:
    """Rows of a run of lines with tabs; empty when the tabs are only indents or stand after list labels."""
    divided = [line.rstrip().split("\t") for line in lines]
    columns = max(len(texts) for texts in divided)
    if columns < 3 and (columns < 2 or len(lines) == 1 or all(_is_labelled(texts[0]) for texts in divided)):
        return []
    return [cells_of(texts, columns) for texts in divided]


def _is_labelled(first: str) -> bool:
    """The first cell is an indent, or the label of «•<TAB>text» and «1.<TAB>text»."""
    label = leading_label(f"{first.strip()} x")
    return (
        not first.strip()
        or bool(_ORDINAL.fullmatch(first.strip()))
        or (label is not None and label.rest == "x")
    )


def piped_run(lines: Sequence[str], start: int) -> int:
    """How many lines from `start` are one Markdown table: a row, a rule of dashes, rows. 0 when none.

    Without the rule, all lines must begin and end with a pipe, and there must be two of them.
    """
    if any("|" not in line for line in lines[start : start + 2]) or is_rule(lines[start]):
        return 0
    ruled = start + 1 < len(lines) and is_rule(lines[start + 1])
    end = start
    while end < len(lines) and (_is_framed(lines[end]) or (ruled and "|" in lines[end])):
        end += 1
    return end - start if end - start >= 2 else 0


def is_rule(line: str) -> bool:
    """The dashes below the header of a Markdown table."""
    return "|" in line and bool(_RULE.fullmatch(line.strip()))


def _is_framed(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text.startswith("|") and text.endswith("|")


def piped_cells(line: str) -> list[str]:
    """The cells of one Markdown row; an escaped pipe stays in its cell."""
    text = line.strip()
    text = text.removeprefix("|")
    if text.endswith("|") and not text.endswith("\\|"):
        text = text[:-1]
    return [cell.replace("\\|", "|").strip() for cell in _PIPE.split(text)]


def piped_rows(lines: Sequence[str]) -> list[tuple[int, Row]]:
    """Rows of a Markdown table with their offset in `lines`; the rule below the header is left out."""
    divided = [(offset, piped_cells(line)) for offset, line in enumerate(lines) if not is_rule(line)]
    columns = max(len(texts) for _, texts in divided)
    return [(offset, cells_of(texts, columns)) for offset, texts in divided]
