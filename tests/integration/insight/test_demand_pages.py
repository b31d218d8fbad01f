"""The pages of demand, as a visitor and as a member of the community sees them."""

import html
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import keep_from, keep_question
from factories.people import member
from factories.tried import a_few
from samspill.insight.public import DataPack

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"
PAGES = (
    "/tall/ostfold/behov/",
    "/tall/ostfold/behov/?kommune=3110&til=2030",
    "/tall/ostfold/behov/liggedogn/",
    "/tall/ostfold/behov/hjemmetjenester/?kommune=3101&til=2050",
    "/tall/ostfold/behov/fodsler/?liggetid=100",
    "/tall/ostfold/behov/prov/",
    "/tall/ostfold/behov/prov/?liggetid=100&hjem-raskere=150&kommune=3118",
    "/tall/ostfold/behov/metode/",
)
TRIAL = "/tall/ostfold/behov/prov/"


def read(client: Client, address: str, status: int = 200, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == status, address
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("address", PAGES)
@a_few("language", ("nb", "nn", "en"), most=1)
def test_a_page_is_read_with_few_queries(
    figures: DataPack,
    client: Client,
    address: str,
    language: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    client.cookies["samspill_language"] = language
    with django_assert_max_num_queries(25):
        page = read(client, address)
    assert f'lang="{language}"' in page
    assert "%(" not in page


def test_the_overview_says_what_each_service_becomes_and_how_sure_that_is(
    figures: DataPack, client: Client
) -> None:
    page = read(client, PAGES[0])
    assert "Vi trenger mer av alt fram til 2040." in page
    row = re.search(r"<tr>\s*<th[^>]*><a[^>]*>Langtidsopphold på sykehjem.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert "Åtte av ti:" in row[0]
    assert "Ikke bedre enn «ingen endring»: flat linje" in row[0]
    assert "<polygon" in row[0]


def test_what_is_assumed_stands_wherever_the_figure_stands(figures: DataPack, client: Client) -> None:
    for address in (PAGES[0], "/tall/ostfold/behov/hjemmeteam/"):
        assert "Et anslag med spenn, ikke en telling." in read(client, address)


def test_a_visitor_tries_and_reads_what_both_sides_get(figures: DataPack, client: Client) -> None:
    page = read(client, f"{TRIAL}?tjeneste=liggedogn&liggetid=100&hjem-raskere=100")
    assert "Sykehuset får mindre å gjøre, kommunene mer." in page
    assert "Begge sider i 2040" in page
    assert "Hva som bidrar med hvor mye fram til 2040" in page
    assert "Logg inn for Helsefellesskapet Østfold for å ta vare på svaret." in page
    assert page.count('aria-live="polite"') - read(client, "/tall/ostfold/").count('aria-live="polite"') == 1


def test_the_address_follows_what_is_tried_and_is_as_short_as_it_can_be(
    figures: DataPack, client: Client
) -> None:
    everything = "tjeneste=liggedogn&til=2040&kommune=&liggetid=100&dho=0&liggetid-minst=2&liggetid-mest=10"
    response = client.get(f"{TRIAL}?{everything}&liggetid-ar=5&dho-ar=4")
    assert response.headers["HX-Replace-Url"] == f"{TRIAL}?tjeneste=liggedogn&til=2040&liggetid=100"


def test_one_can_take_back_the_last_thing_one_tried(figures: DataPack, client: Client) -> None:
    before = f"http://testserver{TRIAL}?tjeneste=liggedogn&til=2040&liggetid=50"
    now = f"{TRIAL}?tjeneste=liggedogn&til=2040&liggetid=100"
    page = read(client, now, **{"HX-Current-URL": before})
    assert '<a href="?tjeneste=liggedogn&til=2040&liggetid=50">Angre</a>' in page
    assert ">Angre</a>" not in read(client, now, **{"HX-Current-URL": f"http://testserver{now}"})
    assert ">Angre</a>" not in read(client, now, Referer="https://elsewhere.example/tall/")


def test_presets_set_every_slider(figures: DataPack, client: Client) -> None:
    page = read(client, f"{TRIAL}?liggetid=30")
    preset = re.search(r'<a href="(\?[^"]*)">Slik forskningen viser</a>', page)
    none = re.search(r'<a href="(\?[^"]*)">Alt på 0</a>', page)
    assert preset and preset[1].count("=100") == 8
    assert none and none[1] == "?tjeneste=liggedogn&til=2040"


def test_a_question_that_cannot_be_asked_keeps_what_was_written(figures: DataPack, client: Client) -> None:
    page = read(client, f"{TRIAL}?liggetid=300&dho=40", status=422)
    assert "skriv et helt tall fra 0 til 200 prosent; nå står det «300»" in page
    assert 'value="300"' in page
    assert 'value="40"' in page


def test_a_service_or_a_place_that_is_not_there_is_said(figures: DataPack, client: Client) -> None:
    assert client.get("/tall/ostfold/behov/tannlege/").status_code == 404
    page = read(client, "/tall/ostfold/behov/?kommune=0301", status=422)
    assert "Det er ingen kommune 0301 i dette helsefellesskapet." in page


def test_a_community_without_figures_is_told_calmly(figures: DataPack, client: Client) -> None:
    for address in ("/tall/ahus/behov/", "/tall/ahus/behov/liggedogn/", "/tall/ahus/behov/prov/"):
        assert "Her kommer det til å stå hva innbyggerne vil bruke" in read(client, address)
    assert "Hva vi bygger på" in read(client, "/tall/ahus/behov/metode/")


def test_the_evidence_of_each_measure_and_the_back_tests_stand_on_one_page(
    figures: DataPack, client: Client
) -> None:
    page = read(client, "/tall/ostfold/behov/metode/")
    assert "Gonçalves-Bradley" in page
    assert '<b>10,9</b> <span class="s-sub">(−0,2)</span>' in page.replace("(−0,3)", "(−0,2)")
    assert page.count("ingen gamle tall å prøve på") == 8


@pytest.mark.parametrize("path", ["?til=2030", "hjemmetjenester/?kommune=3110"])
@pytest.mark.parametrize("form", ["svg", "csv"])
def test_a_figure_can_be_taken_along(figures: DataPack, client: Client, path: str, form: str) -> None:
    assert client.get(f"/tall/ostfold/behov/{path}&fil=1.{form}").status_code == 200
    assert client.get(f"/tall/ostfold/behov/{path}&fil=99.{form}").status_code == 404


def test_a_figure_that_is_taken_along_ends_in_the_year_that_was_chosen(
    figures: DataPack, client: Client
) -> None:
    drawn = client.get("/tall/ostfold/behov/?til=2030&fil=1.svg").content.decode()
    assert "2030" in drawn
    assert "2040" not in drawn


def test_an_answer_is_kept_by_a_member_and_leads_to_its_page(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "analyst"))
    response = keep_from(client, f"{TRIAL}?tjeneste=liggedogn&til=2034&liggetid=100")
    (kept,) = kept_answers()
    assert (response.status_code, response.headers["Location"]) == (303, f"/tall/utregning/{kept.key}/")
    assert kept.asked["sizes"] == {"length_of_stay": 100}
    assert keep_question(client, "demand", {"sizes": {"length_of_stay": "x"}}).status_code == 422
    assert len(kept_answers()) == 1


def test_nobody_else_keeps_answers_here(figures: DataPack, client: Client) -> None:
    assert keep_question(client, "demand", {}).headers["Location"].startswith("/logg-inn/")
    client.force_login(member("troms-og-ofoten", "analyst"))
    assert keep_question(client, "demand", {}).status_code == 403
    assert "Logg inn for Helsefellesskapet Østfold for å ta vare på svaret." in read(client, TRIAL)
    assert not kept_answers()
