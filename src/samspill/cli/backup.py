"""`samspill backup`: the whole database to one file."""

import os
from pathlib import Path

import click

from samspill.cli.database import connect, value_of
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

MEGABYTE = 1_000_000
# Tables of which the role would get only some rows. A backup with rows missing is worse than none.
PARTLY_SEEN = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p') AND row_security_active(oid)"


@click.command(epilog="Example: samspill backup /media/disk/samspill-friday.backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Write over FILE if it exists.")
@click.pass_obj
def backup(runtime: Runtime, file: Path, force: bool) -> None:
    """Write the whole database to FILE, while it is in use.

    FILE is in PostgreSQL's custom format, and only its owner can read it: everything is in it.
    """
    check_may_write(file, force=force)
    runtime.start_database()
    check_sees_every_row(runtime)
    click.echo(f"Writing the database to {file} …")
    write_backup(runtime, file)
    click.echo(f"Done: {file.stat().st_size / MEGABYTE:.1f} MB. Put back with: samspill restore {file}")


def check_may_write(file: Path, *, force: bool) -> None:
    if not file.absolute().parent.is_dir():
        raise Refused("backup.folder", f"The folder {file.absolute().parent} does not exist. Make it first.")
    if file.is_dir():
        raise Refused("backup.folder", f"{file} is a folder. Give the name of a file in it.")
    if file.exists() and not force:
        raise Refused("backup.exists", f"{file} exists already. Choose another name, or add --force.")


def check_sees_every_row(runtime: Runtime) -> None:
    """Row-level security hides rows from every role but those that may pass it by."""
    dsn = runtime.dsn("backup")
    with connect(dsn) as database:
        hidden = value_of(database, PARTLY_SEEN)
    if hidden:
        raise Refused(
            "backup.role",
            f"The role {dsn.get('user', '')} sees only some rows of {hidden} tables, and a backup needs all."
            " Set DATABASE_BACKUP_URL to a role with BYPASSRLS and pg_read_all_data.",
        )


def write_backup(runtime: Runtime, file: Path) -> None:
    """Write beside FILE and move it there when complete: there is never half a backup of that name."""
    part = file.with_name(file.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        part.chmod(0o600)
        reason = runtime.run_client("backup", "pg_dump", "--format=custom", "--no-password", f"--file={part}")
        if reason:
            raise Refused("backup.failed", f"The backup was not written: {reason}.")
        part.replace(file)
    except OSError as error:
        raise Refused(
            "backup.folder", f"{part} cannot be written: {error.strerror or error}. Choose another folder."
        ) from error
    finally:
        part.unlink(missing_ok=True)
