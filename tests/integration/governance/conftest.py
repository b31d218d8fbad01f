"""Bodies, cases and meetings at hand, inside Østfold."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from factories.bodies import Bodies, make_bodies
from samspill.config.embedded import connection_settings
from samspill.directory.public import scope

MADE = (
    "governance_meeting, governance_case, governance_seat, governance_mandate, governance_representationrule"
)


class Standing:
    """Bodies, and a world on top of them, in a transaction around those of the tests that ask for the same.

    Bodies are sixty statements, and a world two hundred. A test takes back what it did to them, and one that
    does not ask for them does not meet them.
    """

    def __init__(self) -> None:
        self._makers: tuple[Callable[..., Any], ...] = ()
        self._made: list[Any] = []
        self._open = ExitStack()

    def stand(self, *makers: Callable[..., Any]) -> list[Any]:
        """What the first maker makes of nothing, and the next of that; each test has copies of its own."""
        if makers != self._makers:
            self.take_away()
            self._makers = makers
            if makers:
                self._make()
        return deepcopy(self._made)

    def _make(self) -> None:
        self._open.enter_context(transaction.atomic())
        first, *more = self._makers
        self._made = [first()]
        with scope(self._made[0].by):
            self._made += [make(self._made[0]) for make in more]
        connection.check_constraints()  # now, and not again after each test

    def take_away(self) -> None:
        if self._makers:
            transaction.set_rollback(True)
            self._open.close()
        self._makers, self._made = (), []


@pytest.fixture(scope="module")
def _standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Standing]:
    """For one file, so that the database can clean up after it."""
    standing = Standing()
    yield standing
    with django_db_blocker.unblock():
        standing.take_away()


@pytest.fixture
def _ground(
    request: pytest.FixtureRequest, _standing: Standing, django_db_blocker: DjangoDbBlocker
) -> list[Any]:
    """What the test asks for: nothing, bodies, or the world that `make_world` of its file makes of them."""
    wanted = set(request.fixturenames)
    make_world = getattr(request.module, "make_world", None)
    makers = [make_bodies] if "settled" in wanted else []
    if make_world and "world" in wanted:
        makers.append(make_world)
    with django_db_blocker.unblock():
        return _standing.stand(*makers)


@pytest.fixture(autouse=True)
def _django_db_marker(_ground: list[Any], _django_db_marker: None) -> None:
    """The ground is there before pytest-django begins the test's own transaction, and so outlives it."""


@pytest.fixture
def settled(_ground: list[Any], db: None) -> Bodies:
    """SSU and FSU of Østfold, and the test's transaction in no helsefellesskap yet."""
    return _ground[0]


@pytest.fixture
def world(_ground: list[Any], bodies: Bodies) -> Any:
    """What `make_world` of the file has made of the bodies."""
    return _ground[1]


@pytest.fixture
def bodies(settled: Bodies) -> Iterator[Bodies]:
    """SSU and FSU of Østfold, with the test's transaction in that helsefellesskap."""
    with scope(settled.by):
        yield settled


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """What is written can be seen by other connections; afterwards the owner takes it away."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _clear()
        yield
        _clear()
        connection.close()


def _clear() -> None:
    here = owner = connection.settings_dict
    if not os.environ.get("DATABASE_URL"):
        owner = connection_settings(Path(os.environ["SAMSPILL_HOME"]), "owner")
    with psycopg.connect(
        host=here["HOST"], port=here["PORT"] or None, dbname=here["NAME"],
        user=owner["USER"], password=owner["PASSWORD"],
    ) as link:  # fmt: skip
        link.execute(f"TRUNCATE {MADE}, directory_account, directory_person CASCADE")
        made = "FROM directory_body WHERE short_name IN ('FSU-P', 'SSU-P')"
        for row in link.execute(f"SELECT DISTINCT community_id::text {made}").fetchall():
            link.execute("SELECT set_config('samspill.community', %s, true)", row)
            link.execute(f"DELETE {made}")
