"""Whatever is sent, the answer is an OperationOutcome or what was asked for: never a fault of ours."""

import json
import random
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import Client

from factories.care import CareWorld
from factories.fhir_fuzz import broken, scrambled
from factories.machines import System, said
from factories.measuring import watch
from factories.observations import NUMBER, blood_pressure, observation
from samspill.fhir import is_valid, validate
from samspill.fhir.http.keys import seal

SEEDS = range(40)
ODD_TEXTS = ("x" * 5000, "\u2028", "😀" * 300, "0", "-", "1" * 400, "%s%n", "';--", "null", "../..", "\u200b")
ODD_TIMES = (
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    "2026-11-20T23:59:60Z",
    "2026-11-20T08:00:00.123456789+14:00",
    "2026-11-20T08:00:00+23:36",
    "2026-11-20",
    "2026",
)
ODD_NUMBERS = (0, -1, 1e300, -1e-300, 10**40, 0.1, 1e-30, 12345678901234567890.123)
ODD_HEADERS = (
    {"Accept": ";;,,"},
    {"Accept": "application/fhir+json; fhirVersion=5.0"},
    {"Accept_Language": "q=,;;xx;q=nan"},
    {"Content_Type": "application/fhir+json; charset=utf-16"},
    {"Content_Type": ";"},
    {"If_None_Exist": "%%%"},
    {"If_None_Exist": "identifier=a|b&identifier=c|d"},
    {"Prefer": "return=minimal; handling=lenient"},
)
PATHS = (
    "/Observation/0-0",
    "/Observation/99999999999999999999-1",
    "/Observation/1-999999999999999999",
    "/Observation/1-1/_history/0",
    "/Patient/000",
    "/Patient/999999999999999999",
    "/Patient/1/$everything",
    "/CareTeam/-1",
    "/CareTeam?name=%00",
    "/CareTeam?_count=-1",
    "/CareTeam?_count=999999999999",
    "/CareTeam?_page=x",
    "/CareTeam?_id=1,2,x,999999999999999999999",
    "/CareTeam?_count=0",
    "/Organization?identifier=%F0%9F%98%80",
    "/Observation?patient=Patient/0",
    "/Observation?patient=urn:uuid:1",
    "/Observation?patient=1&patient=2",
    "/Observation?patient.identifier=",
    "/Task?patient=Patient/999999999&status=requested",
    "/Patient?_id=1&_id=2",
    "/Questionnaire/nothing",
    "/%F0%9F%98%80",
)


@pytest.fixture
def careless(nimble: System) -> System:
    """A client that is told of a 500 as of any other answer."""
    nimble.http = Client(raise_request_exception=False)
    return nimble


def check(response: Any) -> None:
    assert response.status_code < 500, response.content[:500]
    if response.status_code >= 400 and response.content:
        outcome = said(response)
        assert outcome["resourceType"] == "OperationOutcome"
        assert is_valid(validate(outcome))
        assert NUMBER not in response.content.decode()


def bundles(*resources: dict[str, Any]) -> dict[str, Any]:
    entries = [
        {
            "fullUrl": f"urn:uuid:c757873d-ec9a-4326-a141-{number:012}",
            "resource": one,
            "request": {"method": "POST", "url": "Observation"},
        }
        for number, one in enumerate(resources)
    ]
    return {"resourceType": "Bundle", "type": "batch", "entry": entries}


def test_what_is_broken_in_a_known_way_is_refused(careless: System) -> None:
    for seed in SEEDS[:5]:
        rng = random.Random(seed)
        for _name, one in broken(rng.choice([observation, blood_pressure])(), rng):
            response = careless.ask("POST", "/Observation", one.resource)
            check(response)
            assert response.status_code in (400, 422)


def test_what_is_scrambled_is_answered(careless: System) -> None:
    for seed in SEEDS:
        rng = random.Random(seed)
        one = scrambled(rng.choice([observation, blood_pressure])(), rng)
        whole = scrambled(bundles(observation(), blood_pressure(), one), rng, times=2)
        for path, body in (("/Observation", one), ("", whole), ("/$receipt", one), ("/Task/1-1", one)):
            check(careless.ask("PUT" if "Task" in path else "POST", path, encoded(body), If_Match='W/"1"'))


def encoded(body: Any) -> bytes:
    """As a careless client would, with what JSON cannot hold left out."""
    try:
        return json.dumps(body).encode()
    except (TypeError, ValueError, UnicodeEncodeError):
        return b"{}"


def test_odd_texts_where_r4_allows_them_are_kept_or_refused(world: CareWorld, careless: System) -> None:
    watch(world)
    for odd in ODD_TEXTS:
        code = {"coding": [{"system": "urn:x", "code": "a" * 200}], "text": odd}
        for more in (
            {"note": [{"text": odd}]},
            {"device": {"display": odd}},
            {"identifier": [{"system": "urn:x", "value": odd}]},
            {"code": code, "category": None},
            {"valueQuantity": None, "valueString": odd, "code": code, "category": None},
            {"valueQuantity": {"value": 3, "unit": odd}, "code": code, "category": None},
        ):
            check(careless.ask("POST", "/Observation", observation(**more)))


def test_odd_times_are_set_aside(careless: System) -> None:
    for odd in ODD_TIMES:
        check(careless.ask("POST", "/Observation", observation(effectiveDateTime=odd)))
        path = "/Observation/_search"
        check(careless.ask("POST", path, {"patient.identifier": NUMBER, "date": f"ge{odd}"}))


def test_odd_numbers_are_kept_or_set_aside(careless: System) -> None:
    unknown = {"coding": [{"system": "http://loinc.org", "code": "12345-6"}]}
    for odd in ODD_NUMBERS:
        for more in ({}, {"code": unknown, "category": None}):
            quantity = {"value": odd, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}
            check(careless.ask("POST", "/Observation", observation(value=quantity, **more)))


def test_odd_addresses_are_answered(careless: System) -> None:
    for path in PATHS:
        check(careless.ask("GET", path))


def test_odd_headers_are_answered(careless: System) -> None:
    for headers in ODD_HEADERS:
        check(careless.ask("POST", "/Observation", observation(), **headers))


def test_odd_tokens_are_refused(careless: System) -> None:
    for header in ("", "DPoP", "DPoP x", "Bearer x.y.z", "Basic eA==", "DPoP " + "x" * 40_000):
        response = careless.http.get("/fhir/CareTeam", headers={"Authorization": header, "DPoP": header})
        check(response)
        assert response.status_code == 401


def test_an_entry_with_half_an_address_is_refused_alone(careless: System) -> None:
    whole = bundles(observation(), observation(hours_ago=2))
    whole["entry"][0]["request"]["url"] = "http://["
    response = careless.ask("POST", "", whole)
    check(response)
    assert [one["response"]["status"] for one in said(response)["entry"]] == ["404", "201"]


@pytest.mark.parametrize("inside", [b"null", b"{}", b"CareTeam", b'["CareTeam"]'])
def test_a_page_that_was_sealed_in_another_form_is_not_there(careless: System, inside: bytes) -> None:
    """By a version of Samspill before this, within the hour."""
    sealed = Fernet(seal(settings.SECRET_KEY)).encrypt(inside).decode()
    response = careless.ask("GET", f"/CareTeam?_page={sealed}")
    check(response)
    assert response.status_code == 400
