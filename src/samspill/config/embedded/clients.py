"""Run PostgreSQL's own client programs (pg_dump, pg_restore) against any database.

Here: which program fits a connection, and handing the connection over without showing the password to `ps`.
Not here: the server's programs (`programs`).
"""

import os
import shutil
import subprocess
from pathlib import Path

from samspill.config.embedded.connection import Connection
from samspill.config.embedded.programs import clean_environment, reason_in, wheel_folder
from samspill.refusal import Refused

# Connection keywords whose variable is not PG and the keyword in capitals:
# https://www.postgresql.org/docs/18/libpq-envars.html
VARIABLES = {
    "dbname": "PGDATABASE",
    "application_name": "PGAPPNAME",
    "channel_binding": "PGCHANNELBINDING",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
NEEDS_TLS = ("require", "verify-ca", "verify-full")


def run_client(connection: Connection, name: str, *arguments: str) -> str:
    """Run `name` to its end. "" when it went well, otherwise the reason it gave."""
    done = subprocess.run(
        [client_program(connection, name), *arguments],
        env=clean_environment(os.environ.items()) | libpq_environment(connection),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return reason_in(done.stderr) if done.returncode else ""


def libpq_environment(connection: Connection) -> dict[str, str]:
    return {VARIABLES.get(key, f"PG{key.upper()}"): value for key, value in connection.to_libpq().items()}


def client_program(connection: Connection, name: str) -> Path:
    """Where `name` is: in the wheel, or on the machine for servers that demand TLS, which the wheel lacks.

    Raises Refused (`database.client`).
    """
    own = wheel_folder()
    if own and (own / name).exists() and connection.options.get("sslmode") not in NEEDS_TLS:
        return own / name
    installed = shutil.which(name)
    if installed is None:
        raise Refused("database.client", f"{name} is not installed. Install PostgreSQL's client programs.")
    return Path(installed)
