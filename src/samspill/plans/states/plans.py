"""Kinds of plans. Stored values are stable codes; labels are for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanKind(TextChoices):
    PARTNERSHIP_DECLARATION = "partnership_declaration", _("Partnership declaration")
    STRATEGY = "strategy", _("Strategy")
    ACTION_PLAN = "action_plan", _("Action plan")
    ANNUAL_PLAN = "annual_plan", _("Annual plan")
    SUBMISSION = "submission", _("Submission")
    OTHER = "other", _("Plan")


# The plan reader's words for the same kinds (`plans.reading.metadata`).
KIND_OF = {
    "partnerskapserklaering": PlanKind.PARTNERSHIP_DECLARATION,
    "strategi": PlanKind.STRATEGY,
    "handlingsplan": PlanKind.ACTION_PLAN,
    "aarsplan": PlanKind.ANNUAL_PLAN,
    "innspill": PlanKind.SUBMISSION,
}
