"""What a report consists of, as plain values: the page, the Word document and the PDF print the same.

Not here: what a report says (`contents`), and how it looks on paper (`paper`).
"""

from dataclasses import dataclass

from samspill.directory.public import Figure


@dataclass(frozen=True)
class Table:
    """Cells as they are to be read. The first cell names the row; `numeric`: the others are figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = False
    total: bool = False

    @property
    def lines(self) -> list["Line"]:
        """The rows for a narrow screen: a name, and below it each cell with the head of its column."""
        return [
            Line(name, tuple((head, cell) for head, cell in zip(self.head[1:], cells, strict=True) if cell))
            for name, *cells in self.rows
        ]


@dataclass(frozen=True)
class Line:
    """A row of a table on its own: what it is about, and (head, cell) of what is said."""

    name: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Part:
    """A part of the report. `key` names it in addresses; the heading says what it holds.

    The first table of a part with a figure is the table behind the figure.
    """

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True)
class Report:
    """`heading` is the message, `title` names the report; `facts` stand below. `language`: nb or nn."""

    title: str
    heading: str
    facts: tuple[str, ...]
    language: str
    parts: tuple[Part, ...]
