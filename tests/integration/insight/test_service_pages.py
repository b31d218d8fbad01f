"""The room of services: every indicator beside the country or its likes, comparing areas, variation."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from factories.measured import measured_figures
from samspill.insight.area_names import municipalities_in
from samspill.insight.models import IndicatorRun, IndicatorSeries
from samspill.insight.queries.placings import placings_of

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
OSTFOLD = municipalities_in("HF01")
AREAS = (*OSTFOLD, *municipalities_in("HF02"), *municipalities_in("HF03"), *municipalities_in("HF04"))
READMISSIONS = "readmissions-67-plus"
CODES = (
    READMISSIONS,
    "share-80-plus",
    "acute-stays-0-79",
    "births-per-midwife",
    "population-80-plus",
)
HALDEN = "3101"
"""Halden has far more than the others, and one of Østfold has so few that it is hidden."""
HIDDEN = OSTFOLD[3]


@pytest.fixture(scope="module")
def _stored(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        measured_figures(CODES, areas=AREAS, shares={HALDEN: 0.4, HIDDEN: 0.008})
        yield
        transaction.set_rollback(True)


@pytest.fixture
def stored(_stored: None, db: None) -> None:
    """Invented figures of five indicators in four helsefellesskap."""


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:400]
    return " ".join(answer.content.decode().split())


def rows_of(client: Client, path: str) -> list[list[str]]:
    text = client.get(path).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_heading_says_how_many_differ_and_how_many_are_worse(stored: None, client: Client) -> None:
    text = page(client, f"/tall/ostfold/{HALDEN}/tjenester/")
    assert "Tre tall skiller seg fra alle i tallene; to er verre.</h1>" in text
    assert "høyere enn alle i tallene, trolig ikke tilfeldig" in text


def test_a_row_has_a_figure_limits_a_place_and_a_word(stored: None, client: Client) -> None:
    text = page(client, "/tall/ostfold/tjenester/")
    assert 'class="c-spine"' in text
    assert 'class="c-limits"' in text
    assert "av 4" in text
    assert "Skrøpelige eldre" in text


def test_the_place_is_counted_from_the_highest_of_all(stored: None) -> None:
    rows = IndicatorSeries.objects.filter(answer__indicator__code=READMISSIONS, level="municipality")
    values = {row.area: row.values[-1] for row in rows if row.values[-1] is not None}
    for area in (*OSTFOLD, AREAS[-1]):
        found = next(one for one in placings_of(area) if one.measured.indicator.code == READMISSIONS)
        higher = sum(value > values[area] for value in values.values()) if area in values else None
        assert found.place == (None if higher is None else higher + 1)
        assert found.of == len(values)


def test_what_cannot_be_compared_says_why_and_has_no_spine(stored: None, client: Client) -> None:
    text = page(client, "/tall/ostfold/tjenester/?q=jordmor")
    assert "kan ikke sammenlignes" in text
    assert 'class="c-spine"' not in text


def test_a_hidden_figure_says_so_and_is_nowhere(stored: None, client: Client) -> None:
    series = IndicatorSeries.objects.filter(area=HIDDEN, answer__indicator__code="readmissions-67-plus")
    assert series.get().flags[-1] == 3
    text = page(client, f"/tall/ostfold/{HIDDEN}/tjenester/?q=reinnleggelser")
    assert "Skjult: få personer" in text
    found = rows_of(client, f"/tall/ostfold/{HIDDEN}/tjenester/tabell.csv?q=reinnleggelser")
    assert found[1][3:6] == ["", "", ""]
    assert found[1][-1] == ""


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 5),
        ("?gruppe=svangerskap", 1),
        ("?tema=befolkning", 2),
        ("?skiller=1", 3),
        ("?q=80+eldre", 2),
        ("?q=finnesikke", 0),
        ("?gruppe=ukjent&tema=ukjent&sorter=ukjent", 5),
        ("?sorter=avvik", 5),
        ("?sorter=navn", 5),
    ],
)
def test_rows_are_sifted_and_the_file_is_the_page(
    stored: None, client: Client, query: str, shown: int
) -> None:
    text = page(client, f"/tall/ostfold/{HALDEN}/tjenester/{query}")
    assert text.count("indikator=") == shown
    found = rows_of(client, f"/tall/ostfold/{HALDEN}/tjenester/tabell.csv{query}")
    assert len(found) == shown + 2
    titles = [row[0] for row in found[1:-1]]
    assert sorted(text.index(f">{one}</a>") for one in titles) == [
        text.index(f">{one}</a>") for one in titles
    ]


def test_it_is_compared_with_those_like_it(stored: None, client: Client) -> None:
    text = page(client, f"/tall/ostfold/{HALDEN}/tjenester/?mot=lignende")
    assert "Ligner: 10 områder" in text
    assert "de som ligner" in text
    assert "av 11" in text


def test_the_workbook_opens(stored: None, client: Client) -> None:
    for path in ("/tall/ostfold/tjenester/tabell.xlsx", f"/tall/ostfold/{HALDEN}/tjenester/tabell.xlsx"):
        assert client.get(path).content[:2] == b"PK"


@pytest.mark.parametrize("path", ["/tall/ostfold/1103/tjenester/", "/tall/finnesikke/tjenester/"])
def test_a_municipality_of_another_community_is_not_found(stored: None, client: Client, path: str) -> None:
    page(client, path, status=404)


def test_without_figures_it_says_what_is_needed(stored: None, client: Client) -> None:
    IndicatorRun.objects.update(
        withdrawn_at=timezone.now(), withdrawn_by="Kari", withdrawn_because="Feil fil"
    )
    for path in ("/tall/ostfold/tjenester/", "/tall/variasjon/"):
        assert "Ingenting er regnet ut" in page(client, path)


@pytest.mark.parametrize(
    "path",
    [
        "/tall/ostfold/tjenester/",
        f"/tall/ostfold/{HALDEN}/tjenester/?mot=lignende",
        "/tall/sammenlign/?indikator=readmissions-67-plus&omrade=3101&omrade=HF01&omrade=ALL",
        "/tall/variasjon/",
        "/tall/variasjon/?niva=helsefellesskap",
        "/tall/tavler/",
    ],
)
def test_a_page_asks_little_of_the_database(
    stored: None, client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        page(client, path)


def test_areas_are_compared_and_the_difference_has_limits(stored: None, client: Client) -> None:
    text = page(client, "/tall/sammenlign/?indikator=readmissions-67-plus&omrade=HF01&omrade=3101")
    assert "Halden er høyere enn Østfold, trolig ikke tilfeldig" in text
    assert "høyere, trolig ikke tilfeldig" in text
    assert text.count("<svg viewBox") >= 2


def test_a_hidden_area_has_no_difference(stored: None, client: Client) -> None:
    address = f"?indikator=readmissions-67-plus&omrade=HF01&omrade={HIDDEN}"
    assert "•••" in page(client, f"/tall/sammenlign/{address}")
    found = rows_of(client, f"/tall/sammenlign/tabell.csv{address}")
    assert found[2][4:10] == [""] * 6


def test_what_cannot_be_compared_has_no_differences(stored: None, client: Client) -> None:
    text = page(client, "/tall/sammenlign/?indikator=births-per-midwife&omrade=HF01&omrade=3101")
    assert "kan ikke sammenlignes" in text.casefold()
    assert "Forskjell fra" not in text


@pytest.mark.parametrize(
    ("words", "code"), [("Halden", "3101"), ("halden, kommune", "3101"), ("HF02", "HF02"), ("Norge", "NO")]
)
def test_an_area_is_added_by_name(stored: None, client: Client, words: str, code: str) -> None:
    answer = client.get("/tall/sammenlign/", {"navn": words, "omrade": "HF01", "indikator": "share-80-plus"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == (
        f"/tall/sammenlign/?indikator=share-80-plus&omrade=HF01&omrade={code}#svar"
    )


@pytest.mark.parametrize("words", ["finnesikke", "Østfold", "x" * 500])
def test_a_name_that_is_nobodys_is_told(stored: None, client: Client, words: str) -> None:
    text = page(client, f"/tall/sammenlign/?omrade=HF01&navn={words}", status=422)
    assert 'role="alert"' in text


def test_too_many_areas_are_told(stored: None, client: Client) -> None:
    address = "&".join(f"omrade={one}" for one in OSTFOLD[:9])
    assert "Høyst 8 områder" in page(client, f"/tall/sammenlign/?{address}", status=422)


def test_variation_is_told_with_a_funnel_and_never_as_a_ranking(stored: None, client: Client) -> None:
    text = page(client, "/tall/variasjon/?i=HF01&indikator=readmissions-67-plus")
    assert "varierer" in text
    assert 'data-chart="trakt-spec"' in text
    assert "1 område er skjult" in text
    names = [text.index(f'<th scope="row">{one}</th>') for one in ("Aremark", "Halden", "Moss")]
    assert names == sorted(names)


def test_variation_between_communities(stored: None, client: Client) -> None:
    text = page(client, "/tall/variasjon/?niva=helsefellesskap")
    assert "for få områder" in text
    assert len(rows_of(client, "/tall/variasjon/tabell.csv")) == 4
