"""Code sets of access afterwards: reviews, consents, coordinators. Stored values are stable codes."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReviewKind(TextChoices):
    EMERGENCY = "emergency", _("emergency access")
    QUESTION = "question", _("a question from the patient")


class ReviewOutcome(TextChoices):
    """What the one who reviewed found."""

    JUSTIFIED = "justified", _("the look was right")
    UNJUSTIFIED = "unjustified", _("the look was not right")


class EmergencyReason(TextChoices):
    """Why one may pass the ordinary rules, as `trust/purposes.yaml` lists it."""

    DANGER_TO_LIFE = "danger_to_life", _("life is in danger")
    ACUTE_ILLNESS = "acute_illness", _("acute illness")
    PATIENT_CANNOT_CONSENT = "patient_cannot_consent", _("the patient cannot answer for themselves")
    ACUTE_MENTAL_HEALTH = "acute_mental_health", _("acute mental health crisis")
    OTHER = "other", _("another reason")


class ConsentTo(TextChoices):
    """What a patient says yes or no to."""

    FOLLOW_UP = "follow_up", _("being followed with measurements at home")
    SHARING = "sharing", _("that the hospital and the municipality see the same measurements")
    RELATIVES = "relatives", _("that relatives are told")
    PLAN = "plan", _("an individual plan")


class ConsentBy(TextChoices):
    """Who gave it: pasient- og brukerrettighetsloven §§ 4-1 to 4-7."""

    PATIENT = "patient", _("the patient")
    GUARDIAN = "guardian", _("a guardian")
    RELATIVE = "relative", _("the next of kin")


class ConsentHow(TextChoices):
    SIGNED_IN = "signed_in", _("here, signed in")
    ORAL = "oral", _("said")
    PAPER = "paper", _("on paper")


class PlanLife(TextChoices):
    """Whether an individual plan is in use."""

    ACTIVE = "active", _("in use")
    ENDED = "ended", _("ended")


REVIEW_MOVES: Mapping[str, frozenset[str]] = {
    "": frozenset(ReviewOutcome),
    ReviewOutcome.JUSTIFIED: frozenset(),
    ReviewOutcome.UNJUSTIFIED: frozenset(),
}
