"""Many at once: a transaction whole or not at all, a batch entry by entry, and both forms of PMD."""

from typing import Any

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from factories.care import CareWorld
from factories.fhir_resources import FNR, VKP, quantity
from factories.machines import System, said
from factories.measuring import watch
from factories.observations import blood_pressure, observation
from samspill.care.actions import measuring
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import Alert, Measurement
from samspill.directory.public import AuditEvent, scope
from samspill.fhir import validate
from samspill.refusal import Refused

ENTRY_ID = "PmdBundleResponseEntryIdExtension"


def entry(resource: dict[str, Any], number: int = 1, **request: str) -> dict[str, Any]:
    return {
        "fullUrl": f"urn:uuid:c757873d-ec9a-4326-a141-{number:012}",
        "resource": resource,
        "request": {"method": "POST", "url": "Observation", **request},
    }


def bundle(kind: str, *entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries), **more}


def kept(world: CareWorld) -> int:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return Measurement.objects.count()


def statuses(response: Any) -> list[str]:
    return [one["response"]["status"] for one in said(response)["entry"]]


def test_a_transaction_is_kept_whole(world: CareWorld, nimble: System) -> None:
    made = bundle("transaction", entry(observation(), 1), entry(blood_pressure(), 2))
    response = nimble.ask("POST", "", made)
    assert response.status_code == 200, response.content
    assert (said(response)["type"], statuses(response)) == ("transaction-response", ["201", "201"])
    assert validate(said(response)) == []
    assert kept(world) == 2


@pytest.mark.parametrize("bad", [{"status": None}, {"valueQuantity": quantity(2000, "kg")}])
def test_a_transaction_with_one_that_is_wrong_is_not_kept_at_all(
    world: CareWorld, nimble: System, bad: dict[str, Any]
) -> None:
    made = bundle("transaction", entry(observation(), 1), entry(observation(hours_ago=2, **bad), 2))
    response = nimble.ask("POST", "", made)
    assert response.status_code == 422
    places = [one["expression"][0] for one in said(response)["issue"]]
    assert all(one.startswith("Bundle.entry[1]") for one in places)
    assert kept(world) == 0


def test_a_batch_keeps_what_is_right_and_answers_every_entry(world: CareWorld, nimble: System) -> None:
    another = observation(hours_ago=3)
    another["subject"] = {"identifier": {"system": FNR, "value": "05834140006"}}
    made = bundle(
        "batch",
        entry(observation(), 1),
        entry(observation(status=None), 2),
        entry(observation(value=quantity(2000, "kg")), 3),
        entry(another, 4),
        entry(observation(), 5),
        {
            "fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-000000000006",
            "request": {"method": "GET", "url": "CareTeam"},
        },
    )
    response = nimble.ask("POST", "", made)
    assert response.status_code == 200, response.content
    assert statuses(response) == ["201", "422", "422", "403", "200", "200"]
    assert validate(said(response)) == []
    assert kept(world) == 1
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert Alert.objects.count() == 2, "one nobody asked for, and one that is set aside"
        kept_refusals = AuditEvent.objects.visible_to(world.machine).filter(act="fhir.refused")
        assert [one.details["code"] for one in kept_refusals] == ["access.no_relation"]


@pytest.mark.parametrize("kind", ["batch", "collection"])
def test_both_forms_of_pmd_are_answered_with_every_full_url(
    world: CareWorld, nimble: System, kind: str
) -> None:
    municipality = {
        "system": "https://register.geonorge.no/sosi-kodelister/inndelinger/inndelingsbase/kommunenummer",
        "code": "3101",
    }
    meta = {"profile": [VKP + "pmd-Bundle-Observation"], "tag": [municipality]}
    entries = [entry(observation(hours_ago=one), one) for one in (1, 2)]
    made = bundle(kind, *entries, meta=meta)
    if kind == "collection":
        made["identifier"] = {"system": "https://www.nhn.no/komlink/bundle-identifier", "value": "levering-1"}
        for one in entries:
            del one["request"]
            one["resource"]["status"] = "registered"
    response = nimble.ask("POST", "", made)
    assert response.status_code == 200, response.content
    answered = said(response)
    assert validate(answered) == []
    assert answered["meta"]["profile"] == [VKP + "pmd-Bundle-Response"]
    told = [one["response"]["extension"][0] for one in answered["entry"]]
    assert [one["valueUri"] for one in told] == [one["fullUrl"] for one in entries]
    assert all(one["url"].endswith(ENTRY_ID) for one in told)
    assert kept(world) == 2
    again = nimble.ask("POST", "/Bundle", made)
    assert statuses(again) == ["200", "200"]
    assert kept(world) == 2


@pytest.mark.parametrize("kind", ["history", "document", "nothing"])
def test_another_kind_of_bundle_is_refused(nimble: System, kind: str) -> None:
    assert nimble.ask("POST", "", bundle(kind, entry(observation()))).status_code in (400, 422)


def test_a_bundle_with_too_many_entries_is_refused(nimble: System) -> None:
    one = entry({"resourceType": "Observation"})
    assert nimble.ask("POST", "", bundle("batch", *[one] * 1001)).status_code == 413


def test_more_of_one_patient_opens_the_patient_once(world: CareWorld, nimble: System) -> None:
    watch(world)

    def questions(count: int, begin: int) -> int:
        entries = [entry(observation(hours_ago=begin + one), one) for one in range(count)]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert nimble.ask("POST", "", bundle("batch", *entries)).status_code == 200
        return len(asked)

    questions(1, 1)
    few, many = questions(2, 10), questions(6, 20)
    each = (many - few) / 4
    assert each <= 20, f"{each} queries for each entry"


@pytest.mark.parametrize(
    ("fault", "last"),
    [(DataError("no such value"), "500"), (Refused("test.halfway", "Refused when half is kept."), "422")],
    ids=["the database refuses it", "it is refused when half of it is kept"],
)
def test_what_goes_wrong_halfway_in_one_entry_takes_no_other_with_it(
    world: CareWorld, nimble: System, monkeypatch: pytest.MonkeyPatch, fault: Exception, last: str
) -> None:
    def broken(_episode: object, measurement: Measurement, *_given: Any) -> None:
        if measurement.value == "93.5":
            raise fault

    monkeypatch.setattr(measuring, "_told", broken)
    weights = [observation(value=quantity(kilos, "kg")) for kilos in (92.5, 93.5, 94.5)]
    entries = [entry(one, number) for number, one in enumerate(weights, start=1)]
    response = nimble.ask("POST", "", bundle("batch", *entries))
    assert statuses(response) == ["201", last, "201"]
    assert kept(world) == 2
