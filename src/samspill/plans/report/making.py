"""The report of a plan as somebody may read it: everything collected, and said in the plan's language."""

import re

from django.utils import translation

from samspill.directory.public import Actor, Figure, briefs_for
from samspill.plans.models import Plan
from samspill.plans.queries.rows import rows_of
from samspill.plans.report.contents import report_of
from samspill.plans.report.history import reports_of
from samspill.plans.report.shapes import Report
from samspill.plans.report.span import Span, from_slug

_KEY = re.compile(r"(?P<plan>\d{1,17})-(?P<part>[a-z]+)-(?P<span>[a-z0-9-]+)")


def make_report(plan: Plan, actor: Actor, span: Span) -> Report:
    with translation.override(plan.language):
        briefs = briefs_for("plans.plan", plan.community_id, actor)
        rows, reports = rows_of(plan, actor), reports_of(plan, actor)
        return report_of(plan, rows, reports, briefs, span=span, today=actor.today)


def figure_for(key: str, actor: Actor) -> Figure | None:
    """The figure with this key, to take along; None when there is none, or the actor may not see the plan."""
    said = _KEY.fullmatch(key)
    span = from_slug(said["span"], actor.today) if said else None
    if said is None or span is None:
        return None
    plan = Plan.objects.visible_to(actor).select_related("community").filter(pk=int(said["plan"])).first()
    if plan is None:
        return None
    parts = make_report(plan, actor, span).parts
    return next((part.figure for part in parts if part.figure and part.key == said["part"]), None)
