"""Municipalities that speak with one voice: gathered by the secretariat, one voice of a kind at a time."""

import pytest
from django.test import Client

from factories.people import member
from samspill.directory.public import Party, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour() -> Client:
    """A browser in which Vestfold's secretariat is signed in."""
    client = Client()
    account = member("vestfold", "secretariat", name="Siri Holm")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


REGION = {"region-name": "Kysten", "region-kind": "kommuneregion", "region-from_day": "2026-11-01"}


def municipality(name: str, slug: str = "vestfold") -> int:
    return Party.objects.get(short_name=name, community__slug=slug).pk


def test_a_secretariat_gathers_municipalities_in_a_region(neighbour: Client) -> None:
    typed = REGION | {"region-municipalities": [municipality("Larvik"), municipality("Sandefjord")]}
    assert neighbour.post("/helsefellesskap/vestfold/regioner/", typed).status_code == 303
    page = neighbour.get("/helsefellesskap/vestfold/").content.decode()
    assert "Kysten" in page
    assert "Larvik, Sandefjord" in page


def test_a_municipality_speaks_with_one_voice_of_a_kind(neighbour: Client) -> None:
    typed = REGION | {"region-municipalities": [municipality("Larvik")]}
    neighbour.post("/helsefellesskap/vestfold/regioner/", typed)
    again = neighbour.post("/helsefellesskap/vestfold/regioner/", typed | {"region-name": "Innlandet"})
    assert again.status_code == 422
    assert "Larvik er med i Kysten allerede." in again.content.decode()
    other_kind = typed | {"region-name": "Vest", "region-kind": "legevaktsdistrikt"}
    assert neighbour.post("/helsefellesskap/vestfold/regioner/", other_kind).status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"region-municipalities": []},
        {"region-name": ""},
        {"region-from_day": "i går"},
        {"region-municipalities": ["999999"]},
    ],
)
def test_a_faulty_region_is_422_and_not_written(neighbour: Client, wrong: dict[str, object]) -> None:
    typed = REGION | {"region-municipalities": [municipality("Larvik")]} | wrong
    assert neighbour.post("/helsefellesskap/vestfold/regioner/", typed).status_code == 422
    assert not Region.objects.filter(name="Kysten").exists()


def test_another_s_municipality_cannot_be_chosen(neighbour: Client) -> None:
    typed = REGION | {"region-municipalities": [municipality("Halden", "ostfold")]}
    assert neighbour.post("/helsefellesskap/vestfold/regioner/", typed).status_code == 422
