"""`samspill governance`: a meeting's package for the archives, and bodies moved from one place to another."""

import importlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from samspill.cli.communities import find_community
from samspill.cli.migrate import check_migrated
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused


@click.group()
def governance() -> None:
    """Deliver meetings to archives, and move bodies with what they decided."""


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
    path = out / f"arkiv-{meeting.day.isoformat()}-{made.sha256[:8]}.zip"
    with storage.open(door.place_of_delivery(made), "rb") as file:
        content = file.read()
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Refused(
            "delivery.folder", f"Nothing can be written in «{out}»: {error.strerror}. Choose another folder."
        ) from error
    return path, str(made.sha256)


@governance.command("export", epilog="Example: samspill governance export --community ostfold --out ut.zip")
@click.option("--community", required=True, help="The helsefellesskap, by its short name.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file.")
@click.pass_obj
def export_bodies(runtime: Runtime, community: str, out: Path) -> None:
    """Write the bodies of COMMUNITY to OUT, a ZIP: decisions, minutes, papers and cases on their way."""
    runtime.start_database()
    check_migrated(runtime)
    count = write_bodies(community, out, today=date.today())
    click.echo(f"{out}: {count} bodies")


@governance.command("import", epilog="Example: samspill governance import ut.zip --community ostfold")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--community", required=True, help="The helsefellesskap, by its short name.")
@click.pass_obj
def import_file(runtime: Runtime, file: Path, community: str) -> None:
    """Make the bodies of FILE in COMMUNITY. What is there already, just so, stays; otherwise it says no."""
    runtime.start_database()
    check_migrated(runtime)
    for name in read_bodies(file, community, today=date.today()):
        click.echo(name)


def write_bodies(community: str, out: Path, *, today: date) -> int:
    """The package of all bodies of a community; returns how many."""

    def work(door: Any, found: Any, _by: Any) -> int:
        return int(door.pack_bodies(_bodies(found), out))

    try:
        return int(_inside(community, today, work))
    except OSError as error:
        raise Refused(
            "transfer.folder", f"«{out}» cannot be written: {error.strerror}. Choose another place."
        ) from error


def read_bodies(file: Path, community: str, *, today: date) -> list[str]:
    """Names of the bodies that are new."""
    made = _inside(community, today, lambda door, _found, by: door.unpack_bodies(file, by=by))
    return [str(body.name) for body in made]


def _bodies(community: Any) -> Any:
    return importlib.import_module("samspill.directory.public").Body.objects.filter(community=community)


def _inside(community: str, today: date, work: Callable[[Any, Any, Any], Any]) -> Any:
    """What `work` gives, done by Samspill in the community."""
    # Models can be imported only now that Django is set up.
    transaction = importlib.import_module("django.db").transaction
    directory = importlib.import_module("samspill.directory.public")
    door = importlib.import_module("samspill.governance.public")
    with transaction.atomic():
        found = find_community(directory.Community.objects.all(), community)
        by = directory.machine(found.pk, today)
        with directory.scope(by):
            return work(door, found, by)
