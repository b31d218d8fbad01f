"""Bundles: what each type needs, how entries are named, and where a finding in an entry is said to be."""

from typing import Any

import pytest

from factories.fhir_resources import changed, observation
from samspill.fhir import validate

Json = dict[str, Any]
ONE, TWO = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
IDENTIFIER = {"system": "http://a.example", "value": "1"}
TIMES = {"timestamp": "2026-11-02T08:15:00Z"}
PATIENT = {"resourceType": "Patient", "id": "p"}
POST = {"method": "POST", "url": "Observation"}
COMPOSITION = {
    "resourceType": "Composition",
    "status": "final",
    "type": {"text": "notat"},
    "date": "2026-11-02",
    "author": [{"display": "x"}],
    "title": "Notat",
}
HEADER = {
    "resourceType": "MessageHeader",
    "eventUri": "http://a.example",
    "source": {"endpoint": "http://a.example"},
}


def bundle(kind: str, *entries: Json, **elements: Any) -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)} | elements


def entry(resource: Json | None = None, **elements: Any) -> Json:
    return ({"resource": resource} if resource else {}) | elements


def found(resource: Json) -> list[tuple[str, str]]:
    return [(one.parameters.get("key") or one.key, one.expression) for one in validate(resource)]


ACCEPTED: dict[str, Json] = {
    "a collection": bundle("collection", entry(PATIENT, fullUrl=ONE)),
    "a batch": bundle("batch", entry(observation(), request=POST)),
    "a transaction whose entries refer to each other": bundle(
        "transaction",
        entry({"resourceType": "Patient"}, fullUrl=ONE, request={"method": "POST", "url": "Patient"}),
        entry(observation(subject={"reference": ONE}), fullUrl=TWO, request=POST),
    ),
    "a conditional update": bundle(
        "transaction",
        entry({"resourceType": "Patient"}, request={"method": "PUT", "url": "Patient?identifier=1"}),
    ),
    "a deletion": bundle("transaction", entry(request={"method": "DELETE", "url": "Patient/1"})),
    "an answer to a batch": bundle("batch-response", entry(response={"status": "201"})),
    "a search": bundle("searchset", entry(PATIENT, search={"mode": "match"}), total=1),
    "a document": bundle("document", entry(COMPOSITION, fullUrl=ONE), identifier=IDENTIFIER, **TIMES),
    "a message": bundle("message", entry(HEADER, fullUrl=ONE)),
    "a fullUrl that is no FHIR address": bundle("collection", entry(PATIENT, fullUrl="http://a.example/x1")),
    "a fullUrl that agrees": bundle("collection", entry(PATIENT, fullUrl="http://a.example/fhir/Patient/p")),
    "two versions of one": bundle(
        "history",
        entry(
            PATIENT | {"meta": {"versionId": "1"}},
            fullUrl=ONE,
            request={"method": "PUT", "url": "Patient/p"},
            response={"status": "200"},
        ),
        entry(
            PATIENT | {"meta": {"versionId": "2"}},
            fullUrl=ONE,
            request={"method": "PUT", "url": "Patient/p"},
            response={"status": "200"},
        ),
    ),
    "a bundle within that refers to its own entries": bundle(
        "message",
        entry(HEADER, fullUrl=ONE),
        entry(
            bundle("collection", entry(PATIENT, fullUrl=TWO), entry(observation(subject={"reference": TWO}))),
            fullUrl="urn:uuid:2fdc1bd0-1cbf-4d64-b04d-cd9187a4c6e0",
        ),
    ),
}
REFUSED: dict[str, tuple[Json, str, str]] = {
    "no type": (changed(ACCEPTED["a collection"], "type"), "missing", "Bundle.type"),
    "an unknown type": (bundle("pakke"), "not-in-codes", "Bundle.type"),
    "a total outside a search": (bundle("collection", total=1), "bdl-1", "Bundle"),
    "a search mode outside a search": (
        bundle("collection", entry(PATIENT, search={"mode": "match"})),
        "bdl-2",
        "Bundle",
    ),
    "a batch without requests": (bundle("batch", entry(observation())), "bdl-3", "Bundle"),
    "a request in a collection": (
        bundle("collection", entry(observation(), request=POST)),
        "bdl-3",
        "Bundle",
    ),
    "an answer without response": (bundle("batch-response", entry(PATIENT)), "bdl-4", "Bundle"),
    "an entry of nothing": (bundle("collection", entry(fullUrl=ONE)), "bdl-5", "Bundle.entry[0]"),
    "the same fullUrl twice": (
        bundle("collection", entry(PATIENT, fullUrl=ONE), entry(PATIENT, fullUrl=ONE)),
        "bdl-7",
        "Bundle",
    ),
    "a fullUrl with a version": (
        bundle("collection", entry(PATIENT, fullUrl="http://a.example/Patient/p/_history/1")),
        "bdl-8",
        "Bundle.entry[0]",
    ),
    "a document without an identifier": (
        bundle("document", entry(COMPOSITION, fullUrl=ONE), **TIMES),
        "bdl-9",
        "Bundle",
    ),
    "a document without a time": (
        bundle("document", entry(COMPOSITION, fullUrl=ONE), identifier=IDENTIFIER),
        "bdl-10",
        "Bundle",
    ),
    "a document that begins with something else": (
        bundle("document", entry(PATIENT, fullUrl=ONE), identifier=IDENTIFIER, **TIMES),
        "bdl-11",
        "Bundle",
    ),
    "a message that begins with something else": (
        bundle("message", entry(PATIENT, fullUrl=ONE)),
        "bdl-12",
        "Bundle",
    ),
    "a document with an entry without fullUrl": (
        bundle("document", entry(COMPOSITION), identifier=IDENTIFIER, **TIMES),
        "full-url-missing",
        "Bundle.entry[0].fullUrl",
    ),
    "a relative fullUrl": (
        bundle("collection", entry(PATIENT, fullUrl="Patient/p")),
        "full-url-form",
        "Bundle.entry[0].fullUrl",
    ),
    "a fullUrl of another id": (
        bundle("collection", entry(PATIENT, fullUrl="http://a.example/Patient/q")),
        "full-url-id",
        "Bundle.entry[0].fullUrl",
    ),
    "a fullUrl of another type": (
        bundle("collection", entry(PATIENT, fullUrl="http://a.example/Group/p")),
        "full-url-id",
        "Bundle.entry[0].fullUrl",
    ),
    "a POST without a resource": (
        bundle("transaction", entry(request=POST)),
        "entry-no-resource",
        "Bundle.entry[0].resource",
    ),
    "a POST to another type": (
        bundle("batch", entry(PATIENT, request=POST)),
        "entry-url",
        "Bundle.entry[0].request.url",
    ),
    "a PUT to another id": (
        bundle("batch", entry(PATIENT, request={"method": "PUT", "url": "Patient/q"})),
        "entry-url",
        "Bundle.entry[0].request.url",
    ),
    "two changes of one resource": (
        bundle(
            "transaction",
            entry(PATIENT, request={"method": "PUT", "url": "Patient/p"}),
            entry(request={"method": "DELETE", "url": "Patient/p"}),
        ),
        "entry-twice",
        "Bundle.entry[1].request.url",
    ),
    "a reference to a urn that is not there": (
        bundle("transaction", entry(observation(subject={"reference": ONE}), request=POST)),
        "entry-unresolved",
        "Bundle.entry[0].resource.subject.reference",
    ),
    "a reference to a urn of a wrong type": (
        bundle(
            "transaction",
            entry(
                {"resourceType": "Practitioner"},
                fullUrl=ONE,
                request={"method": "POST", "url": "Practitioner"},
            ),
            entry(observation(subject={"reference": ONE}), request=POST),
        ),
        "wrong-target",
        "Bundle.entry[1].resource.subject",
    ),
    "an entry that is broken": (
        bundle("collection", entry(observation(status=None), fullUrl=ONE)),
        "missing",
        "Bundle.entry[0].resource.status",
    ),
    "a bundle in a bundle that is broken": (
        bundle("collection", entry(bundle("batch", entry(observation())), fullUrl=ONE)),
        "bdl-3",
        "Bundle.entry[0].resource",
    ),
    "a contained resource of the entry beside": (
        bundle(
            "collection",
            entry(observation(subject={"reference": "#p"}, contained=[PATIENT]), fullUrl=ONE),
            entry(observation(subject={"reference": "#p"}), fullUrl=TWO),
        ),
        "no-contained",
        "Bundle.entry[1].resource.subject.reference",
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_accepted(name: str) -> None:
    assert found(ACCEPTED[name]) == []


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_where(name: str) -> None:
    resource, key, expression = REFUSED[name]
    assert (key, expression) in found(resource)


@pytest.mark.parametrize(
    "wrong", [{"entry": {}}, {"entry": [None, 1, "x", []]}, {"type": 5}, {"entry": [{"request": "x"}]}]
)
def test_a_bundle_of_anything_is_answered(wrong: Json) -> None:
    assert validate(ACCEPTED["a batch"] | wrong)
