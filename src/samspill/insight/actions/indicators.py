"""Bring the definitions into the database, so that things can point at them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samspill.insight.actions.indexing_indicators import index_where_they_stand
from samspill.insight.definitions import read_all
from samspill.insight.models import Indicator


def sync_indicators() -> int:
    """Make and renew an `Indicator` per file; one without a file is kept, but no longer offered.

    Returns how many are in use. Refuses a faulty file and then changes nothing.
    """
    definitions = read_all()
    with transaction.atomic():
        known = Indicator.objects.in_bulk(field_name="code")
        for definition in definitions:
            _renew(known.get(definition["id"]), definition)
        Indicator.objects.exclude(code__in=[one["id"] for one in definitions]).update(is_in_use=False)
        index_where_they_stand()
    return len(definitions)


def _renew(one: Indicator | None, definition: Mapping[str, Any]) -> None:
    """What is as it was is not written: its history would tell of a change there was not."""
    said = {"definition": definition, "direction": definition["direction"], "is_in_use": True}
    if one is None:
        Indicator.objects.create(code=definition["id"], **said)
    elif any(getattr(one, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(one, name, value)
        one.save()
