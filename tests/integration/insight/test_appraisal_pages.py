"""The worked examples as pages: anyone tries them, the own people keep answers, what is wrong is told."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import keep_from, keep_question
from factories.people import member
from samspill.insight.calculations.appraisals import DRAWS
from samspill.insight.public import DataPack

pytestmark = pytest.mark.django_db
PAGE = "/tall/ostfold/scenarier/modeller/jordmor/"


@pytest.fixture
def analyst(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, asked: str = "") -> str:
    return client.get(PAGE + asked).content.decode()


def test_a_visitor_sees_the_message_and_what_is_assumed(client: Client) -> None:
    shown = page(client)
    assert "«Kommunene tar mer» koster minst" in shown
    assert "er antakelser som ingen har målt" in shown
    assert "Logg inn for Helsefellesskapet Østfold for å ta vare på svaret." in shown


def test_both_examples_are_listed(client: Client) -> None:
    shown = client.get("/tall/ostfold/scenarier/modeller/").content.decode()
    assert PAGE in shown
    assert "/tall/ostfold/scenarier/modeller/felles-team/" in shown


def test_a_community_without_figures_can_try_them_too(client: Client) -> None:
    assert client.get("/tall/ahus/scenarier/modeller/felles-team/").status_code == 200


def test_an_unknown_example_is_not_found(client: Client) -> None:
    assert client.get("/tall/ostfold/scenarier/modeller/biler/").status_code == 404


def test_the_page_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(client)
    with django_assert_max_num_queries(6):
        page(client)


def test_a_slider_that_is_moved_is_in_the_address_and_in_the_answer(client: Client) -> None:
    shown = page(client, "?day_cost=9000&vei=stronger_municipality&vei=known_midwife_team")
    assert "9 000 kr per døgn. Eksemplet har 6 400" in shown.replace("\xa0", " ")
    assert "Kombinerte stillinger</dd>" not in shown
    assert 'value="9000"' in shown


@pytest.mark.parametrize("typed", ["abc", "-5", "1e99", "nan"])
def test_what_cannot_be_is_told_at_its_field_and_stands_as_it_was_typed(client: Client, typed: str) -> None:
    answer = client.get(PAGE, {"day_cost": typed})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{typed}"' in shown
    assert "Skriv et tall fra" in shown
    assert "«Kommunene tar mer» koster minst" in shown


def test_a_field_that_is_emptied_means_the_examples_own(client: Client) -> None:
    answer = client.get(PAGE, {"day_cost": "", "verdt": ""})
    assert answer.status_code == 200


def test_an_answer_is_kept_on_more_draws_and_leads_to_its_own_page(
    analyst: Client, figures: DataPack
) -> None:
    answer = keep_from(analyst, f"{PAGE}?day_cost=9000")
    (one,) = kept_answers()
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        reverse("insight:calculation", args=[one.key]),
    )
    assert one.asked["draws"] == DRAWS
    assert one.asked["means"] == {"day_cost": 9000.0}


def test_a_visitor_is_led_to_sign_in_and_nothing_is_kept(client: Client, figures: DataPack) -> None:
    assert keep_question(client, "appraisal", {"model": "midwifery"}).status_code == 302
    assert not kept_answers()


def test_nobody_keeps_answers_for_another_helsefellesskap(analyst: Client, figures: DataPack) -> None:
    assert keep_question(analyst, "appraisal", {}, "ahus").status_code == 403
    assert not kept_answers("ahus") + kept_answers()


def test_a_question_that_is_none_is_refused(analyst: Client, figures: DataPack) -> None:
    assert keep_question(analyst, "appraisal", {"model": "biler"}).status_code == 422
    assert not kept_answers()
