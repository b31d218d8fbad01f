"""Making an attest of our own, signing it, and what the citizen sees of one.

We never issue an attest that we would refuse ourselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jwskate import Jwk, Jwt

from samspill.directory.jose import KeyOf, check_signature, key_id, read_signed
from samspill.directory.trust.attest.checks import check_attest
from samspill.directory.trust.attest.parts import (
    HPR_SYSTEM,
    PURPOSE_SYSTEM,
    Attest,
    AttestPatient,
    CareRelation,
    Code,
    DecisionRef,
    PersonId,
    Practitioner,
    UnitId,
)
from samspill.directory.trust.attest.reading import person_system, read_attest, to_document
from samspill.directory.trust.callers import Caller
from samspill.refusal import Refused

TYPES = frozenset({"attest+jwt"})
NUMBER = re.compile(r"\d[\d ]{9,}\d")


@dataclass(frozen=True)
class WhoAndWhere:
    """The person's place in the organisation. No `point_of_care`: the organisation has no sub-units."""

    legal_entity: UnitId
    point_of_care: UnitId | None = None
    department: UnitId | None = None
    authorization: Code | None = None


def issue_attest(
    *,
    caller: Caller,
    place: WhoAndWhere,
    purpose: str,
    decision: DecisionRef,
    now: float,
    patient: AttestPatient | None,
    healthcare_service: Code | None = None,
    details: Code | None = None,
) -> Attest:
    """An attest for the one who is signed in and at most one patient (None: a list), true at `now`.

    Refused as by `check_attest`.
    """
    attest = Attest(
        practitioner=_practitioner(caller, place),
        care_relation=CareRelation(Code(purpose, PURPOSE_SYSTEM), decision, healthcare_service, details),
        patients=(patient,) if patient else (),
        toa=int(now),
    )
    number = patient.identifier.id if patient and patient.identifier else None
    check_attest(attest, caller=caller, patient=number, now=now)
    return attest


def sign_attest(attest: Attest, *, key: Jwk, issuer: str, audience: str) -> str:
    """The attest as a signed token from us to one receiver (ATT-2)."""
    claims = {"iss": issuer, "aud": audience, "iat": attest.toa, "attestation": to_document(attest)}
    return str(Jwt.sign(claims, key, typ="attest+jwt"))


def read_signed_attest(token: object, *, key_of: KeyOf, issuer: str, audience: str) -> Attest:
    """The attest somebody signed for us. Refused: `attest.token`, `.algorithm`, `.key`, `.signature`,
    `.issuer`, `.format`. It is to be checked with `check_attest` like any other."""
    signed = read_signed(token, types=TYPES, area="attest")
    check_signature(signed, key_of(key_id(signed, area="attest")), area="attest")
    if (signed.claims.get("iss"), signed.claims.get("aud")) != (issuer, audience):
        raise Refused("attest.issuer", "The attest is from another organisation, or for another.")
    return read_attest(signed.claims.get("attestation"))


def for_citizen(attest: Attest) -> Mapping[str, str | bool]:
    """What the patient sees of who looked: names and words, never a number of a person (ATT-8).

    Keys: name, organisation, place, department, service, purpose, details (texts, "" when not told) and
    user_selected.
    """
    who, why = attest.practitioner, attest.care_relation
    told: dict[str, Any] = {
        "name": who.identifier and who.identifier.name,
        "organisation": who.legal_entity and who.legal_entity.name,
        "place": who.point_of_care and who.point_of_care.name,
        "department": who.department and who.department.name,
        "service": why.healthcare_service and why.healthcare_service.text,
        "purpose": why.purpose_of_use and why.purpose_of_use.code,
        "details": why.purpose_of_use_details and why.purpose_of_use_details.text,
    }
    words: dict[str, str | bool] = {
        name: " ".join(NUMBER.sub("", text or "").split()) for name, text in told.items()
    }
    return words | {"user_selected": bool(why.decision_ref and why.decision_ref.user_selected)}


def _practitioner(caller: Caller, place: WhoAndWhere) -> Practitioner:
    return Practitioner(
        identifier=PersonId(caller.pid, person_system(caller.pid), caller.name) if caller.pid else None,
        legal_entity=place.legal_entity,
        point_of_care=place.point_of_care or place.legal_entity,  # ATT-19
        department=place.department,
        hpr_nr=PersonId(caller.hpr_number, HPR_SYSTEM) if caller.hpr_number else None,
        authorization=place.authorization,
    )
