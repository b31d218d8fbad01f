"""A report on paper: as a Word document and as PDF/UA, the same as on the page.

Not here: what it says (`contents`), or how a paper is written (`samspill.documents.writing`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import pgettext

from samspill.documents import drawing
from samspill.documents.writing import Block, Figure, Heading, Paper, Row, Table, Text, Title, Tone
from samspill.plans.report import shapes
from samspill.plans.report.shapes import Part, Report
from samspill.plans.report.standing import AREAS, MONTHS

LETTERS = "Libertinus Serif"
"""Of the figures in a PDF, as of its text."""
FIRST_OF_FIGURES = 2.2  # times each of the other columns
FEWEST, MOST = 10, 60  # letters of a column that count when the width is shared
WIDTHS = {
    AREAS: 410,
    MONTHS: 590,
}  # pixels of the drawing itself, so that its letters are as large as the text's


def paper_of(report: Report, *, made_at: datetime, ending: str) -> Paper:
    """`ending` is what it is for, "pdf" or "docx": figures are drawn in the form that one needs."""
    with translation.override(report.language):
        page_of = pgettext("foot of a page", "Page %(page)s of %(pages)s")
    facts = ". ".join(report.facts)
    blocks: list[Block] = [Title(), Text(report.heading, Tone.LEAD), Text(f"{facts}.", Tone.QUIET)]
    for part in report.parts:
        blocks += _part(part, report.language, ending)
    return Paper(
        title=report.title,
        language=report.language,
        author=report.facts[0],
        header=report.facts[0],
        footer=report.title,
        page_of=page_of,
        made_at=made_at,
        blocks=tuple(blocks),
    )


def _part(part: Part, language: str, ending: str) -> Iterator[Block]:
    yield Heading(part.heading)
    for number, sentence in enumerate(part.sentences):
        yield Text(sentence, Tone.QUIET if number else Tone.BODY, keep=part.figure is not None)
    if part.figure:
        figure = part.figure
        spec = {"width": WIDTHS[part.key], **drawing.wide(figure.spec)}
        yield Figure(
            svg=drawing.svg(spec, language, font=LETTERS) if ending == "pdf" else "",
            png=drawing.png(spec, language) if ending == "docx" else b"",
            alt=" ".join((part.heading + ".", part.sentences[0])),
            source=str(figure.source),
        )
    shares = _shares(part.tables)
    for table in part.tables:
        if table.caption != part.heading:
            yield Heading(table.caption, level=2)
        yield Table(
            caption=table.caption,
            head=table.head,
            rows=tuple(Row(cells) for cells in table.rows),
            shares=shares,
            numeric=table.numeric,
            total=table.total,
        )


def _shares(tables: Sequence[shapes.Table]) -> tuple[float, ...]:
    """The same for all tables of a part, by how much their columns say."""
    if not tables:
        return ()
    width = len(tables[0].head)
    if tables[0].numeric:
        return (FIRST_OF_FIGURES, *(1.0,) * (width - 1))
    rows = [row for table in tables for row in table.rows]
    letters = [sum(len(row[column]) for row in rows) / len(rows) for column in range(width)]
    return tuple(min(max(count, FEWEST), MOST) ** 0.5 for count in letters)
