"""The entry point of the command `samspill`: what joins the commands to this installation.

Here: the installation as the commands see it (`samspill.cli.runtime.Runtime`), and turning what went wrong
into one sentence and an exit code. Not here: the commands (`samspill.cli`).
"""

import importlib
import io
import os
import sys
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import click

from samspill.cli.root import cli
from samspill.cli.runtime import Demonstration, Look, Role
from samspill.config.embedded import Cluster, Connection, home_folder
from samspill.config.embedded.checks import machine_looks
from samspill.config.embedded.clients import run_client
from samspill.config.embedded.connection import connection_from_url
from samspill.refusal import Refused

FAILED, REFUSED = 1, 2
ANSWER_SECONDS = 2
SETTINGS = "samspill.config.settings"
# The variables that may name the server for each role, the most telling first.
URLS: dict[Role, tuple[str, ...]] = {
    "app": ("DATABASE_URL",),
    "owner": ("DATABASE_OWNER_URL", "DATABASE_URL"),
    "backup": ("DATABASE_BACKUP_URL", "DATABASE_OWNER_URL", "DATABASE_URL"),
}


class Installation:
    """This installation: its home folder, and its database, embedded or at DATABASE_URL."""

    def __init__(self, environ: MutableMapping[str, str]) -> None:
        self.home = home_folder(environ)
        self._environ = environ
        self._cluster = None if environ.get("DATABASE_URL") else Cluster(self.home)
        self._prepared_for = ""

    def start_database(self) -> None:
        if self._cluster:
            self._cluster.start()

    def database_answers(self) -> bool:
        driver = importlib.import_module("psycopg")  # most commands need no database
        try:
            self.start_database()
            driver.connect(**self.dsn("app"), connect_timeout=ANSWER_SECONDS).close()
        except (Refused, driver.OperationalError):
            return False
        return True

    def stop_database(self) -> None:
        if self._cluster:
            self._close_connections()
            self._cluster.release()

    def dsn(self, role: Role) -> dict[str, str]:
        return self._connection(role).to_libpq()

    def environment(self, role: Role) -> dict[str, str]:
        return {**self._environ, **self._django_variables(role)}

    def prepare_django(self, role: Role = "app") -> None:
        if self._prepared_for not in ("", role):
            raise RuntimeError(
                f"Django is set up for {self._prepared_for}; run {role} in a process of its own."
            )
        if not self._prepared_for:
            self._environ.update(self._django_variables(role))
            importlib.import_module("django").setup()
            self._prepared_for = role

    def run_client(self, role: Role, name: str, *arguments: str) -> str:
        return run_client(self._connection(role), name, *arguments)

    def load_demonstration(self, seed: int, progress: Callable[[str], None]) -> Demonstration:
        # Models can be imported only now that Django is set up.
        demonstration = importlib.import_module("samspill.demo.public")
        try:
            world: Demonstration = demonstration.load(seed=seed, progress=progress)
        finally:
            self._close_connections()
        return world

    def looks(self) -> Sequence[tuple[str, Look]]:
        return machine_looks(self.home) if self._cluster else []

    def _close_connections(self) -> None:
        """Give back what Django holds open: its pool would go on asking a server that has stopped."""
        if self._prepared_for:
            for connection in importlib.import_module("django.db").connections.all(initialized_only=True):
                connection.close()
                connection.close_pool()

    def _connection(self, role: Role) -> Connection:
        if self._cluster:
            return self._cluster.connection("manager" if role == "backup" else role)
        return connection_from_url(next(filter(None, map(self._environ.get, URLS[role])), ""))

    def _django_variables(self, role: Role) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SAMSPILL_HOME": str(self.home),
            "SAMSPILL_DB_ROLE": role,
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed, 2 refused."""
    for stream in (sys.stdout, sys.stderr):
        make_norwegian_printable(stream)
    try:
        return run(arguments)
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` has. Nothing more may be written to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def run(arguments: Sequence[str] | None) -> int:
    installation = Installation(os.environ)
    try:
        outcome = cli.main(arguments, prog_name="samspill", standalone_mode=False, obj=installation)
        sys.stdout.flush()
    except Refused as refused:
        return complain(refused.sentence, REFUSED)
    except click.exceptions.NoArgsIsHelpError as asked:
        return complain(asked.format_message(), REFUSED)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "samspill"
        return complain(f"{error.format_message()} See {command} --help.", REFUSED)
    except click.ClickException as error:
        return complain(error.format_message(), FAILED)
    except click.Abort:
        return complain("Stopped.", FAILED)
    finally:
        installation.stop_database()
    return outcome if isinstance(outcome, int) else 0


def complain(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code


def make_norwegian_printable(stream: Any) -> None:
    """Let the stream take our letters: UTF-8 if its own encoding lacks them, «?» for what else it lacks."""
    if not isinstance(stream, io.TextIOWrapper):
        return
    try:
        "æøåÆØÅ".encode(stream.encoding)
        stream.reconfigure(errors="replace")
    except (UnicodeEncodeError, LookupError):
        stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
