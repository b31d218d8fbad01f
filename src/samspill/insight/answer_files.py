"""An answer to take along: a workbook with a sheet per figure, and a paper as Word and PDF.

Made from `Told` alone, in the language it was told in. Not here: what it says, and how files are written
(`samspill.documents`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samspill.documents import drawing
from samspill.documents.sheets import Sheet, workbook_of
from samspill.documents.writing import Block, Bullets, Figure, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.insight.telling import Pair, Passage, Told
from samspill.insight.wording import count, decimal

LETTERS = "Libertinus Serif"
"""Of the figures in a PDF, as of its text."""
WIDTH = 560  # pixels of the drawing itself, so that its letters are as large as the text's
TERMS, TEXTS, FIGURES = 30, 90, 18  # letters of the columns of a sheet
FIRST_OF_FIGURES = 2.2  # times each of the other columns of a table of figures
LONGEST_TABLE = 60  # rows on paper; a longer one stands in the workbook

Cell = str | int | float | None


def workbook(told: Told, provenance: Sequence[Pair], address: str) -> bytes:
    """A sheet with the answer and the question, one per table and figure, and one with the method."""
    words: list[tuple[Cell, ...]] = [
        (told.heading, ""),
        (_("Answer"), told.lede),
        *((_("Mind this"), one) for one in told.warnings),
        *told.question,
        (_("Address"), address),
    ]
    sheets = [Sheet(_("Answer"), words, (TERMS, TEXTS))]
    for table in told.tables:
        sheets.append(Sheet(table.caption, [tuple(table.head), *table.rows], _widths(table.head)))
    for passage in told.passages:
        sheets.append(Sheet(passage.heading, _rows_of(passage), _widths(passage.figure.head)))
    method = [(_("Method"), ""), *told.method, *provenance]
    return workbook_of([*sheets, Sheet(_("Method"), method, (TERMS, TEXTS))])


def _rows_of(passage: Passage) -> Iterator[Sequence[Cell]]:
    figure = passage.figure
    yield tuple(str(name) for name in figure.head)
    yield from figure.rows
    yield ()
    yield from ((words,) for _style, words in passage.words)
    yield from ((sentence,) for sentence in passage.told)
    yield (str(figure.source),)


def _widths(head: Sequence[object]) -> tuple[int, ...]:
    return (TERMS, *(FIGURES,) * (len(head) - 1))


def paper(
    told: Told,
    *,
    kind: str,
    by: str,
    address: str,
    provenance: Sequence[Pair],
    made_at: datetime,
    ending: str,
) -> Paper:
    """`kind` is what is calculated, `by` the community; `ending` is "pdf" or "docx"."""
    return Paper(
        title=told.heading,
        language=get_language() or "nb",
        author=by,
        header=by,
        footer=f"{kind}. {address}",
        page_of=pgettext("foot of a page", "Page %(page)s of %(pages)s"),
        made_at=made_at,
        blocks=tuple(_blocks(told, kind, address, provenance, ending)),
    )


def _blocks(told: Told, kind: str, address: str, provenance: Sequence[Pair], ending: str) -> Iterator[Block]:
    yield Title()
    yield Text(told.lede, Tone.LEAD)
    yield Text(f"{kind}. {address}", Tone.QUIET)
    for warning in told.warnings:
        yield Text(warning)
    for table in told.tables:
        yield Heading(table.caption, level=2)
        yield _table(table.caption, table.head, table.rows, is_numeric=table.numeric)
    yield from chain.from_iterable(_passage(passage, ending) for passage in told.passages)
    yield Heading(_("What was asked"))
    yield _pairs(_("What was asked"), told.question)
    yield Heading(_("How the figure was made"))
    yield _pairs(_("How the figure was made"), [*told.method, *provenance])


def _passage(passage: Passage, ending: str) -> Iterator[Block]:
    figure, language = passage.figure, get_language() or "nb"
    yield Heading(passage.heading)
    for sentence in passage.told:
        yield Text(sentence, keep=True)
    spec = drawing.wide(figure.spec)
    if not {"layer", "mark"}.isdisjoint(spec):  # what has several parts has its own widths
        spec = {"width": WIDTH, **spec}
    yield Figure(
        svg=drawing.svg(spec, language, font=LETTERS) if ending == "pdf" else "",
        png=drawing.png(spec, language) if ending == "docx" else b"",
        alt=" ".join((f"{passage.heading}.", *passage.told)),
        source=str(figure.source),
    )
    if passage.words:
        yield Bullets(tuple(words for _style, words in passage.words))
    if len(figure.rows) <= LONGEST_TABLE:
        yield _table(figure.title, figure.head, figure.rows, is_numeric=True)


def _table(
    caption: str, head: Sequence[object], rows: Sequence[Sequence[Cell]], *, is_numeric: bool
) -> Table:
    shares = (FIRST_OF_FIGURES, *(1.0,) * (len(head) - 1)) if is_numeric else ()
    return Table(
        caption=caption,
        head=tuple(str(name) for name in head),
        rows=tuple(Row(tuple(as_read(cell) for cell in row)) for row in rows),
        shares=shares,
        numeric=is_numeric,
    )


def _pairs(caption: str, pairs: Sequence[Pair]) -> Table:
    rows = tuple(Row((str(term), str(text))) for term, text in pairs)
    return Table(caption=caption, head=(_("Term"), _("Text")), rows=rows, shares=(1.0, FIRST_OF_FIGURES))


def as_read(cell: Cell) -> str:
    """A cell as the language writes it."""
    if cell is None:
        return ""
    if isinstance(cell, bool | str):
        return str(cell)
    if isinstance(cell, int):
        return count(cell)
    return decimal(cell, 0 if cell == round(cell) else 1 if abs(cell) >= 10 else 2)
