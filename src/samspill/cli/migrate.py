"""`samspill migrate`, and whether it is needed."""

import importlib
import subprocess
import sys
from datetime import date

import click
import psycopg
from django.db.migrations.loader import MigrationLoader

from samspill.cli.database import connect
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused


@click.command(epilog="Example: samspill migrate")
@click.pass_obj
def migrate(runtime: Runtime) -> None:
    """Bring the database up to date with this release, making it first if there is none.

    Tables change as the role that owns them; then communities, health trusts and municipalities follow the
    register. What was written stays.
    """
    runtime.start_database()
    run_migrations(runtime)
    follow_register(runtime)


def run_migrations(runtime: Runtime) -> None:
    """Run Django's migrations as the owner, in a process of its own: this one may be the app's already."""
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "--verbosity=0"]
    if subprocess.run(command, env=runtime.environment("owner"), check=False).returncode:
        raise click.ClickException("The database was not brought up to date. The lines above say why.")


def follow_register(runtime: Runtime) -> None:
    """Make parties and indicators as this release has them. Changes nothing the second time."""
    runtime.prepare_django("app")
    # Models can be imported only now that Django is set up.
    changed = importlib.import_module("samspill.directory.public").sync_register(today=date.today())
    if changed:
        click.echo(f"{changed} parties now follow the register.")
    importlib.import_module("samspill.insight.public").sync_indicators()


def pending_migrations(runtime: Runtime) -> list[str]:
    """Names of migrations the database has not had, as "app.name". Sets Django up as the app."""
    runtime.prepare_django("app")
    known = MigrationLoader(None, ignore_no_migrations=True).graph.nodes
    return sorted(f"{app}.{name}" for app, name in known.keys() - _applied(runtime))


def check_migrated(runtime: Runtime) -> None:
    pending = pending_migrations(runtime)
    if pending:
        raise Refused(
            "database.migrations",
            f"{len(pending)} migrations are not applied, the first is {pending[0]}. Run samspill migrate.",
        )


def _applied(runtime: Runtime) -> set[tuple[str, str]]:
    """As the app: a server that only serves does not know the owner's password."""
    with connect(runtime.dsn("app")) as database:
        try:
            return set(database.execute("SELECT app, name FROM django_migrations").fetchall())
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            return set()  # there is no such table, or the migration that lets us see it has not run
