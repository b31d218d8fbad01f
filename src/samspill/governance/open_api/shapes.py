"""What a resource of the open data is: its fields with schema and meaning, its filters, its rows.

The answers, the OpenAPI document and the page for people are all made from these. Schemas are JSON Schema
2020-12, as OpenAPI 3.1 has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Schema = Mapping[str, Any]
Text = str | Promise

ID: Schema = {"type": "integer", "minimum": 1}
SOME_ID: Schema = {"type": ["integer", "null"], "minimum": 1}
TEXT: Schema = {"type": "string"}
DAY: Schema = {"type": "string", "format": "date"}
SOME_DAY: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
URL: Schema = {"type": "string", "format": "uri"}
FLAG: Schema = {"type": "boolean"}
LANGUAGE: Schema = {"type": "string", "enum": ["nb", "nn", "en"]}


def one_of(choices: Any) -> Schema:
    return {"type": "string", "enum": [str(value) for value in choices.values if value]}


def some_of(choices: Any) -> Schema:
    return {"type": ["string", "null"], "enum": [*(str(value) for value in choices.values if value), None]}


def list_of(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def record_of(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(frozen=True)
class Field:
    """A field of a resource: what it may hold, and what it means."""

    schema: Schema
    means: Text


@dataclass(frozen=True)
class Filter:
    """A parameter that narrows a list: the lookup it is, what it may hold, and what it means."""

    lookup: str
    schema: Schema
    means: Text


@dataclass(frozen=True)
class Resource:
    """A list of things and each of them.

    name    in addresses and of its schema («cases», «Case»)
    rows    what everybody may read, with what `values` needs
    values  a row as plain values, one for each field; given the origin that addresses begin with
    kind    its kind in the table of open things, which knows when it changed
    """

    name: str
    schema_name: str
    title: Text
    means: Text
    fields: Mapping[str, Field]
    rows: Callable[[], QuerySet[Any]]
    values: Callable[[Any, str], dict[str, Any]]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    kind: str = ""

    @property
    def schema(self) -> Schema:
        return record_of({name: one.schema for name, one in self.fields.items()})
