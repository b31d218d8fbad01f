"""The day of the tests: they tell of days, so the clock of Python stands on the one they are written for.

PostgreSQL's own clock goes on as it is: what the database stamps itself (history) has the day of the run.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from factories.people import TODAY

BEGINS = datetime.combine(TODAY, time(14), ZoneInfo("Europe/Oslo"))


@pytest.fixture(scope="session", autouse=True)
def _day_of_the_tests() -> Iterator[None]:
    with time_machine.travel(BEGINS, tick=True):
        yield


@pytest.fixture
def day_of_the_database() -> Iterator[None]:
    """For what Python and PostgreSQL both judge by the day: Python's clock stands where PostgreSQL's does."""
    now = datetime.fromtimestamp(time_machine.escape_hatch.time.time(), UTC)
    with time_machine.travel(now, tick=True):
        yield
