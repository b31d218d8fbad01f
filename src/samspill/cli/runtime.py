"""What a command is given to work with: the installation, seen from below.

Here: the shape of it only. The one that does the work is made by `samspill.config.main`, above this floor,
and reaches a command with `@click.pass_obj`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Role = Literal["app", "owner", "backup"]


class DemonstrationAccount(Protocol):
    """Somebody one can sign in as in the demonstration."""

    name: str
    email: str
    password: str
    role: str


class Demonstration(Protocol):
    accounts: Sequence[DemonstrationAccount]


@dataclass(frozen=True, slots=True)
class Note:
    """A finding that is in order, but that one should know of."""

    text: str


# Returns what was found, or raises Refused with what is wrong and how to mend it.
Look = Callable[[], str | Note]


class Runtime(Protocol):
    """An installation. Roles: `app` serves, `owner` migrates and restores, `backup` reads every row."""

    home: Path

    def start_database(self) -> None:
        """Start the embedded database if it does not run; nothing to do with DATABASE_URL."""

    def database_answers(self) -> bool:
        """Whether it takes a connection; the embedded one is started first, if it does not run."""

    def stop_database(self) -> None:
        """Leave the embedded database; the last one to leave stops it."""

    def dsn(self, role: Role) -> dict[str, str]:
        """Keywords for `psycopg.connect`."""

    def environment(self, role: Role) -> dict[str, str]:
        """The environment of a child process that runs Django as `role`."""

    def prepare_django(self, role: Role = "app") -> None:
        """Set Django up in this process, once. Start the database first; import models afterwards."""

    def run_client(self, role: Role, name: str, *arguments: str) -> str:
        """Run PostgreSQL's client program `name`; "" when it went well, otherwise the reason it gave."""

    def load_demonstration(self, seed: int, progress: Callable[[str], None]) -> Demonstration:
        """Load the demonstration world; what is there stays. Prepare Django first. Closes its connections."""

    def looks(self) -> Sequence[tuple[str, Look]]:
        """What `samspill doctor` looks at on this machine before the database."""
