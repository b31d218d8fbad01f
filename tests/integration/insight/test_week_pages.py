"""«Uka som kommer»: from a file of stays, an invented ward or numbers. Of a file nothing is ever kept."""

import json
import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.answers import kept_answers
from factories.keeping import offer_in
from factories.people import TODAY, actor, member
from factories.tried import a_few
from samspill.analysis.capacity import example_stays
from samspill.directory.public import scope
from samspill.insight.calculations.week import PARTS
from samspill.insight.public import DataPack, calculate, calculate_again
from samspill.insight.sealing import question_from
from samspill.refusal import Refused

pytestmark = pytest.mark.django_db
WEEK, COUNTS = "/tall/ostfold/senger/uka/", "/tall/ostfold/senger/uka/tall/"
EXAMPLE = f"{WEEK}?eksempel=1"
PAGES = (WEEK, EXAMPLE, COUNTS)


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def send(client: Client, content: bytes, status: int = 200, **more: str) -> str:
    file = SimpleUploadedFile("opphold.csv", content, "text/csv")
    response = client.post(WEEK, {"file": file, "days": "7", "twice": "refuse", **more})
    assert response.status_code == status
    return response.content.decode()


def ward(weeks: int = 20, separator: str = ",") -> bytes:
    """An invented ward as a file."""
    came, left, group, groups = example_stays(datetime(2026, 11, 23, 8), weeks=weeks, seed=5)
    clock = [
        ["" if str(one) == "NaT" else str(one)[:16].replace("T", " ") for one in row] for row in (came, left)
    ]
    rows = zip(*clock, (groups[place] for place in group), strict=True)
    return "\n".join(
        [f"came{separator}left{separator}group", *(separator.join(row) for row in rows)]
    ).encode()


@pytest.mark.parametrize("path", PAGES)
@a_few("language", ("nb", "nn", "en"), most=1)
def test_a_visitor_reads_it_in_three_languages(client: Client, path: str, language: str) -> None:
    client.cookies["samspill_language"] = language
    assert f'<html lang="{language}"' in read(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_it_asks_the_database_at_most_15_times(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member("ostfold", "secretariat"))
    with django_assert_max_num_queries(15):
        read(client, path)


def test_the_invented_ward_is_told_as_invented_with_days_back_test_and_hours(client: Client) -> None:
    page = read(client, EXAMPLE)
    assert "Dette er en oppdiktet avdeling." in page
    assert page.count("data-figure-table") == 3
    assert re.search(r"<h1>Fullest \w+dag .*?: trolig \d+ til \d+ pasienter</h1>", page)
    assert "«Like mange som nå» bommet med" in page
    assert "er det fullest" in page
    assert "Ta vare på" not in re.sub(r"<dl>.*?</dl>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_file_is_forecast_day_by_day_and_nothing_of_it_is_kept(client: Client, separator: str) -> None:
    page = send(client, ward(separator=separator), beds="50", at="2026-11-23T08:00")
    assert re.search(r"<h1>Fullest \w+dag .*?: trolig \d+ til \d+ pasienter</h1>", page)
    assert "Flere enn 50, av 100" in page
    assert "Avdelingens egen fil, ikke tatt vare på." in page
    assert not kept_answers()


def test_the_example_that_is_downloaded_can_be_loaded_again(client: Client) -> None:
    content = client.get(f"{WEEK}eksempel.csv").content
    assert content.splitlines()[0] == b"came,left,group"
    assert "trolig" in send(client, content)


LATER = b"\n2026-11-24 12:00,2026-11-25 12:00,acute"


def test_nothing_later_than_the_moment_is_read(client: Client) -> None:
    pages = [send(client, content, at="2026-11-23T08:00") for content in (ward(), ward() + LATER)]
    rows = [re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)[0] for page in pages]
    assert rows[0] == rows[1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 \x00\x01\x02 nothing here", "Fila "),
        (b"kom,reiste\n2026-01-01,2026-01-02", "Fila må ha kolonnene «came» (kom) og «left» (reiste)"),
        (b"came,left\ni g\xc3\xa5r,", "Rad 1 er ikke til å forstå"),
        (b"came,left\n2026-01-03 10:00,2026-01-02 10:00\n", "Rad 1 reiser før den kommer"),
        (b"came,left\n", "Det er ingen opphold i fila"),
        (b"came,left\n2026-01-02 10:00,2026-01-03 10:00\n", "døgn med opphold før tidspunktet"),
        (b"came,left\n2026-10-25 02:30,\n", "en time klokka viste to ganger natta da sommertiden tok slutt"),
        (b"came,left\n2026-03-29 02:30,\n", "en time klokka hoppet over natta da sommertiden begynte"),
        (b"", "Fila er tom"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence_at_the_field(
    client: Client, content: bytes, sentence: str
) -> None:
    page = send(client, content, 422)
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert 'value="7"' in page  # what was filled in stays


def test_the_double_hour_is_taken_when_one_says_which(client: Client) -> None:
    content = ward() + b"\n2026-10-25 02:30,2026-10-27 12:00,acute"
    assert "klokka viste to ganger" in send(client, content, 422, at="2026-11-23T08:00")
    assert "trolig" in send(client, content, at="2026-11-23T08:00", twice="second")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("days", "15", "Skriv hvor mange dager, fra 1 til 14."),
        ("beds", "mange", "Skriv sengene som et helt tall."),
        ("at", "i morgen", "Skriv tidspunktet som 2026-11-23 08:00."),
    ],
)
def test_what_is_filled_in_wrongly_is_told_at_its_field(
    client: Client, field: str, value: str, sentence: str
) -> None:
    assert sentence in send(client, ward(), 422, **{field: value})


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("stay=0", "må være et tall fra 0,5 til 30"),
        ("in_bed=mange", "«I seng nå» må være et helt tall"),
        ("at=snart", "Skriv dagen som 2026-11-23."),
    ],
)
def test_numbers_that_cannot_be_used_are_refused(client: Client, question: str, sentence: str) -> None:
    assert sentence in read(client, f"{COUNTS}?{question}", 422)


def test_more_patients_now_are_more_patients_tomorrow(client: Client) -> None:
    few, many = (
        int(re.search(r"trolig (\d+) til", read(client, f"{COUNTS}?in_bed={number}&days=1")).group(1))  # type: ignore[union-attr]
        for number in (20, 60)
    )
    assert few < many


def test_numbers_are_kept_with_their_day_and_the_answer_can_be_made_again(figures: DataPack) -> None:
    analyst = actor("ostfold", "analyst")
    with scope(analyst):
        one = calculate("week", {"at": TODAY.isoformat(), "in_bed": 30}, by=analyst)
        assert calculate_again(one).is_same
        assert len(one.found["days"]) == 14
        with pytest.raises(Refused):
            calculate("week", {"in_bed": 30}, by=analyst)


def test_of_a_file_only_sealed_sums_can_be_kept(figures: DataPack, client: Client) -> None:
    client.force_login(member("ostfold", "secretariat"))
    page = send(client, ward(), at="2026-11-23T08:00", beds="50")
    offer = offer_in(page)
    address, asked = offer.pop("to"), offer["asked"]
    for forged in (asked[:-2] + "aa", json.dumps(question_from(asked))):
        assert client.post(address, {**offer, "asked": forged}).status_code == 422
    assert not kept_answers()
    assert client.post(address, offer).status_code == 303
    (one,) = kept_answers()
    with scope(actor("ostfold", "analyst")):
        assert calculate_again(one).is_same
    assert PARTS | {"tried", "hours"} >= set(one.found)
    assert all(len(one.found[part]) == 7 for part in ("low", "present", "over"))
