"""Bring the definitions into the database, so that things can point at them."""

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
        for definition in definitions:
            Indicator.objects.update_or_create(
                code=definition["id"],
                defaults={
                    "definition": definition,
                    "direction": definition["direction"],
                    "is_in_use": True,
                },
            )
        Indicator.objects.exclude(code__in=[one["id"] for one in definitions]).update(is_in_use=False)
        index_where_they_stand()
    return len(definitions)
