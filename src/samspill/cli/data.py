"""`samspill data`: packs of open statistics, checked and taken in use.

What a pack must hold is known by `samspill.analysis.packs`; what is stored of it, by `samspill.insight`.
"""

import importlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime

SHOWN = 12  # characters of a version that people compare
TITLES = ("", "name", "years", "version", "taken in use", "by")


@click.group()
def data() -> None:
    """Add and list packs of open statistics."""


@data.command(epilog="Example: samspill data add /media/disk/statistics")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def add(runtime: Runtime, folder: Path) -> None:
    """Check the data pack in FOLDER, take it in use and project every helsefellesskap on it.

    All or nothing: when something is wrong, the figures that were in use stay in use. FOLDER is read now and
    not needed afterwards.
    """
    runtime.start_database()
    check_migrated(runtime)
    pack = take_in_use(folder, today=date.today(), progress=click.echo)
    click.echo(f"In use: {pack.name}, {years_of(pack)}, version {pack.version[:SHOWN]}.")


@data.command("list", epilog="Example: samspill data list")
@click.pass_obj
def list_(runtime: Runtime) -> None:
    """List the figures that have been taken in use, the newest first: that is the one in use."""
    runtime.start_database()
    check_migrated(runtime)
    rows = pack_rows(today=date.today())
    if rows:
        show([TITLES, *rows])
    else:
        click.echo("No figures have been taken in use. Add a data pack with: samspill data add FOLDER")


def take_in_use(folder: Path, *, today: date, progress: Callable[[str], None]) -> Any:
    """Samspill itself does it: who types the command is not known to the directory."""
    # Models can be imported only now that Django is set up.
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    return insight.use_pack(folder, by=directory.machine(None, today), progress=progress)


def pack_rows(*, today: date) -> list[Sequence[str]]:
    """A row per pack, in the order of TITLES; the first is in use."""
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    timezone = importlib.import_module("django.utils.timezone")
    packs = insight.DataPack.objects.visible_to(directory.nobody(today))
    return [
        (
            "" if place else "in use",
            pack.name,
            years_of(pack),
            pack.version[:SHOWN],
            f"{timezone.localtime(pack.taken_at):%Y-%m-%d %H:%M}",
            pack.taken_by,
        )
        for place, pack in enumerate(packs)
    ]


def years_of(pack: Any) -> str:
    return f"{pack.first_year}–{pack.last_year}"


def show(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(TITLES))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
