"""The open data: what the document promises is what is answered, page by page, to everybody."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from factories.bodies import Bodies
from factories.json_schema import faults, pointed_at
from factories.open_world import OpenWorld, decide, open_case, open_world
from samspill.directory.public import OPEN_API
from samspill.governance.actions.indexing_open import refresh_open
from samspill.governance.open_api.resources import RESOURCES

ORIGIN = re.compile(r"^https?://[^/]+")


def make_world(bodies: Bodies) -> OpenWorld:
    made = open_world(bodies)
    refresh_open(bodies.community.pk, now=timezone.now())
    return made


@pytest.fixture
def api(world: OpenWorld) -> Client:
    return Client()


@pytest.fixture
def document(api: Client) -> dict:
    return api.get("/api/v1/openapi.json").json()


def refs(said: object) -> list[str]:
    if isinstance(said, dict):
        own = [said["$ref"]] if "$ref" in said else []
        return own + [one for value in said.values() for one in refs(value)]
    return [one for value in said for one in refs(value)] if isinstance(said, list) else []


def test_the_document_is_openapi_3_1(document: dict) -> None:
    """What OpenAPI 3.1 asks of the parts we use; every reference leads somewhere, every name stands once."""
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    assert {"title", "version"} <= document["info"].keys()
    assert all(path.startswith("/") for path in document["paths"])
    operations = [one["get"] for one in document["paths"].values()]
    assert all(set(one) == {"get"} for one in document["paths"].values())
    names = [one["operationId"] for one in operations]
    others = sum(len(part.paths()) for part in OPEN_API.all())
    assert len(names) == len(set(names)) == 2 * len(RESOURCES) + others
    for path, operation in ((path, one["get"]) for path, one in document["paths"].items()):
        in_path = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert all(one["required"] for one in operation["parameters"] if one["in"] == "path")
        assert {"200", "304"} <= operation["responses"].keys()
        assert all(answer["description"] for answer in operation["responses"].values())
    assert all(pointed_at(document, ref) for ref in refs(document))
    for name, schema in document["components"]["schemas"].items():
        assert schema["type"] == "object", name
        assert set(schema["required"]) <= set(schema["properties"])


@pytest.mark.parametrize("name", RESOURCES)
def test_what_is_answered_is_as_the_document_says(api: Client, document: dict, name: str) -> None:
    answer = api.get(f"/api/v1/{name}/?limit=200")
    said, schemas = answer.json(), document["components"]["schemas"]
    assert said["data"], name
    assert list(faults(said, schemas[f"{RESOURCES[name].schema_name}Page"], document)) == []
    one = api.get(f"/api/v1/{name}/{said['data'][0]['id']}/").json()
    assert one == said["data"][0]
    assert one["html"].startswith("http")


def test_pages_follow_one_another_whatever_comes_meanwhile(api: Client, world: OpenWorld) -> None:
    for number in range(10, 15):
        open_case(world.bodies, world.bodies.ssu, title=f"Sak {number}", number=number)
    seen, address = [], "/api/v1/cases/?limit=2"
    while address:
        said = api.get(address).json()
        seen += [one["reference"] for one in said["data"]]
        address = ORIGIN.sub("", said["links"].get("next", ""))
    assert seen == ["2026/1", *(f"2026/{number}" for number in range(10, 15))]


def test_a_reader_who_has_it_gets_it_once(api: Client, world: OpenWorld) -> None:
    first = api.get(f"/api/v1/cases/{world.case.pk}/")
    assert first.headers["Last-Modified"]
    again = api.get(f"/api/v1/cases/{world.case.pk}/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_only_what_has_changed_since_is_given(api: Client, world: OpenWorld) -> None:
    assert api.get("/api/v1/cases/?modified_since=2020-01-01T00:00:00Z").json()["data"]
    assert not api.get("/api/v1/cases/?modified_since=2090-01-01T00:00:00Z").json()["data"]
    far = "2020-01-01T00:00:00%2B23:36"  # Python knows zones so far away, and the database does not
    assert api.get(f"/api/v1/cases/?modified_since={far}").json()["data"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/cases/?cursor=tull",
        "/api/v1/cases/?cursor=YWZ0ZXI6LTE",
        "/api/v1/cases/?limit=0",
        "/api/v1/cases/?limit=9999",
        "/api/v1/cases/?finnesikke=1",
        "/api/v1/cases/?year=i+fjor",
        "/api/v1/cases/?community=" + "9" * 30,
        "/api/v1/cases/?modified_since=i+gaar",
        "/api/v1/cases/?modified_since=0001-01-01T00:00:00%2B14:00",
        f"/api/v1/cases/?year={'1' * 5000}",
        "/api/v1/decisions/?from=2026-13-01",
        "/api/v1/points/?state=hemmelig",
    ],
)
def test_a_wrong_parameter_is_told_as_a_problem(api: Client, document: dict, address: str) -> None:
    answer = api.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert list(faults(answer.json(), document["components"]["schemas"]["Problem"], document)) == []
    assert answer.json()["detail"].startswith(re.search(r"\?(\w+)", address)[1])


@pytest.mark.parametrize("address", ["/api/v1/hemmeligheter/", "/api/v1/cases/999999/", "/api/v1/people/1/"])
def test_what_is_not_there_is_a_problem_with_404(api: Client, address: str) -> None:
    answer = api.get(address)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


def test_nothing_can_be_written_and_anybody_may_ask(api: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/api/v1/cases/", {"title": "Ny"})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = api.options("/api/v1/cases/")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_points_tell_how_far_each_party_has_come(api: Client, world: OpenWorld) -> None:
    party = world.follow_up.accountable_party
    said = api.get(f"/api/v1/points/?party={party.pk}").json()["data"]
    assert [(one["accountable"], one["carriedOut"], one["parties"]) for one in said] == [
        (party.name, "under_way", [{"party": party.pk, "name": party.name, "state": "not_started"}])
    ]


def test_the_queries_do_not_grow_with_the_page(
    api: Client, world: OpenWorld, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(20, 40):
        case = open_case(world.bodies, world.bodies.ssu, title=f"Sak {number}", number=number)
        decide(world.meeting, case, number, text="Det gjør vi.")
    for name in RESOURCES:
        with django_assert_max_num_queries(11):
            answer = api.get(f"/api/v1/{name}/?limit=200")
        assert json.loads(answer.content)["data"]
