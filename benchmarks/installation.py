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
def installation() -> Installation:
    """Migrated, with the register of municipalities, and Django set up as the role that serves."""
    folder = Path(tempfile.mkdtemp(prefix="samspill-bench-"))
    folder.chmod(0o711)  # the database's own account must reach it
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ |= {"SAMSPILL_HOME": str(folder / "home"), "SAMSPILL_DEMO": "1", "SAMSPILL_DB_POOL": "0"}
    runtime = Installation(os.environ)
    atexit.register(_remove, folder)
    runtime.start_database()
    migrate = [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "--verbosity=0"]
    subprocess.run(migrate, env=runtime.environment("owner"), check=True)
    runtime.prepare_django("app")
    return runtime


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
