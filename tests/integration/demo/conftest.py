"""The demonstration world in an empty, migrated database: made once for a file of tests, then rolled back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from factories.people import TODAY
from samspill.demo.public import Demonstration, load

SEED = 2026


def quiet(_line: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def made(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demonstration]:
    """The world of seed 2026 on 22 November 2026."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    stores = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": plain}
    home: Path = tmp_path_factory.mktemp("home")
    with (
        override_settings(HOME=home, DEMO=True, STORAGES=stores),
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        transaction.atomic(),
    ):
        yield load(seed=SEED, progress=quiet, today=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def world(made: Demonstration, db: None) -> Demonstration:
    """The world, and what a test does to it taken back afterwards."""
    return made


@pytest.fixture
def visitor(world: Demonstration) -> Client:
    return Client()


def sign_in(world: Demonstration, role: str) -> Client:
    """A browser in which the listed person with this role has signed in through the page."""
    person = next(account for account in world.accounts if account.role == role)
    client = Client()
    answer = client.post("/logg-inn/", {"email": person.email, "password": person.password})
    assert answer.status_code == 303, f"{role} could not sign in"
    return client
