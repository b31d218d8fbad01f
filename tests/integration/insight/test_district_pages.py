"""City districts on the pages of their city: chosen from a list, and held to the city in every draw."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from factories.people import TODAY
from factories.tried import a_few
from samspill.analysis.packs import district_names, open_districts
from samspill.directory.public import Community, machine, nobody
from samspill.insight.public import DataPack, use_pack
from samspill.insight.queries.ages import ages_of
from samspill.insight.queries.districts import Districts, districts_of
from samspill.insight.queries.profiles import Profile, profile_of
from samspill.insight.shown.people_drawn import figure_for
from samspill.refusal import Refused
from unit.cli.small_packs import PEOPLE, save, small_pack

pytestmark = pytest.mark.django_db
CITY, FIRST, SECOND, REST = "3103", "310301", "310302", "310399"
FILE = "population_bydel_2011_2018.csv"
PAGE = f"/tall/ostfold/{CITY}/"


def pack_with_districts(folder: Path) -> Path:
    """Moss in two invented districts, some of its people in neither."""
    small_pack(folder)
    rows = []
    with (folder / PEOPLE).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kommune_nr"] == CITY:
                for code, name, share in ((FIRST, "Sjøsida", 0.6), (SECOND, "Åssida", 0.3)):
                    keys = {key: row[key] for key in ("year", "sex", "age")}
                    persons = str(int(share * int(row["population"])))
                    rows.append({"bydel_nr": code, "bydel_navn": name, **keys, "population": persons})
    save(folder / FILE, rows)
    return folder


@pytest.fixture(scope="module")
def _divided(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataPack]:
    folder = pack_with_districts(tmp_path_factory.mktemp("city") / "pack")
    with django_db_blocker.unblock(), transaction.atomic():
        yield use_pack(folder, by=machine(None, TODAY))
        transaction.set_rollback(True)


@pytest.fixture
def divided(_divided: DataPack, db: None) -> DataPack:
    return _divided


@pytest.fixture
def profile(divided: DataPack) -> Profile:
    found = profile_of(Community.objects.get(slug="ostfold"))
    assert found
    return found


@pytest.fixture
def districts(profile: Profile) -> Districts:
    city = profile.place(CITY)
    assert city
    found = districts_of(profile, city)
    assert found
    return found


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_a_pack_says_what_its_districts_are_called(tmp_path: Path) -> None:
    folder = pack_with_districts(tmp_path / "pack")
    assert district_names(folder) == {FIRST: "Sjøsida", SECOND: "Åssida"}
    assert open_districts(folder) is not None
    (folder / FILE).unlink()
    assert district_names(folder) == {}


def test_they_are_listed_by_name_and_those_in_none_come_last(districts: Districts) -> None:
    assert [place.code for place in districts.profile.places] == [FIRST, SECOND, REST]


def test_they_add_up_to_the_city_as_it_is_stored(profile: Profile, districts: Districts) -> None:
    for group in ("all", "80+", "20-66"):
        whole = np.array(profile.of(districts.city, group).persons)
        parts = sum(np.array(districts.profile.of(one, group).persons) for one in districts.profile.places)
        np.testing.assert_allclose(parts, whole, atol=0.05)


def test_they_add_up_to_the_city_in_every_draw(profile: Profile, districts: Districts) -> None:
    stored = ages_of(profile.run)
    assert stored
    whole = stored.futures.of("80+", areas=[CITY])
    np.testing.assert_allclose(districts.ages.futures.of("80+"), whole, rtol=1e-4)


def test_the_whole_that_stands_beside_them_is_the_city(profile: Profile, districts: Districts) -> None:
    inside = districts.profile
    assert inside.persons(inside.whole, "80+", inside.to) == profile.persons(
        districts.city, "80+", profile.to
    )


def test_the_page_of_the_city_leads_to_each(divided: DataPack, client: Client) -> None:
    page = read(client, PAGE)
    assert page.index("Sjøsida") < page.index("Åssida") < page.index("Uten bydel")
    assert f'href="{PAGE}{FIRST}/"' in page
    community = read(client, "/tall/ostfold/")
    assert community.count(f'href="{PAGE}#bydeler"') == community.count("#bydeler") == 1
    assert "Bydeler" not in read(client, "/tall/ostfold/3101/")


@a_few("language", ("nb", "nn", "en"), most=1)
def test_a_district_has_the_figures_of_a_municipality(
    divided: DataPack, client: Client, language: str
) -> None:
    client.cookies["samspill_language"] = language
    page = read(client, f"{PAGE}{FIRST}/?ar=2030&aldre=ett")
    assert "<h1>Sjøsida: " in page
    assert page.count("data-figure") >= 5
    assert f'href="{PAGE}"' in page


@pytest.mark.parametrize(
    "path", [f"{PAGE}310377/", "/tall/ostfold/3101/310101/", "/tall/vestfold/3103/310301/"]
)
def test_one_that_is_not_there_is_not_found(divided: DataPack, client: Client, path: str) -> None:
    read(client, path, 404)


@pytest.mark.parametrize("picture", ["80", "67-79", "pyramide", "pyramide-2030-1"])
def test_its_figures_can_be_taken_along(divided: DataPack, picture: str) -> None:
    figure = figure_for(f"ostfold_{FIRST}_{picture}", nobody(TODAY))
    assert figure and "Sjøsida" in figure.title
    assert figure_for(f"ostfold_310377_{picture}", nobody(TODAY)) is None


def test_it_asks_the_database_at_most_20_times(
    divided: DataPack, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in ("/tall/ostfold/", PAGE, f"{PAGE}{FIRST}/"):
        read(client, path)
        with django_assert_max_num_queries(20):
            read(client, path)


def test_a_pack_whose_districts_cannot_be_read_is_refused(divided: DataPack, tmp_path: Path) -> None:
    folder = pack_with_districts(tmp_path / "pack")
    (folder / FILE).write_text("bydel_nr,year\n310301,2011\n", "utf-8")
    with pytest.raises(Refused), transaction.atomic():
        use_pack(folder, by=machine(None, TODAY))
