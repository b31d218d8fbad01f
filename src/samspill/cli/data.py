"""`samspill data`: packs of open statistics, checked and taken in use.

What a pack must hold is known by `samspill.analysis.packs`; what is stored of it, by `samspill.insight`.
"""

import importlib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.data_look import look
from samspill.cli.data_pull import pull
from samspill.cli.data_synth import synth
from samspill.cli.data_take import refresh, take, versions
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime

SHOWN = 12  # characters of a version that people compare
TITLES = ("", "name", "years", "version", "taken in use", "by", "withdrawn because")


@click.group()
def data() -> None:
    """Bring files in and take them in use; add packs of open statistics; pull what others publish."""


data.add_command(pull)
data.add_command(synth)
for command in (look, take, versions, refresh):
    data.add_command(command)


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
    """List the figures that have been taken in use, the newest first: the first not withdrawn is in use."""
    runtime.start_database()
    check_migrated(runtime)
    rows = pack_rows(today=date.today())
    if rows:
        show([TITLES, *rows])
    else:
        click.echo("No figures have been taken in use. Add a data pack with: samspill data add FOLDER")


@data.command(
    epilog='Example: samspill data withdraw 3f2a91c0d4e1 --because "The births of 2024 were wrong."'
)
@click.argument("version")
@click.option("--because", default="", help="Why, in a sentence. It stands wherever the figures were used.")
@click.option("--undo", is_flag=True, help="Take the figures in use again: they were right after all.")
@click.pass_obj
def withdraw(runtime: Runtime, version: str, because: str, undo: bool) -> None:
    """Calculate nothing more from the figures with VERSION, as `samspill data list` shows it.

    Answers and scenarios that rest on them are kept, and say that they were withdrawn, and why.
    """
    runtime.start_database()
    check_migrated(runtime)
    pack = take_out_of_use(version, because, undo=undo, today=date.today())
    done = "In use again" if undo else "Withdrawn"
    click.echo(f"{done}: {pack.name}, {years_of(pack)}, version {pack.version[:SHOWN]}.")


def take_out_of_use(version: str, because: str, *, undo: bool, today: date) -> Any:
    """Withdraw the figures, or take that back; the pack. Refuses an unknown version and a missing reason."""
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    pack, by = insight.find_pack(version), directory.machine(None, today)
    return insight.take_back(pack, by=by) if undo else insight.withdraw(pack, because, by=by)


def take_in_use(folder: Path, *, today: date, progress: Callable[[str], None]) -> Any:
    """Samspill itself does it: who types the command is not known to the directory."""
    # Models can be imported only now that Django is set up.
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    return insight.use_pack(folder, by=directory.machine(None, today), progress=progress)


def pack_rows(*, today: date) -> list[Sequence[str]]:
    """A row per pack, in the order of TITLES; the first that is not withdrawn is in use."""
    directory = importlib.import_module("samspill.directory.public")
    insight = importlib.import_module("samspill.insight.public")
    timezone = importlib.import_module("django.utils.timezone")
    packs = list(insight.DataPack.objects.visible_to(directory.nobody(today)))
    in_use = next((pack for pack in packs if not pack.is_withdrawn), None)
    return [
        (
            "in use" if pack is in_use else "",
            pack.name,
            years_of(pack),
            pack.version[:SHOWN],
            f"{timezone.localtime(pack.taken_at):%Y-%m-%d %H:%M}",
            pack.taken_by,
            pack.withdrawn_because,
        )
        for pack in packs
    ]


def years_of(pack: Any) -> str:
    return f"{pack.first_year}–{pack.last_year}"


def show(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(TITLES))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
