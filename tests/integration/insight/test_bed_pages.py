"""How many beds, and beds two can share: the answer at the address, refusals at the field, answers kept."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import keep_from, keep_question
from factories.people import actor, member
from factories.tried import a_few
from samspill.directory.public import scope
from samspill.insight.public import DataPack, calculate, calculate_again
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
NEED, SHARED = "/tall/ostfold/senger/", "/tall/ostfold/senger/deles/"
PAGES = (NEED, f"{NEED}?service=kad_days", f"{NEED}?service=discharge_ready_days&shorter=10", SHARED)


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize("path", PAGES)
@a_few("language", ("nb", "nn", "en"), most=1)
def test_a_visitor_reads_it_in_three_languages(
    figures: DataPack, client: Client, path: str, language: str
) -> None:
    client.cookies["samspill_language"] = language
    page = read(client, path)
    assert f'<html lang="{language}"' in page
    assert "Ta vare på svaret" not in page  # a visitor may look, not keep


@pytest.mark.parametrize("path", PAGES)
def test_it_asks_the_database_at_most_20_times(
    figures: DataPack, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    with django_assert_max_num_queries(20):
        read(client, path)


def test_the_heading_is_the_answer_and_moves_with_the_slider(figures: DataPack, client: Client) -> None:
    few, many = (heading(read(client, f"{NEED}?utilisation={share}")) for share in (95, 70))
    number = re.compile(r"om lag ([\d\xa0]+) sykehussenger i 2040")
    beds = [int(found.group(1).replace("\xa0", "")) for one in (few, many) if (found := number.search(one))]
    assert beds[1] / beds[0] == pytest.approx(95 / 70, rel=0.03)


def test_ones_own_bed_days_set_the_level_of_today(figures: DataPack, client: Client) -> None:
    page = read(client, f"{NEED}?bed_days=100+000&utilisation=85")
    assert re.search(r"322", page)  # 100 000 / 365 / 0.85
    assert "Nivået er bruken i hele landet" not in page


def test_every_figure_has_its_table_and_the_curve_its_back_test(figures: DataPack, client: Client) -> None:
    page = read(client, NEED)
    assert page.count("data-figure-table") == 3
    assert "«Som i dag» ville bommet med" in page
    assert "Ikke prøvd" in read(client, f"{NEED}?service=kad_days")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (f"{NEED}?utilisation=150", "må være et helt tall fra 60 til 98"),
        (f"{NEED}?stay=fire", "«Vanlig liggetid, i døgn» må være et tall fra 0,1 til 365"),
        (f"{NEED}?service=alle", "Velg hvilke senger det skal regnes på"),
        (f"{SHARED}?beds=3&reserved=4", "Det er 3 senger, så 4 kan ikke holdes ledige"),
        (f"{SHARED}?acute=0&ready=0", "Ingen kommer"),
        (f"{SHARED}?beds=1000", "må være et helt tall fra 1 til 40"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_the_field_and_keeps_what_was_typed(
    figures: DataPack, client: Client, path: str, sentence: str
) -> None:
    page = read(client, path, 422)
    assert sentence in page
    if "service" not in path:
        assert 'aria-invalid="true"' in page
    typed = re.findall(r"=(\w+)", path)
    assert all(f'value="{one}"' in page for one in typed if one != "alle")


def test_the_number_kept_that_costs_least_is_the_heading(figures: DataPack, client: Client) -> None:
    assert "Hold 2 av de 8 sengene ledige for akutt syke" in heading(read(client, SHARED))
    tried = read(client, f"{SHARED}?reserved=5")
    assert "Du prøver med 5." in tried
    assert "Hold 2 av de 8" in heading(tried)


def test_keeping_none_is_an_answer_too(figures: DataPack, client: Client) -> None:
    page = read(client, f"{SHARED}?hospital_days=0")
    assert "Hold ingen av de 8 sengene ledige" in heading(page)


def test_a_community_without_figures_is_told_so_and_can_share_beds(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/troms-og-ofoten/senger/")
    assert "samspill data add" in page
    assert "Hold 2 av de 8" in read(client, "/tall/troms-og-ofoten/senger/deles/")


@pytest.mark.parametrize("path", ["/tall/ukjent/senger/", "/tall/ukjent/senger/deles/"])
def test_a_community_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_answer_is_kept_with_its_whole_question_and_can_be_made_again(figures: DataPack) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(analyst):
        for kind in ("beds", "shared_beds"):
            one = calculate(kind, {}, by=analyst)
            assert calculate_again(one).is_same
            assert one.asked.keys() > {"beds"} or one.asked.keys() > {"utilisation"}


def test_the_button_keeps_the_answer_and_leads_to_its_page(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "secretariat"))
    assert "Ta vare på svaret" in read(client, SHARED)
    answer = keep_from(client, f"{SHARED}?beds=10&reserved=3")
    (kept,) = kept_answers(kind="shared_beds")
    assert answer.status_code == 303
    assert answer.headers["Location"] == reverse("insight:calculation", args=[kept.key])
    assert (kept.asked["beds"], kept.asked["reserved"]) == (10, 3)


def test_nobody_keeps_an_answer_in_another_helsefellesskap(figures: DataPack, client: Client) -> None:
    elsewhere = keep_question(client, "shared_beds", {}, "troms-og-ofoten")
    assert elsewhere.headers["Location"].startswith("/logg-inn/")
    client.force_login(member("ostfold", "secretariat"))
    assert keep_question(client, "shared_beds", {}, "troms-og-ofoten").status_code == 403
    assert keep_question(client, "ukjent", {}).status_code == 422
    assert not kept_answers("troms-og-ofoten") + kept_answers()


def test_a_question_nobody_can_answer_is_not_kept(figures: DataPack) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(analyst), pytest.raises(Refused):
        calculate("shared_beds", {"beds": 2, "reserved": 3}, by=analyst)
    assert not kept_answers()
