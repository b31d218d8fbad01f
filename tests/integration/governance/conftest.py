"""Bodies, cases and meetings at hand, inside Østfold."""

from collections.abc import Iterator

import pytest

from factories.bodies import Bodies, make_bodies
from samspill.directory.public import scope


@pytest.fixture
def bodies(db: None) -> Iterator[Bodies]:
    """SSU and FSU of Østfold, with the test's transaction in that helsefellesskap."""
    made = make_bodies()
    with scope(made.by):
        yield made
