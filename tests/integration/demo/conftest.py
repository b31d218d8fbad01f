"""The demonstration world in a database of its own: made once, and given to each test as it was made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from factories.databases import as_owner, in_database
from factories.people import TODAY
from samspill.demo.extent import Extent
from samspill.demo.public import Demonstration, load

SEED = 2026
FEW_CONTACTS = Extent(contacts=20_000, years=3)  # the browser tests and the benchmarks have all of them


def quiet(_line: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def kept(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Demonstration, str, Path]]:
    """The world of seed 2026 on 22 November 2026, the name of its database, and its folder of files.

    Making it takes as long as a hundred tests, so the migrated database is copied once and the world is kept
    in the copy.
    """
    home = tmp_path_factory.mktemp("home")
    empty = connection.settings_dict["NAME"]
    name = f"{empty}_world"
    with django_db_blocker.unblock():
        as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')
        with in_database(name), _in_home(home), transaction.atomic():
            made = load(seed=SEED, progress=quiet, today=TODAY, extent=FEW_CONTACTS)
            connection.run_on_commit = []  # no letters, no jobs: nobody waits for them here
    yield made, name, home
    with django_db_blocker.unblock():
        as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def made(
    kept: tuple[Demonstration, str, Path], django_db_blocker: DjangoDbBlocker
) -> Iterator[Demonstration]:
    """The world, with the connection in its database for a file of tests."""
    demonstration, name, home = kept
    with django_db_blocker.unblock(), in_database(name), _in_home(home):
        yield demonstration


def _in_home(home: Path) -> override_settings:
    return override_settings(HOME=home, DEMO=True, LOCAL_SIGN_IN_LEVEL=4)


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
