"""A row as plain values that can be moved: its own fields by name, and what it points at by its name.

Fields are taken by introspection, so that a column made later goes along.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import models

from samspill.directory.public import Body, Organisation, Party, Region

NAMED: dict[type[models.Model], tuple[str, ...]] = {
    Party: ("name",),
    Body: ("name",),
    Organisation: ("name",),
    Region: ("kind", "name"),
}


def own_fields(model: type[models.Model]) -> list[Any]:
    """What a row says itself: no number, no tenant, no account, and only what is named elsewhere."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and (not field.is_relation or field.related_model in NAMED)
    ]


def values(row: models.Model, *, leave: Sequence[str] = ()) -> dict[str, Any]:
    fields = [field for field in own_fields(type(row)) if field.name not in leave]
    return {field.name: _plain(getattr(row, field.name)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return [getattr(value, name) for name in NAMED[type(value)]]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
