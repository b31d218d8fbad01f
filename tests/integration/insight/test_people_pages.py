"""The pages of people: a region of one's own, what is kept of it, and how often we were right."""

import csv
import io

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import keep_from, keep_question, offer_in
from factories.people import member
from factories.tried import a_few
from samspill.directory.public import Community
from samspill.insight.accuracy.people import NORWAY, published
from samspill.insight.calculations.backtest import trials_of
from samspill.insight.models import PopulationRun
from samspill.insight.public import DataPack, answer_to
from samspill.insight.queries.ages import WOMEN, ages_of
from samspill.insight.sealing import question_from

pytestmark = pytest.mark.django_db
REGION = "/tall/ostfold/omrade/"
PAGES = (
    REGION,
    f"{REGION}?kommune=3103&kommune=3101&fra=67&til=79&ar=2035",
    "/tall/treffsikkerhet/",
    "/tall/treffsikkerhet/?provd=2021-5&aldre=0-17",
    "/tall/ostfold/treffsikkerhet/",
    "/tall/troms-og-ofoten/omrade/",
    "/tall/troms-og-ofoten/treffsikkerhet/",
)
NBSP = "\u00a0"


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@a_few("language", ("nb", "nn", "en"), most=1)
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


def test_single_ages_are_those_of_the_stored_run_to_the_last_person(figures: DataPack) -> None:
    run = PopulationRun.objects.get(community__slug="ostfold")
    ages = ages_of(run)
    assert ages is not None
    for series in run.series.filter(group="80+"):
        for year in ages.years:
            assert ages.persons(year, series.area)[:, 80:].sum() == pytest.approx(series.on(year), abs=0.01)
    assert ages.persons(2026)[WOMEN].sum() + ages.persons(2026)[1 - WOMEN].sum() == 336_615


def test_a_region_that_is_the_whole_community_has_the_same_interval_as_its_stored_run(
    figures: DataPack,
) -> None:
    series = PopulationRun.objects.get(community__slug="ostfold").series.get(area="", group="80+")
    _asked, found = answer_to("people", {}, of=Community.objects.get(slug="ostfold"))
    assert found["persons"] == pytest.approx(series.persons, abs=0.02)
    bands = np.asarray(found["bands"])
    assert bands == pytest.approx(np.asarray(series.bands), abs=0.05)


def test_a_share_is_counted_of_the_same_people_and_its_intervals_lie_in_order(figures: DataPack) -> None:
    run = PopulationRun.objects.get(community__slug="ostfold")
    ages = ages_of(run)
    assert ages is not None
    curve = ages.share("67+", "20-66", times=100)
    older, working = (run.series.get(area="", group=group).on(2026) for group in ("67+", "20-66"))
    assert curve.on(2026) == pytest.approx(100 * older / working, abs=0.001)
    assert all(list(ends) == sorted(ends) for ends in curve.bands)
    low, high = curve.between(2040)
    assert low < curve.on(2040) < high


def test_a_run_by_another_method_or_without_its_figures_has_no_pyramid_rather_than_a_wrong_one(
    figures: DataPack,
) -> None:
    run = PopulationRun.objects.select_related("pack").get(community__slug="ostfold")
    made = run.provenance
    run.provenance = {**made, "version": "1"}
    assert ages_of(run) is None
    run.provenance, run.pack.version = made, "0" * 64
    DataPack.objects.filter(pk=figures.pk).update(version="0" * 64)
    assert ages_of(run) is None


def test_the_year_of_the_pyramid_stands_in_the_address(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/ostfold/?ar=2033")
    assert "Fylte søyler er 2026, streken er 2033." in page
    assert "/figur/befolkning/ostfold_alle_pyramide-2033-5.svg" in page
    assert "streken er 2040" in read(client, "/tall/ostfold/?ar=1999")


def test_the_small_curves_tell_growth_or_share_on_the_same_axes(figures: DataPack, client: Client) -> None:
    growth, share = (read(client, f"/tall/ostfold/{query}") for query in ("", "?vis=andel"))
    assert "når 2026 er 100" in growth
    assert "Andel av innbyggerne som er 80 år og eldre" in share
    for page in (growth, share):
        assert page.count('vector-effect="non-scaling-stroke"') == 13 * 3


def test_a_region_of_ones_own_is_told_at_once(figures: DataPack, client: Client) -> None:
    page = read(client, f"{REGION}?kommune=3103&kommune=3101&fra=67&til=79&ar=2035")
    assert "67–79 år" in page
    assert "Halden og Moss" in page
    assert 'value="3103" id="k-3103" checked' in page
    assert "2035" in page
    assert "Ta vare på svaret" not in page  # a visitor may look, not keep


def test_whoever_works_there_may_keep_the_answer(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "secretariat"))
    page = read(client, f"{REGION}?kommune=3103&fra=67")
    assert "Ta vare på svaret" in page
    assert question_from(offer_in(page)["asked"])["areas"] == ["3103"]
    assert "Ta vare på svaret" in read(client, "/tall/ostfold/treffsikkerhet/")


def test_the_whole_community_is_what_its_profile_says(figures: DataPack, client: Client) -> None:
    assert f"30{NBSP}000 i alderen 80 år og eldre i 2040" in read(client, REGION)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("fra=90&til=80", "Fra 90 til 80 år"),
        ("fra=mange", "«Fra alder» må være et helt tall"),
        ("ar=2090", "«År framover» må være et helt tall"),
        ("kommune=0106", "ingen kommune med nummer 0106"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_what_was_typed_is_kept(
    figures: DataPack, client: Client, query: str, said: str
) -> None:
    page = read(client, f"{REGION}?{query}&til=99" if "til" not in query else f"{REGION}?{query}", 422)
    assert said in page.replace("&nbsp;", " ")
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("omrade/?kommune=3103&kommune=3101&fra=67&til=79&ar=2035", "people"),
        ("treffsikkerhet/?provd=2021-5", "backtest"),
    ],
)
def test_the_button_keeps_the_answer_and_leads_to_its_page(
    figures: DataPack, client: Client, path: str, kind: str
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    answer = keep_from(client, f"/tall/ostfold/{path}")
    assert answer.status_code == 303
    (kept,) = kept_answers(kind=kind)
    assert answer.headers["Location"] == reverse("insight:calculation", args=[kept.key])


@pytest.mark.parametrize("kind", ["people", "backtest"])
def test_nobody_keeps_an_answer_in_another_helsefellesskap(
    figures: DataPack, client: Client, kind: str
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    assert keep_question(client, kind, {}, "troms-og-ofoten").status_code == 403
    assert not kept_answers("troms-og-ofoten") + kept_answers()


def test_the_page_on_accuracy_says_what_the_table_says(figures: DataPack, client: Client) -> None:
    ours = next(
        one
        for one in published()[NORWAY]
        if (one.method, one.jump_off, one.horizon, one.level, one.ages)
        == ("samspill", 2016, 10, "community", "80+")
    )
    page = read(client, "/tall/treffsikkerhet/")
    assert f"{round(ours.error, 1)} prosent feil".replace(".", ",") in page
    assert "SSB 2016" in page
    assert "SSB" not in read(client, "/tall/treffsikkerhet/?provd=2021-5").partition("<h1")[2].partition(
        'id="storrelse"'
    )[0].replace("(SSB)", "")


def test_a_trial_of_ones_own_uses_only_what_was_known(figures: DataPack, client: Client) -> None:
    assert trials_of((2016, 2021, 2026)) == [(2021, 5)]
    assert trials_of(range(2006, 2027))[0] == (2016, 10)
    page = read(client, "/tall/ostfold/treffsikkerhet/")
    assert f"18{NBSP}306" in page
    assert "av 13 kommuner" in page


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_whole_profile_can_be_taken_along(figures: DataPack, client: Client, form: str) -> None:
    response = client.get(f"/tall/ostfold/folketall.{form}")
    assert response.status_code == 200
    if form == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert sheet is not None
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    found = {tuple(row[:4]): row[4:] for row in rows[1:-1]}
    assert found["Østfold", "", "80 år og eldre", "2026"][:2] == ["18306", ""]
    assert found["Hvaler", "3110", "80 år og eldre", "2040"][3] == "ventet"
    assert len(rows) == 2 + 14 * 9 * 17
    assert client.get("/tall/troms-og-ofoten/folketall.csv").status_code == 404
