"""Whether a value is as a JSON Schema says: the part of 2020-12 that our own schemas use, written plainly.

A keyword that is not known here is an error, so that a schema never promises what nobody looks at.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
SAID_ONLY = {"$schema", "$id", "$defs", "title", "description", "default", "examples"}
KNOWN = SAID_ONLY | {
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "pattern", "format",
    "minimum", "maximum", "minItems", "$ref",
}  # fmt: skip


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """Every place where `value` is not as `schema` says; `root` is what «#/…» points into."""
    assert set(schema) <= KNOWN, f"{at}: nobody looks at {set(schema) - KNOWN}"
    if "$ref" in schema:
        yield from faults(value, pointed_at(root, schema["$ref"]), root, at)
        return
    if "type" in schema and not _is_of(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    yield from _plain(value, schema, at)
    if isinstance(value, dict):
        yield from _record(value, schema, root, at)
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: too few"
        for place, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), root, f"{at}[{place}]")


def pointed_at(root: Mapping[str, Any], pointer: str) -> Mapping[str, Any]:
    found: Any = root
    for step in pointer.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _is_of(value: Any, wanted: str | list[str]) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if isinstance(value, bool):
        return "boolean" in kinds
    return any(isinstance(value, TYPES[kind]) for kind in kinds)


def _plain(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "minimum" in schema and value is not None and value < schema["minimum"]:
        yield f"{at}: {value} is below {schema['minimum']}"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: {value!r} does not match {schema['pattern']}"
        if schema.get("format") in FORMATS:
            try:
                FORMATS[schema["format"]](value)
            except ValueError:
                yield f"{at}: {value!r} is no {schema['format']}"


def _uri(text: str) -> None:
    if not re.match(r"https?://[^/\s]+/", text):
        raise ValueError(text)


FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat, "uri": _uri}


def _record(
    value: dict[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{at}: «{name}» is missing" for name in schema.get("required", ()) if name not in value)
    for name, one in value.items():
        if name in known:
            yield from faults(one, known[name], root, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: nobody knows «{name}»"
