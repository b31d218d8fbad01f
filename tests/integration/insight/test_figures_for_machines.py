"""Published figures for machines: what the document promises is answered, to everybody, the same for ever."""

import csv
import gzip
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories.json_schema import faults
from factories.measured import YEARS, measured_figures
from samspill.insight import jsonstat
from samspill.insight.queries.measured import measured

CODE = "readmissions-67-plus"
FIGURES = f"/api/v1/indicators/{CODE}/figures/"
HIDES = {"3124": 0.01}

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Client:
    return Client()


@pytest.fixture
def document(api: Client) -> dict:
    return api.get("/api/v1/openapi.json").json()


def _faults(document: dict, name: str, said: object) -> list[str]:
    return list(faults(said, document["components"]["schemas"][name], document))


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/api/v1/indicators/", "IndicatorPage"),
        (f"/api/v1/indicators/{CODE}/", "Indicator"),
        (FIGURES, "Figures"),
        (f"{FIGURES}?limit=3&lang=nn", "Figures"),
        ("/api/v1/areas/", "AreaPage"),
        ("/api/v1/runs/", "RunPage"),
    ],
)
def test_what_is_answered_is_as_the_document_says(
    api: Client, document: dict, address: str, schema: str
) -> None:
    measured_figures(shares=HIDES)
    answer = api.get(address)
    assert answer.status_code == 200
    assert _faults(document, schema, answer.json()) == []


def test_every_indicator_and_area_is_listed_in_pages_that_meet(api: Client) -> None:
    measured_figures()
    for name, limit, least in (("indicators", 7, 80), ("areas", 50, 380)):
        whole = [one["code"] for one in api.get(f"/api/v1/{name}/").json()["data"]]
        seen, address = [], f"/api/v1/{name}/?limit={limit}"
        while address:
            said = api.get(address).json()
            seen += [one["code"] for one in said["data"]]
            address = said["links"].get("next", "").removeprefix("http://localhost:8000")
            address = address[address.find("/api") :] if address else ""
        assert seen == whole
        assert len(whole) >= least


def test_indicators_with_and_without_figures_are_told_apart(api: Client) -> None:
    run = measured_figures()
    having = api.get("/api/v1/indicators/?figures=true").json()["data"]
    assert [one["code"] for one in having] == [CODE]
    assert having[0]["figures"][0] == {
        "per": "year",
        "run": run.pk,
        "first": YEARS[0],
        "last": YEARS[-1],
        "levels": ["community", "country", "municipality"],
        "href": having[0]["figures"][0]["href"],
    }
    lacking = api.get("/api/v1/indicators/?figures=false&group=svangerskap").json()["data"]
    assert lacking
    assert {one["group"] for one in lacking} == {"svangerskap"}


def test_figures_are_those_that_pages_read(api: Client) -> None:
    measured_figures(shares=HIDES)
    found = measured(CODE)
    assert found is not None
    said = api.get(f"{FIGURES}?areas=3124,HF01&periods=2020-2022,2025").json()["data"]
    assert [one["period"] for one in said] == [2020, 2021, 2022, 2025] * 2
    for row in said:
        point = found.areas[row["area"]].at(row["period"])
        assert point is not None
        assert (row["value"], row["count"], row["population"]) == (point.value, point.count, point.population)
        assert row["status"] == ("hidden" if point.is_hidden else "shown")


def test_what_is_hidden_is_empty_in_every_form(api: Client) -> None:
    measured_figures(shares=HIDES)
    rows = api.get(f"{FIGURES}?areas=3124").json()["data"]
    hidden = [one["period"] for one in rows if one["status"] == "hidden"]
    assert hidden
    assert all(one["value"] is one["count"] is None for one in rows if one["period"] in hidden)
    table = _csv(api.get(f"{FIGURES}?areas=3124&format=csv").content)
    assert [int(one["period"]) for one in table if one["status"] == "hidden"] == hidden
    assert all(one["value"] == one["count"] == "" for one in table if one["status"] == "hidden")
    cube = jsonstat.read(api.get(f"{FIGURES}?areas=3124&format=json-stat").content)
    for period in hidden:
        assert cube.cell(period=str(period), measure="value", area="3124") == (None, ":")


def _csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_three_forms_hold_the_same_figures(api: Client) -> None:
    measured_figures(shares=HIDES)
    asked = f"{FIGURES}?level=municipality"
    rows = api.get(asked).json()["data"]
    table = _csv(api.get(f"{asked}&format=csv").content)
    cube = jsonstat.read(api.get(f"{asked}&format=json-stat").content)
    assert len(rows) == len(table) == 130
    for row, line in zip(rows, table, strict=True):
        assert (line["area"], int(line["period"]), line["name"]) == (row["area"], row["period"], row["name"])
        for measure in ("value", "lower", "upper", "count", "population"):
            cell = cube.cell(area=row["area"], period=str(row["period"]), measure=measure)
            text = line[measure].replace(",", ".")
            assert row[measure] == cell.value == (float(text) if text else None)


def test_a_cube_is_whole_json_stat_with_roles_units_and_who_lies_in_whom(api: Client) -> None:
    measured_figures()
    answer = api.get(f"{FIGURES}?format=json-stat&lang=nn")
    cube = jsonstat.read(answer.content)
    assert cube.to_json().encode() == answer.content
    assert cube.roles == {"geo": ("area",), "time": ("period",), "metric": ("measure",)}
    assert cube.dimension("area").children["HF01"] == tuple(sorted(cube.dimension("area").codes[2:]))
    assert cube.dimension("measure").units["value"]["base"] == "av hundre opphald"
    assert cube.label.startswith("Reinnleggingar")
    assert "oppdikta" in cube.notes[-1]


def test_a_run_gives_the_same_bytes_when_a_newer_has_come(api: Client) -> None:
    run = measured_figures(seed=1)
    asked = [f"{FIGURES}?run={run.pk}&format={form}" for form in ("json", "csv", "json-stat")]
    before = [api.get(one).content for one in asked]
    unpinned = api.get(FIGURES).json()["data"]
    newer = measured_figures(seed=2)
    assert [api.get(one).content for one in asked] == before
    assert api.get(FIGURES).json()["run"]["id"] == newer.pk
    assert api.get(FIGURES).json()["data"] != unpinned


def test_pages_of_one_answer_belong_to_one_run(api: Client) -> None:
    measured_figures(seed=1)
    whole = api.get(FIGURES).json()["data"]
    first = api.get(f"{FIGURES}?limit=100").json()
    measured_figures(seed=2)
    second = api.get(first["links"]["next"]).json()
    assert first["data"] + second["data"] == whole
    assert "next" not in second["links"]


def test_a_withdrawn_run_says_why_and_gives_nothing(api: Client, document: dict) -> None:
    older, run = measured_figures(seed=1), measured_figures(seed=2)
    run.withdrawn_at, run.withdrawn_because = run.made_at, "Rader manglet."
    run.save()
    answer = api.get(f"{FIGURES}?run={run.pk}")
    assert answer.status_code == 410
    assert _faults(document, "Problem", answer.json()) == []
    assert "Rader manglet." in answer.json()["detail"]
    said = api.get(f"/api/v1/runs/{run.pk}/").json()
    assert (said["withdrawnBecause"], said["indicators"]) == ("Rader manglet.", [])
    assert api.get(FIGURES).json()["run"]["id"] == older.pk


def test_who_has_it_gets_it_once_without_its_figures_being_read(api: Client) -> None:
    run = measured_figures()
    first = api.get(FIGURES)
    assert first.headers["Last-Modified"]
    assert first.headers["ETag"].startswith(f'"{run.pk}-')
    with CaptureQueriesContext(connection) as asked:
        again = api.get(FIGURES, headers={"If-None-Match": first.headers["ETag"]})
    assert not any("insight_indicatorseries" in one["sql"] for one in asked.captured_queries)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    other = api.get(f"{FIGURES}?areas=3101", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_an_answer_is_pressed_the_same_way_each_time(api: Client) -> None:
    measured_figures()
    plain = api.get(FIGURES).content
    pressed = [api.get(FIGURES, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert pressed[0].content == pressed[1].content
    assert gzip.decompress(pressed[0].content) == plain
    assert pressed[0].headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in pressed[0].headers["Vary"]
    assert api.get(FIGURES, headers={"If-None-Match": pressed[0].headers["ETag"]}).status_code == 304


def test_figures_take_few_queries_however_many_areas(api: Client, django_assert_max_num_queries) -> None:
    measured_figures([CODE, "readmissions-copd"])
    for address, most in ((FIGURES, 8), ("/api/v1/indicators/", 9), ("/api/v1/runs/", 8)):
        with django_assert_max_num_queries(most):
            assert api.get(address).status_code == 200


def test_figures_are_told_of_where_the_open_data_begins(api: Client) -> None:
    links = api.get("/api/v1/").json()["links"]
    assert {"indicators", "areas", "runs", "cases"} <= set(links)
    assert api.get("/api/v1/indicators").headers["Location"] == "/api/v1/indicators/"


def test_the_page_for_people_shows_addresses_that_answer(api: Client) -> None:
    measured_figures()
    page = api.get("/api/").content.decode()
    assert FIGURES in page
    for language in ("nb", "nn", "en"):
        api.cookies["samspill_language"] = language
        assert api.get("/api/").status_code == 200


def test_an_answer_holds_the_definition_of_its_day(api: Client) -> None:
    run = measured_figures()
    answer = run.answers.get()
    answer.definition = answer.definition | {"title": {"nb": "Før", "nn": "Før", "en": "Before"}}
    answer.save()
    said = api.get(f"{FIGURES}?run={run.pk}&lang=en").json()
    assert (said["title"], said["definition"]["title"]["nb"]) == ("Before", "Før")
    assert json.dumps(said["run"]["sources"]).count("retrieved_at") == 1
