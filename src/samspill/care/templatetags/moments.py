"""When something happened, as one writes it in the language of the page."""

from datetime import datetime

from django import template

from samspill.care.shown.graphs import moment_said

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """«4 Nov 20:52» on the clock of Norway; "" for nothing."""
    return moment_said(at) if at else ""
