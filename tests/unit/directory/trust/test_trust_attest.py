"""Attests that arrive, attests we issue, and the 58 rules."""

import dataclasses
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.trust import (
    AUDIENCE,
    CHILD,
    ISSUER,
    NOW,
    OTHER_PID,
    PARENT,
    PID,
    key,
    local_issuer,
    person_token,
)
from samspill.directory.jose import key_set
from samspill.directory.trust.access_tokens import read_access_token
from samspill.directory.trust.attest import (
    AttestPatient,
    Code,
    DecisionRef,
    PersonId,
    UnitId,
    WhoAndWhere,
    attest_of,
    check_attest,
    findings,
    for_citizen,
    issue_attest,
    read_attest,
    read_signed_attest,
    rules,
    sign_attest,
    to_document,
)
from samspill.directory.trust.attest.checks import CHECKS, HELD_BY
from samspill.directory.trust.callers import Caller
from samspill.refusal import Refused

PATIENT, OTHER_PATIENT = "05876600324", "07876600335"
ENH = "urn:oid:2.16.578.1.12.4.1.4.101"


def document() -> dict[str, Any]:
    """A nurse of a municipality who needs to see one patient's record at the hospital."""
    return {
        "type": "nhn:tillitsrammeverk:parameters",
        "toa": int(NOW),
        "practitioner": {
            "identifier": {"id": PID, "name": "Kari Testperson", "system": "urn:oid:2.16.578.1.12.4.1.4.1"},
            "hpr_nr": {"id": "565505933", "system": "urn:oid:2.16.578.1.12.4.1.4.4"},
            "authorization": {
                "code": "SP",
                "text": "Sykepleier",
                "system": "urn:oid:2.16.578.1.12.4.1.1.9060",
            },
            "legal_entity": {"id": PARENT, "name": "Invented municipality", "system": ENH},
            "point_of_care": {"id": CHILD, "name": "Invented home care", "system": ENH},
            "department": {"id": "705592", "name": "Zone 2", "system": "urn:oid:2.16.578.1.12.4.1.4.102"},
        },
        "care_relationship": {
            "healthcare_service": {
                "code": "KP02",
                "text": "Sykepleie",
                "system": "urn:oid:2.16.578.1.12.4.1.1.8663",
            },
            "purpose_of_use": {"code": "TREAT", "system": "urn:oid:2.16.840.1.113883.1.11.20448"},
            "purpose_of_use_details": {"code": "15", "system": "urn:oid:2.16.578.1.12.4.1.1.9151"},
            "decision_ref": {"id": "decision-1", "user_selected": False},
        },
        "patients": [
            {
                "identifier": {"id": PATIENT, "system": "urn:oid:2.16.578.1.12.4.1.4.1"},
                "point_of_care": {"id": CHILD, "system": ENH},
            }
        ],
    }


def changed(path: str, value: object) -> dict[str, Any]:
    """The document with one value changed; None takes it away."""
    found = deepcopy(document())
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    at: Any = found
    for step in way:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return found


def nurse(**changes: object) -> Caller:
    caller = read_access_token(person_token(), issuers=[local_issuer().trusted()], now=NOW)
    return dataclasses.replace(caller, **changes)  # type: ignore[arg-type]


def codes(
    told: dict[str, Any], patient: str | None = PATIENT, caller: Caller | None = None, **more: Any
) -> list[str]:
    asked = {"caller": caller or nurse(), "patient": patient, "now": NOW} | more
    return [one.code for one in findings(read_attest(told), **asked)]


def test_an_attest_that_keeps_all_rules_opens_its_patient() -> None:
    assert codes(document()) == []
    check_attest(read_attest(document()), caller=nurse(), patient=PATIENT, now=NOW)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("patients.0.identifier.id", OTHER_PATIENT, ["attest.patient"]),
        ("patients.0.identifier", None, ["attest.patient"]),
        ("patients.0.identifier.system", "urn:oid:2.16.578.1.12.4.1.4.4", ["attest.patient"]),
        ("patients", [], ["attest.unbound"]),
        ("practitioner.identifier.id", OTHER_PID, ["attest.identity"]),
        ("practitioner.identifier.id", "1", ["attest.identifier", "attest.identity"]),
        ("practitioner.identifier.system", "2.16.578.1.12.4.1.4.3", ["attest.identifier"]),
        ("practitioner.identifier.name", None, ["attest.identifier"]),
        ("practitioner.identifier", None, ["attest.identifier", "attest.identity"]),
        ("practitioner.legal_entity.id", CHILD, ["attest.organisation"]),
        ("practitioner.legal_entity", None, ["attest.organisation", "attest.legal_entity"]),
        ("practitioner.legal_entity.system", "2.16.578.1.12.4.1.4.102", ["attest.legal_entity"]),
        ("practitioner.point_of_care", None, ["attest.point_of_care"]),
        ("practitioner.point_of_care.id", "12345678", ["attest.point_of_care"]),
        ("practitioner.department.system", "urn:uuid:local", ["attest.department"]),
        ("practitioner.department.id", None, ["attest.department"]),
        ("practitioner.department", None, []),
        ("practitioner.hpr_nr", None, ["attest.hpr"]),
        ("practitioner.hpr_nr.id", "1234567", ["attest.hpr"]),
        ("practitioner.hpr_nr.system", "2.16.578.1.12.4.1.4.1", ["attest.hpr"]),
        ("practitioner.authorization.system", "2.16.578.1.12.4.1.1.9034", ["attest.authorization"]),
        ("practitioner.authorization", None, []),
        (
            "care_relationship.healthcare_service.system",
            "2.16.578.1.12.4.1.1.1",
            ["attest.healthcare_service"],
        ),
        ("care_relationship.healthcare_service.code", None, ["attest.healthcare_service"]),
        ("care_relationship.healthcare_service", None, []),
        ("care_relationship.purpose_of_use_details", None, []),
        ("care_relationship.purpose_of_use_details.system", None, ["attest.details"]),
        ("care_relationship.purpose_of_use.code", "ETREAT", []),
        ("care_relationship.purpose_of_use.code", "COC", []),
        ("care_relationship.purpose_of_use.code", "BTG", []),
        ("care_relationship.purpose_of_use.code", "treat", ["attest.purpose"]),
        ("care_relationship.purpose_of_use.code", "HRESCH", ["attest.purpose"]),
        ("care_relationship.purpose_of_use.system", "2.16.840.1.113883.1", ["attest.purpose"]),
        ("care_relationship.purpose_of_use", None, ["attest.purpose"]),
        ("care_relationship.decision_ref.id", " ", ["attest.decision_ref"]),
        ("care_relationship.decision_ref.user_selected", "false", ["attest.user_selected"]),
        ("care_relationship.decision_ref.user_selected", 0, ["attest.user_selected"]),
        ("care_relationship.decision_ref.user_selected", None, ["attest.user_selected"]),
        ("care_relationship.decision_ref.user_selected", True, []),
        ("care_relationship.decision_ref", None, ["attest.decision_ref", "attest.user_selected"]),
        ("patients.0.point_of_care.id", "abc", ["attest.patient_point_of_care"]),
        ("patients.0.point_of_care", None, []),
        ("toa", int(NOW) - 3600, []),
        ("toa", int(NOW) - 3601, ["attestation_has_expired"]),
        ("toa", int(NOW) + 61, ["attest.toa"]),
    ],
)
def test_each_rule_is_told_by_its_code(path: str, value: object, expected: list[str]) -> None:
    assert codes(changed(path, value)) == expected


def test_neither_service_nor_details_is_told() -> None:
    told = changed("care_relationship.healthcare_service", None)
    del told["care_relationship"]["purpose_of_use_details"]
    assert codes(told) == ["attest.service_or_details"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"security_level": 3}, ["attest.level"]),
        ({"kind": "machine"}, ["attest.level"]),
        ({"pid": None}, ["attest.identity"]),
        ({"pid": OTHER_PID}, ["attest.identity"]),
        ({"orgnr_parent": ""}, ["attest.organisation"]),
        ({"orgnr_parent": CHILD}, ["attest.organisation"]),
        ({"hpr_number": None}, ["attest.hpr"]),
    ],
)
def test_the_attest_is_held_against_who_is_signed_in(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(document(), caller=nurse(**changes)) == expected


def test_an_organisation_that_neither_names_is_not_the_same() -> None:
    told = changed("practitioner.legal_entity.id", "")
    assert codes(told, caller=nurse(orgnr_parent="")) == ["attest.organisation", "attest.legal_entity"]


def test_an_authorisation_the_register_does_not_know_is_refused_when_it_was_asked() -> None:
    assert codes(document(), authorizations=frozenset({"LE"})) == ["attest.authorization"]
    assert codes(document(), authorizations=frozenset({"SP"})) == []


def test_a_list_is_opened_by_an_attest_for_no_patient_only() -> None:
    assert codes(document(), patient=None) == ["attest.patient"]
    assert codes(changed("patients", []), patient=None) == []


def test_an_attest_for_several_patients_opens_these_and_no_others() -> None:
    told = document()
    told["patients"].append({"identifier": {"id": OTHER_PATIENT, "system": "2.16.578.1.12.4.1.4.1"}})
    assert codes(told) == codes(told, patient=OTHER_PATIENT) == []
    assert codes(told, patient="09876600346") == ["attest.patient"]


def test_an_attest_that_has_expired_is_told_so_before_all_else() -> None:
    told = changed("toa", int(NOW) - 7200)
    told["practitioner"]["legal_entity"]["id"] = CHILD
    with pytest.raises(Refused) as refused:
        check_attest(read_attest(told), caller=nurse(), patient=PATIENT, now=NOW)
    assert refused.value.code == "attestation_has_expired"
    assert refused.value.facts["rules"] == ("ATT-13", "ATT-58")


def test_no_text_about_an_attest_repeats_a_number() -> None:
    attest = read_attest(changed("practitioner.identifier.id", OTHER_PID))
    said = [one.sentence for one in findings(attest, caller=nurse(), patient=OTHER_PATIENT, now=NOW)]
    for number in (PID, OTHER_PID, PATIENT, OTHER_PATIENT):
        assert number not in repr(attest) + repr(attest.patients) + " ".join(said)


# Reading


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("toa", None),
        ("toa", "1795435200"),
        ("toa", True),
        ("toa", 1.5),
        ("type", "helseid_authorization"),
        ("practitioner", []),
        ("practitioner.nickname", "Kari"),
        ("practitioner.identifier", PID),
        ("practitioner.identifier.id", int(PID)),
        ("practitioner.identifier.name", "x" * 501),
        ("practitioner.identifier.name", "Kari\x1b[31m"),
        ("practitioner.legal-entity", {"id": PARENT, "system": ENH}),
        ("patients", {}),
        ("patients", [{}] * 101),
        ("patients.0", "text"),
        ("care_relationship.decision_ref.id", 7),
        ("surprise", 1),
    ],
)
def test_what_is_no_attest_is_refused(path: str, value: object) -> None:
    with pytest.raises(Refused) as refused:
        read_attest(changed(path, value))
    assert refused.value.code == "attest.format"
    assert PID not in refused.value.sentence


@pytest.mark.parametrize("told", [None, [], "text", 7, {}, {"attestation": 7}])
def test_what_is_no_object_is_refused(told: object) -> None:
    with pytest.raises(Refused):
        read_attest(told)


def _hyphened(value: Any) -> Any:
    if isinstance(value, list):
        return [_hyphened(one) for one in value]
    if isinstance(value, dict):
        return {name.replace("_", "-"): _hyphened(one) for name, one in value.items()}
    return value


def test_both_spellings_say_the_same() -> None:
    assert read_attest(_hyphened(document())) == read_attest(document())
    assert read_attest({"attestation": document()}) == read_attest(document())


def test_what_is_written_is_read_back_the_same() -> None:
    attest = read_attest(document())
    assert read_attest(to_document(attest)) == attest


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["toa", "practitioner", "patients", "identifier", "care_relation", "id", "attestation"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_either_read_or_refused(told: object) -> None:
    try:
        attest = read_attest(told)
    except Refused as refused:
        assert refused.code == "attest.format"
        return
    assert findings(attest, caller=nurse(), patient=PATIENT, now=NOW)


# From a token, issued, signed


def test_an_attest_in_a_token_is_filled_in_with_what_the_token_tells() -> None:
    told = document()
    del told["toa"], told["practitioner"]["identifier"], told["practitioner"]["hpr_nr"]
    caller = nurse(attests=(told,))
    attest = attest_of(caller)
    assert attest is not None
    assert attest.toa == int(NOW)
    check_attest(attest, caller=caller, patient=PATIENT, now=NOW + 3600)
    assert attest_of(nurse()) is None
    with pytest.raises(Refused):
        attest_of(nurse(attests=(told, told)))


def issued(**changes: Any) -> Any:
    asked: dict[str, Any] = {
        "caller": nurse(),
        "place": WhoAndWhere(UnitId(PARENT, ENH.removeprefix("urn:oid:"), "Invented municipality")),
        "purpose": "TREAT",
        "decision": DecisionRef("decision-1", False),
        "now": NOW,
        "patient": AttestPatient(PersonId(PATIENT, "2.16.578.1.12.4.1.4.1")),
        "healthcare_service": Code("KP02", "2.16.578.1.12.4.1.1.8663", "Sykepleie"),
    }
    return issue_attest(**asked | changes)


def test_an_attest_of_ours_keeps_all_rules_and_gives_the_main_unit_when_there_is_no_other() -> None:
    attest = issued()
    assert attest.practitioner.point_of_care == attest.practitioner.legal_entity
    assert findings(attest, caller=nurse(), patient=PATIENT, now=NOW) == ()
    assert issued(patient=None).patients == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "CURIOSITY"}, "attest.purpose"),
        ({"decision": DecisionRef("", False)}, "attest.decision_ref"),
        ({"decision": DecisionRef("d", None)}, "attest.user_selected"),
        ({"healthcare_service": None}, "attest.service_or_details"),
        ({"patient": AttestPatient()}, "attest.patient"),
    ],
)
def test_we_issue_no_attest_we_would_refuse(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        issued(**changes)
    assert refused.value.code == code


def test_an_attest_travels_signed_to_one_receiver() -> None:
    attest, trusted = issued(), key_set({"keys": [dict(key("first").public_jwk())]}, area="attest")
    token = sign_attest(attest, key=key("first"), issuer=ISSUER, audience=AUDIENCE)
    assert read_signed_attest(token, key_of=trusted, issuer=ISSUER, audience=AUDIENCE) == attest
    for wrong in ({"issuer": "https://another.example"}, {"audience": "another"}):
        with pytest.raises(Refused):
            read_signed_attest(token, **{"key_of": trusted, "issuer": ISSUER, "audience": AUDIENCE} | wrong)
    with pytest.raises(Refused):
        read_signed_attest(person_token(), key_of=trusted, issuer=ISSUER, audience=AUDIENCE)


def test_the_citizen_sees_names_and_never_numbers() -> None:
    told = for_citizen(read_attest(changed("practitioner.identifier.name", f"Kari {PID} Testperson")))
    assert told["name"] == "Kari Testperson"
    assert (told["organisation"], told["purpose"], told["user_selected"]) == (
        "Invented municipality",
        "TREAT",
        False,
    )
    for number in (PID, PATIENT, "565505933"):
        assert number not in str(told)


# The table


def test_the_table_and_the_functions_agree() -> None:
    checked = {rule.number for rule in rules().values() if rule.held == "check"}
    assert checked == {number for number, _ in CHECKS} | set(HELD_BY)
    assert [rule.number for rule in rules().values() if rule.held == "unused"] == [14, 17, 30]
    assert all(rule.says and rule.strength for rule in rules().values() if rule.held != "unused")
