"""The lines of a medication list by what is decided of them."""

from django import template

from samspill.care.models import MedicationList
from samspill.care.queries.medication import Group, groups

register = template.Library()


@register.simple_tag
def medicine_groups(row: MedicationList | None) -> list[Group]:
    """None is no list. Its lines are read along (`queries.medication.with_lines`)."""
    return groups(row.lines.all()) if row is not None else []
