"""Tables and numbers as the command line shows them."""

from collections.abc import Sequence

import click


def show_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, figures to the right, the head in bold."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    click.secho(_line(head, widths), bold=True)
    for row in rows:
        click.echo(_line(row, widths))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])


def per_cent(share: float) -> str:
    return f"{100 * share:.1f} %"


def spaced(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")
