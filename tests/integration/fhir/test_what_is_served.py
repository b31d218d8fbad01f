"""What is shown is valid, is what the CapabilityStatement says, and never more than the decision opens."""

import json
from typing import Any

import pytest
from django.test import Client

from factories.care import LONG_AGO, CareWorld
from factories.fhir_resources import FNR, quantity
from factories.machines import System, said, system
from factories.measuring import watch
from factories.observations import NUMBER, blood_pressure, observation
from factories.safety_net import NOW, family, signed_list
from samspill.care.actions.medication import take_back_list
from samspill.care.actions.messaging import tell_patient
from samspill.care.actions.opening import opening_by_duty
from samspill.care.carrying import deciding
from samspill.care.models import Alert, Block, RelatedPerson
from samspill.directory.public import Account, scope
from samspill.fhir import is_valid, validate
from samspill.fhir.capability import served
from samspill.fhir.serving.table import KINDS

SHOWN = sorted(kind.type for kind in KINDS.values() if kind.of_patient)


@pytest.fixture
def full(world: CareWorld, nimble: System) -> System:
    """Astrid with something of each kind."""
    watch(world)
    watch(world, code="pust", rule=None)
    nimble.ask("POST", "/Observation", observation(value=quantity(75, "kg")))
    astrid = world.patients["Astrid Lunde"]
    with scope(world.machine), deciding(astrid.pk):
        RelatedPerson.objects.create(
            community=world.community,
            patient=astrid,
            name="Kari Lunde",
            relation="child",
            phone="900 00 000",
            from_day=LONG_AGO,
        )
        Block.objects.create(
            community=world.community,
            patient=astrid,
            against="team",
            team=world.teams["Moss"],
            from_day=LONG_AGO,
        )
    with scope(world.machine), opening_by_duty(by=world.machine):
        tell_patient(world.episodes["Astrid Lunde", "Service"], "Vi ringer deg.", by=world.machine)
    signed_list(world, by="Service")
    return nimble


def found(nimble: System, kind: str, **form: str) -> Any:
    wanted = {"identifier": f"{FNR}|{NUMBER}"} if kind == "Patient" else {"patient.identifier": NUMBER}
    response = nimble.ask("POST", f"/{kind}/_search", wanted | form)
    assert response.status_code == 200, response.content
    return said(response)


def test_the_statement_says_exactly_what_is_served() -> None:
    told = {one.type: one for one in served() if one.type != "Bundle"}
    assert set(told) == set(KINDS)
    for name, kind in KINDS.items():
        allowed = [one for one in kind.interactions if one != "update" or name == "Task"]
        assert list(told[name].interactions) == allowed, name
        patient = {"patient", "patient.identifier"} if kind.of_patient and name != "Patient" else set()
        own = {"identifier"} if name == "Patient" else set()
        assert set(told[name].search) == set(kind.filters) | patient | own, name


def test_the_statement_is_for_everybody(db: None) -> None:
    response = Client().get("/fhir/metadata")
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "application/fhir+json; charset=utf-8",
    )
    assert validate(said(response)) == []


@pytest.mark.parametrize("kind", SHOWN)
def test_what_is_about_a_patient_is_valid(full: System, kind: str) -> None:
    bundle = found(full, kind)
    assert validate(bundle) == []
    if kind not in ("CarePlan", "Consent", "QuestionnaireResponse"):
        assert bundle["total"] > 0
        one = bundle["entry"][0]["resource"]
        assert said(full.ask("GET", f"/{kind}/{one['id']}")) == one


@pytest.mark.parametrize("kind", sorted(kind.type for kind in KINDS.values() if not kind.of_patient))
def test_what_is_about_nobody_is_valid(full: System, kind: str) -> None:
    bundle = said(full.ask("GET", f"/{kind}?_count=3"))
    assert validate(bundle) == []
    one = bundle["entry"][0]["resource"]
    assert said(full.ask("GET", f"/{kind}/{one['id']}")) == one


def test_a_patient_is_a_no_basis_patient(full: System) -> None:
    (entry,) = found(full, "Patient")["entry"]
    basis = "http://hl7.no/fhir/StructureDefinition/no-basis-Patient"
    assert is_valid(validate(entry["resource"], [basis]))
    assert entry["resource"]["identifier"] == [{"system": FNR, "value": NUMBER}]


def test_what_is_watched_and_what_is_aimed_at_say_how_fast_it_may_change(
    world: CareWorld, nimble: System
) -> None:
    watch(world, rule={"yellow_high": "70", "change": {"within_days": 3, "yellow_high": "2"}})
    for kind in ("ServiceRequest", "Goal"):
        (one,) = [entry["resource"] for entry in found(nimble, kind)["entry"]]
        assert validate(one) == []
        assert "within_days" in json.dumps(one["extension"])
    assert [target["detailRange"]["high"]["value"] for target in one["target"]] == [70]


def test_beside_a_pressure_stand_the_limits_of_each_of_its_two(world: CareWorld, nimble: System) -> None:
    watch(world, code="85354-9", rule={"8480-6": {"red_high": "180"}, "8462-4": {"yellow_high": "90"}})
    said_of = nimble.ask("POST", "/Observation", blood_pressure())
    assert said_of.status_code == 201, said_of.content
    (one,) = [entry["resource"] for entry in found(nimble, "Observation")["entry"]]
    assert validate(one) == []
    beside = {part["code"]["coding"][0]["code"]: part["referenceRange"] for part in one["component"]}
    assert [said["text"] for said in beside["8480-6"]] == ["not red"]
    assert [said["high"]["value"] for said in beside["8462-4"]] == [90]


def test_a_medication_list_has_its_lines_as_no_basis_statements(full: System) -> None:
    (entry,) = found(full, "List")["entry"]
    lines = {one["resource"]["id"]: one["resource"] for one in found(full, "MedicationStatement")["entry"]}
    assert [one["item"]["reference"].partition("/")[2] for one in entry["resource"]["entry"]] == list(lines)
    assert [one["status"] for one in lines.values()] == ["active", "active", "stopped"]
    first = next(iter(lines.values()))
    basis = "http://hl7.no/fhir/StructureDefinition/no-basis-MedicationStatement"
    assert all(validate(one, [basis]) == [] for one in lines.values())
    assert first["contained"][0]["code"]["coding"] == [
        {"system": "urn:oid:2.16.578.1.12.4.1.1.7180", "code": "C03CA01"}
    ]
    assert found(full, "MedicationStatement", status="stopped")["total"] == 1
    assert found(full, "MedicationStatement", code="C03CA01")["total"] == 1
    assert found(full, "List", date="gt2200-01-01")["total"] == 0


def test_a_list_that_is_taken_back_is_a_mistake_in_every_line(world: CareWorld, full: System) -> None:
    nurse, astrid = world.nurses["Service"], world.patients["Astrid Lunde"].pk
    number = int(found(full, "List")["entry"][0]["resource"]["id"].partition("-")[2])
    with scope(nurse):
        take_back_list(number, astrid, reason="feil pasient", by=nurse, now=NOW)
    assert found(full, "List")["entry"][0]["resource"]["status"] == "entered-in-error"
    assert found(full, "MedicationStatement", status="entered-in-error")["total"] == 3
    assert found(full, "MedicationStatement", status="active,stopped")["total"] == 0


def test_a_patient_whom_one_may_not_see_is_not_found_by_number(world: CareWorld, full: System) -> None:
    moss = system(world, "Moss", name="moss")
    for number in (NUMBER, "17912040046"):
        response = moss.ask("POST", "/Patient/_search", {"identifier": f"{FNR}|{number}"})
        assert (response.status_code, said(response)["total"]) == (200, 0)
    assert moss.ask("GET", f"/Patient?identifier={FNR}|{NUMBER}").status_code == 400


def test_a_row_of_one_patient_is_not_another_patients(world: CareWorld, full: System) -> None:
    one = found(full, "Observation")["entry"][0]["resource"]["id"].partition("-")[2]
    moss = system(world, "Moss", name="moss")
    odd = world.patients["Odd Nilsen"].pk
    assert moss.ask("GET", f"/Observation/{odd}-{one}").status_code == 404


def test_who_is_blocked_is_not_told_of_it(full: System) -> None:
    assert found(full, "Consent")["total"] == 0


def test_what_the_patient_has_blocked_a_part_of_is_not_there(world: CareWorld, full: System) -> None:
    astrid = world.patients["Astrid Lunde"]
    with scope(world.machine), deciding(astrid.pk):
        Block.objects.create(
            community=world.community,
            patient=astrid,
            against="everybody",
            kinds=["messages"],
            from_day=LONG_AGO,
        )
    assert found(full, "Communication")["total"] == 0
    assert found(full, "Observation")["total"] == 1


def test_an_address_that_is_protected_is_not_there(world: CareWorld, full: System) -> None:
    astrid = world.patients["Astrid Lunde"]
    with scope(world.machine), opening_by_duty(by=world.machine):
        astrid.protection, astrid.phone = "strictly_confidential", "911 11 111"
        astrid.save()
    shown = found(full, "Patient")["entry"][0]["resource"]
    assert not {"address", "telecom"} & set(shown)


def test_everything_is_all_of_it_in_one_bundle(full: System) -> None:
    patient = found(full, "Patient")["entry"][0]["resource"]["id"]
    bundle = said(full.ask("GET", f"/Patient/{patient}/$everything"))
    assert validate(bundle) == []
    kinds = {one["resource"]["resourceType"] for one in bundle["entry"]}
    assert {"Patient", "Observation", "Task", "EpisodeOfCare", "Communication", "RelatedPerson"} <= kinds


def test_everything_is_narrowed_by_type_in_the_address_or_in_the_body(full: System) -> None:
    patient = found(full, "Patient")["entry"][0]["resource"]["id"]
    path = f"/Patient/{patient}/$everything"
    whole = said(full.ask("POST", path, b"", Content_Type=""))
    assert len(whole["entry"]) == whole["total"] > 5
    wanted = {"resourceType": "Parameters", "parameter": [{"name": "_type", "valueCode": "Task,Observation"}]}
    for answer in (full.ask("POST", path, wanted), full.ask("GET", f"{path}?_type=Task,Observation")):
        bundle = said(answer)
        assert {one["resource"]["resourceType"] for one in bundle["entry"]} == {"Task", "Observation"}
        assert validate(bundle) == []


@pytest.mark.parametrize(
    ("query", "body", "status"),
    [
        ("?_since=2026-01-01", None, 400),
        ("?_type=Organization", None, 400),
        (
            "",
            {"resourceType": "Parameters", "parameter": [{"name": "start", "valueDate": "2026-01-01"}]},
            400,
        ),
        ("", {"resourceType": "Parameters", "parameter": [{"name": "_type", "valueBoolean": True}]}, 400),
        ("", {"resourceType": "Parameters", "parameter": [{"valueCode": "Task"}]}, 422),
        ("", {"resourceType": "Patient"}, 422),
    ],
)
def test_what_everything_cannot_be_narrowed_by_is_refused(
    full: System, query: str, body: object, status: int
) -> None:
    """An answer that is not narrowed as it was asked to be holds more than was wanted."""
    patient = found(full, "Patient")["entry"][0]["resource"]["id"]
    answer = full.ask("POST" if body else "GET", f"/Patient/{patient}/$everything{query}", body)
    assert answer.status_code == status, answer.content
    assert validate(said(answer)) == []


def test_what_everything_has_no_room_for_is_told(full: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samspill.fhir.serving.everything.MOST_OF_A_TYPE", 1)
    patient = found(full, "Patient")["entry"][0]["resource"]["id"]
    bundle = said(full.ask("GET", f"/Patient/{patient}/$everything"))
    assert validate(bundle) == []
    told = [one["resource"]["issue"][0] for one in bundle["entry"] if one["search"]["mode"] == "outcome"]
    assert {(one["severity"], one["code"]) for one in told} == {("warning", "incomplete")}
    assert bundle["total"] > len(bundle["entry"]) - len(told)


def test_a_step_of_an_alert_is_an_update_of_its_task(world: CareWorld, full: System) -> None:
    task = found(full, "Task", status="requested")["entry"][0]["resource"]
    path, taken = f"/Task/{task['id']}", task | {"status": "accepted"}
    assert full.ask("PUT", path, taken).status_code == 412
    response = full.ask("PUT", path, taken, If_Match=f'W/"{task["meta"]["versionId"]}"')
    assert response.status_code == 200, response.content
    after = said(response)
    assert (after["status"], after["owner"]["display"]) == ("accepted", "System nimble")
    assert validate(after) == []
    stale = full.ask("PUT", path, after | {"status": "completed"}, If_Match='W/"1"')
    assert stale.status_code == 412
    etag = response.headers["ETag"]
    assert full.ask("PUT", path, after | {"status": "completed"}, If_Match=etag).status_code == 422
    closed = after | {"status": "completed", "note": [{"text": "Ringte, alt er bra"}]}
    response = full.ask("PUT", path, closed, If_Match=etag)
    assert (response.status_code, said(response)["status"]) == (200, "completed")
    with scope(world.machine), opening_by_duty(by=world.machine):
        assert Alert.objects.get(pk=task["id"].partition("-")[2]).state == "closed"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/Nothing", 404),
        ("GET", "/Account/1", 404),
        ("GET", "/nothing/at/all", 404),
        ("GET", "/Patient/abc", 404),
        ("DELETE", "/CareTeam/1", 405),
        ("PUT", "/CareTeam/1", 405),
        ("PATCH", "/Patient/1", 405),
        ("POST", "/CareTeam", 405),
        ("GET", "/CareTeam/1/_history", 405),
        ("GET", "/CareTeam?colour=red", 400),
        ("POST", "", 400),
        ("GET", "", 405),
    ],
)
def test_every_no_is_an_operation_outcome(nimble: System, method: str, path: str, status: int) -> None:
    body = {"resourceType": "CareTeam"} if method in ("POST", "PUT", "PATCH") else None
    response = nimble.ask(method, path, body)
    assert response.status_code == status, response.content
    assert validate(said(response)) == []
    assert said(response)["resourceType"] == "OperationOutcome"
    assert status != 405 or response.headers["Allow"]


def test_a_body_that_is_no_json_or_another_kind_is_refused(nimble: System) -> None:
    assert nimble.ask("POST", "/Observation", b"{").status_code == 400
    assert nimble.ask("POST", "/Observation", b'{"a":1,"a":2}').status_code == 400
    plain = nimble.ask("POST", "/Observation", b"{}", Content_Type="text/plain")
    assert plain.status_code == 415


def test_80_megabytes_are_refused_before_they_are_read(nimble: System) -> None:
    headers = nimble.headers("POST", "/Bundle")
    response = Client().generic(
        "POST", "/fhir/Bundle", b"{}", content_type="application/fhir+json", headers=headers,
        CONTENT_LENGTH=str(80 * 1024 * 1024),
    )  # fmt: skip
    assert response.status_code == 413
    assert said(response)["issue"][0]["code"] == "too-long"


def test_a_person_who_is_signed_in_reads_and_writes_nothing(world: CareWorld, full: System) -> None:
    """The patient's own access is the pages' session; a form of another site cannot write by it."""
    client = signed_in(world.nurses["Service"].account_id)
    astrid = world.patients["Astrid Lunde"].pk
    assert client.get(f"/fhir/Patient/{astrid}").status_code == 200
    made = client.post("/fhir/Observation", observation(), content_type="application/fhir+json")
    assert made.status_code == 401


def signed_in(account_id: int | None) -> Client:
    client = Client()
    account = Account.objects.get(pk=account_id)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["oidc_level"] = 4
    session.save()
    return client


def test_the_patient_takes_out_all_of_the_own_record(world: CareWorld, full: System) -> None:
    """With who has looked, and whom they have shut out; and nobody else's."""
    client = signed_in(family(world).astrid.account_id)
    astrid, odd = (world.patients[name].pk for name in ("Astrid Lunde", "Odd Nilsen"))
    response = client.get(f"/fhir/Patient/{astrid}/$everything")
    assert response.status_code == 200, response.content
    bundle = said(response)
    assert validate(bundle) == []
    kinds = {one["resource"]["resourceType"] for one in bundle["entry"]}
    assert {"Patient", "Observation", "Consent", "AuditEvent", "Communication", "EpisodeOfCare"} <= kinds
    looked = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "AuditEvent"]
    assert any("System nimble" in one["agent"][0]["who"]["display"] for one in looked)
    assert NUMBER not in json.dumps(looked), "the patient reads who looked, and no number"
    assert client.get(f"/fhir/Patient/{odd}/$everything").status_code == 403
