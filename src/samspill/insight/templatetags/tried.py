"""When everything that was published was last tried, for the page of data."""

from django import template

from samspill.insight.models import IndicatorRun
from samspill.insight.shown.tried import tried_of

register = template.Library()


@register.inclusion_tag("insight/parts/published_tried.html")
def published_tried() -> dict[str, object]:
    """`{% published_tried %}`: of the newest run that stands; nothing before the first. 1 query."""
    run = IndicatorRun.objects.filter(withdrawn_at__isnull=True).first()
    return {"run": run, "tried": tried_of(run) if run else {}}
