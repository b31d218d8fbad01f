"""Findings and refusals as an OperationOutcome, the CapabilityStatement, and the tables behind them."""

from collections import Counter

import pytest

from factories.fhir_resources import observation
from samspill.fhir import capability_statement, is_valid, operation_outcome, validate
from samspill.fhir.capability import served
from samspill.fhir.profiles.reading import profiles, read
from samspill.fhir.validation.sentences import CODES, SENTENCES
from samspill.fhir.validation.tables import tables
from samspill.refusal import Refused


def test_findings_become_a_valid_outcome_with_place_and_sentence() -> None:
    outcome = operation_outcome(validate(observation(status=None)))
    assert is_valid(validate(outcome))
    (issue,) = outcome["issue"]
    assert (issue["severity"], issue["code"], issue["expression"]) == (
        "error",
        "required",
        ["Observation.status"],
    )
    assert issue["details"]["coding"][0]["code"] == "missing"
    assert issue["details"]["text"] == "status is required in Observation. Add it."


def test_the_sentence_may_be_said_in_another_language() -> None:
    outcome = operation_outcome(validate(observation(status=None)), in_words=lambda one: f"{one.key} mangler")
    assert outcome["issue"][0]["details"]["text"] == "missing mangler"


def test_no_findings_are_told_as_such() -> None:
    outcome = operation_outcome([])
    assert is_valid(validate(outcome))
    assert outcome["issue"][0]["severity"] == "information"


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (Refused("not-yours", "This is not yours.", forbidden=True), "forbidden"),
        (Refused("patient-unknown", "No such patient."), "not-found"),
        (Refused("version-conflict", "Changed since."), "conflict"),
        (Refused("limits-order", "Put the limits in order.", field="limits"), "business-rule"),
    ],
)
def test_a_refusal_becomes_a_valid_outcome(refused: Refused, code: str) -> None:
    outcome = operation_outcome(refused)
    assert is_valid(validate(outcome))
    (issue,) = outcome["issue"]
    assert (issue["code"], issue["details"]["text"]) == (code, refused.sentence)
    assert issue.get("expression", []) == ([refused.field] if refused.field else [])


def test_every_finding_has_a_code_of_r4() -> None:
    codes = tables().codes["http://hl7.org/fhir/ValueSet/issue-type"]
    assert codes is not None
    known = {code for some in codes.values() for code in some}
    assert set(CODES.values()) <= known
    assert all(sentence.rstrip().endswith((".", ")", "}")) for sentence in SENTENCES.values())


def test_the_capability_statement_is_valid_and_tells_what_is_served() -> None:
    made = capability_statement(url="https://samspill.example/fhir", version="1.0", date="2026-11-23")
    assert validate(made) == []
    (rest,) = made["rest"]
    assert [one["type"] for one in rest["resource"]] == [one.type for one in served()]
    observations = next(one for one in rest["resource"] if one["type"] == "Observation")
    assert {"code": "update"} not in observations["interaction"]


def test_every_type_of_the_plan_is_served() -> None:
    asked = {
        *("Patient", "Practitioner", "PractitionerRole", "Organization", "RelatedPerson", "CareTeam"),
        *("EpisodeOfCare", "CarePlan", "Goal", "ServiceRequest", "Observation", "Questionnaire"),
        *("QuestionnaireResponse", "Task", "Communication", "MedicationStatement", "List", "Consent"),
        *("AuditEvent", "Provenance", "Bundle"),
    }
    assert asked <= {one.type for one in served()}


def test_both_addresses_of_no_basis_lead_to_the_same_profile() -> None:
    known = profiles()
    for base in ("http://hl7.no/fhir/StructureDefinition/", "http://hl7.no/fhir/ig/StructureDefinition/"):
        assert known[base + "no-basis-Patient"] is known["no-basis-Patient"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source: x\nprofiles: {a: {type: Patient}}\nfoo: 1", "'foo' is not known"),
        ("source: x\nprofiles: {a: {type: Patient, rulez: []}}", "'rulez' is not known"),
        ("source: x\nprofiles: {a: {type: Patient, rules: [{path: name, mn: 1}]}}", "'mn' is not known"),
        ("source: x\nprofiles: {a: {type: Patient}, a: {type: Patient}}", "the key «a» twice"),
        ("source: x\nprofiles: {a: {type: Patient, rules: [{expression: active}]}}", "go together"),
        (
            "source: x\nprofiles: {a: {type: Patient, rules: [{path: name, severity: bad}]}}",
            "severity is one of",
        ),
    ],
)
def test_a_profile_file_that_is_wrong_does_not_load(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read(text, "a.yaml")


def test_profiles_asked_for_are_checked_without_being_claimed() -> None:
    asked = "http://hl7.no/fhir/vkpobservation/StructureDefinition/vkp-Observation"
    assert [one.key for one in validate(observation(), [asked])] == ["profile-missing"]
    assert [one.key for one in validate(observation(), asked)] == ["profile-missing"]
    assert [one.severity for one in validate(observation(), ["http://a.example/unknown"])] == ["information"]


def test_a_rule_that_several_profiles_share_is_told_once() -> None:
    claimed = ["vkp-Observation-Bodytemp", "vkp-Observation-Bodyweight", "vkp-Observation"]
    told = Counter((one.expression, one.parameters["profile"]) for one in validate(observation(), claimed))
    assert told["Observation.subject", "vkp-Observation"] == 1
    assert set(told.values()) == {1}
