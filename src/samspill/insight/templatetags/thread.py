"""What the figures have said by themselves, beside a chart."""

from django import template
from django.template import Context

from samspill.insight.models import Indicator
from samspill.insight.queries.indicator_signals import signals_on

register = template.Library()


@register.inclusion_tag("insight/signals/beside.html", takes_context=True)
def signals_beside(context: Context, indicator: Indicator, area: str) -> dict[str, object]:
    """`{% signals_beside indicator "HF01" %}`: what was seen there, and what was said of it. 1 query."""
    return {"signals": signals_on(indicator, [area], context["actor"])}
