"""What figures add to the OpenAPI document of the installation, made from the tables of parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from samspill.directory.public import JSON, PROBLEM
from samspill.insight.api.parameters import (
    OF_AREAS,
    OF_FIGURES,
    OF_INDICATORS,
    OF_ONE,
    OF_RUNS,
    Parameter,
)
from samspill.insight.api.schemas import SCHEMAS

CSV = "text/csv"
CODE = {
    "name": "code",
    "in": "path",
    "required": True,
    "description": "The id of an indicator",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
}
NUMBER = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The number of a run",
    "schema": {"type": "integer", "minimum": 1},
}
TAG = {"description": "Send it back as If-None-Match", "schema": {"type": "string"}}
CHANGED = {"description": "When the run was made", "schema": {"type": "string"}}


def links() -> Mapping[str, str]:
    return {name: reverse(f"insight:api-{name}") for name in ("indicators", "areas", "runs")}


def schemas() -> Mapping[str, Any]:
    return SCHEMAS


def paths() -> Mapping[str, Any]:
    indicators, runs = "/api/v1/indicators/", "/api/v1/runs/"
    return {
        indicators: _get("list_indicators", "Indicators", "IndicatorPage", OF_INDICATORS),
        f"{indicators}{{code}}/": _get(
            "get_indicator", "One indicator with its definition", "Indicator", OF_ONE, (CODE,)
        ),
        f"{indicators}{{code}}/figures/": _get(
            "get_figures", "Figures of an indicator", "Figures", OF_FIGURES, (CODE,), is_withdrawable=True
        ),
        "/api/v1/areas/": _get("list_areas", "Areas that figures may be of", "AreaPage", OF_AREAS),
        runs: _get("list_runs", "Runs, the newest first: what figures rest on", "RunPage", OF_RUNS),
        f"{runs}{{id}}/": _get("get_run", "One run", "Run", OF_ONE, (NUMBER,)),
    }


def _get(
    name: str,
    summary: str,
    schema: str,
    known: Sequence[Parameter],
    in_path: Sequence[dict[str, Any]] = (),
    *,
    is_withdrawable: bool = False,
) -> dict[str, Any]:
    content: dict[str, Any] = {JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    headers = {"ETag": TAG}
    responses: dict[str, Any] = {}
    if is_withdrawable:
        content |= {CSV: {"schema": {"type": "string"}}}
        headers |= {"Last-Modified": CHANGED}
        responses["410"] = _problem("The run was withdrawn; the sentence says why")
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [*in_path, *(_parameter(one) for one in known)],
            "responses": {
                "200": {"description": summary, "headers": headers, "content": content},
                "304": {"description": "It is as it was"},
                "400": _problem("A parameter is wrong"),
                "404": _problem("There is no such thing"),
                **responses,
            },
        }
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": one.name,
        "in": "query",
        "required": False,
        "schema": dict(one.schema),
        "description": str(one.means),
    }
    if one.schema["type"] == "array":
        said |= {"style": "form", "explode": False}
    return said


def _problem(means: str) -> dict[str, Any]:
    return {"description": means, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
