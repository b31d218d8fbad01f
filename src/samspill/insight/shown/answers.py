"""A told answer laid out for a page: tables as they are read, figures with where their files are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from samspill.directory.public import Actor, Figure
from samspill.insight.answer_files import as_read
from samspill.insight.models import Calculation
from samspill.insight.queries.calculations import calculation_at
from samspill.insight.retelling import tell
from samspill.insight.telling import Pair, Passage, Table, Told

FIGURE = "utregning"
"""The source of figures that stand in kept answers; their key is the calculation's with their number."""
Files = Callable[[int, str], str]
"""(number of a figure from 1, svg, png or csv) -> where the file is."""
FORMS = ("svg", "png", "csv")


@dataclass(frozen=True)
class ShownTable:
    id: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_numeric: bool


@dataclass(frozen=True)
class ShownPassage:
    """`svg`, `png`, `csv` are the addresses of its files."""

    passage: Passage
    svg: str = ""
    png: str = ""
    csv: str = ""

    @property
    def narrow(self) -> Mapping[str, object]:
        """The drawing for a narrow column."""
        spec: Any = self.passage.figure.spec
        return spec.get("narrow", spec)


@dataclass(frozen=True)
class ShownAnswer:
    """`beside` are figures of one kind that stand beside each other, each with its narrow drawing."""

    told: Told
    tables: Sequence[ShownTable]
    passages: Sequence[ShownPassage]
    beside: Sequence[ShownPassage] = ()


def show_answer(told: Told, files: Files) -> ShownAnswer:
    """`files` of a kept answer stand at its address (`kept_files`), others at the page that shows it."""
    tables = [_table(number, table) for number, table in enumerate(told.tables, 1)]
    passages = show_passages(told.passages, files)
    alone = [one for one in passages if not one.passage.beside]
    return ShownAnswer(told, tables, alone, [one for one in passages if one.passage.beside])


def show_passages(passages: Sequence[Passage], files: Files) -> list[ShownPassage]:
    return [
        ShownPassage(passage, *(files(number, form) for form in FORMS))
        for number, passage in enumerate(passages, 1)
    ]


def kept_files(key: str) -> Files:
    """Of the calculation with `key`."""

    def at(number: int, form: str) -> str:
        return reverse("web:figure", args=[FIGURE, f"{key}-{number}", form])

    return at


def figure_in_answer(key: str, actor: Actor) -> Figure | None:
    """The figure `<calculation>-<number>`; None when there is none that the actor may see."""
    calculation_key, _dash, number = key.rpartition("-")
    calculation = calculation_at(calculation_key, actor) if number.isdecimal() else None
    if calculation is None:
        return None
    return _numbered(calculation, int(number))


def figure_numbered(number: int, passages: Sequence[Passage], method: Sequence[Pair]) -> Figure | None:
    """The figure as it is taken along: with how it was made, which stands beside it on the page."""
    if not 1 <= number <= len(passages):
        return None
    how = ": ".join(method[0]) if method else ""
    return replace(passages[number - 1].figure, method=how)


def _numbered(calculation: Calculation, number: int) -> Figure | None:
    told = tell(calculation)
    return figure_numbered(number, told.passages, told.method)


def _table(number: int, table: Table) -> ShownTable:
    rows = [[as_read(cell) for cell in row] for row in table.rows]
    return ShownTable(f"tabell-{number}", table.caption, list(table.head), rows, table.numeric)
