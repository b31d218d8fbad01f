"""A told answer laid out for a page: tables as they are read, figures with where they are downloaded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from samspill.directory.public import Actor, Figure
from samspill.insight.answer_files import as_read
from samspill.insight.models import Calculation
from samspill.insight.queries.calculations import calculation_at
from samspill.insight.retelling import tell
from samspill.insight.telling import Passage, Table, Told

FIGURE = "utregning"
"""The source of figures that stand in kept answers; their key is the calculation's with their number."""


@dataclass(frozen=True)
class ShownTable:
    id: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_numeric: bool


@dataclass(frozen=True)
class ShownPassage:
    """`svg`, `png`, `csv` are addresses, "" for an answer that is not kept."""

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


def show_answer(told: Told, key: str = "") -> ShownAnswer:
    """`key` of the calculation, "" for an answer that is not kept and has nothing to download."""
    tables = [_table(number, table) for number, table in enumerate(told.tables, 1)]
    passages = [
        ShownPassage(passage, *(_address(key, number, form) for form in ("svg", "png", "csv")))
        for number, passage in enumerate(told.passages, 1)
    ]
    alone = [one for one in passages if not one.passage.beside]
    return ShownAnswer(told, tables, alone, [one for one in passages if one.passage.beside])


def figure_in_answer(key: str, actor: Actor) -> Figure | None:
    """The figure `<calculation>-<number>`; None when there is none that the actor may see."""
    calculation_key, _dash, number = key.rpartition("-")
    calculation = calculation_at(calculation_key, actor) if number.isdecimal() else None
    if calculation is None:
        return None
    return _numbered(calculation, int(number))


def _numbered(calculation: Calculation, number: int) -> Figure | None:
    passages = tell(calculation).passages
    return passages[number - 1].figure if 1 <= number <= len(passages) else None


def _table(number: int, table: Table) -> ShownTable:
    rows = [[as_read(cell) for cell in row] for row in table.rows]
    return ShownTable(f"tabell-{number}", table.caption, list(table.head), rows, table.numeric)


def _address(key: str, number: int, form: str) -> str:
    return reverse("web:figure", args=[FIGURE, f"{key}-{number}", form]) if key else ""
