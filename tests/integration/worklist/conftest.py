"""Randi and Jonas in Østfold, Siri in Vestfold, and a database that commits, for tests with a worker."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from factories.people import actor
from samspill.config.embedded import connection_settings
from samspill.directory.public import Actor


@pytest.fixture
def randi() -> Actor:
    """Østfold's secretariat."""
    return actor("ostfold", "secretariat", name="Randi Høgåsen")


@pytest.fixture
def jonas() -> Actor:
    """A committee member in Østfold, without other roles."""
    return actor("ostfold", "member", name="Jonas Tveitan")


@pytest.fixture
def siri() -> Actor:
    """Vestfold's secretariat."""
    return actor("vestfold", "secretariat", name="Siri Holm")


# Everything a test can have made; the register of communities and municipalities stays.
MADE = "directory_account, directory_person, procrastinate_jobs, procrastinate_workers"


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """What is written can be seen by other connections; afterwards the owner takes it away.

    A worker that starts here follows no timetable: what is in the queue does not depend on the hour.
    """
    monkeypatch.setattr(app.periodic_registry, "periodic_tasks", {})
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _clear()
        yield
        _clear()
        connection.close()


def _clear() -> None:
    here = connection.settings_dict
    owner = here
    if not os.environ.get("DATABASE_URL"):
        owner = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "owner")
    with psycopg.connect(
        host=here["HOST"],
        port=here["PORT"],
        dbname=here["NAME"],
        user=owner["USER"],
        password=owner["PASSWORD"],
    ) as database:
        database.execute(f"TRUNCATE {MADE} RESTART IDENTITY CASCADE")  # type: ignore[arg-type]
