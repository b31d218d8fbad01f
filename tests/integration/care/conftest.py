"""The small world of care, made anew for each test."""

import pytest

from factories.care import CareWorld, care_world


@pytest.fixture
def world(db: None) -> CareWorld:
    return care_world()
