"""An installation for benchmarks: the embedded database in a temporary folder, up to date, gone at the end.

One for all benchmarks of a run. What one of them fills it with, others would meet; so `database_copy`.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import psycopg

from samspill.config.embedded import Cluster
from samspill.config.main import Installation

OURS = ("DATABASE_", "DJANGO_", "SAMSPILL_")


@cache
def installation(migrated: Path | None = None) -> Installation:
    """Migrated, with the register of municipalities, and Django set up as the role that serves.

    `migrated` is the home that the tests begin with a copy of (`make build/migrated.ok`): half a minute
    is saved by it.
    """
    folder = Path(tempfile.mkdtemp(prefix="samspill-bench-"))
    folder.chmod(0o711)  # the database's own account must reach it
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ |= {"SAMSPILL_HOME": str(folder / "home"), "SAMSPILL_DEMO": "1", "SAMSPILL_DB_POOL": "0"}
    runtime = Installation(os.environ)
    atexit.register(_remove, folder)
    if migrated is not None:
        subprocess.run(["cp", "-a", str(migrated), str(folder / "home")], check=True)
    runtime.start_database()
    if migrated is not None:
        _take_over(runtime)
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "--verbosity=0"]
    subprocess.run(migrate, env=runtime.environment("owner"), check=True)
    runtime.prepare_django("app")
    return runtime


def _take_over(runtime: Installation) -> None:
    """The database of the tests, without any test's rows, is the installation's own."""
    manager = runtime.dsn("backup")
    name = manager["dbname"]
    with psycopg.connect(**{**manager, "dbname": "postgres"}, autocommit=True) as server:  # type: ignore[arg-type]
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')  # type: ignore[arg-type]
        server.execute(f'ALTER DATABASE "test_{name}" RENAME TO "{name}"')  # type: ignore[arg-type]


def database_copy(runtime: Installation, name: str) -> None:
    """Make the database `name` with all that is in the installation's own."""
    from django.db import connection

    connection.close()  # nobody may be connected to what is copied
    manager = runtime.dsn("backup")
    with psycopg.connect(**{**manager, "dbname": "postgres"}, autocommit=True) as server:  # type: ignore[arg-type]
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{manager["dbname"]}"')  # type: ignore[arg-type]


def _remove(folder: Path) -> None:
    Cluster(folder / "home").stop()
    shutil.rmtree(folder)
