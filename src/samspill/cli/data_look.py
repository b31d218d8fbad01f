"""`samspill data look`: what a file seems to be, and its first rows as they would be understood.

Needs neither a database nor Django. Nothing is written but the mapping, when a place for it is named.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from samspill.analysis.intake import (
    Difference,
    Fault,
    FileMapping,
    Looked,
    find_table,
    guess,
    read_mapping,
    write_mapping,
)
from samspill.analysis.intake import look as look_at
from samspill.cli.tables import show_table
from samspill.insight import jsonstat
from samspill.insight.connectors import write_dataset
from samspill.refusal import Refused

MOST_FAULTS, MOST_PLACES = 20, 5


@click.command("look", epilog="Example: samspill data look plasser.xlsx --as places --save plasser.yaml")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--as", "table", default="", help="The table it is to become. Otherwise the likeliest.")
@click.option("--mapping", type=click.Path(path_type=Path), help="Look by this mapping, and guess nothing.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the mapping to this file, to be mended.")
def look(file: Path, table: str, mapping: Path | None, save: Path | None) -> None:
    """Guess which table FILE (CSV, XLSX, Parquet, JSON-stat) is; show its first rows as understood.

    What nobody could guess stands as «?» in the mapping. Mend it, and use it with samspill data take.
    """
    check_table(table)
    today = date.today()
    with as_table(file) as plain:
        chosen = read_mapping(mapping) if mapping else guess(plain, today=today, table=table)
        found = look_at(plain, chosen, today=today)
    click.echo(write_mapping(chosen))
    _show_rows(chosen, found)
    if found.unread:
        click.echo(f"Not read: {', '.join(found.unread)}.")
    show_faults(found.faults)
    if save:
        save.write_text(write_mapping(chosen), "utf-8")
        click.echo(f"Wrote {save}.")


@contextmanager
def as_table(file: Path) -> Iterator[Path]:
    """The file; of JSON-stat its figures as a table, a row each, while it is needed."""
    if file.suffix.lower() != ".json":
        yield file
        return
    with TemporaryDirectory(prefix="samspill-") as place:
        plain = Path(place) / f"{file.stem}.parquet"
        write_dataset(plain, jsonstat.read(file.read_bytes()), ".parquet")
        yield plain


def check_table(table: str) -> None:
    if table and find_table(table) is None:
        raise Refused("data.table", f"There is no table {table}. See docs/reference/tables.md.", field="as")


def _show_rows(mapping: FileMapping, found: Looked) -> None:
    if found.rows:
        columns = tuple(mapping.columns)
        rows = [(str(number), *(value for _text, value in cells)) for number, cells in found.rows]
        show_table(("row", *columns), rows)


def show_faults(faults: Iterable[Fault]) -> None:
    """A line each, with the first places; how many there are of each stands in it."""
    told = list(faults)
    for fault in told[:MOST_FAULTS]:
        click.echo(str(fault), err=True)
        for place in fault.places[1:MOST_PLACES]:
            click.echo(f"  row {place.row}: «{place.value}»", err=True)
    if len(told) > MOST_FAULTS:
        click.echo(f"and {len(told) - MOST_FAULTS} more kinds of faults.", err=True)


def show_difference(difference: Difference) -> None:
    """What a new version changes."""
    if difference.is_none:
        click.echo("The same rows as the version in use.")
        return
    changed = sum(difference.changed.values())
    click.echo(f"{difference.added} rows added, {difference.removed} removed, {changed} figures changed.")
    for one in difference.largest:
        click.echo(f"  {one.key}: {one.column} {one.before} → {one.now}")
    for word, names in (("New", difference.came), ("Gone", difference.went)):
        for column, values in names.items():
            click.echo(f"{word} in {column}: {', '.join(values)}")
    rows = [
        (str(one.year), one.column or "rows", _number(one.before), _number(one.now))
        for one in difference.totals
    ]
    if rows:
        show_table(("year", "figure", "before", "now"), rows)


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)
