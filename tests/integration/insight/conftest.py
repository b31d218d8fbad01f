"""Østfold's embedded figures, taken in use once per file and taken back when it is done."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from factories.people import TODAY
from samspill.directory.public import machine
from samspill.insight.public import DataPack, sync_indicators, use_embedded


@pytest.fixture(scope="module")
def _in_use(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DataPack]:
    """Running a projection takes most of a second; every test of a file begins from the same one."""
    with django_db_blocker.unblock(), transaction.atomic():
        sync_indicators()
        yield use_embedded(by=machine(None, TODAY))
        transaction.set_rollback(True)


@pytest.fixture
def figures(_in_use: DataPack, db: None) -> DataPack:
    """The pack that comes with the code, in use."""
    return _in_use
