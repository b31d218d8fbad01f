"""Pages of minimetodevurderinger: the list, the document, a part, paper; and what is wrong loses nothing."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import actor, member
from integration.insight.test_assessments import FILLED
from samspill.analysis.appraisal import Part
from samspill.directory.public import Actor, Community, scope
from samspill.documents.public import read_here
from samspill.insight.actions.assessments import mark_of, open_assessment, start_assessment, write_part
from samspill.insight.models import Assessment

pytestmark = pytest.mark.django_db
LIST = "/tall/ostfold/metodevurderinger/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def secretariat() -> Actor:
    return actor("ostfold", "secretariat")


@pytest.fixture
def one(secretariat: Actor) -> Assessment:
    with scope(secretariat):
        made = start_assessment(Community.objects.get(slug="ostfold"), "Felles team", by=secretariat)
        for part, answers in FILLED.items():
            made.refresh_from_db()
            seen = mark_of(made.content.get(part, {}))
            write_part(made, Part(part), answers, seen=seen, by=secretariat)
        return made


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"), backend=BACKEND)
    return client


def at(one: Assessment, path: str = "") -> str:
    return f"{LIST}{one.pk}/{path}"


def test_an_empty_list_says_it_is_fine_and_what_comes_next(writer: Client) -> None:
    shown = writer.get(LIST).content.decode()
    assert "Ingen minimetodevurdering er skrevet ennå" in shown
    assert "Ny minimetodevurdering" in shown


def test_one_is_begun_and_leads_to_its_parts(writer: Client) -> None:
    answer = writer.post(f"{LIST}ny/", {"title": "Hjemmesykehus"})
    assert answer.status_code == 303
    shown = writer.get(answer.headers["Location"]).content.decode()
    assert "Hjemmesykehus: 10 deler er ikke ferdige" in shown
    assert "Fortell hva som gjøres i dag." in shown


def test_a_name_that_is_empty_or_taken_is_told_at_its_field(writer: Client, one: Assessment) -> None:
    assert writer.post(f"{LIST}ny/", {"title": " "}).status_code == 422
    taken = writer.post(f"{LIST}ny/", {"title": "Felles team"})
    assert taken.status_code == 422
    assert "allerede en som heter" in taken.content.decode()


def test_a_part_is_written_and_can_be_undone(writer: Client, one: Assessment) -> None:
    page = at(one, "virkning/")
    seen = writer.get(page).context["form"].initial["seen"]
    answer = writer.post(page, {"seen": seen, "text": "Færre opphold"})
    assert answer.headers["Location"] == at(one) + "#virkning"
    shown = writer.get(at(one)).content.decode()
    assert "Færre opphold" in shown
    assert "angre/" in shown


def test_studies_are_rows_and_a_row_without_a_reference_is_told(
    writer: Client, one: Assessment, secretariat: Actor
) -> None:
    page = at(one, "dokumentasjon/")
    seen = writer.get(page).context["form"].initial["seen"]
    rows = {"studie-TOTAL_FORMS": "2", "studie-INITIAL_FORMS": "1", "seen": seen, "sources": "PubMed\nEmbase"}
    first = {"studie-0-reference": "En 2020", "studie-0-estimate": "0,85", "studie-0-certainty": "moderate"}
    wrong = writer.post(page, rows | first | {"studie-1-design": "RCT"})
    assert wrong.status_code == 422
    assert "Skriv hvilken studie det er" in wrong.content.decode()
    assert "RCT" in wrong.content.decode()
    right = writer.post(page, rows | first)
    assert right.status_code == 303
    with scope(secretariat):
        one.refresh_from_db()
    assert one.content["evidence"]["sources"] == ["PubMed", "Embase"]
    assert one.content["evidence"]["studies"] == [
        {"reference": "En 2020", "estimate": 0.85, "certainty": "moderate"}
    ]


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("sporsmal", {"persons": "mange"}, "Skriv et tall."),
        ("sporsmal", {"persons": "-3"}, "Det kan ikke være under 0."),
        ("innsender", {"submitted": "i går"}, "Skriv dagen som år-måned-dag"),
    ],
)
def test_what_cannot_be_is_told_and_the_rest_of_the_text_stands(
    writer: Client, one: Assessment, path: str, typed: dict[str, str], told: str
) -> None:
    page = at(one, f"{path}/")
    seen = writer.get(page).context["form"].initial["seen"]
    kept = {"population": "Eldre i Halden", "interests": "Eldre i Halden"}
    answer = writer.post(page, typed | kept | {"seen": seen})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Eldre i Halden" in answer.content.decode()


def test_text_that_meets_anothers_text_stands_and_may_be_saved_the_second_time(
    writer: Client, one: Assessment
) -> None:
    page = at(one, "virkning/")
    answer = writer.post(page, {"seen": "old", "text": "Mitt"})
    assert answer.status_code == 422
    assert "Mitt" in answer.content.decode()
    again = answer.context["form"].data["seen"]
    assert writer.post(page, {"seen": again, "text": "Mitt"}).status_code == 303


def test_a_step_that_is_refused_says_what_is_missing(writer: Client, one: Assessment) -> None:
    writer.post(at(one, "etikk/"), {"seen": mark_of(FILLED[Part.ETHICS])})
    answer = writer.post(at(one, "flytt/"), {"til": "in_review"})
    assert answer.status_code == 422
    assert "Fortell hvem som kan falle utenfor." in answer.content.decode()


def test_a_part_that_is_not_written_now_is_refused_in_a_sentence(writer: Client, one: Assessment) -> None:
    answer = writer.get(at(one, "fagfelle/"))
    assert answer.status_code == 422
    assert "Send den til en fagfelle først" in answer.content.decode()


def test_the_list_is_filtered_by_state(writer: Client, one: Assessment) -> None:
    writer.post(f"{LIST}ny/", {"title": "Hjemmesykehus"})
    writer.post(at(one, "flytt/"), {"til": "in_review"})
    shown = writer.get(f"{LIST}?tilstand=in_review").content.decode()
    assert "Felles team" in shown
    assert "Hjemmesykehus" not in shown


def test_a_visitor_reads_what_is_open_and_no_more(
    client: Client, one: Assessment, secretariat: Actor
) -> None:
    assert client.get(at(one)).status_code == 404
    with scope(secretariat):
        open_assessment(one, is_open=True, by=secretariat)
    shown = client.get(at(one)).content.decode()
    assert "Kanskje færre opphold" in shown
    assert "Hva har skjedd" not in shown
    assert client.get(at(one, "virkning/")).status_code == 302


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_on_paper_it_stands_in_the_order_of_the_form(
    writer: Client, one: Assessment, ending: str, tmp_path: Path
) -> None:

    answer = writer.get(at(one, f"{ending}/"))
    file = tmp_path / f"mini.{ending}"
    file.write_bytes(answer.content)
    text = "\n".join(block.text for block in read_here(file).blocks)
    order = ("Hvem som foreslår det", "Hva forskningen sier", "Hva det koster", "Tilråding", "Avgjørelse")
    places = [text.index(said) for said in order]
    assert places == sorted(places)
    assert "En studie 2019" in text


def test_the_pages_ask_the_database_little(
    writer: Client, one: Assessment, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path in (LIST, at(one), at(one, "kostnad/")):
        writer.get(path)
        with django_assert_max_num_queries(16):
            writer.get(path)


def test_the_own_people_of_another_helsefellesskap_do_not_see_it(client: Client, one: Assessment) -> None:
    client.force_login(member("ahus", "secretariat"), backend=BACKEND)
    assert client.get(at(one)).status_code == 404
    assert client.get(at(one).replace("ostfold", "ahus")).status_code == 404
