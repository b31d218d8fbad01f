"""The OpenAPI 3.1 document of the open data, made from the resources."""

from typing import Any

from django.utils import translation

from samspill.directory.public import JSON, OPEN_API, PROBLEM
from samspill.governance.open_api.paging import CURSOR, LIMIT, MOST, SINCE, USUAL
from samspill.governance.open_api.resources import RESOURCES
from samspill.governance.open_api.shapes import Resource, record_of

VERSION = "1.0.0"
_LINKS = {
    "type": "object",
    "properties": {"self": {"type": "string", "format": "uri"}, "next": {"type": "string", "format": "uri"}},
    "required": ["self"],
    "additionalProperties": False,
}
_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "parameter": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}


def openapi(origin: str) -> dict[str, Any]:
    """The document, in English; `origin` is where this installation is."""
    with translation.override("en"):
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Samspill open data",
                "version": VERSION,
                "description": "What helsefellesskap in Norway have decided, what became of it, and the "
                "figures they share. Read only, without a key. What is not open to everybody is not here.",
                "license": {"name": "NLOD 2.0", "url": "https://data.norge.no/nlod/no/2.0"},
            },
            "servers": [{"url": origin}],
            "paths": {
                **{path: said for one in RESOURCES.values() for path, said in _paths(one).items()},
                **{path: said for part in OPEN_API.all() for path, said in part.paths().items()},
            },
            "components": {
                "schemas": {
                    **{one.schema_name: _schema(one) for one in RESOURCES.values()},
                    **{f"{one.schema_name}Page": _page_schema(one) for one in RESOURCES.values()},
                    **{name: schema for part in OPEN_API.all() for name, schema in part.schemas().items()},
                    "Problem": _PROBLEM,
                }
            },
        }


def _schema(resource: Resource) -> dict[str, Any]:
    schema = dict(resource.schema)
    schema["description"] = str(resource.means)
    schema["properties"] = {
        name: {**one.schema, "description": str(one.means)} for name, one in resource.fields.items()
    }
    return schema


def _page_schema(resource: Resource) -> dict[str, Any]:
    item = {"$ref": f"#/components/schemas/{resource.schema_name}"}
    return dict(record_of({"data": {"type": "array", "items": item}, "links": _LINKS}))


def _paths(resource: Resource) -> dict[str, Any]:
    path = f"/api/v1/{resource.name}/"
    return {
        path: {"get": _list(resource)},
        f"{path}{{id}}/": {"get": _detail(resource)},
    }


def _list(resource: Resource) -> dict[str, Any]:
    parameters = [
        _parameter(name, dict(one.schema), str(one.means)) for name, one in resource.filters.items()
    ]
    if resource.kind:
        said = "Only what has changed since this time"
        parameters.append(_parameter(SINCE, {"type": "string", "format": "date-time"}, said))
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    parameters.append(_parameter(LIMIT, limit, "How many at most"))
    parameters.append(
        _parameter(CURSOR, {"type": "string"}, "Where to go on, from links.next of the page before")
    )
    return {
        "operationId": f"list_{resource.name}",
        "summary": str(resource.title),
        "description": str(resource.means),
        "parameters": parameters,
        "responses": {
            **_answers(f"{resource.schema_name}Page", "A page of the list"),
            "400": _problem("A parameter is wrong"),
        },
    }


def _detail(resource: Resource) -> dict[str, Any]:
    number = _parameter("id", {"type": "integer", "minimum": 1}, "Its number") | {
        "in": "path",
        "required": True,
    }
    return {
        "operationId": f"get_{resource.name}",
        "summary": f"One of: {resource.title}",
        "parameters": [number],
        "responses": {
            **_answers(resource.schema_name, "The thing"),
            "404": _problem(
                "There is no such thing that is open; whether there is one that is not, is not said"
            ),
        },
    }


def _parameter(name: str, schema: dict[str, Any], means: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": means}


def _answers(schema: str, means: str) -> dict[str, Any]:
    tag = {"description": "Send it back as If-None-Match", "schema": {"type": "string"}}
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {
        "200": {"description": means, "headers": {"ETag": tag}, "content": content},
        "304": {"description": "It is as it was"},
    }


def _problem(means: str) -> dict[str, Any]:
    return {"description": means, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
