"""Columns of crosses: one for each party that is to do it, or for each year it goes on.

Only where the table has no column for who, or for when, in words.
Not here: what other columns are for (`columns`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samspill.documents.blocks import Block, Cell
from samspill.plans.reading.columns import Columns, Role
from samspill.plans.reading.words import clean

_CROSS = re.compile(r"\(?[xX×✓✔✗☒☑●•■+]\)?")
_YEAR = re.compile(
    r"20\d\d\b|\b(?:våren|hausten|høsten)\s20\d\d\b|\d\.\s?(?:halvår|tertial|kvartal)", re.IGNORECASE
)
_FEWEST = 2  # columns; one alone ticks something off


@dataclass(frozen=True, slots=True)
class Crosses:
    """The crossed columns with their headers: `who` for parties, `when` for times in their order."""

    who: Sequence[tuple[int, str]] = ()
    when: Sequence[tuple[int, str]] = ()

    def responsible(self, cells: Sequence[Cell]) -> str:
        """The parties with a cross, a line each."""
        return "\n".join(_crossed(self.who, cells))

    def deadline(self, cells: Sequence[Cell]) -> str:
        """The last time with a cross."""
        return next(reversed(_crossed(self.when, cells)), "")


def find_crosses(columns: Columns, rows: Sequence[Block]) -> Crosses:
    """The columns of a table that hold nothing but crosses."""
    filled = [(column, name) for name, column in columns.others if _only_crosses(column, rows)]
    when = [one for one in filled if _YEAR.search(one[1])]
    who = [one for one in filled if one not in when]
    return Crosses(
        () if columns.has(Role.RESPONSIBLE) or len(who) < _FEWEST else who,
        () if columns.has(Role.DEADLINE) or len(when) < _FEWEST else when,
    )


def _only_crosses(column: int, rows: Sequence[Block]) -> bool:
    said = [clean(cell.text) for row in rows for cell in row.cells if cell.column == column]
    return any(said) and all(_CROSS.fullmatch(text) for text in said if text)


def _crossed(named: Sequence[tuple[int, str]], cells: Sequence[Cell]) -> list[str]:
    marked = {cell.column for cell in cells if clean(cell.text)}
    return [name for column, name in named if column in marked]
