"""A row of any table, of what is there already: for tests that must try every table, also those to come."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

PLAIN: tuple[tuple[type[models.Field], Any], ...] = (
    (models.UUIDField, uuid4),
    (models.DateTimeField, timezone.now),
    (models.DateField, timezone.localdate),
    (models.JSONField, dict),
    (models.BooleanField, lambda: False),
    (models.IntegerField, lambda: 1),
    (models.TextField, lambda: "prøve"),
    (models.CharField, lambda: "prøve"),
)


def any_row(model: type[models.Model], there: Mapping[type[models.Model], Any], **said: Any) -> models.Model:
    """Every column that must be filled is: keys with what is `there`, by model, the rest with anything."""
    values = {one.name: _value(one, there) for one in model._meta.concrete_fields if _must(one)}
    return model._default_manager.create(**values | said)


def _must(field: models.Field) -> bool:
    has_one = field.has_default() or field.db_default is not models.NOT_PROVIDED or field.blank or field.null
    return not (has_one or field.primary_key)


def _value(field: models.Field, there: Mapping[type[models.Model], Any]) -> Any:
    if isinstance(field, models.ForeignKey):
        return there[field.related_model]
    if field.choices:
        return field.choices[0][0]
    return next(make() for kind, make in PLAIN if isinstance(field, kind))
