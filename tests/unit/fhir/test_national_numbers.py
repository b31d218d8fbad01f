"""National numbers in identifiers. Each is synthetic (month +80, +65 or +40), or made up and invalid."""

import pytest

from factories.fhir_resources import DNR, ENH, FNR, RESH, SYNTHETIC
from samspill.fhir import validate

FHN, HPR, DUF, HER = (f"urn:oid:2.16.578.1.12.4.1.{end}" for end in ("4.3", "4.4", "4.5", "2"))
GOOD = [
    (FNR, SYNTHETIC),
    (FNR, "29817404012"),
    (FNR, "01457404065"),
    # Check digits that come in 2032: the first leaves 1, 2 or 3.
    (FNR, "01857404056"),
    (FNR, "01857404064"),
    (FNR, "01857404072"),
    (DNR, "53717404072"),
    (FHN, "80012340048"),
    (HPR, "1234567"),
    (DUF, "202612345678"),
    (ENH, "974760673"),
    (RESH, "100320"),
    (HER, "8143060"),
    ("http://a.example", "whatever it is"),
]
BAD = [
    (FNR, "13717404088", "number-check"),
    (FNR, "1371740408", "number-form"),
    (FNR, "137174 04089", "number-form"),
    (FNR, "１３７１７４０４０８９", "number-form"),
    (FNR, "13717404089\n", "number-form"),
    (FNR, "53717404072", "number-date"),
    (FNR, "32717404000", "number-date"),
    (FNR, "00717404000", "number-date"),
    (FNR, "13367404000", "number-date"),
    (FNR, "31717404000", "number-date"),
    (DNR, "13717404089", "number-date"),
    (DNR, "53717404073", "number-check"),
    (FHN, "80012340049", "number-check"),
    (HPR, "12345 67", "number-form"),
    (DUF, "2026", "number-form"),
    (ENH, "974760674", "number-check"),
    (ENH, "97476067", "number-form"),
    (RESH, "1003-20", "number-form"),
]


def patient(system: str, value: str) -> dict[str, object]:
    return {"resourceType": "Patient", "identifier": [{"system": system, "value": value}]}


@pytest.mark.parametrize(("system", "value"), GOOD)
def test_a_number_that_is_one_is_accepted(system: str, value: str) -> None:
    assert validate(patient(system, value)) == []


@pytest.mark.parametrize(("system", "value", "key"), BAD)
def test_a_number_that_is_none_is_refused_without_being_repeated(system: str, value: str, key: str) -> None:
    (issue,) = validate(patient(system, value))
    assert (issue.key, issue.expression) == (key, "Patient.identifier[0].value")
    assert value.strip() not in f"{issue!r} {issue.sentence}"


def test_a_number_is_checked_in_a_logical_reference_too() -> None:
    subject = {"identifier": {"system": FNR, "value": "13717404088"}}
    resource = {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, "subject": subject}
    assert [one.expression for one in validate(resource)] == ["Observation.subject.identifier.value"]
