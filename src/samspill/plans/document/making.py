"""The plan as a paper, in its own language, as it stands today."""

from django.utils import timezone, translation

from samspill.directory.public import Actor
from samspill.documents.writing import Paper
from samspill.plans.document.contents import paper_of
from samspill.plans.document.whole import whole_of
from samspill.plans.models import Plan
from samspill.plans.queries.rows import rows_without_holes


def plan_paper(plan: Plan, actor: Actor, address: str) -> Paper:
    """`address` is where the living plan is found."""
    with translation.override(plan.language):
        whole = whole_of(plan, rows_without_holes([plan], actor), actor)
        return paper_of(whole, made_at=timezone.localtime(), address=address)
