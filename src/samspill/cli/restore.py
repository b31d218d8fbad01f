"""`samspill restore`: put a backup back.

The backup is read into a new database beside the present one, and the two change names in one transaction
when it is complete. Until then nothing has happened to the present one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import psycopg
from psycopg import sql

from samspill.cli.database import connect, first_line, value_of
from samspill.cli.runtime import Runtime
from samspill.refusal import Refused

MAINTENANCE = "postgres"
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
# Without a user are the server's own cleaners: it sends them away itself when a database changes its name.
OTHERS = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = %s AND pid <> pg_backend_pid() AND usesysid IS NOT NULL
"""
# What belongs to a database rather than lies in it, and is therefore in no backup of it.
GRANTS = """
    SELECT format('GRANT %%s ON DATABASE %%I TO %%s', privilege_type, %(to)s::text,
                  CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END)
      FROM pg_database, aclexplode(datacl) WHERE datname = %(of)s AND datacl IS NOT NULL
"""
DEFAULTS = """
    SELECT format('ALTER %%s SET %%s TO %%s',
                  CASE WHEN setrole = 0 THEN format('DATABASE %%I', %(to)s::text)
                       ELSE format('ROLE %%I IN DATABASE %%I', pg_get_userbyid(setrole), %(to)s::text) END,
                  name, CASE WHEN name = ANY (%(lists)s) THEN value ELSE quote_literal(value) END)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(setconfig) AS setting,
           split_part(setting, '=', 1) AS name, substr(setting, length(name) + 2) AS value
     WHERE datname = %(of)s
"""
# Settings that are lists of names are stored as they are written: variable_is_guc_list_quote() in PostgreSQL.
LISTS_OF_NAMES = ["local_preload_libraries", "search_path", "session_preload_libraries", "temp_tablespaces"]
HAS_GRANTS = "SELECT datacl IS NOT NULL FROM pg_database WHERE datname = %s"


@click.command(epilog="Example: samspill restore /media/disk/samspill-friday.backup --replace")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in place of what the database holds now.")
@click.pass_obj
def restore(runtime: Runtime, file: Path, replace: bool) -> None:
    """Put back the database that was backed up to FILE. Stop `samspill serve` first.

    If it fails, the present database is as it was.
    """
    check_is_backup(runtime, file)
    runtime.start_database()
    dsn = runtime.dsn("owner")
    check_may_replace(dsn, replace=replace)
    click.echo(f"Reading {file} into a new database …")
    put_back(runtime, file, dsn)
    click.echo("Done. If samspill is newer than the backup, run samspill migrate.")


def check_is_backup(runtime: Runtime, file: Path) -> None:
    if not file.is_file():
        raise Refused("restore.file", f"There is no file {file}. Give the file that samspill backup wrote.")
    reason = runtime.run_client("owner", "pg_restore", "--list", str(file))
    if reason:
        raise Refused(
            "restore.file", f"{file} is not a backup, or it is damaged: {reason}. Nothing was changed."
        )


def check_may_replace(dsn: dict[str, str], *, replace: bool) -> None:
    with connect(dsn) as database:
        tables = value_of(database, TABLES)
        others = value_of(database, OTHERS, [dsn["dbname"]])
    if tables and not replace:
        raise Refused(
            "restore.has_data",
            f"The database {dsn['dbname']} holds {tables} tables. Take a backup of it, then add --replace.",
        )
    if others:
        raise _in_use(dsn["dbname"])


def put_back(runtime: Runtime, file: Path, dsn: dict[str, str]) -> None:
    leaving = f"{dsn['dbname']}_replaced"
    try:
        with connect(dsn, database=MAINTENANCE) as server, new_database(server, dsn["dbname"]) as fresh:
            fill(runtime, file, fresh)
            drop_database(server, leaving)
            change_names(server, dsn["dbname"], fresh, leaving)
    except psycopg.errors.ObjectInUse as error:
        raise _in_use(dsn["dbname"]) from error
    except psycopg.Error as error:
        raise _failed(first_line(error)) from error
    with connect(dsn, database=MAINTENANCE) as server:
        drop_database(server, leaving)


@contextmanager
def new_database(server: psycopg.Connection, present: str) -> Iterator[str]:
    """An empty database beside the present one, dropped afterwards unless it has taken its name."""
    fresh = f"{present}_restoring"
    drop_database(server, fresh)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(fresh)))
    try:
        copy_grants_and_defaults(server, present, fresh)
        yield fresh
    finally:
        drop_database(server, fresh)


def drop_database(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def copy_grants_and_defaults(server: psycopg.Connection, present: str, fresh: str) -> None:
    if value_of(server, HAS_GRANTS, [present]):
        server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(fresh)))
    names = {"of": present, "to": fresh, "lists": LISTS_OF_NAMES}
    for query in (GRANTS, DEFAULTS):
        for (statement,) in server.execute(query, names).fetchall():
            server.execute(statement)


def fill(runtime: Runtime, file: Path, fresh: str) -> None:
    """Read the backup as the owner, all of it or nothing, and gather what the planner needs to know."""
    whole = ("--single-transaction", "--no-owner", "--no-password", f"--dbname={fresh}", str(file))
    reason = runtime.run_client("owner", "pg_restore", *whole)
    if reason:
        raise _failed(reason)
    with connect(runtime.dsn("owner"), database=fresh) as database:
        if value_of(database, "SELECT to_regclass('django_migrations')") is None:
            raise _failed("it is of another program")
        database.execute("ANALYZE")


def change_names(server: psycopg.Connection, present: str, fresh: str, leaving: str) -> None:
    """The new database takes the name of the present one, in one transaction."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with server.transaction():
        server.execute(rename.format(sql.Identifier(present), sql.Identifier(leaving)))
        server.execute(rename.format(sql.Identifier(fresh), sql.Identifier(present)))


def _in_use(name: str) -> Refused:
    return Refused(
        "restore.in_use", f"Somebody is connected to the database {name}. Stop samspill serve, and try again."
    )


def _failed(why: str) -> Refused:
    return Refused(
        "restore.failed", f"The backup was not put back: {why}. The present database is as it was."
    )
