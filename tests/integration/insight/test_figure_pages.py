"""The pages of figures, as a visitor and as a member sees them."""

import csv
import io
import json
import re

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from factories.people import TODAY, actor, member
from factories.tried import a_few
from integration.plans.small_plans import bring, small_plan
from samspill.directory.public import nobody
from samspill.insight.briefs import beside_a_plan
from samspill.insight.public import DataPack
from samspill.plans.public import Plan, publish

pytestmark = pytest.mark.django_db
PAGES = (
    "/tall/alle/",
    "/tall/ostfold/",
    "/tall/ostfold/?sorter=vekst",
    "/tall/ostfold/?vis=andel",
    "/tall/ostfold/?ar=2033&aldre=ett",
    "/tall/ostfold/3110/",
    "/tall/indikatorer/",
    "/tall/indikatorer/share-80-plus/",
)
NBSP = "\u00a0"


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
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


def test_figures_lead_to_ones_own_community(figures: DataPack, client: Client) -> None:
    assert client.get("/tall/").headers["Location"] == "/tall/alle/"
    client.force_login(member("ostfold", "secretariat"))
    assert client.get("/tall/").headers["Location"] == "/tall/ostfold/"


def test_the_profile_says_the_growth_in_words_and_numbers(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/ostfold/")
    assert "Ti over 80 år i dag blir vel 16 i 2040." in page
    assert f"18{NBSP}306" in page
    assert page.count('class="s-tile"') == 13


def test_every_figure_has_a_table_a_source_and_three_downloads(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/ostfold/3110/")
    assert page.count("data-figure-table") == 5  # two fans, the pyramid, two shares between ages
    assert page.count("Statistisk sentralbyrå (SSB), tabell 07459") >= 6
    links = re.findall(r'href="(/figur/[^"]+)"', page)
    assert len(links) == 15
    kinds = {client.get(link).headers["Content-Type"] for link in links}
    assert kinds == {"image/svg+xml", "image/png", "text/csv; charset=utf-8"}


def test_the_download_says_the_same_as_the_page(figures: DataPack, client: Client) -> None:
    content = client.get("/figur/befolkning/ostfold_alle_80.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0] == ["År", "Personer", "Åtte av ti, fra", "Åtte av ti, til"]
    by_year = {row[0]: row[1:] for row in rows[1:-1]}
    assert by_year["2026"] == ["18306", "", ""]
    assert int(by_year["2040"][1]) < int(by_year["2040"][0]) < int(by_year["2040"][2])
    drawn = client.get("/figur/befolkning/ostfold_alle_80.svg").content.decode()
    assert drawn.startswith("<svg")
    assert f"18{NBSP}306" in drawn


def test_the_specification_in_the_page_holds_both_widths(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/ostfold/")
    found = re.search(r'<script id="fig-ostfold_alle_80-spec" type="application/json">(.+?)</script>', page)
    assert found
    assert json.loads(found.group(1)).keys() == {"wide", "narrow"}


@pytest.mark.parametrize(
    "path",
    [
        "/tall/ukjent/",
        "/tall/ostfold/9999/",
        "/tall/indikatorer/ukjent/",
        "/figur/befolkning/ostfold_alle_81.svg",
        "/figur/befolkning/ostfold_alle_kart.svg",
        "/figur/befolkning/ostfold_alle_pyramide-1999-5.svg",
        "/figur/befolkning/ostfold_alle_pyramide-2030-7.svg",
        "/figur/befolkning/ostfold_9999_eldre.svg",
        "/figur/befolkning/ukjent_alle_80.svg",
        "/figur/ukjent/ostfold_alle_80.svg",
        "/figur/befolkning/ostfold_alle_80.exe",
    ],
)
def test_what_does_not_exist_is_not_found(figures: DataPack, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_community_without_figures_says_what_belongs_there(figures: DataPack, client: Client) -> None:
    page = read(client, "/tall/troms-og-ofoten/")
    assert "Her er ingen tall tatt i bruk" in page
    assert "samspill data add" in page


def test_the_plans_own_figure_stands_beside_ours(figures: DataPack, client: Client) -> None:
    said = "I dag er vi mange. I 2040 ventes det 45 000 innbyggere over 80 år i Østfold."
    with transaction.atomic():
        secretariat = actor("ostfold")
        bring(small_plan().replace(b"\n## ", f"\n{said}\n\n## ".encode(), 1), secretariat)
        hidden = beside_a_plan(secretariat.community_id or 0, nobody(TODAY))
    assert hidden
    assert not hidden.context["shown"].compared  # type: ignore[attr-defined]  not published yet
    from samspill.directory.public import scope

    with transaction.atomic(), scope(secretariat):
        publish(Plan.objects.get(), by=secretariat)
    page = read(client, "/tall/ostfold/")
    assert f"45{NBSP}000 i 2040." in page
    assert "Det er høyere enn det vi finner sannsynlig." in page
