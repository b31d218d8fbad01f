"""`samspill governance deliver`: the package of a meeting for the archives of the parties."""

import importlib
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused


@click.group()
def governance() -> None:
    """Deliver meetings to the archives of the parties."""


@governance.command(epilog="Example: samspill governance deliver 12 --out pakker")
@click.argument("meeting", type=click.IntRange(min=1))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder.")
@click.pass_obj
def deliver(runtime: Runtime, meeting: int, out: Path) -> None:
    """Write the package of MEETING (its number in the address) to the folder OUT, and say its SHA-256.

    The same meeting always gives the same bytes. Each party archives its copy.
    """
    runtime.start_database()
    check_migrated(runtime)
    path, sha256 = write_package(meeting, out, today=date.today())
    click.echo(f"{path}")
    click.echo(f"SHA-256: {sha256}")


def write_package(meeting_id: int, out: Path, *, today: date) -> tuple[Path, str]:
    """The file and its fingerprint. Refuses a meeting that is not there."""
    # Models can be imported only now that Django is set up.
    transaction = importlib.import_module("django.db").transaction
    storage = importlib.import_module("django.core.files.storage").default_storage
    directory = importlib.import_module("samspill.directory.public")
    door = importlib.import_module("samspill.governance.public")
    with transaction.atomic():
        meeting: Any = door.Meeting.objects.filter(pk=meeting_id).select_related("body", "community").first()
        if meeting is None:
            raise Refused(
                "meeting.missing", f"There is no meeting {meeting_id}. Look in its address: /moter/12/."
            )
        by = directory.machine(meeting.community_id, today)
        with directory.scope(by):
            made = door.make_delivery(meeting, by=by)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"arkiv-{meeting.day.isoformat()}-{made.sha256[:8]}.zip"
    with storage.open(door.place_of_delivery(made), "rb") as file:
        path.write_bytes(file.read())
    return path, str(made.sha256)
