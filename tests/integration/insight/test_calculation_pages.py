"""A kept answer at its address: what it says, who sees it, what may be done with it, and its files."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor, member
from factories.tried import a_few
from samspill import __version__
from samspill.directory.public import INDEXERS, Actor, SearchEntry, nobody, scope, search
from samspill.documents.public import read_here
from samspill.insight.calculating import CALCULATIONS
from samspill.insight.calculations.people import PEOPLE
from samspill.insight.models import DataPack
from samspill.insight.public import Calculation, calculate, open_to_all
from samspill.insight.sealing import sealed

pytestmark = pytest.mark.django_db
QUICK = {"draws": 20, "years": 5}


def analyst() -> Actor:
    """Somebody else than who is signed in: a new password ends the sessions of the account."""
    return actor("ostfold", "analyst", name="Tone Myhre", email="tone.myhre@example.no")


def kept(**asked: object) -> Calculation:
    with transaction.atomic(), scope(analyst()):
        return calculate("people", {**QUICK, **asked}, by=analyst())


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(member("ostfold", "analyst"))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:300]
    return answer.content.decode()


def test_the_page_says_the_answer_the_question_and_where_it_comes_from(
    figures: DataPack, signed_in: Client
) -> None:
    one = kept()
    text = page(signed_in, f"/tall/utregning/{one.key}/")
    assert "i 2031</h1>" in text
    assert "80 år og eldre" in text
    assert figures.version[:12] in text
    assert f"versjon {__version__}" in text
    assert f"http://testserver/tall/utregning/{one.key}/" in text
    assert "2026" in text


@a_few("language", ("nb", "nn", "en"), most=1)
def test_the_pages_are_in_three_languages(figures: DataPack, signed_in: Client, language: str) -> None:
    one = kept()
    signed_in.cookies["samspill_language"] = language
    for path in (f"/tall/utregning/{one.key}/", "/tall/ostfold/utregninger/"):
        assert f'<html lang="{language}"' in page(signed_in, path)


def test_somebody_outside_reads_it_only_when_it_is_open(figures: DataPack, client: Client) -> None:
    one = kept()
    address = f"/tall/utregning/{one.key}/"
    paths = [address, f"{address}svar.xlsx", f"/figur/utregning/{one.key}-1.svg", f"{address}kontroll/"]
    assert [client.get(path).status_code for path in paths] == [404] * 4
    with transaction.atomic(), scope(analyst()):
        open_to_all(one, by=analyst())
    assert [client.get(path).status_code for path in paths] == [200] * 4
    assert one.made_by not in page(client, address)


def test_calculated_once_more_it_is_the_same_to_the_last_figure(figures: DataPack, signed_in: Client) -> None:
    one = kept()
    assert "samme svar, til siste siffer" in page(signed_in, f"/tall/utregning/{one.key}/kontroll/")


def test_an_answer_of_an_older_method_says_so_and_can_be_made_anew(
    figures: DataPack, signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setitem(CALCULATIONS._entries, "people", replace(PEOPLE, version="0"))
        old = kept()
    address = f"/tall/utregning/{old.key}/"
    assert "en nyere metode" in page(signed_in, address)
    made = signed_in.post(f"{address}ny/")
    assert made.status_code == 303
    assert made.headers["Location"] != address
    assert "tallene og metoden som gjelder i dag" in page(signed_in, made.headers["Location"])


def test_the_code_s_version_is_told_and_decides_no_key(
    figures: DataPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = kept()
    monkeypatch.setattr("samspill.insight.actions.calculations.__version__", "99")
    assert kept().key == one.key
    assert one.provenance["code"] == __version__


def test_a_question_is_kept_by_posting_it_and_leads_to_its_address(
    figures: DataPack, signed_in: Client
) -> None:
    sent = {"kind": "people", "asked": sealed(QUICK)}
    made = signed_in.post("/tall/ostfold/utregninger/ta-vare-pa/", sent)
    assert made.status_code == 303
    assert re.fullmatch(r"/tall/utregning/[0-9a-f]{12}/", made.headers["Location"])
    assert signed_in.post("/tall/ostfold/utregninger/ta-vare-pa/", sent).headers == made.headers


@pytest.mark.parametrize("asked", ["", "{", json.dumps(QUICK), "9" * 300_000])
def test_what_is_no_question_is_refused_and_nothing_is_kept(
    figures: DataPack, signed_in: Client, asked: str
) -> None:
    made = signed_in.post("/tall/ostfold/utregninger/ta-vare-pa/", {"kind": "people", "asked": asked})
    assert made.status_code == 422
    with scope(analyst()):
        assert not Calculation.objects.exists()


def test_nobody_keeps_an_answer_in_another_community(figures: DataPack, client: Client) -> None:
    sent = {"kind": "people", "asked": sealed(QUICK)}
    assert client.post("/tall/ostfold/utregninger/ta-vare-pa/", sent).status_code == 302
    client.force_login(member("vestfold", "analyst"))
    assert client.post("/tall/ostfold/utregninger/ta-vare-pa/", sent).status_code == 403


def test_the_workbook_has_a_sheet_per_figure_and_the_method(figures: DataPack, signed_in: Client) -> None:
    one = kept()
    content = signed_in.get(f"/tall/utregning/{one.key}/svar.xlsx").content
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 3
    assert book.sheetnames[0] == "Svar"
    assert book.sheetnames[-1] == "Metode"
    rows = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    by_year = {row[0]: row[1:] for row in rows}
    assert by_year["2026"][0] == 18_306
    assert by_year["2031"][1] < by_year["2031"][0] < by_year["2031"][2]


@pytest.mark.parametrize("ending", ["pdf", "docx"])
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_paper_says_the_same_as_the_page_in_the_reader_s_language(
    figures: DataPack, signed_in: Client, tmp_path: Path, ending: str, language: str
) -> None:
    one = kept()
    signed_in.cookies["samspill_language"] = language
    answer = signed_in.get(f"/tall/utregning/{one.key}/svar.{ending}")
    assert answer.status_code == 200
    file = tmp_path / f"answer.{ending}"
    file.write_bytes(answer.content)
    said = " ".join(block.text for block in read_here(file).blocks)
    assert "18\u00a0306" in said or "18 306" in said
    assert {"nb": "Slik ble det spurt", "nn": "Slik vart det spurt"}[language] in said
    assert one.key in said


@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_each_figure_can_be_taken_along(figures: DataPack, signed_in: Client, form: str) -> None:
    one = kept()
    assert f"/figur/utregning/{one.key}-1.{form}" in page(signed_in, f"/tall/utregning/{one.key}/")
    assert signed_in.get(f"/figur/utregning/{one.key}-1.{form}").status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "99", "x", ""])
def test_a_figure_that_is_not_there_is_not_found(figures: DataPack, signed_in: Client, number: str) -> None:
    one = kept()
    assert signed_in.get(f"/figur/utregning/{one.key}-{number}.svg").status_code == 404


def test_the_list_is_searched_filtered_and_sorted(figures: DataPack, signed_in: Client) -> None:
    halden, moss = kept(areas=["3101"]), kept(areas=["3103"])
    everything = page(signed_in, "/tall/ostfold/utregninger/")
    assert everything.index(moss.key) < everything.index(halden.key)
    oldest = page(signed_in, "/tall/ostfold/utregninger/?sorter=eldst")
    assert oldest.index(halden.key) < oldest.index(moss.key)
    found = page(signed_in, "/tall/ostfold/utregninger/?q=Halden")
    assert halden.key in found
    assert moss.key not in found
    assert "Ingen svar passer" in page(signed_in, "/tall/ostfold/utregninger/?q=finnesikke")
    assert moss.key in page(signed_in, "/tall/ostfold/utregninger/?slag=people")


def test_an_empty_list_says_how_an_answer_comes_there(figures: DataPack, client: Client) -> None:
    assert "Ta vare på et svar" in page(client, "/tall/ostfold/utregninger/")


def test_the_list_asks_the_database_as_often_however_long_it_is(
    figures: DataPack, signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for low in range(60, 80):
        kept(low=low)
    with django_assert_max_num_queries(14):
        page(signed_in, "/tall/ostfold/utregninger/")


def test_the_page_asks_the_database_at_most_25_times(
    figures: DataPack, signed_in: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    one = kept()
    with django_assert_max_num_queries(25):
        page(signed_in, f"/tall/utregning/{one.key}/?sok=hjem")


def test_a_kept_answer_is_found_by_its_own_and_by_others_once_it_is_open(figures: DataPack) -> None:
    one = kept(areas=["3101"])
    with transaction.atomic(), scope(analyst()):
        assert [
            hit.id for hit in search("Halden innbyggere", analyst(), kind="insight.calculation").hits
        ] == [one.pk]
    outside = nobody(TODAY)
    with transaction.atomic(), scope(outside):
        assert search("Halden innbyggere", outside, kind="insight.calculation").hits == []
    with transaction.atomic(), scope(analyst()):
        open_to_all(one, by=analyst())
    with transaction.atomic(), scope(outside):
        assert len(search("Halden innbyggere", outside, kind="insight.calculation").hits) == 1


def test_entries_of_answers_are_made_again_as_they_were(figures: DataPack) -> None:
    one = kept(areas=["3101"])
    with transaction.atomic(), scope(analyst()):
        rows = SearchEntry.objects.filter(kind="insight.calculation")
        before = list(rows.values_list("thing_id", "title", "text"))
        rows.delete()
        assert INDEXERS["insight.answers"](one.community_id) == 1
        assert list(rows.values_list("thing_id", "title", "text")) == before
