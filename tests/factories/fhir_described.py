"""The FHIR face as an OpenAPI document, made from what it says it serves: for schemathesis to draw from.

`known` are ids that are there, by type, so that what is drawn meets rows as well as nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from samspill.fhir.capability import Served, served

Json = dict[str, Any]
Known = Mapping[str, Sequence[str]]
FHIR, FORM = "application/fhir+json", "application/x-www-form-urlencoded"
DAMAGED = ["0-1", "9" * 18, f"1-{'9' * 18}", "A" * 64]
DATES = [
    "2026-11-22", "ge2026-11", "lt2026", "eq2026-11-20T08:00:00Z", "sa2026-11-20T08:00+01:00", "ap2026",
    "ne2026-02-30", "ge2026-11-20T08:00:00+23:59", "0001", "9999-12-31T23:59:59.999999-14:00",
]  # fmt: skip
TOKENS = ["|", "a|", "|a", "a|b", "a,b", ",", "active", "true", "x|y|z", "http://loinc.org|29463-7", "yellow"]
TEXTS = ["a", "A,b", " ", "%", "_", "\\", "'", "\u00e5", "\U0001f600", "x" * 101, "x" * 5000]
BY_KIND: dict[str, Json] = {
    "date": {"enum": DATES},
    "token": {"enum": TOKENS},
    "string": {"enum": TEXTS},
    "reference": {
        "enum": ["Patient/1", "1", "urn:uuid:1", "http://elsewhere/Patient/1", "Patient/1/_history/1"]
    },
}
OF_ALL: dict[str, Json] = {
    "_id": {"enum": ["1", "1-1", "1,2-2,x", "9" * 30, ","]},
    "_count": {"enum": ["0", "1", "2", "200", "999999999", "01"]},
    "_summary": {"enum": ["count", "true", "text", ""]},
    "_total": {"enum": ["none", "accurate"]},
}
IF_MATCH, IF_NONE_EXIST = (
    [{"name": name, "in": "header", "schema": {"enum": values}}]
    for name, values in (
        ("If-Match", ['W/"1"', 'W/"2"', '"1"', "1", "*", 'W/"', 'W/"1", W/"2"', ""]),
        ("If-None-Exist", ["identifier=a|b", "identifier=|", "?identifier=a%7Cb", "code=1", "&&", "="]),
    )
)
ANYTHING: Json = {"responses": {"default": {"description": "A resource or an OperationOutcome"}}}


def document(known: Known, resources: Mapping[str, Json]) -> Json:
    """`resources` are valid ones by type, for what is written: a body is one of them, or any other JSON."""
    paths: dict[str, Json] = {"/fhir": {"post": _posted(resources["Bundle"])}}
    for one in served():
        paths |= _of_type(one, known, resources)
    return {"openapi": "3.1.0", "info": {"title": "FHIR", "version": "4.0.1"}, "paths": paths}


def _of_type(one: Served, known: Known, resources: Mapping[str, Json]) -> dict[str, Json]:
    here, there = f"/fhir/{one.type}", f"/fhir/{one.type}/{{id}}"
    found: dict[str, Json] = {here: {}, there: {}}
    if "search-type" in one.interactions:
        found[here]["get"] = _asked(one, known)
        found[f"{here}/_search"] = {"post": _form(one, known)}
    if "create" in one.interactions:
        found[here]["post"] = _posted(resources[one.type])
    if "read" in one.interactions:
        found[there]["get"] = _at(one, known)
    if one.type in ("Task", "Observation"):
        found[there]["put"] = _changed(one, known) | _body(resources[one.type])
    if "history-instance" in one.interactions:
        found[f"{there}/_history"] = {"get": _at(one, known)}
        found[f"{there}/_history/{{version}}"] = {"get": _at(one, known, _path("version", ["1", "2", "0"]))}
    for operation in one.operations:
        found[f"{there}/${operation}"] = {"get": _at(one, known), "post": _at(one, known)}
    return {path: said for path, said in found.items() if said}


def _asked(one: Served, known: Known) -> Json:
    named = [
        {"name": name, "in": "query", "schema": schema} for name, schema in _searched(one, known).items()
    ]
    return ANYTHING | {"parameters": [{**one, "required": one["name"] == "patient"} for one in named]}


def _form(one: Served, known: Known) -> Json:
    """Always about somebody, where it is about somebody at all."""
    properties = _searched(one, known)
    whom = [
        name
        for name in ("patient.identifier", "identifier")
        if "patient" in properties or one.type == "Patient"
    ]
    named = [name for name in whom if name in properties][:1]
    schema = {"type": "object", "properties": properties, "additionalProperties": False, "required": named}
    return ANYTHING | {"requestBody": {"required": True, "content": {FORM: {"schema": schema}}}}


def _searched(one: Served, known: Known) -> dict[str, Json]:
    mine = {name: BY_KIND[kind] for name, kind in one.search.items()}
    whom = {"patient": known["Patient"], "patient.identifier": known["numbers"]}
    whom |= {"identifier": known["numbers"]} if one.type == "Patient" else {}
    return mine | {name: {"enum": list(ids)} for name, ids in whom.items() if name in mine} | OF_ALL


def _at(one: Served, known: Known, *more: Json) -> Json:
    return ANYTHING | {"parameters": [_path("id", [*known.get(one.type, ()), *DAMAGED]), *more]}


def _changed(one: Served, known: Known) -> Json:
    at = _at(one, known)
    return at | {"parameters": [*at["parameters"], *IF_MATCH]}


def _path(name: str, values: Sequence[str]) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"enum": list(values)}}


def _posted(resource: Json) -> Json:
    return ANYTHING | {"parameters": IF_NONE_EXIST} | _body(resource)


def _body(resource: Json) -> Json:
    """The resource itself, or with one of its elements anything at all."""
    as_it_is = {name: {"const": value} for name, value in resource.items()}
    bodies = [_object(as_it_is), *(_object(as_it_is | {name: {}}) for name in resource)]
    return {"requestBody": {"required": True, "content": {FHIR: {"schema": {"anyOf": bodies}}}}}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
