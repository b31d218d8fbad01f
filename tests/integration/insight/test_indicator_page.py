"""The page of an indicator: who differs, its files, what was published then, what others may frame."""

import csv
import io
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from factories.measured import YEARS, measured_figures
from factories.tried import a_few
from samspill.analysis.disclosure import Flag
from samspill.insight.models import IndicatorRun, IndicatorSeries
from samspill.insight.public import sync_indicators

pytestmark = pytest.mark.django_db

CODE = "readmissions-67-plus"
FILES = ("rangering", "trakt", "utvikling")


def at(code: str = CODE) -> str:
    return reverse("insight:indicator", args=[code])


def page(client: Client, code: str = CODE, **asked: object) -> str:
    answer = client.get(at(code), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def heading(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found is not None
    return found[1]


def headings(html: str) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", html)


def test_the_heading_says_who_differs_and_whether_it_is_chance(client: Client) -> None:
    measured_figures(shares={"3101": 0.25})
    assert heading(page(client)) == (
        "Halden ligger høyere enn alle i tallene, trolig ikke tilfeldig. "
        "For de andre tolv kan forskjellen være tilfeldig."
    )


def test_a_part_of_the_country_is_not_called_the_country(client: Client) -> None:
    run = measured_figures(shares={"3101": 0.25})
    IndicatorSeries.objects.filter(answer__run=run, area="ALL").update(area="NO")
    html = page(client)
    assert "høyere enn alle i tallene" in heading(html)
    assert "landet" not in heading(html)
    assert "Norge" not in html[html.index("<main") : html.index("</main")]


def test_good_or_bad_is_said_since_low_is_good_here(client: Client) -> None:
    measured_figures(shares={"3101": 0.25})
    html = page(client)
    assert "Her er et lavt tall bra." in html
    assert "Halden ligger dårligere an enn alle samlet." in html


def test_invented_figures_say_so_first(client: Client) -> None:
    measured_figures()
    html = page(client)
    assert html.index("Tallene er oppdiktet") < html.index('id="rangering"')


def test_the_definition_the_date_and_the_rule_stand_there(client: Client) -> None:
    measured_figures()
    html = page(client)
    for part in (
        "Av hundre opphold for elleve vanlige grupper",
        "hentet 1. februar 2026",
        "95 %, Wilsons, for en andel av en helhet.",
        "helsedirektoratet.no/statistikk",
        "Samspill",
    ):
        assert part in html, part


def test_few_questions_are_asked_of_the_database(client: Client, django_assert_max_num_queries) -> None:
    measured_figures()
    with django_assert_max_num_queries(12):
        page(client, nivaa="alle")


@a_few("language", ("nb", "nn", "en"), most=1)
def test_it_is_there_in_all_three_languages(client: Client, language: str) -> None:
    measured_figures(shares={"3101": 0.25})
    client.cookies["samspill_language"] = language
    told = {"nb": "trolig ikke", "nn": "truleg ikkje", "en": "probably not"}
    assert told[language] in heading(page(client))


@pytest.mark.parametrize(
    ("asked", "first"),
    [({"nivaa": "kommuner"}, 13), ({"nivaa": "alle"}, 13), ({"nivaa": "fellesskap"}, 1)],
)
def test_whom_one_compares_is_in_the_address(client: Client, asked: dict[str, str], first: int) -> None:
    measured_figures()
    html = page(client, **asked)
    table = html[html.index('id="tabell"') :]
    areas = re.findall(r'<th scope="row"><a[^>]*>(.*?)</a>', table)
    assert len([one for one in areas if one != "Østfold"]) == (first if asked["nivaa"] != "fellesskap" else 0)


@pytest.mark.parametrize(
    "asked",
    [
        {"for": "finnes-ikke"},
        {"ar": "1999"},
        {"ar": "'; drop table"},
        {"nivaa": "galakse"},
        {"omrade": "9999"},
        {"utregning": "12345678901234567890"},
        {"utregning": "999999"},
        {"utregning": "x"},
    ],
)
def test_what_is_not_there_is_said_plainly(client: Client, asked: dict[str, str]) -> None:
    measured_figures()
    answer = client.get(at(), asked)
    assert answer.status_code == 422
    assert "finnes ikke i disse tallene" in answer.content.decode()


def test_a_community_is_known_by_its_slug_and_its_code(client: Client) -> None:
    measured_figures()
    assert heading(page(client, **{"for": "ostfold"})) == heading(page(client, **{"for": "HF01"}))


# What is hidden


SECRET = {"values": 7654.321, "lower": 7653.125, "upper": 7655.875, "counts": 76541}
"""Numbers that stand nowhere else: put where a hidden cell must be empty, should anything ever keep them."""
WRITTEN = ("7654", "7 654", "7\u00a0654", "7653", "7655", "76541", "76\u00a0541", "7.654", "7,654")


@pytest.fixture
def leaky(db: None) -> IndicatorRun:
    """All of Aremark's cells are hidden, but their numbers were stored with them by mistake."""
    run = measured_figures(shares={"3124": 0.2})
    series = IndicatorSeries.objects.get(answer__run=run, area="3124")
    series.flags = [int(Flag.HIDDEN)] * len(YEARS)
    for name, number in SECRET.items():
        setattr(series, name, [number] * len(YEARS))
    series.save()
    return run


def test_a_hidden_figure_is_three_dots_and_never_a_number(client: Client, leaky: IndicatorRun) -> None:
    html = page(client)
    row = re.search(r'<tr[^>]*><th scope="row"><a[^>]*>Aremark</a></th>(.*?)</tr>', html, re.S)
    assert row is not None
    assert row[1].count("•••") == 4 + len(YEARS) - 1
    assert "Færre enn fem personer, eller et tall som ville røpet dem. Det er ikke null." in html
    assert "Ett tall er skjult" in html


def everything(client: Client) -> Iterator[tuple[str, str]]:
    """(what, text) of the page in all its ways, its files and what others frame."""
    for asked in (
        {},
        {"nivaa": "alle"},
        {"nivaa": "fellesskap"},
        {"omrade": "3124"},
        {"trakt": "vid"},
        {"sorter": "2020"},
    ):
        yield str(asked), page(client, **asked)
        for name in (*FILES, "tabell"):
            for form in ("csv", "svg", "json", "xlsx"):
                answer = client.get(at(), {**asked, "fil": f"{name}.{form}"})
                if answer.status_code == 200:
                    yield f"{asked} {name}.{form}", told(answer.content, form)
        for name in FILES:
            framed = client.get(reverse("insight:indicator-embedded", args=[CODE]), {**asked, "figur": name})
            if framed.status_code == 200:
                yield f"{asked} {name}", framed.content.decode()


def told(content: bytes, form: str) -> str:
    """What a file says; a drawing's places are no words."""
    if form == "svg":
        return re.sub(r'(?<![-\w])(d|transform|[xy][12]?|width|height)="[^"]*"', "", content.decode())
    if form != "xlsx":
        return content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return repr(list(sheet.iter_rows(values_only=True)))


def test_nothing_hidden_is_in_the_page_or_in_any_file(client: Client, leaky: IndicatorRun) -> None:
    looked = 0
    for what, text in everything(client):
        found = [number for number in WRITTEN if number in text]
        assert not found, (what, found)
        looked += 1
    assert looked > 40


def test_a_hidden_place_over_time_has_nothing_to_draw(client: Client, leaky: IndicatorRun) -> None:
    assert 'id="utvikling"' not in page(client, omrade="3124")


# Files


def csv_rows(client: Client, **asked: str) -> list[list[str]]:
    text = client.get(at(), {"fil": "tabell.csv", **asked}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    return rows[1:-1]


def test_the_table_is_taken_along_as_the_page_has_it(client: Client) -> None:
    measured_figures()
    rows = csv_rows(client)
    assert len(rows) == (13 + 2) * len(YEARS)
    halden = next(row for row in rows if row[:3] == ["3101", "Halden", str(YEARS[-1])])
    assert "," in halden[3]
    assert "." not in halden[3]
    assert halden[3].split(",")[0] in page(client)


def test_the_workbook_has_the_same_lines(client: Client) -> None:
    measured_figures()
    book = load_workbook(io.BytesIO(client.get(at(), {"fil": "tabell.xlsx"}).content))
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(lines) == len(csv_rows(client)) + 2
    assert lines[0][:3] == ("Kode", "Område", "Periode")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("form", ["svg", "csv"])
def test_each_figure_can_be_taken_along(client: Client, name: str, form: str) -> None:
    measured_figures()
    answer = client.get(at(), {"fil": f"{name}.{form}"})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["finnes-ikke.svg", "rangering.exe", "rangering", "tabell.svg", "x" * 500])
def test_a_file_that_is_not_there_is_not_found(client: Client, name: str) -> None:
    measured_figures()
    assert client.get(at(), {"fil": name}).status_code == 404


# What was published then


def test_the_permanent_link_shows_what_was_published_then(client: Client) -> None:
    first = measured_figures(shares={"3101": 0.25})
    then = page(client)
    measured_figures(seed=7)
    html = page(client, utregning=first.pk)
    assert heading(html) == heading(then) != heading(page(client))
    assert "Det finnes nyere tall." in html
    assert "Det finnes nyere tall." not in page(client)


def test_a_withdrawn_run_says_why_and_shows_nothing(client: Client) -> None:
    run = measured_figures(shares={"3101": 0.25})
    run.withdrawn_at, run.withdrawn_because = run.made_at, "Rader manglet."
    run.save()
    for address in (at(), reverse("insight:indicator-embedded", args=[CODE])):
        html = client.get(address, {"utregning": run.pk}).content.decode()
        assert "Rader manglet." in html
        assert "Halden" not in html
    assert (
        client.get(at(), {"utregning": run.pk, "fil": "tabell.json"})
        .headers["Content-Type"]
        .startswith("text/html")
    )


def test_before_the_first_run_the_definition_stands_there(client: Client) -> None:
    sync_indicators()
    html = page(client)
    assert "Ingen tall er regnet ut ennå" in html
    assert "sykehusopphold der pasienten levde ved utskriving" in html


# Framed by others


def test_only_the_bare_page_may_be_framed(client: Client) -> None:
    measured_figures()
    bare = client.get(reverse("insight:indicator-embedded", args=[CODE]))
    assert bare.status_code == 200
    assert "X-Frame-Options" not in bare.headers
    assert "frame-ancestors *" in bare.headers["Content-Security-Policy"]
    whole = client.get(at())
    assert whole.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]


def test_the_bare_page_has_one_figure_its_source_and_a_way_back_and_nothing_to_press(client: Client) -> None:
    measured_figures(shares={"3101": 0.25})
    html = client.get(reverse("insight:indicator-embedded", args=[CODE]), {"sprak": "nn"}).content.decode()
    assert html.count("-spec") == 2
    assert "Norsk pasientregister (oppdiktet), henta 1. februar 2026" in html
    assert f'href="{at()}?' in html
    assert "<form" not in html
    assert "csrf" not in html


def test_the_text_that_frames_a_figure_leads_to_it(client: Client) -> None:
    measured_figures()
    html = page(client)
    framed = re.findall(r"&lt;iframe src=&quot;(.*?)&quot; title", html)
    assert len(framed) >= 3
    for address in framed:
        parts = urlsplit(address.replace("&amp;amp;", "&").replace("&amp;", "&"))
        assert parse_qs(parts.query)["utregning"]
        assert client.get(f"{parts.path}?{parts.query}").status_code == 200


# Kinds that are not compared
