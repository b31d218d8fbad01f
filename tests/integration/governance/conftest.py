"""Bodies, cases and meetings at hand, inside Østfold."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from factories.bodies import Bodies, make_bodies
from samspill.config.embedded import connection_settings
from samspill.directory.public import scope

MADE = (
    "governance_meeting, governance_case, governance_seat, governance_mandate, governance_representationrule"
)


@pytest.fixture
def bodies(db: None) -> Iterator[Bodies]:
    """SSU and FSU of Østfold, with the test's transaction in that helsefellesskap."""
    made = make_bodies()
    with scope(made.by):
        yield made


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
