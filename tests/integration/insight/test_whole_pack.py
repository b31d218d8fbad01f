"""The whole pack beside the checkout: all communities are projected, its files are kept, and pages show them.

It is taken in use once, which takes as long as fifty tests.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from factories.people import TODAY, member
from samspill.directory.public import Community, machine, scope
from samspill.insight.models import PackFile
from samspill.insight.public import DataPack, calculate, sync_indicators, use_pack
from samspill.insight.queries import communities_with_figures, profile_of
from samspill.insight.queries.figures import figures_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


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
        sync_indicators()
        taken = use_pack(folder, by=machine(None, TODAY))
        shutil.rmtree(folder)
        yield taken
        transaction.set_rollback(True)


def page_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def whole(pack: DataPack, db: None) -> DataPack:
    return pack


def test_all_communities_are_projected(whole: DataPack) -> None:
    profile = profile_of(Community.objects.get(code="HF01"))
    assert profile
    assert profile.persons(profile.whole, "80+", 2024) == 16_179
    assert len(communities_with_figures()) == 19


def test_it_is_read_again_when_its_folder_is_gone(whole: DataPack) -> None:
    figures_of.cache_clear()  # a test before may have read them
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


def test_with_all_municipalities_there_is_a_map_and_a_place_among_the_others(
    whole: DataPack, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    with django_assert_max_num_queries(25):
        page = page_of(client, "/tall/ostfold/")
    assert "ostfold_alle_kart-spec" in page
    assert "s-tile" not in page.replace("s-tilekey", "")
    assert "blant 19 helsefellesskap" in page
    page_of(client, "/tall/troms-og-ofoten/")
    assert client.get("/figur/befolkning/ostfold_alle_kart.svg").status_code == 200


def test_with_all_municipalities_a_region_crosses_borders(whole: DataPack, client: Client) -> None:
    page = page_of(client, "/tall/ostfold/omrade/?kommune=3103&kommune=3905")
    assert "Moss" in page
    assert page.count("<details") > 18
    assert "Østfold fylke" in page
    assert 'value="3905" id="k-3905" checked' in page


def test_a_community_with_published_staff_shows_what_is_published_and_says_so(
    whole: DataPack, data_pack: Path, client: Client
) -> None:
    if not list(data_pack.glob("hf_capacity_*")):
        pytest.skip("NOT TESTED: published staff; the data pack beside has none")
    page = page_of(client, "/tall/more-og-romsdal/bemanning/")
    assert "Her er bare det som er publisert for helseforetaket, regnet med" in page
    assert ">Sykepleiere</a>" in page
    assert ">Helsefagarbeidere</a>" not in page
    gone = page_of(client, "/tall/more-og-romsdal/bemanning/helsefagarbeidere/")
    assert "Dette yrket er ikke talt her ennå" in gone
    lists = page_of(client, "/tall/more-og-romsdal/bemanning/fastlegelister/")
    assert "like mange per innbygger som i Norge" in lists
