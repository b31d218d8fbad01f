"""An attest from JSON values, and to them.

Both spellings are read: attributes with underscore (version 1.1, HelseID's profile) and with hyphen
(version 1.0); `care_relation` and `care_relationship`; the attest itself or an object `attestation` with it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from samspill.directory.trust.attest.parts import (
    DNR_SYSTEM,
    FNR_SYSTEM,
    HPR_SYSTEM,
    Attest,
    AttestPatient,
    CareRelation,
    Code,
    DecisionRef,
    PersonId,
    Practitioner,
    UnitId,
)
from samspill.directory.trust.callers import Caller
from samspill.directory.trust.organisations import TRUST_FRAMEWORK
from samspill.refusal import Refused

LONGEST_TEXT = 500
MOST_PATIENTS = 100
OTHER_NAMES = {"care_relationship": "care_relation", "pid": "identifier"}
DNR_FIRST = re.compile(r"[4-7]")  # a D-number has 4 added to its first digit
OID = "urn:oid:"
T = TypeVar("T")


def read_attest(document: object) -> Attest:
    """The attest in a JSON object. Refused (`attest.format`): shapes and attributes that are not of one."""
    whole = _object(document, "attest")
    if set(whole) == {"attestation"}:
        whole = _object(whole["attestation"], "attestation")
    whole = _only(whole, "attest", ("type", "toa", "practitioner", "care_relation", "patients"))
    if whole.get("type", TRUST_FRAMEWORK) != TRUST_FRAMEWORK:
        raise _wrong("attest", f"«type» must be {TRUST_FRAMEWORK}")
    if isinstance(toa := whole.get("toa"), bool) or not isinstance(toa, int):
        raise _wrong("toa", "it must be a whole number, the seconds since 1970")
    return Attest(
        practitioner=_part(whole.get("practitioner", {}), "practitioner", Practitioner),
        care_relation=_part(whole.get("care_relation", {}), "care_relation", CareRelation),
        patients=_patients(whole.get("patients", [])),
        toa=toa,
    )


def attest_of(caller: Caller) -> Attest | None:
    """The attest a caller's token carries, None when it carries none; Refused when it carries several.

    HelseID's profile leaves out what the token itself tells: who the person is, and when it was attested.
    Those are filled in from the token.
    """
    if len(caller.attests) > 1:
        raise Refused("attest.format", "The token carries several attests. Ask for one with one.")
    if not caller.attests:
        return None
    attest = read_attest({"toa": int(caller.issued_at)} | dict(caller.attests[0]))
    who = attest.practitioner
    hpr = PersonId(caller.hpr_number, HPR_SYSTEM) if caller.hpr_number else None
    filled = replace(who, identifier=who.identifier or _person(caller), hpr_nr=who.hpr_nr or hpr)
    return replace(attest, practitioner=filled)


def to_document(attest: Attest) -> dict[str, Any]:
    """The JSON object of an attest, spelled as in version 1.1; `read_attest` reads it back the same."""
    return {"type": TRUST_FRAMEWORK} | _written(attest)


def person_system(number: str) -> str:
    """The OID of the register a national number is of: fødselsnummer or D-number, told by its first digit."""
    return DNR_SYSTEM if DNR_FIRST.match(number) else FNR_SYSTEM


def _person(caller: Caller) -> PersonId | None:
    return PersonId(caller.pid, person_system(caller.pid), caller.name) if caller.pid else None


def _patients(value: object) -> tuple[AttestPatient, ...]:
    if not isinstance(value, list) or len(value) > MOST_PATIENTS:
        raise _wrong("patients", f"it must be a list of at most {MOST_PATIENTS}")
    return tuple(_part(one, f"patients, {place}", AttestPatient) for place, one in enumerate(value, start=1))


PARTS: dict[type, dict[str, Callable[[object, str], Any]]] = {}


def _part(value: object, place: str, kind: type[T]) -> T:
    readers = PARTS[kind]
    found = _only(_object(value, place), place, tuple(readers))
    return kind(
        **{name: readers[name](one, f"{place}.{name}") for name, one in found.items() if one is not None}
    )


def _reader(kind: type) -> Callable[[object, str], Any]:
    """Reads an identifier or a code: an object of texts; those that are not told are ""."""
    names = tuple(field.name for field in fields(kind))

    def read(value: object, place: str) -> Any:
        found = _only(_object(value, place), place, names)
        texts = {name: _text(one, f"{place}.{name}") for name, one in found.items() if one is not None}
        return kind(**dict.fromkeys(names[:2], "") | texts | _system(texts))

    return read


def _decision_ref(value: object, place: str) -> DecisionRef:
    found = _only(_object(value, place), place, ("id", "user_selected", "description"))
    selected = found.get("user_selected")
    return DecisionRef(
        id=_text(found.get("id", ""), f"{place}.id"),
        user_selected=selected if isinstance(selected, bool) else None,
        description=_text(found.get("description", ""), f"{place}.description"),
    )


_person_id, _unit_id, _code = _reader(PersonId), _reader(UnitId), _reader(Code)
PARTS |= {
    Practitioner: {
        "identifier": _person_id,
        "legal_entity": _unit_id,
        "point_of_care": _unit_id,
        "department": _unit_id,
        "hpr_nr": _person_id,
        "authorization": _code,
    },
    CareRelation: {
        "purpose_of_use": _code,
        "decision_ref": _decision_ref,
        "healthcare_service": _code,
        "purpose_of_use_details": _code,
    },
    AttestPatient: {"identifier": _person_id, "point_of_care": _unit_id, "department": _unit_id},
}


def _system(texts: Mapping[str, str]) -> dict[str, str]:
    return {"system": texts["system"].removeprefix(OID)} if "system" in texts else {}


def _object(value: object, place: str) -> dict[str, Any]:
    """The object with its attributes in our spelling; the same attribute in two spellings is refused."""
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise _wrong(place, "it must be an object")
    ours = {_ours(name): one for name, one in value.items()}
    if len(ours) != len(value):
        raise _wrong(place, "an attribute stands twice in different spellings")
    return ours


def _only(found: dict[str, Any], place: str, names: tuple[str, ...]) -> dict[str, Any]:
    if unknown := set(found) - set(names):
        raise _wrong(place, f"{len(unknown)} attributes nobody reads; there may be {', '.join(names)}")
    return found


def _ours(name: str) -> str:
    plain = name.replace("-", "_")
    return OTHER_NAMES.get(plain, plain)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or not value.isprintable():
        raise _wrong(place, f"it must be a text of at most {LONGEST_TEXT} printable characters")
    return value


def _written(part: Any) -> Any:
    if isinstance(part, tuple):
        return [_written(one) for one in part]
    if not is_dataclass(part):
        return part
    named = {field.name: getattr(part, field.name) for field in fields(part)}
    told = {name: _written(one) for name, one in named.items() if one not in (None, "")}
    return told | ({"system": OID + told["system"]} if told.get("system") else {})


def _wrong(place: str, what: str) -> Refused:
    return Refused("attest.format", f"{place}: {what}.")
