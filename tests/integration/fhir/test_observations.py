"""A measurement comes in by FHIR: kept once, coloured, an alert when it must be, and given back as it was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from factories.care import HALDEN, CareWorld, follow
from factories.fhir_resources import FNR, UCUM, VKP, quantity
from factories.machines import System, said, system
from factories.measuring import watch
from factories.observations import NUMBER, blood_pressure, observation
from samspill.care.actions.clients import as_actor
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import AccessLogEntry, Alert, Measurement, MeasurementSource, SetAside
from samspill.directory.public import scope
from samspill.fhir import is_valid, validate

Json = dict[str, Any]


def kept(world: CareWorld) -> list[Measurement]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(Measurement.objects.order_by("pk"))


def alerts(world: CareWorld) -> list[tuple[str, str]]:
    with scope(world.machine), opening_by_duty(by=world.machine):
        return list(Alert.objects.order_by("pk").values_list("kind", "severity"))


def code_of(response: Any) -> str:
    return said(response)["issue"][0]["details"]["coding"][0]["code"]


def test_a_weight_is_kept_and_given_back_valid(world: CareWorld, nimble: System) -> None:
    watch(world)
    response = nimble.ask("POST", "/Observation", observation())
    assert response.status_code == 201, response.content
    made = said(response)
    assert validate(made) == []
    assert made["valueQuantity"] == {"value": 66.5, "unit": "kg", "system": UCUM, "code": "kg"}
    assert response.headers["Location"].endswith(f"/fhir/Observation/{made['id']}/_history/1")
    assert response.headers["ETag"] == 'W/"1"'
    assert [one["text"] for one in made["referenceRange"]] == ["inside", "not red"]
    (row,) = kept(world)
    assert (row.code, row.value, row.unit, row.entered) == ("29463-7", "66.5", "kg", "system")
    assert alerts(world) == []
    again = nimble.ask("GET", f"/Observation/{made['id']}")
    assert said(again) == made


def test_a_value_outside_raises_one_alert(world: CareWorld, nimble: System) -> None:
    watch(world)
    nimble.ask("POST", "/Observation", observation(value=quantity(75, "kg")))
    assert alerts(world) == [("outside", "red")]


def test_a_blood_pressure_is_one_value_in_two_parts(world: CareWorld, nimble: System) -> None:
    profile = {"profile": [VKP + "vkp-Observation-Bloodpressure"]}
    response = nimble.ask("POST", "/Observation", blood_pressure(meta=profile))
    assert response.status_code == 201, response.content
    assert is_valid(validate(said(response)))
    (row,) = kept(world)
    assert (row.code, row.value, row.unit) == ("85354-9", {"8480-6": "128", "8462-4": "82"}, "mm[Hg]")


@pytest.mark.parametrize(
    ("code", "sent", "value", "unit"),
    [
        ("2708-6", quantity(94, "%"), "94", "%"),
        ("59408-5", quantity(94, "%"), "94", "%"),
        ("29463-7", quantity(154.3, "[lb_av]"), "70.0", "kg"),
        ("8310-5", quantity(101.3, "[degF]"), "38.5", "Cel"),
        ("29463-7", quantity(66.50, "kg"), "66.5", "kg"),
    ],
)
def test_codes_and_units_are_ours_when_it_is_kept(
    world: CareWorld, nimble: System, code: str, sent: Json, value: str, unit: str
) -> None:
    response = nimble.ask("POST", "/Observation", observation(code, sent))
    assert response.status_code == 201, response.content
    assert is_valid(validate(said(response)))
    (row,) = kept(world)
    assert (row.value, row.unit) == (value, unit)
    assert row.sent_value["valueQuantity"]["value"] == str(sent["value"])


def test_the_same_from_two_systems_is_one_measurement_with_two_sources(
    world: CareWorld, nimble: System
) -> None:
    """Invariant 8: one value, two sources, one alert."""
    watch(world)
    other = system(world, name="suite")
    mine = observation(value=quantity(75, "kg"), identifier=[{"system": "urn:nimble", "value": "1"}])
    theirs = observation(value=quantity(75.0, "kg"), identifier=[{"system": "urn:suite", "value": "A"}])
    theirs["effectiveDateTime"] = mine["effectiveDateTime"]
    first, second = nimble.ask("POST", "/Observation", mine), other.ask("POST", "/Observation", theirs)
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(first)["id"] == said(second)["id"]
    assert [one["value"] for one in said(second)["identifier"]] == ["1", "A"]
    assert len(kept(world)) == 1
    assert alerts(world) == [("outside", "red")]


def test_sent_again_it_changes_nothing(world: CareWorld, nimble: System) -> None:
    one = observation()
    statuses = [nimble.ask("POST", "/Observation", one).status_code for _ in range(3)]
    assert statuses == [201, 200, 200]
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert MeasurementSource.objects.count() == 1


def test_a_name_of_a_measurement_is_not_used_for_another(world: CareWorld, nimble: System) -> None:
    name = [{"system": "urn:nimble", "value": "1"}]
    assert nimble.ask("POST", "/Observation", observation(identifier=name)).status_code == 201
    response = nimble.ask("POST", "/Observation", observation(value=quantity(67, "kg"), identifier=name))
    assert response.status_code == 409


def test_a_conditional_create_finds_what_is_there(world: CareWorld, nimble: System) -> None:
    name = [{"system": "urn:nimble", "value": "1"}]
    first = nimble.ask("POST", "/Observation", observation(identifier=name))
    again = observation(value=quantity(90, "kg"), identifier=name)
    response = nimble.ask("POST", "/Observation", again, If_None_Exist="identifier=urn:nimble|1")
    assert (response.status_code, said(response)["id"]) == (200, said(first)["id"])


def test_nobody_asked_for_it_and_somebody_looks(world: CareWorld, nimble: System) -> None:
    """What nobody watches, and a code that nobody knows, are kept and looked at."""
    nimble.ask("POST", "/Observation", observation())
    unknown = observation("12345-6", quantity(3, "u"))
    assert nimble.ask("POST", "/Observation", unknown).status_code == 201
    assert alerts(world) == [("unexpected", "none")] * 2


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: observation(value=quantity(2000, "kg")), "value.impossible"),
        (lambda: observation(value=quantity(70, "Cel")), "unit.unknown"),
        (lambda: observation(value=quantity(70, "kg") | {"comparator": ">"}), "observation.comparator"),
        (lambda: blood_pressure(17, 11), "value.impossible"),
        (lambda: observation(hours_ago=-48), "time.future"),
        (lambda: observation(hours_ago=24 * 90), "time.old"),
        (lambda: observation(effectiveDateTime="2026-11-20"), "time.not_a_time"),
        (lambda: observation(valueQuantity=None), "observation.no_value"),
        (lambda: observation(status="cancelled"), "observation.status"),
        (lambda: observation(valueQuantity=None, valueString="tung"), "observation.value_type"),
    ],
)
def test_what_cannot_be_kept_is_set_aside_and_told(
    world: CareWorld, nimble: System, made: Callable[[], Json], code: str
) -> None:
    """Never silently dropped: the sender hears why, and the team has a task; once, however often it comes."""
    one = made()
    for _ in range(2):
        response = nimble.ask("POST", "/Observation", one)
        assert (response.status_code, code_of(response)) == (422, code)
    assert kept(world) == []
    assert alerts(world) == [("set_aside", "none")]
    with scope(world.machine), opening_by_duty(by=world.machine):
        aside = SetAside.objects.get()
        assert code in [why[0] for why in aside.reasons]
        assert aside.state == "waiting"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"status": None}, "Observation.status"),
        ({"effectiveDateTime": "2026-11-20T08:00:00"}, "Observation.effectiveDateTime"),
        ({"note": []}, "Observation.note"),
        ({"valueString": "x"}, "Observation.value"),
        ({"weight": 3}, "Observation.weight"),
        ({"meta": {"profile": [VKP + "vkp-Observation-Bodytemp"]}}, "Observation.code.coding"),
    ],
)
def test_what_r4_refuses_is_refused_with_its_place(
    world: CareWorld, nimble: System, change: Json, place: str
) -> None:
    response = nimble.ask("POST", "/Observation", observation(**change))
    assert response.status_code == 422
    places = [one.get("expression", [""])[0] for one in said(response)["issue"]]
    assert any(one.startswith(place) for one in places), places
    assert kept(world) == []


def test_who_has_no_relation_learns_nothing(world: CareWorld) -> None:
    """A patient of another tenant, and one who is nowhere, are refused in the same words."""
    moss = system(world, "Moss", name="moss")
    here, nowhere = observation(), observation()
    nowhere["subject"] = {"identifier": {"system": FNR, "value": "17912040046"}}
    first, second = (moss.ask("POST", "/Observation", one) for one in (here, nowhere))
    assert (first.status_code, second.status_code) == (403, 403)
    assert said(first) == said(second)


def test_an_agreement_without_the_right_takes_nothing_in(world: CareWorld, nimble: System) -> None:
    agreement = world.agreement
    assert agreement is not None
    with scope(world.machine):
        agreement.rights = ["read"]
        agreement.save()
    assert nimble.ask("POST", "/Observation", observation()).status_code == 403


def test_the_value_goes_to_the_episode_that_watches_it(world: CareWorld) -> None:
    """The ward follows Astrid in the hospital's record; the service in Halden's."""
    ward = system(world, "Ward", name="ward")
    watch(world, team="Ward")
    response = ward.ask("POST", "/Observation", observation())
    assert response.status_code == 201
    (row,) = kept(world)
    assert row.tenant == world.parties["Sykehuset Østfold"]
    assert row.indicator_id is not None


def test_what_was_done_is_in_the_log(world: CareWorld, nimble: System) -> None:
    nimble.ask("POST", "/Observation", observation())
    by = nimble.registered.account_id
    with scope(as_actor(nimble.registered, timezone.localdate())):
        entry = AccessLogEntry.objects.get(by_id=by)
        assert (entry.act, entry.what, entry.tenant_name) == ("write", "fhir.Observation", "Fredrikstad")


def test_a_measurement_is_never_changed_but_said_not_to_count(world: CareWorld, nimble: System) -> None:
    made = said(nimble.ask("POST", "/Observation", observation()))
    path, changed = f"/Observation/{made['id']}", made | {"valueQuantity": quantity(60, "kg")}
    assert nimble.ask("PUT", path, changed).status_code == 412, "which version?"
    response = nimble.ask("PUT", path, changed, If_Match='W/"1"')
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST")
    mistake = made | {"status": "entered-in-error", "note": [{"text": "Feil person"}]}
    assert nimble.ask("PUT", path, mistake, If_Match='W/"7"').status_code == 412
    response = nimble.ask("PUT", path, mistake, If_Match='W/"1"')
    assert (response.status_code, said(response)["status"]) == (200, "entered-in-error")
    assert said(response)["valueQuantity"]["value"] == 66.5
    history = said(nimble.ask("GET", f"{path}/_history"))
    assert validate(history) == []
    assert [one["resource"]["status"] for one in history["entry"]] == ["entered-in-error", "final"]
    assert said(nimble.ask("GET", f"{path}/_history/1"))["status"] == "final"
    assert nimble.ask("GET", f"{path}/_history/9").status_code == 404


def test_the_sender_takes_back_by_its_own_name(world: CareWorld, nimble: System) -> None:
    one = observation(identifier=[{"system": "urn:nimble", "value": "1"}])
    nimble.ask("POST", "/Observation", one)
    response = nimble.ask("POST", "/Observation", one | {"status": "entered-in-error"})
    assert (response.status_code, said(response)["status"]) == (200, "entered-in-error")
    assert len(kept(world)) == 1


def searched(nimble: System, **form: str) -> Any:
    return nimble.ask("POST", "/Observation/_search", {"patient.identifier": f"{FNR}|{NUMBER}"} | form)


def test_values_are_searched_by_number_in_the_body_alone(world: CareWorld, nimble: System) -> None:
    for hours, kilos in ((1, 66), (30, 67), (60, 68)):
        nimble.ask("POST", "/Observation", observation(value=quantity(kilos, "kg"), hours_ago=hours))
    found = said(searched(nimble))
    assert validate(found) == []
    assert [one["resource"]["valueQuantity"]["value"] for one in found["entry"]] == [66, 67, 68]
    since = (timezone.now() - timedelta(hours=40)).isoformat(timespec="seconds")
    assert said(searched(nimble, date=f"ge{since}"))["total"] == 2
    assert said(searched(nimble, code="http://loinc.org|29463-7,8867-4"))["total"] == 3
    assert said(searched(nimble, code="8867-4"))["total"] == 0
    assert said(searched(nimble, _summary="count"))["total"] == 3
    response = nimble.ask("GET", f"/Observation?patient.identifier={NUMBER}")
    assert response.status_code == 400
    assert NUMBER not in response.content.decode()
    assert nimble.ask("GET", "/Observation").status_code == 400
    assert searched(nimble, colour="red").status_code == 400
    assert searched(nimble, date="yesterday").status_code == 400


def test_the_rest_of_a_search_is_behind_a_link_that_says_nothing(world: CareWorld, nimble: System) -> None:
    for kilos in (66, 67, 68):
        nimble.ask("POST", "/Observation", observation(value=quantity(kilos, "kg"), hours_ago=kilos))
    first = said(searched(nimble, _count="2"))
    assert (first["total"], len(first["entry"])) == (3, 2)
    link = first["link"][0]["url"]
    assert NUMBER not in link
    nimble.ask("POST", "/Observation", observation(value=quantity(65, "kg")))
    second = said(nimble.ask("GET", link.partition("/fhir")[2]))
    assert [one["resource"]["valueQuantity"]["value"] for one in second["entry"]] == [68]
    assert "link" not in second
    other = system(world, name="suite")
    assert other.ask("GET", link.partition("/fhir")[2]).status_code == 400


def test_a_patient_of_two_records_is_shown_as_the_decision_opens(world: CareWorld, nimble: System) -> None:
    """What the ward has measured is in the hospital's record, and the service does not see it there."""
    ward = system(world, "Ward", name="ward")
    ward.ask("POST", "/Observation", observation())
    assert said(searched(nimble))["total"] == 0
    assert said(searched(ward))["total"] == 1
    follow(world, "Odd Nilsen", "Service", tenant=HALDEN)
    assert said(searched(nimble))["total"] == 0
