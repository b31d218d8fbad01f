"""Small parts that many resources have in common."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from samspill.fhir.http.addresses import instant, joined_id
from samspill.fhir.mapping.codes import codes

Json = dict[str, Any]
OWN = "urn:samspill:code"


def resource(kind: str, name: str, *, version: str = "", modified: datetime | None = None) -> Json:
    """The beginning of a resource: its type, id and meta, in the order FHIR has them."""
    meta = {"versionId": version, "lastUpdated": instant(modified) if modified else ""}
    found = {key: value for key, value in meta.items() if value}
    return {"resourceType": kind, "id": name, **({"meta": found} if found else {})}


def without_nothing(made: Json) -> Json:
    """FHIR has no empty text, list or object: what says nothing is left out."""
    return {key: value for key, value in made.items() if value not in ("", None, [], {})}


def reference(kind: str, name: object, display: str = "") -> Json:
    return without_nothing({"reference": f"{kind}/{name}", "type": kind, "display": display})


def of_patient(kind: str, patient: int, row: int | None, display: str = "") -> Json | None:
    """A reference to a row about the patient; None when there is none."""
    return None if row is None else reference(kind, joined_id(patient, row), display)


def coded(system: str, code: str, display: str = "") -> Json:
    return {"coding": [without_nothing({"system": system, "code": code, "display": display})]}


def measured(code: str) -> Json:
    """What is measured or asked: by LOINC, by SNOMED CT for the two scores, or a code of ours."""
    if code in codes().snomed:
        return coded(codes().systems["snomed"], code)
    return coded(codes().systems["loinc"] if code[:1].isdigit() else OWN, code)


def identifier(name: str, value: str) -> Json:
    return {"system": codes().systems[name], "value": value}


def quantity(value: object, unit: str) -> Json:
    """A kept number with its unit; UCUM's system when there is a unit."""
    number = as_number(value)
    ucum = {"unit": unit, "system": codes().systems["ucum"], "code": unit} if unit else {}
    return {"value": number, **ucum}


def as_number(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def period(starts: object, ends: object) -> Json:
    """Days from which and until which something holds, both included as FHIR has them."""
    return without_nothing({"start": str(starts) if starts else "", "end": str(ends) if ends else ""})


def chosen(table: Mapping[str, str], code: str, otherwise: str) -> str:
    return table.get(code, otherwise)
