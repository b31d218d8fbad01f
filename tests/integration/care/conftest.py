"""The small world of care, made anew for each test."""

import pytest

from factories.care import CareWorld, care_world
from factories.safety_net import Family, family, with_phones


@pytest.fixture
def world(db: None) -> CareWorld:
    return care_world()


@pytest.fixture
def home(world: CareWorld) -> Family:
    """The family of Astrid, with the numbers of the teams."""
    with_phones(world)
    return family(world)
