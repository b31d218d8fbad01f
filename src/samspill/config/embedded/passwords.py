"""The passwords of the embedded database's roles, and how settings read them without starting anything.

The roles: `samspill_app` serves the pages and owns nothing, `samspill_owner` owns the database and migrates
it, `samspill_manager` is the server's own administrator and takes backups. The passwords are made at random
with the data folder and lie in it, so that a copy of the folder is complete.
"""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from samspill.config.embedded.connection import Connection, Role
from samspill.config.embedded.folders import data_folder, socket_folder
from samspill.config.embedded.postmaster import listening_folder
from samspill.refusal import Refused

DATABASE = "samspill"
USERS: dict[Role, str] = {"app": "samspill_app", "owner": "samspill_owner", "manager": "samspill_manager"}
FILE = "samspill.json"


def new_passwords() -> dict[Role, str]:
    """A random password for each role, 192 bits, safe to quote in SQL and in a URL."""
    return {role: secrets.token_urlsafe(24) for role in USERS}


def write_passwords(data: Path, passwords: dict[Role, str]) -> Path:
    """Write the file that only its owner can read."""
    path = data / FILE
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(passwords, file)
    return path


def read_passwords(data: Path) -> dict[Role, str]:
    """What the file says; empty passwords before there is a data folder. Refused (`database.passwords`)."""
    path = data / FILE
    try:
        text = path.read_text(encoding="utf-8")
        stored = json.loads(text)
        return {role: str(stored[role]) for role in USERS}
    except FileNotFoundError:
        return dict.fromkeys(USERS, "")
    except PermissionError as error:
        raise Refused(
            "database.passwords",
            f"{path} can only be read by the user who made the database. Run samspill as that user.",
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            "database.passwords",
            f"{path}, with the passwords of the database, is damaged. Put it back from a copy of the folder.",
        ) from error


def embedded_connection(home: Path, role: Role, *, temp: Path | None = None) -> Connection:
    """How `role` reaches the embedded database, whether or not it runs."""
    data = data_folder(home)
    host = listening_folder(data) or socket_folder(home, temp)
    return Connection(str(host), "5432", USERS[role], read_passwords(data)[role], DATABASE)


def connection_settings(home: Path, role: str = "app") -> dict[str, Any]:
    """The entry of Django's DATABASES for `role` ("app" or "owner"): starts nothing, makes nothing.

    Before the database has been made, the password is empty. Raises Refused (`database.role`,
    `database.passwords`).
    """
    for known in USERS:
        if known == role:
            return embedded_connection(home, known).to_django()
    raise Refused(
        "database.role", f"The role of the database is «{role}». Set SAMSPILL_DB_ROLE to app or owner."
    )
