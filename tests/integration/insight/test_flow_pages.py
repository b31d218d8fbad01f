"""«Fra sykehus til kommune»: moved numbers simulated at once, models as text, thorough runs kept."""

import re
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from factories.keeping import offer_in
from factories.people import TODAY, actor, member
from factories.tried import a_few
from samspill.analysis.capacity import EXAMPLE
from samspill.directory.public import Community, scope
from samspill.insight.calculations.flow import answered, work_through
from samspill.insight.flow_models import by_name, in_rows, question_of
from samspill.insight.jobs import done_in, folder_of, put_to_work, simulate_and_keep
from samspill.insight.public import Calculation, DataPack, calculate_again
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
FLOW, WRITTEN = "/tall/ostfold/senger/flyt/", "/tall/ostfold/senger/flyt/modell/"
SHORT = {"days": 28, "warm_up_days": 14, "replications": 3, "seed": 1}


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def write(client: Client, text: str, status: int = 200) -> str:
    response = client.post(WRITTEN, {"model": text})
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("path", [FLOW, f"{FLOW}?try_first=40", WRITTEN])
@a_few("language", ("nb", "nn", "en"), most=1)
def test_a_visitor_reads_it_in_three_languages(client: Client, path: str, language: str) -> None:
    client.cookies["samspill_language"] = language
    assert f'<html lang="{language}"' in read(client, path)


def test_the_same_patients_come_whatever_the_language(client: Client) -> None:
    found = []
    for language in ("nb", "nn"):
        client.cookies["samspill_language"] = language
        number = re.search(r"<h1>([\d,]+) s", read(client, FLOW))
        assert number
        found.append(number.group(1))
    assert found[0] == found[1]


@pytest.mark.parametrize("path", [FLOW, f"{FLOW}?try_first=40"])
def test_it_asks_the_database_at_most_15_times(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    with django_assert_max_num_queries(15):
        read(client, path)


def test_more_places_let_fewer_wait_and_say_so_in_the_heading(client: Client) -> None:
    page = read(client, f"{FLOW}?try_first=44&try_weekends=1")
    assert re.search(r"<h1>Med det dere prøver, venter [\d,]+ færre på sykehuset hver dag</h1>", page)
    assert "De samme pasientene kommer i begge." in page
    assert page.count("data-figure-table") == 3


def test_nothing_changed_is_nothing_compared() -> None:
    whole, found = answered({**question_of({"try_first": 34}), **SHORT})
    assert whole["other"] is None
    assert "difference" not in found


def test_two_models_that_are_alike_in_what_counts_differ_by_exactly_nothing() -> None:
    question = question_of({})
    other = {**question["model"], "name": "annet navn"}  # type: ignore[dict-item]
    _whole, found = answered({"model": question["model"], "other": other, **SHORT})
    assert set(found["difference"]["ready"].values()) == {0.0}  # type: ignore[index]


def test_the_order_of_places_is_kept_though_a_database_orders_names() -> None:
    model = question_of({})["model"]
    assert list(by_name(in_rows(model))["units"]) == list(model["units"])  # type: ignore[index]
    assert by_name(in_rows(model)) == model
    assert in_rows(in_rows(model)) == in_rows(model)


def test_a_work_that_was_stopped_goes_on_and_comes_to_the_same(tmp_path: object) -> None:
    whole, found = answered({**question_of({"try_kad": 8}), **SHORT})
    keep = tmp_path / "run"  # type: ignore[operator]
    assert work_through(whole, keep) == found
    sorted(keep.glob("*/*.npz"))[0].unlink()
    assert done_in(keep) == 5
    assert work_through(whole, keep) == found
    assert done_in(keep) == 6


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("hospital=ingen", "«Senger på sykehuset» må være et helt tall"),
        ("try_first=-3", "«Plasser, første sykehjem» må være et helt tall"),
        ("share=130", "«Av dem, trenger plass etterpå» må være et helt tall fra 0 til 100"),
    ],
)
def test_a_number_that_cannot_be_used_is_told_at_its_field(
    client: Client, question: str, sentence: str
) -> None:
    page = read(client, f"{FLOW}?{question}", 422)
    assert sentence in page
    assert 'aria-invalid="true"' in page


CIRCLE = """
name: ring
starts: 2026-01-05
units:
  sykehus: {beds: 10}
  sykehjem: {beds: 10}
groups:
  alle:
    enters: sykehus
    arrivals_per_day: 1
    steps:
      sykehus: {stay: {mean: 3}, then: {sykehjem: 0.5}}
      sykehjem: {stay: {mean: 3}, then: {sykehus: 0.5}}
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CIRCLE, "sykehjem og sykehus går i ring: pasientene kunne vente på hverandres senger for alltid"),
        (CIRCLE.replace("then: {sykehus: 0.5}", "then: {hjemme: 0.5}"), "Pasientene skal til «hjemme»"),
        (CIRCLE.replace("2026-01-05", "i går"), "Modellen kan ikke leses ved «starts»"),
        (CIRCLE.replace("sykehjem: 0.5", "sykehjem: 1.5"), "er utenfor det det kan være"),
        (
            CIRCLE.replace("beds: 10", "beds: mange", 1),
            "Tallet ved «beds of sykehus» er utenfor det det kan være",
        ),
        ("units: [", "kan ikke leses. Sammenlign innrykk og kolon med eksempelet"),
        ("", "Modellen kan ikke leses"),
        ("\x00", "tegn som ikke hører hjemme"),
        ("a: " + "1" * 50_000, "for lang for en modell"),
    ],
)
def test_a_model_that_cannot_be_used_is_refused_in_a_sentence_and_stays_as_written(
    client: Client, text: str, sentence: str
) -> None:
    page = write(client, text, 422)
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert "ring" not in text or "enters: sykehus" in page


def test_the_example_can_be_simulated_as_it_stands(client: Client) -> None:
    page = write(client, EXAMPLE.read_text("utf-8"))
    assert re.search(r"<h1>[\d,]+ sykehussenger er hver dag opptatt", page)
    assert "Storevik sykehjem" in page


def test_a_thorough_answer_is_worked_out_in_the_background_and_kept(
    figures: DataPack, client: Client
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    sent = {"asked": offer_in(read(client, f"{FLOW}?try_first=40"))["asked"]}
    answer = client.post(f"{FLOW}grundig/", sent)
    assert answer.status_code == 303
    assert client.post(f"{FLOW}grundig/", sent).status_code == 303
    job = ProcrastinateJob.objects.get(task_name="insight.simulate")  # asked twice, queued once
    assert job.args["asked"]["replications"] == 40
    place = answer.headers["Location"]
    assert "svaret kommer her" in read(client, place)
    assert 'hx-trigger="every 1s"' in read(client, place)


def test_what_is_kept_is_the_same_as_is_simulated_again(figures: DataPack, client: Client) -> None:
    community = Community.objects.get(slug="ostfold")
    whole, _found = answered({**question_of({"try_kad": 8}), **SHORT})
    simulate_and_keep(community.pk, "nokkel", whole, today=TODAY)
    with scope(actor("ostfold", "analyst")):
        one = Calculation.objects.get(kind="flow")
        assert calculate_again(one).is_same
    assert not folder_of(community.pk, "nokkel").exists()
    client.force_login(member("ostfold", "secretariat"))
    try:
        reverse("insight:calculation", args=[one.key])
    except NoReverseMatch:
        pytest.skip("the page of a stored calculation is not there yet")
    assert "Svaret er klart" in read(client, f"{FLOW}regner/{one.key}/")


def test_work_that_is_not_there_is_told_as_stopped(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "secretariat"))
    assert "Simuleringen stoppet" in read(client, f"{FLOW}regner/aaaaaaaaaaaa/")


def test_nobody_sets_work_going_in_another_helsefellesskap(figures: DataPack, client: Client) -> None:
    path = "/tall/troms-og-ofoten/senger/flyt/grundig/"
    assert client.post(path).headers["Location"].startswith("/logg-inn/")
    client.force_login(member("ostfold", "secretariat"))
    assert client.post(path).status_code == 403
    assert not ProcrastinateJob.objects.filter(task_name="insight.simulate").exists()


def test_a_question_that_cannot_be_asked_sets_no_work_going(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "secretariat"))
    assert client.post(f"{FLOW}grundig/", {"model": CIRCLE}).status_code == 422
    with pytest.raises(Refused):
        answered({"model": None, **SHORT})
    assert not ProcrastinateJob.objects.filter(task_name="insight.simulate").exists()


def test_one_job_is_enough(figures: DataPack) -> None:
    community = Community.objects.get(slug="ostfold")
    for _ in range(3):
        put_to_work(community.pk, "nokkel", SHORT)
    assert ProcrastinateJob.objects.filter(task_name="insight.simulate").count() == 1


@pytest.mark.slow
def test_a_worker_that_starts_knows_the_job() -> None:
    asked = "import django; django.setup(); from procrastinate.contrib.django import app; print(*app.tasks)"
    known = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert "insight.simulate" in known.stdout.split()
