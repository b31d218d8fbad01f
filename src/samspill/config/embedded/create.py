"""Make the data folder: PostgreSQL's files, the roles, the empty database and the passwords.

It is made beside its place and moved there when complete: an interrupted first start leaves nothing half
made.
"""

import shutil
from pathlib import Path

from samspill.config.embedded.connection import Role
from samspill.config.embedded.folders import data_folder, full_disk, unusable
from samspill.config.embedded.passwords import DATABASE, USERS, new_passwords, write_passwords
from samspill.config.embedded.programs import Programs, reason_in
from samspill.refusal import Refused

# PostgreSQL's own C.UTF-8 gives the same order and the same capitals on every machine; it came in 17.
BUILTIN_LOCALE_SINCE = 17
BUILTIN_LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
SYSTEM_LOCALE = ("--locale=C.UTF-8",)
DISK_IS_FULL = "No space left on device"


def create_data_folder(home: Path, programs: Programs) -> None:
    """Make `home/postgres`. Raises Refused: `database.disk_full`, `database.folder` or `database.create`."""
    fresh = home / "postgres.new"
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        _fill(fresh, programs)
        fresh.rename(data_folder(home))
    except OSError as error:
        raise unusable(home, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fill(fresh: Path, programs: Programs) -> None:
    fresh.mkdir(mode=0o700)
    programs.give(fresh)
    locale = BUILTIN_LOCALE if programs.major >= BUILTIN_LOCALE_SINCE else SYSTEM_LOCALE
    known = (f"--username={USERS['manager']}", "--auth=reject", "--encoding=UTF8")
    _run(fresh, programs, "initdb", "-D", str(fresh), *known, *locale)
    (fresh / "pg_hba.conf").write_text("local all all scram-sha-256\n", encoding="utf-8")
    passwords = new_passwords()
    programs.give(write_passwords(fresh, passwords))
    alone = ("--single", "-j", "-c", "exit_on_error=on", "-D", str(fresh), "postgres")
    _run(fresh, programs, "postgres", *alone, text=_roles_and_database(passwords))


def _roles_and_database(passwords: dict[Role, str]) -> str:
    """SQL for a server in single-user mode, where an empty line ends a statement."""
    plain = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
    statements = (
        f"ALTER ROLE {USERS['manager']} PASSWORD '{passwords['manager']}'",
        f"CREATE ROLE {USERS['owner']} {plain} CREATEDB PASSWORD '{passwords['owner']}'",
        f"CREATE ROLE {USERS['app']} {plain} NOCREATEDB PASSWORD '{passwords['app']}'",
        f"CREATE DATABASE {DATABASE} OWNER {USERS['owner']}",
    )
    return "".join(f"{statement};\n\n" for statement in statements)


def _run(fresh: Path, programs: Programs, name: str, *arguments: str, text: str = "") -> None:
    done = programs.run(name, *arguments, text=text)
    if done.returncode == 0:
        return
    if DISK_IS_FULL in done.stderr:
        raise full_disk(fresh.parent)
    if programs.account and "Permission denied" in done.stderr:
        raise Refused(
            "database.folder",
            f"The account {programs.account.pw_name}, which runs the database because root may not, cannot"
            f" reach {fresh.parent}. Set SAMSPILL_HOME to a folder every account can reach, as"
            " /var/lib/samspill.",
        )
    raise Refused("database.create", f"The database could not be made: {reason_in(done.stderr)}.")
