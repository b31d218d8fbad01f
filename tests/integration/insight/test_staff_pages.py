"""The staff room, as a visitor and as a member uses it."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import keep_from, keep_question
from factories.people import actor, member
from factories.tried import a_few
from samspill.directory.public import Community, scope
from samspill.documents.drawing import svg
from samspill.insight.public import DataPack, answer_to, calculate, calculate_again
from samspill.insight.shown.staff import told_now

pytestmark = pytest.mark.django_db
ROOM = "/tall/ostfold/bemanning/"
PAGES = (
    ROOM,
    f"{ROOM}?niva=sykehus&til=2030",
    f"{ROOM}sykepleiere/",
    f"{ROOM}sykepleiere/?bli=10&oppgavedeling=5",
    f"{ROOM}jordmodre/",
    f"{ROOM}fastlegelister/?lengde=-2",
    f"{ROOM}jordmorbehov/?vakt=6",
    f"{ROOM}arbeidsmengde/",
)
QUICK = {"draws": 40, "to": 2032}


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode().replace("\u00a0", " ")


def ostfold() -> Community:
    return Community.objects.get(slug="ostfold")


def found(**asked: object) -> Any:
    return answer_to("staff", {**QUICK, "closing": False, **asked}, of=ostfold())[1]


@pytest.mark.parametrize("path", PAGES)
@a_few("language", ["nb", "nn", "en"], most=1)
def test_a_visitor_reads_every_page_in_three_languages(
    figures: DataPack, client: Client, path: str, language: str
) -> None:
    client.cookies["samspill_language"] = language
    assert f'<html lang="{language}"' in read(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_the_database_at_most_25_times(
    figures: DataPack, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    with django_assert_max_num_queries(25):
        read(client, path)


def test_the_heading_says_whom_we_lack_most_of(figures: DataPack, client: Client) -> None:
    page = read(client, ROOM)
    assert re.search(r"<h1>I 2040 mangler vi flest helsefagarbeidere: trolig \d+ årsverk\.</h1>", page)
    assert page.count('class="s-staff__who"') == 6
    assert "delvis antatt" in page


def test_the_professions_with_most_to_win_come_first(figures: DataPack, client: Client) -> None:
    page = read(client, ROOM)
    assert (
        page.index(">Helsefagarbeidere</a>") < page.index(">Sykepleiere</a>") < page.index(">Fastleger</a>")
    )


def test_what_lacks_is_what_is_needed_less_those_at_work(figures: DataPack) -> None:
    """Of the middle of each draw, so that it holds in sum to what rounding and medians allow."""
    one = found(profession="nurse")
    for place in range(len(one["years"])):
        need, supply, gap = (one[part]["values"][place] for part in ("need", "supply", "gap"))
        assert gap == pytest.approx(need - supply, abs=0.02 * need)
    assert one["gap"]["values"][0] == pytest.approx(2991 / 0.96 - 2991, abs=0.1)


def test_those_who_come_and_go_are_the_change_in_persons(figures: DataPack) -> None:
    """W1: nobody is lost on the way. Persons by age hold the same stock as the flows lead to."""
    one = found(profession="nurse")
    flows, ages = one["flows"], one["ages"]
    come = sum(sum(flows[name]) for name in ("trained", "recruited", "moved"))
    go = sum(sum(flows[name]) for name in ("retired", "left", "qualified"))
    assert sum(ages["then"]) - sum(ages["now"]) == pytest.approx(come - go, abs=1)


def test_no_lever_and_a_lever_at_0_are_the_identical_answer(figures: DataPack) -> None:
    assert found(profession="nurse") == found(profession="nurse", levers={"retention": 0.0})


def test_together_levers_close_something_else_than_their_sum(figures: DataPack) -> None:
    one = found(profession="nurse", levers={"retention": 0.2, "training_places": 30})
    alone = [effect["closed"][1] for effect in one["effects"]]
    assert all(closed > 0 for closed in alone)
    assert one["together"][1] == pytest.approx(sum(alone), rel=0.1)
    assert one["together"][1] != sum(alone)
    assert one["before"]["values"][-1] > one["gap"]["values"][-1]


def test_rotation_wins_no_hours(figures: DataPack) -> None:
    one = found(profession="nurse", levers={"rotation": 0.1})
    assert one["effects"][0]["closed"] == pytest.approx([0, 0, 0], abs=0.01)


def test_the_value_that_closes_the_gap_does_close_it(figures: DataPack) -> None:
    asked = {**QUICK, "to": 2035, "profession": "physician", "closing": True}
    one: Any = answer_to("staff", asked, of=ostfold())[1]
    recruitment = next(row for row in one["closing"] if row["lever"] == "recruitment")
    assert recruitment["value"]
    pulled = {**asked, "closing": False, "levers": {"recruitment": recruitment["value"]}}
    after: Any = answer_to("staff", pulled, of=ostfold())[1]
    assert after["gap"]["values"][-1] == pytest.approx(0, abs=1)


def test_a_lever_that_does_not_make_sense_for_a_profession_is_not_there(
    figures: DataPack, client: Client
) -> None:
    assert 'name="oppgavedeling"' in read(client, f"{ROOM}sykepleiere/")
    assert 'name="oppgavedeling"' not in read(client, f"{ROOM}helsefagarbeidere/")
    assert 'name="rotasjon"' not in read(client, f"{ROOM}fastleger/")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("bli=mange", "«mange» er ikke et tall."),
        ("bli=80", "«Færre slutter» går fra 0 til 30 %."),
        ("studieplasser=-1", "«Flere studieplasser» går fra 0 til 100 i året."),
        ("tomme=90", "«0.9» kan ikke brukes her."),
        ("til=2001", "De ansatte er talt 1. januar 2026."),
    ],
)
def test_what_cannot_be_used_is_said_at_its_place_and_the_figures_stand(
    figures: DataPack, client: Client, query: str, sentence: str
) -> None:
    page = read(client, f"{ROOM}sykepleiere/?{query}", status=422)
    assert sentence in page
    assert "Tallene under er uten grep." in page
    assert "I 2040 mangler vi trolig" in page


def test_a_decimal_comma_is_read(figures: DataPack, client: Client) -> None:
    comma, point = (read(client, f"{ROOM}jordmodre/?sykefravar={text}") for text in ("2,5", "2.5"))
    said = re.compile(r'aria-live="polite">(.+?)</p>')
    assert said.findall(comma) == said.findall(point)


def test_the_assumptions_of_a_stock_stand_with_its_figures(figures: DataPack, client: Client) -> None:
    page = read(client, f"{ROOM}helsefagarbeidere/")
    assert "Hvor mange som er på jobb i dag, er delvis antatt." in page
    assert "Antatt: Helsefagarbeidere, kommunene" in page
    assert "«så mange som nå» bommet med 9,1 prosent" in page


def test_the_back_test_of_the_need_stands_beside_it(figures: DataPack, client: Client) -> None:
    page = read(client, f"{ROOM}sykepleiere/")
    assert "Liggedøgn på sykehuset: 5 år fram bommet kurven med 7,1 prosent, «ingen endring» med 7,3." in page


def test_a_profession_nobody_knows_is_not_found(figures: DataPack, client: Client) -> None:
    assert client.get(f"{ROOM}tannleger/").status_code == 404
    assert client.get("/tall/ukjent/bemanning/").status_code == 404


@pytest.mark.parametrize("path", ["", "sykepleiere/", "fastlegelister/", "jordmorbehov/", "arbeidsmengde/"])
def test_a_community_without_figures_says_so_calmly(figures: DataPack, client: Client, path: str) -> None:
    page = read(client, f"/tall/troms-og-ofoten/bemanning/{path}")
    assert "Her er ingen ansatte talt ennå" in page


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("staff", {"to": 2040}),
        ("staff", {"profession": "nurse", "levers": {"retention": 0.1, "task_shift": 0.05}, "closing": True}),
        ("staff", {"profession": "general_practitioner", "sector": "municipality"}),
        ("gp_lists", {"length_change": -0.02, "more": 2.0}),
        ("midwives", {"posts": 6}),
        ("workload", {}),
    ],
)
@a_few("language", ["nb", "nn"], most=1)
def test_every_figure_can_be_drawn_and_has_a_table_words_and_a_source(
    figures: DataPack, kind: str, asked: dict[str, object], language: str
) -> None:
    by = actor("ostfold", "analyst")
    whole, answer = answer_to(kind, {**asked, "draws": 40}, of=ostfold())
    told = told_now(kind, ostfold(), json.loads(json.dumps(whole)), json.loads(json.dumps(answer)), by)
    assert told.heading
    assert told.question
    assert told.method
    for passage in told.passages:
        figure = passage.figure
        assert set(figure.spec) == {"wide", "narrow"}
        assert figure.source
        assert all(len(row) == len(figure.head) for row in figure.rows)
        assert svg(figure.spec, language, title=figure.title, source=str(figure.source)).startswith("<svg")
        assert svg(figure.spec["narrow"], language).startswith("<svg")  # type: ignore[arg-type]
    assert len({passage.figure.key for passage in told.passages}) == len(told.passages)


def test_shorter_lists_leave_more_people_without_a_gp(figures: DataPack) -> None:
    def without(change: float) -> float:
        one: Any = answer_to("gp_lists", {"length_change": change, "draws": 40, "to": 2035}, of=ostfold())[1]
        return float(one["without"]["values"][-1])

    assert without(-0.02) > without(0.0)
    assert without(-0.02) > 1000


def test_posts_that_are_always_manned_set_the_least_a_hospital_needs(figures: DataPack) -> None:
    """Six on duty day and night: 6 · 24 · 365 / 1420 hours."""
    one: Any = answer_to("midwives", {"posts": 6, "birth_hospital": 1.0, "draws": 40}, of=ostfold())[1]
    assert one["always"] == pytest.approx(6 * 24 * 365 / 1420, abs=0.01)
    assert min(one["sectors"]["hospital"]["values"]) == pytest.approx(one["always"], abs=0.01)


def test_the_workload_is_reckoned_as_the_world_health_organization_does(
    figures: DataPack, client: Client
) -> None:
    """400 births of 20 hours and 15 per cent of support, over 1420 hours: 8000 / 1420 / 0.85."""
    page = read(client, f"{ROOM}arbeidsmengde/?navn-1=F%C3%B8dsel&antall-1=400&timer-1=20&felles=15&na=6")
    assert "Arbeidet krever 6,6 årsverk." in page
    assert "6 årsverk er 91 prosent av det. De som er der, er presset." in page


def test_a_workload_that_takes_no_time_is_refused_at_its_place(figures: DataPack, client: Client) -> None:
    page = read(client, f"{ROOM}arbeidsmengde/?antall-1=400&timer-1=mye", status=422)
    assert "«mye» kan ikke brukes her." in page
    assert 'value="mye"' in page


def test_an_answer_is_kept_with_its_question_and_found_again(figures: DataPack) -> None:
    by = actor("ostfold", "analyst")
    with scope(by):
        one = calculate("staff", {**QUICK, "profession": "midwife"}, by=by)
        assert calculate_again(one).is_same
    assert one.asked["profession"] == "midwife"
    assert one.asked["seed"] == 2026


def test_a_member_keeps_the_answer_and_is_led_to_it(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "analyst"))
    answer = keep_from(client, f"{ROOM}jordmodre/?bli=5")
    assert answer.status_code == 303
    (kept,) = kept_answers(kind="staff")
    assert answer.headers["Location"] == reverse("insight:calculation", args=[kept.key])
    assert kept.asked["levers"] == {"retention": 0.05}


@pytest.mark.parametrize("kind", ["staff", "workload"])
def test_others_than_the_members_cannot_keep_an_answer(figures: DataPack, client: Client, kind: str) -> None:
    assert keep_question(client, kind, {}).headers["Location"].startswith("/logg-inn/")
    client.force_login(member("troms-og-ofoten", "analyst"))
    assert keep_question(client, kind, {}).status_code == 403
    assert not kept_answers()


def test_how_far_a_lever_must_be_pulled_is_told_without_script_too(figures: DataPack, client: Client) -> None:
    page = read(client, f"{ROOM}helsefagarbeidere/?til=2030&lukke=1")
    assert "Så langt må ett grep dras alene" in page
    assert 'id="lukke"' not in page
    assert 'id="lukke"' in read(client, f"{ROOM}helsefagarbeidere/?til=2030")
    assert 'id="lukke"' not in read(client, f"{ROOM}fastleger/")
