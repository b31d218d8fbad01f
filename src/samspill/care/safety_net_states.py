"""Code sets of «Hva er innafor»: what a plan goes through, who it is sent to, and in which language it is."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent, in force")
    SUPERSEDED = "superseded", _("replaced by a newer one")
    MISTAKE = "entered-in-error", _("entered in error")


PLAN_MOVES: Mapping[str, frozenset[str]] = {
    PlanState.DRAFT: frozenset({PlanState.SENT, PlanState.MISTAKE}),
    PlanState.SENT: frozenset({PlanState.SUPERSEDED, PlanState.MISTAKE}),
    PlanState.SUPERSEDED: frozenset({PlanState.MISTAKE}),
    PlanState.MISTAKE: frozenset(),
}
"""The database holds the same table (migration 0011); of a sent plan only the state changes."""


class PlanKind(TextChoices):
    """As `rulebook.safety_net` has them."""

    SAFETY_NET = "safety_net", _("«Hva er innafor»")
    SELF_MANAGEMENT = "self_management", _("self-management plan")


class RecipientKind(TextChoices):
    TEAM = "team", _("a team")
    RELATED = "related", _("somebody near the patient")
    PATIENT = "patient", _("the patient")
