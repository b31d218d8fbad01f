"""The small world of care, with a system of the nurse service that calls the FHIR face."""

import pytest

from factories.care import CareWorld, care_world
from factories.machines import System, system


@pytest.fixture
def world(db: None) -> CareWorld:
    return care_world()


@pytest.fixture
def nimble(world: CareWorld) -> System:
    return system(world)
