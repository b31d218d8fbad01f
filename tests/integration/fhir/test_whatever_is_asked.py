"""Every interaction of every type, with requests drawn from what is served: no answer is a fault of ours.

By schemathesis from `served.yaml`. What it cannot draw is in `test_nothing_breaks_it` and in
`test_odd_requests`.
"""

import logging
from typing import Any

import pytest
from django.test import Client

from factories.care import CareWorld
from factories.described import Drawn, operations, tried
from factories.fhir_described import document
from factories.fhir_resources import FNR, quantity
from factories.machines import System, said
from factories.measuring import watch
from factories.observations import NUMBER, blood_pressure, observation
from samspill.fhir import is_valid, validate
from samspill.fhir.serving.table import KINDS

pytestmark = pytest.mark.slow

EXAMPLES = 8
Json = dict[str, Any]


@pytest.fixture
def followed(world: CareWorld, nimble: System) -> System:
    """Astrid with values, one of them outside and one that nobody expects, and a client told of a 500."""
    watch(world)
    for one in (observation(), observation(value=quantity(90, "kg"), hours_ago=2), blood_pressure()):
        assert nimble.ask("POST", "/Observation", one).status_code == 201
    nimble.http = Client(raise_request_exception=False)
    return nimble


def known(system: System) -> dict[str, list[str]]:
    """Ids that are there, by type."""
    found = {"numbers": [NUMBER, f"{FNR}|{NUMBER}", f"|{NUMBER}", "|"]}
    for name, kind in KINDS.items():
        wanted = (
            {"identifier" if name == "Patient" else "patient.identifier": NUMBER} if kind.of_patient else {}
        )
        entries = said(system.ask("POST", f"/{name}/_search", wanted)).get("entry", [])
        found[name] = [one["resource"]["id"] for one in entries][:3]
    return found


def check(answer: Any, drawn: Drawn) -> None:
    assert answer.status_code < 500, f"{drawn}: {answer.content[:500]!r}"
    shown = said(answer) if answer.content else None
    if answer.status_code >= 400 and shown is not None:
        assert shown["resourceType"] == "OperationOutcome", drawn
    if shown is not None:
        assert is_valid(validate(shown)), f"{drawn}: {validate(shown)[:3]}"


def test_every_interaction_is_answered(followed: System, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    ids = known(followed)
    task = said(followed.ask("GET", f"/Task/{ids['Task'][0]}"))
    entry = {"resource": observation(), "request": {"method": "POST", "url": "Observation"}}
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": [entry]}
    bodies = {"Bundle": bundle, "Observation": observation(), "Task": task | {"status": "accepted"}}

    def ask(drawn: Drawn) -> None:
        path = drawn.path.removeprefix("/fhir")
        headers = {name.replace("-", "_"): value for name, value in drawn.headers.items()}
        check(followed.ask(drawn.method, path, drawn.body, **headers), drawn)

    for operation in operations(document(ids, bodies)):
        assert tried(operation, examples=EXAMPLES, ask=ask) >= EXAMPLES, operation.label
