"""Requests no client should send: methods, page tokens, versions, forms of text, and entries of bundles."""

import base64
import gzip
import json
import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.test import Client

from factories.care import CareWorld
from factories.fhir_resources import quantity
from factories.machines import System, said
from factories.measuring import watch
from factories.observations import NUMBER, blood_pressure, observation
from samspill.fhir import is_valid, validate
from samspill.fhir.http.keys import seal
from samspill.fhir.serving.table import KINDS

pytestmark = pytest.mark.slow

SEEDS = range(60)
METHODS = ("PATCH", "DELETE", "OPTIONS", "TRACE", "get", "HEAD", "PUT", "POST")
ADDRESSES = (
    "", "/", "/metadata", "/Observation", "/Observation/_search", "/Observation/1-1", "/Observation/",
    "/Observation/1-1/_history", "/Observation/1-1/_history/1", "/Bundle", "/$receipt", "/Task/1-1",
    "/.well-known/smart-configuration", "/jwks", "/token", "/Observation/$everything", "/Questionnaire/phq-9",
    "/Patient/1/$everything", "/Patient/_history", "/Patient/1/_history", "/Nothing", "/_history",
)  # fmt: skip
BODIES = (
    b"", b"\xff\xfe{\x00}\x00", "{}".encode("utf-16"), b"\xef\xbb\xbf{}", gzip.compress(b"{}"), b"[]",
    b'"x"', b"0", b"{", b"null", b'{"a":1,"a":2}', b"[" * 100_000, b'{"a":' * 5000, b"NaN",
    b'{"resourceType":["Observation"]}', b'{"resourceType":{"a":1}}', b'{"resourceType":null}',
    b'{"resourceType":"Observation"}', b'{"resourceType":"Bundle","entry":null}', b'{"x":1e999999999}',
    b'{"resourceType":"Bundle","type":"batch","entry":{}}', b'{"resourceType":"Bundle","type":["batch"]}',
    b'{"resourceType":"Bundle","type":"batch","entry":[null,1,[]]}', b"a=b&c=%ff", b"patient=%00",
    b'{"resourceType":"Observation","valueInteger":' + b"9" * 5000 + b"}", b"patient=" + b"1" * 5000,
    b"&" * 500, b"date=%F0%9F", b"=&=&=",
)  # fmt: skip
TYPES = (
    "application/fhir+json", "application/json; charset=latin-1", "application/xml", "", "text/plain",
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json-patch+json",
    'application/fhir+json; charset="', "\u00e5",
)  # fmt: skip
IF_MATCH = ("", "*", "1", '"1"', 'W/"', "W/", 'W/"9999999999999999999999"', 'W/"1", W/"2"', "\x7f", '""""')
URLS = (
    "", "/", "Observation", "Observation/", "Observation/1-1", "Observation/_search", "Task/1-1", "Task",
    "Patient", "Patient/1/$everything", "Observation?code=x", "Observation/1-1/_history/1/2", "//", "http://[",
    "Task/1-1?x", "Observation/\x00", "_history", "$everything", "Bundle", "CareTeam?_count=x", "#", "?",
    "Observation?patient=Patient/1&date=ge2026-01-01T00:00:00+23:59", "metadata", "Patient?identifier=1",
    "http://x/y", "\u2028", "../x",
)  # fmt: skip
ENTRY_METHODS = ("GET", "POST", "PUT", "HEAD", "DELETE", "PATCH")


@pytest.fixture
def followed(world: CareWorld, nimble: System, caplog: pytest.LogCaptureFixture) -> System:
    """Astrid with values, one of them outside, and a client that is told of a 500 as of any other answer."""
    caplog.set_level(logging.CRITICAL)
    watch(world)
    for one in (observation(), observation(value=quantity(90, "kg"), hours_ago=2), blood_pressure()):
        assert nimble.ask("POST", "/Observation", one).status_code == 201
    nimble.http = Client(raise_request_exception=False)
    return nimble


def check(answer: Any, what: object, *, is_fhir: bool = True) -> None:
    assert answer.status_code < 500, f"{what}: {answer.content[:500]!r}"
    if not answer.content or not is_fhir:
        return
    shown = said(answer)
    assert is_valid(validate(shown)), f"{what}: {validate(shown)[:2]}"
    if answer.status_code >= 400:
        assert shown["resourceType"] == "OperationOutcome", what
    for one in shown.get("entry", []):
        assert not one.get("response", {}).get("status", "").startswith("5"), f"{what}: {one}"
    assert answer.status_code < 400 or NUMBER not in answer.content.decode()


def test_every_method_at_every_address_is_answered(followed: System) -> None:
    for path in ADDRESSES:
        for method in METHODS:
            is_fhir = path not in ("/.well-known/smart-configuration", "/jwks", "/token")
            check(followed.ask(method, path), (method, path), is_fhir=is_fhir)


def test_bodies_that_are_no_resources_are_refused(followed: System) -> None:
    for body in BODIES:
        for method, path in (
            ("POST", ""),
            ("POST", "/Observation"),
            ("PUT", "/Task/1-1"),
            ("POST", "/$receipt"),
        ):
            answer = followed.ask(method, path, body)
            check(answer, (method, path, body[:60]))
            assert answer.status_code >= 400
        form = {"Content_Type": "application/x-www-form-urlencoded"}
        check(followed.ask("POST", "/Observation/_search", body, **form), body[:60])
        check(followed.ask("POST", "/token", body, **form), body[:60], is_fhir=False)


def test_other_types_of_content_are_refused(followed: System) -> None:
    for kind in TYPES:
        for path in ("", "/Observation", "/Observation/_search", "/Patient/1/$everything", "/$receipt"):
            body = json.dumps(observation()).encode()
            check(followed.ask("POST", path, body, Content_Type=kind), (kind, path))
        check(followed.ask("POST", "/Observation", gzip.compress(b"{}"), Content_Encoding="gzip"), "gzip")


def test_versions_that_are_none_are_refused(followed: System) -> None:
    found = said(followed.ask("POST", "/Task/_search", {"patient.identifier": NUMBER}))
    task = found["entry"][0]["resource"]
    mine = said(followed.ask("POST", "/Observation/_search", {"patient.identifier": NUMBER}))
    value = mine["entry"][0]["resource"]
    for one in (task | {"status": "accepted"}, value | {"status": "entered-in-error"}):
        for version in IF_MATCH:
            answer = followed.ask("PUT", f"/{one['resourceType']}/{one['id']}", one, If_Match=version)
            check(answer, (one["resourceType"], version))


def tokens(token: str, rng: random.Random) -> Iterator[str]:
    """One of ours with a letter changed, cut short, twice, and what is sealed by us and is no page."""
    at = rng.randrange(len(token))
    yield token[:at] + rng.choice("Aa0-_=%") + token[at + 1 :]
    yield token[:at]
    yield token + token
    yield base64.urlsafe_b64encode(rng.randbytes(100)).decode()
    for inside in (b"", b"null", b"[]", b"{}", b'["CareTeam"]', b'["CareTeam",null,[],50,0,0,null]', b"\xff"):
        yield Fernet(seal(settings.SECRET_KEY)).encrypt(inside).decode()


def test_page_tokens_that_are_damaged_are_refused(followed: System) -> None:
    links = said(followed.ask("GET", "/CareTeam?_count=1"))["link"]
    token = links[0]["url"].partition("_page=")[2]
    assert followed.ask("GET", f"/CareTeam?_page={token}").status_code == 200
    assert followed.ask("GET", f"/Organization?_page={token}").status_code == 400
    for seed in range(3):
        for damaged in tokens(token, random.Random(seed)):
            if damaged != token:
                answer = followed.ask("GET", f"/CareTeam?_page={damaged}")
                check(answer, damaged)
                assert answer.status_code == 400, damaged


def entries(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Some that are right among some with a method, an address, a condition or a resource that is odd."""
    for place in range(rng.randrange(1, 7)):
        resource = rng.choice(
            [observation(hours_ago=3 + place), blood_pressure(), {"resourceType": "Task"}, None]
        )
        request: dict[str, Any] = {"method": rng.choice(ENTRY_METHODS), "url": rng.choice(URLS)}
        if rng.random() < 0.3:
            request["ifMatch"] = rng.choice(IF_MATCH)
        if rng.random() < 0.3:
            request["ifNoneExist"] = rng.choice(["identifier=a|b", "identifier=%00|%00", "&", "a", "\x00"])
        made = {"fullUrl": f"urn:uuid:c757873d-ec9a-4326-a141-{place:012}", "request": request}
        yield made if resource is None else made | {"resource": resource}


@pytest.mark.parametrize("kind", ["batch", "transaction", "collection"])
def test_bundles_of_odd_entries_are_answered_entry_by_entry(followed: System, kind: str) -> None:
    for seed in SEEDS:
        bundle = {"resourceType": "Bundle", "type": kind, "entry": list(entries(random.Random(seed)))}
        check(followed.ask("POST", "", bundle), (seed, bundle))


def test_every_type_is_asked_for_with_everything_at_once(followed: System) -> None:
    odd = ("%", "a|b|c", ",,,", "ge", "\u0000", "\ud7ff", "9" * 400, "2026-13", "Patient/", "|", "0x1", "-0")
    for name, kind in KINDS.items():
        for value in odd:
            form = dict.fromkeys([*kind.filters, "_id", "_lastUpdated", "name:exact", "_sort"], value)
            form["identifier" if name == "Patient" else "patient.identifier"] = NUMBER
            check(followed.ask("POST", f"/{name}/_search", form, Prefer="handling=lenient"), (name, value))
            for parameter in kind.filters:
                one = (
                    {"patient.identifier": NUMBER, parameter: value}
                    if kind.of_patient
                    else {parameter: value}
                )
                check(followed.ask("POST", f"/{name}/_search", one), (name, parameter, value))
