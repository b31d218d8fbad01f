"""Bad questions to the figures for machines: told what, where and how to mend it; never a fault of ours."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from factories.json_schema import faults
from factories.measured import measured_figures

CODE = "readmissions-67-plus"
FIGURES = f"/api/v1/indicators/{CODE}/figures/"
SQL = "3101'; DROP TABLE insight_indicatorrun; --"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _stored(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        measured_figures()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _figures(_stored: None, db: None) -> None:
    """A run that every question of this file is asked of."""


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("/api/v1/indicators/finnes-ikke/", 404, "code"),
        ("/api/v1/indicators/finnes-ikke/figures/", 404, "code"),
        ("/api/v1/indicators/acute-stays/figures/", 404, "code"),
        (f"{FIGURES}?areas=9999", 400, "areas"),
        (f"{FIGURES}?areas=3101,9999,Oslo", 400, "areas"),
        (f"{FIGURES}?areas=0301", 404, "areas"),
        (f"{FIGURES}?{urlencode({'areas': SQL})}", 400, "areas"),
        (f"{FIGURES}?areas={'3101,' * 5000}", 400, "areas"),
        (f"{FIGURES}?areas=31%0001", 400, "areas"),
        (f"{FIGURES}?periods=1990", 404, "periods"),
        (f"{FIGURES}?periods=2030-2040", 404, "periods"),
        (f"{FIGURES}?periods=i+fjor", 400, "periods"),
        (f"{FIGURES}?periods=2024-2020", 400, "periods"),
        (f"{FIGURES}?periods=2024-202401", 400, "periods"),
        (f"{FIGURES}?periods={'9' * 400}", 400, "periods"),
        (f"{FIGURES}?level=fylke", 400, "level"),
        (f"{FIGURES}?per=week", 400, "per"),
        (f"{FIGURES}?per=month", 404, "code"),
        (f"{FIGURES}?run=0", 400, "run"),
        (f"{FIGURES}?run=-1", 400, "run"),
        (f"{FIGURES}?run=1e3", 400, "run"),
        (f"{FIGURES}?run=999999", 404, "run"),
        (f"{FIGURES}?run=" + "9" * 50, 400, "run"),
        (f"{FIGURES}?run=1&run=2", 400, "run"),
        (f"{FIGURES}?format=xml", 400, "format"),
        (f"{FIGURES}?limit=0", 400, "limit"),
        (f"{FIGURES}?limit=9999999", 400, "limit"),
        (f"{FIGURES}?cursor=tull", 400, "cursor"),
        (f"{FIGURES}?cursor=999999:3", 404, "run"),
        (f"{FIGURES}?lang=se", 400, "lang"),
        (f"{FIGURES}?ar=2024", 400, "ar"),
        ("/api/v1/indicators/?group=alle%27--", 400, "group"),
        ("/api/v1/indicators/?figures=ja", 400, "figures"),
        ("/api/v1/indicators/?cursor=tull", 404, "cursor"),
        ("/api/v1/areas/?level=bydel", 400, "level"),
        ("/api/v1/runs/999999/", 404, "id"),
        ("/api/v1/runs/" + "9" * 40 + "/", 404, "id"),
        ("/api/v1/indicators/Robert'%29;%20DROP%20TABLE/", 404, ""),
        ("/api/v1/indicators/" + "a" * 5000 + "/", 404, "code"),
        ("/api/v1/runs/siste/", 404, ""),
        (f"{FIGURES}hemmelig/", 404, ""),
    ],
)
def test_a_bad_question_is_told_what_and_where(address: str, status: int, parameter: str) -> None:
    client = Client()
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    said = answer.json()
    document = client.get("/api/v1/openapi.json").json()
    assert list(faults(said, document["components"]["schemas"]["Problem"], document)) == []
    assert said.get("parameter", "") == parameter
    assert said["detail"].endswith(".")
    assert len(said["detail"]) < 500
    assert "DROP TABLE insight_indicatorrun; --" not in said["detail"]


def test_a_problem_is_told_in_the_language_that_was_asked_for() -> None:
    told = {
        language: Client().get(f"{FIGURES}?periods=1990&lang={language}").json()["detail"]
        for language in ("nb", "nn", "en")
    }
    assert len(set(told.values())) == 3
    assert "2016" in told["nb"]


def test_nothing_can_be_written() -> None:
    client = Client(enforce_csrf_checks=True)
    for address in (FIGURES, "/api/v1/indicators/", "/api/v1/runs/1/"):
        answer = client.post(address, {"value": 1})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert client.options(address).headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["areas", "periods", "level", "per", "run", "format", "limit", "cursor", "lang"]),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(["3101", "HF01", "ALL", "2020", "2016-2025", "municipality", "year", "csv"]),
            st.integers().map(str),
        ),
        max_size=4,
    )
)
def test_whatever_is_sent_is_answered_as_promised(sent: dict[str, str]) -> None:
    answer = Client().get(FIGURES, sent)
    assert answer.status_code in (200, 400, 404), sent
    kinds = {200: ("application/json", "text/csv")}.get(answer.status_code, "application/problem+json")
    assert answer.headers["Content-Type"].startswith(kinds)
