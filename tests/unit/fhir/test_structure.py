"""The shape of a resource: elements, arrays, choices, extensions, codes, references, contained resources."""

from typing import Any

import pytest

from factories.fhir_resources import observation
from samspill.fhir import Issue, validate

ABSENT = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}
EXTENSION = {"url": "http://a.example", "valueString": "x"}
PATIENT = {"resourceType": "Patient", "id": "p"}
SUBJECT = {"subject": {"reference": "#p"}}
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml">{}</div>'


def narrative(content: str) -> dict[str, Any]:
    return {"text": {"status": "generated", "div": XHTML.format(content)}}


def found(resource: Any) -> list[tuple[str, str]]:
    return [(one.key, one.expression) for one in validate(resource)]


ACCEPTED: dict[str, dict[str, Any]] = {
    "the least there is": {},
    "a required value that has only an extension": {"status": None, "_status": ABSENT},
    "an id beside a simple value": {"_status": {"id": "s"}},
    "a logical reference": {"subject": {"type": "Patient", "identifier": {"value": "1"}}},
    "a reference by full type name": {
        "subject": {"type": "http://hl7.org/fhir/StructureDefinition/Patient", "reference": "Patient/1"}
    },
    "a reference with a version": {"subject": {"reference": "https://a.example/fhir/Patient/1/_history/2"}},
    "a reference to a urn": {"subject": {"reference": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"}},
    "a reference by search": {"subject": {"reference": "Patient?identifier=a|b"}},
    "a reference outside FHIR": {"subject": {"reference": "https://a.example/person.html"}},
    "a contained resource that is referred to": {**SUBJECT, "contained": [PATIENT]},
    "a contained resource that refers to its container": {
        "contained": [
            {
                "resourceType": "Provenance",
                "id": "p",
                "target": [{"reference": "#"}],
                "recorded": "2026-01-01T00:00:00Z",
                "agent": [{"who": {"display": "x"}}],
            }
        ]
    },
    "an extension of an extension": {"extension": [{"url": "http://a.example", "extension": [EXTENSION]}]},
    "named characters in a narrative": narrative("a&nbsp;&aring; <b>x</b> <a href='http://a.example'>y</a>"),
    "an image alone in a narrative": narrative("<img src='#x' alt='kurve'/>"),
}
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "no status": ({"status": None}, "missing", "Observation.status"),
    "no code": ({"code": None}, "missing", "Observation.code"),
    "an unknown element": ({"stauts": "final"}, "unknown-element", "Observation.stauts"),
    "an element of another version": (
        {"fhir_comments": ["x"]},
        "unknown-element",
        "Observation.fhir_comments",
    ),
    "resourceType in a part": (
        {"code": {"resourceType": "x", "text": "y"}},
        "unknown-element",
        "Observation.code.resourceType",
    ),
    "an id alone beside no value": (
        {"status": None, "_status": {"id": "s"}},
        "empty-object",
        "Observation.status",
    ),
    "one where there are many": (
        {"component": {"code": {"text": "x"}}},
        "not-an-array",
        "Observation.component",
    ),
    "many where there is one": ({"subject": [{"reference": "Patient/1"}]}, "not-one", "Observation.subject"),
    "an empty array": ({"performer": []}, "empty-array", "Observation.performer"),
    "an empty object": ({"subject": {}}, "empty-object", "Observation.subject"),
    "an element with an id only": ({"subject": {"id": "x"}}, "empty-object", "Observation.subject"),
    "null": ({"performer": [None]}, "null", "Observation.performer[0]"),
    "an array in an array": ({"performer": [[]]}, "not-an-object", "Observation.performer[0]"),
    "two values": ({"valueString": "x", "valueInteger": 1}, "value-twice", "Observation.valueInteger"),
    "a value and the extension of another": (
        {"valueString": "x", "_valueInteger": {"extension": [EXTENSION]}},
        "value-twice",
        "Observation.valueInteger",
    ),
    "a value of a type that is not allowed": (
        {"valueAttachment": {"url": "http://a.example"}},
        "wrong-choice",
        "Observation.valueAttachment",
    ),
    "value without a type": ({"value": 1}, "unknown-element", "Observation.value"),
    "a code outside its set": ({"status": "done"}, "not-in-codes", "Observation.status"),
    "a reference to a wrong type": (
        {"subject": {"reference": "Practitioner/1"}},
        "wrong-target",
        "Observation.subject",
    ),
    "a logical reference to a wrong type": (
        {"subject": {"type": "Practitioner", "display": "x"}},
        "wrong-target",
        "Observation.subject",
    ),
    "a reference that says two types": (
        {"subject": {"type": "Group", "reference": "Patient/1"}},
        "type-differs",
        "Observation.subject",
    ),
    "a reference to nothing": ({"subject": {"type": "Patient"}}, "reference-empty", "Observation.subject"),
    "a reference without a type": (
        {"subject": {"reference": "1"}},
        "bad-reference",
        "Observation.subject.reference",
    ),
    "a reference to an unknown type": (
        {"subject": {"reference": "Pasient/1"}},
        "bad-reference",
        "Observation.subject.reference",
    ),
    "a reference to nothing contained": (SUBJECT, "no-contained", "Observation.subject.reference"),
    "a reference to a contained one of a wrong type": (
        {**SUBJECT, "contained": [{"resourceType": "Practitioner", "id": "p"}]},
        "wrong-target",
        "Observation.subject",
    ),
    "a contained resource nobody refers to": (
        {"contained": [PATIENT]},
        "contained-unused",
        "Observation.contained[0]",
    ),
    "a contained resource without an id": (
        {"contained": [{"resourceType": "Patient"}]},
        "contained-unused",
        "Observation.contained[0]",
    ),
    "two contained with one id": (
        {**SUBJECT, "contained": [PATIENT, PATIENT]},
        "contained-id",
        "Observation.contained[1]",
    ),
    "a contained resource of no type": (
        {"contained": [{"id": "p"}]},
        "no-resource-type",
        "Observation.contained[0]",
    ),
    "an extension with both": (
        {"extension": [{**EXTENSION, "extension": [EXTENSION]}]},
        "extension-both",
        "Observation.extension[0]",
    ),
    "an extension with neither": (
        {"extension": [{"url": "http://a.example"}]},
        "extension-neither",
        "Observation.extension[0]",
    ),
    "an extension without an address": (
        {"extension": [{"valueString": "x"}]},
        "missing",
        "Observation.extension[0].url",
    ),
    "an extension of an object": ({"_code": ABSENT}, "extension-of-complex", "Observation.code"),
    "a script in a narrative": (narrative("<script>x</script>"), "bad-xhtml", "Observation.text.div"),
    "an event in a narrative": (narrative("<p onclick='x'>y</p>"), "bad-xhtml", "Observation.text.div"),
    "a link that runs in a narrative": (
        narrative("<a href=' javascript:x'>y</a>"),
        "bad-xhtml",
        "Observation.text.div",
    ),
    "a narrative without content": (narrative(" <br/> "), "bad-xhtml", "Observation.text.div"),
    "a narrative that is not XML": (narrative("<p>x"), "bad-xhtml", "Observation.text.div"),
    "a narrative with an entity of its own": (
        {"text": {"status": "generated", "div": f'<!DOCTYPE x [<!ENTITY y "z">]>{XHTML.format("&y;")}'}},
        "bad-xhtml",
        "Observation.text.div",
    ),
    "a narrative that is plain text": (
        {"text": {"status": "generated", "div": "bra"}},
        "bad-xhtml",
        "Observation.text.div",
    ),
    "a narrative without its namespace": (
        {"text": {"status": "generated", "div": "<div>bra</div>"}},
        "bad-xhtml",
        "Observation.text.div",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_r4_accepts(name: str) -> None:
    assert found(observation(**ACCEPTED[name])) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_r4_refuses(name: str) -> None:
    elements, key, expression = REFUSED[name]
    assert (key, expression) in found(observation(**elements))


@pytest.mark.parametrize(
    ("resource", "key"),
    [
        (None, "not-a-resource"),
        ([], "not-a-resource"),
        ("Observation", "not-a-resource"),
        ({}, "no-resource-type"),
        ({"resourceType": 1}, "no-resource-type"),
        ({"resourceType": "Element"}, "unknown-resource-type"),
        ({"resourceType": "DomainResource"}, "unknown-resource-type"),
    ],
)
def test_what_is_no_resource(resource: Any, key: str) -> None:
    assert found(resource) == [(key, "Resource")]


NAME = {"extension": [EXTENSION]}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ({"given": ["A", None], "_given": [None, NAME]}, []),
        ({"_given": [NAME]}, []),
        ({"given": ["A", None]}, [("null", "Patient.name[0].given[1]")]),
        ({"given": ["A", None], "_given": [NAME, None]}, [("null", "Patient.name[0].given[1]")]),
        ({"given": ["A"], "_given": [None, NAME]}, [("extension-places", "Patient.name[0].given")]),
        ({"given": ["A"], "_given": NAME}, [("not-an-array", "Patient.name[0].given")]),
        ({"_given": [None]}, [("null", "Patient.name[0].given[0]")]),
        ({"_given": []}, [("empty-array", "Patient.name[0].given")]),
        (
            {"_given": [{"extension": [{"url": "x"}]}]},
            [("extension-neither", "Patient.name[0].given[0].extension[0]")],
        ),
    ],
)
def test_extensions_of_repeated_simple_values_stand_beside_them(name: Any, expected: list[Any]) -> None:
    assert found({"resourceType": "Patient", "name": [name]}) == expected


def test_a_finding_says_what_where_and_how() -> None:
    (issue,) = validate(
        observation(component=[{"code": {"text": "x"}}, {"code": {"text": "y"}, "valueInteger": "5"}])
    )
    assert issue == Issue(
        "error",
        "value",
        "Observation.component[1].valueInteger",
        "not-number",
        {"name": "valueInteger", "type": "integer", "found": "text"},
    )
    assert issue.sentence == (
        "valueInteger is a number (integer), but this is text. Send it without quotation marks."
    )


@pytest.mark.parametrize(
    "concept",
    [
        {"text": "active"},
        {"coding": [{"code": "active"}]},
        {"coding": [{"system": "http://a.example", "code": "x"}]},
    ],
)
def test_a_required_set_of_a_concept_wants_a_coding_of_it(concept: Any) -> None:
    condition = {"resourceType": "Condition", "subject": {"reference": "Patient/1"}}
    system = "http://terminology.hl7.org/CodeSystem/condition-clinical"
    good = {"coding": [{"system": "http://a.example", "code": "x"}, {"system": system, "code": "active"}]}
    assert found(condition | {"clinicalStatus": concept}) == [("no-code-of-set", "Condition.clinicalStatus")]
    assert found(condition | {"clinicalStatus": good}) == []


def test_what_may_change_the_meaning_is_told_and_makes_nothing_invalid() -> None:
    issues = validate(observation(modifierExtension=[EXTENSION], implicitRules="http://a.example"))
    assert {(one.severity, one.code, one.expression) for one in issues} == {
        ("warning", "extension", "Observation.modifierExtension[0]"),
        ("warning", "extension", "Observation.implicitRules"),
    }
