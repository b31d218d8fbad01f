"""What an attest consists of. Values as they were written; whether they are right is for `checks`."""

from dataclasses import dataclass, field

TREAT, ETREAT, COC, BTG = PURPOSES = ("TREAT", "ETREAT", "COC", "BTG")
PURPOSE_SYSTEM = "2.16.840.1.113883.1.11.20448"
ORGANISATION_SYSTEM = "2.16.578.1.12.4.1.4.101"
FNR_SYSTEM, DNR_SYSTEM = "2.16.578.1.12.4.1.4.1", "2.16.578.1.12.4.1.4.2"
HPR_SYSTEM = "2.16.578.1.12.4.1.4.4"


@dataclass(frozen=True)
class PersonId:
    """A person by number. The number is kept out of `repr`. Systems are OIDs without `urn:oid:`."""

    id: str = field(repr=False)
    system: str
    name: str = field(default="", repr=False)
    authority: str = ""


@dataclass(frozen=True)
class UnitId:
    """An organisation, a place of work or a department."""

    id: str
    system: str
    name: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Code:
    code: str
    system: str
    text: str = ""
    assigner: str = ""


@dataclass(frozen=True)
class DecisionRef:
    """The decision on access that the attest rests on. `user_selected` is None when it is no boolean."""

    id: str
    user_selected: bool | None
    description: str = ""


@dataclass(frozen=True)
class Practitioner:
    identifier: PersonId | None = None
    legal_entity: UnitId | None = None
    point_of_care: UnitId | None = None
    department: UnitId | None = None
    hpr_nr: PersonId | None = None
    authorization: Code | None = None


@dataclass(frozen=True)
class CareRelation:
    purpose_of_use: Code | None = None
    decision_ref: DecisionRef | None = None
    healthcare_service: Code | None = None
    purpose_of_use_details: Code | None = None


@dataclass(frozen=True)
class AttestPatient:
    identifier: PersonId | None = None
    point_of_care: UnitId | None = None
    department: UnitId | None = None


@dataclass(frozen=True)
class Attest:
    """`toa` is the moment of attesting in seconds since 1970."""

    toa: int
    practitioner: Practitioner
    care_relation: CareRelation
    patients: tuple[AttestPatient, ...] = ()
