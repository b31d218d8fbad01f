"""Code sets of the medication list: what it goes through, what is decided of a line, and who says so."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ListState(TextChoices):
    """FHIR List.status is `current` for what is signed, else `retired` or `entered-in-error`."""

    DRAFT = "draft", _("draft")
    SIGNED = "signed", _("signed")
    REPLACED = "replaced", _("replaced by a newer one")
    MISTAKE = "entered-in-error", _("entered in error")


LIST_MOVES: Mapping[str, frozenset[str]] = {
    ListState.DRAFT: frozenset({ListState.SIGNED, ListState.MISTAKE}),
    ListState.SIGNED: frozenset({ListState.REPLACED, ListState.MISTAKE}),
    ListState.REPLACED: frozenset({ListState.MISTAKE}),
    ListState.MISTAKE: frozenset(),
}
"""The database holds the same table (migration 0091); of a signed list only the state changes."""


class Decision(TextChoices):
    """What is decided of a medicine. Words for a list, and for whoever takes the medicines."""

    NEW = "new", pgettext_lazy("medicine", "new")
    CHANGED = "changed", pgettext_lazy("medicine", "changed")
    CONTINUED = "continued", pgettext_lazy("medicine", "as before")
    PAUSED = "paused", pgettext_lazy("medicine", "paused")
    STOPPED = "stopped", pgettext_lazy("medicine", "stopped")


NEEDS_REASON = frozenset({Decision.CHANGED, Decision.PAUSED, Decision.STOPPED})
"""What a reader asks why of. A new one says what it is for."""
TAKEN = frozenset({Decision.NEW, Decision.CHANGED, Decision.CONTINUED})
"""What is taken after the list is signed, and must say how much."""


class MedicationSource(TextChoices):
    """Where one looks for what somebody takes (Legemiddelsamstemming, Pasientsikkerhetsprogrammet)."""

    PATIENT = "patient", _("the patient")
    RELATIVE = "relative", _("somebody near")
    DISCHARGE = "discharge", _("the discharge letter")
    HOSPITAL = "hospital", _("the hospital's list")
    GP = "gp", _("the GP's list")
    HOME = "home", _("the home nursing's list")
    PRESCRIPTIONS = "prescriptions", _("e-prescriptions")
    CORE_RECORD = "core_record", _("the core journal")
    MULTIDOSE = "multidose", _("the multidose card")


class Occasion(TextChoices):
    DISCHARGE = "discharge", _("at discharge")
    ADMISSION = "admission", _("at admission")
    MOVE = "move", _("at a move between services")
    REVIEW = "review", _("at a review")
    OTHER = "other", pgettext_lazy("occasion", "on another occasion")
