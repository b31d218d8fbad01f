"""A fund call in Østfold: who takes part, and how far it has come."""

import pytest

from factories.people import actor
from integration.plans.funds.story import Story
from samspill.directory.public import Actor


@pytest.fixture
def secretariat() -> Actor:
    """Østfold's secretariat."""
    return actor("ostfold", name="Randi Høgåsen")


@pytest.fixture
def story(secretariat: Actor) -> Story:
    """An open call of 2 000 000 kr, with people in Halden, Moss and at the hospital."""
    return Story(secretariat)
