"""The whole pack beside the checkout: all communities are projected, and its files are kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from factories.people import TODAY
from samspill.directory.public import Community, machine, scope
from samspill.insight.models import PackFile
from samspill.insight.public import DataPack, calculate, use_pack
from samspill.insight.queries import communities_with_figures, profile_of
from samspill.insight.queries.figures import figures_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def pack(
    data_pack: Path,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[DataPack]:
    """In use, and the folder it was read from is gone."""
    folder = tmp_path_factory.mktemp("pack") / "figures"
    shutil.copytree(data_pack, folder)
    with django_db_blocker.unblock(), transaction.atomic():
        taken = use_pack(folder, by=machine(None, TODAY))
        shutil.rmtree(folder)
        yield taken
        transaction.set_rollback(True)


@pytest.fixture
def whole(pack: DataPack, db: None) -> DataPack:
    return pack


def test_all_communities_are_projected(whole: DataPack) -> None:
    profile = profile_of(Community.objects.get(code="HF01"))
    assert profile
    assert profile.persons(profile.whole, "80+", 2024) == 16_179
    assert len(communities_with_figures()) == 19


def test_it_is_read_again_when_its_folder_is_gone(whole: DataPack) -> None:
    read, kept = figures_of(whole.version), {one.name for one in PackFile.objects.all()}
    assert kept > {one.name for one in read.source.files}
    assert {"care_users_ostfold_vestfold_2015_2025.csv", "hf_activity_ssb13942_2015_2025.csv"} < kept
    assert len(read.history.areas) == 357
    by = machine(Community.objects.get(code="HF02").pk, TODAY)
    with scope(by):
        one = calculate("people", {"draws": 20, "years": 5}, by=by)
        need = calculate("demand", {"services": ["home_care_users"], "draws": 8, "to": 2030}, by=by)
    assert need.found["years"] == [2026, 2027, 2028, 2029, 2030]
    assert len(one.found["persons"]) == 21 + 5
