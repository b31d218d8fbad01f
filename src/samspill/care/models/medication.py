"""The medication list of a patient by version, and its lines: reconciled, decided line by line, and signed.

No register of medicines stands behind it: names are as they are written, with a code where one is known.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspill.care.medication_states import (
    NEEDS_REASON,
    Decision,
    ListState,
    MedicationSource,
    Occasion,
)
from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT
from samspill.care.models.services import CareTeam
from samspill.directory.public import tracked


@tracked()
class MedicationList(PatientOwned):
    """A medication list as somebody went through it: FHIR List.

    team, place  where it was made: the team that answers for it, and the place in words
    sources      the lists and people it was compared with
    uses_none    somebody has made sure that the patient takes no medicines, so that it has no lines
    draft        lines that are not signed yet, in order; `undo` what they were before, the last change last.
                 Signing makes them `MedicationLine`, and empties both
    replaces     the list in the same record that it took the place of

    A signed list does not change: a new one replaces it (the database sees to it, migration 0091).
    """

    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    occasion = models.CharField(max_length=12, choices=Occasion, default=Occasion.DISCHARGE)
    place = models.CharField(max_length=160, blank=True)
    sources = ArrayField(models.CharField(max_length=16, choices=MedicationSource), default=list, blank=True)
    uses_none = models.BooleanField(default=False)
    draft = models.JSONField(default=list, blank=True)
    undo = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=16, choices=ListState, default=ListState.DRAFT)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    made_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=160)
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by_name = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    PERSONAL = ("draft", "undo", "made_by_name", "signed_by_name")

    class Meta:
        ordering = ["-signed_at", "-pk"]
        indexes = [models.Index(fields=["patient", "state", "-signed_at"], name="medication_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "patient"],
                condition=Q(state=ListState.SIGNED),
                name="medication_one_signed",
            ),
            models.UniqueConstraint(
                fields=["tenant", "patient"], condition=Q(state=ListState.DRAFT), name="medication_one_draft"
            ),
            models.UniqueConstraint(fields=["tenant", "patient", "version"], name="medication_version_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | (Q(signed_by__isnull=False) & ~Q(signed_by_name="") & ~Q(sources=[])),
                name="medication_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ListState.SIGNED, ListState.REPLACED]) | Q(signed_at__isnull=False),
                name="medication_signed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="medication_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_in_use(self) -> bool:
        return self.state == ListState.SIGNED


class MedicationLine(PatientOwned):
    """A medicine of a signed list, and what was decided of it: FHIR MedicationStatement. Never changed.

    dose      how much and when, in plain words; `purpose` what it is for
    reason    why it was changed, paused or stopped
    said_by   which of the sources names it; `atc` its code, where it is known
    """

    list = models.ForeignKey(MedicationList, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    strength = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=80, blank=True)
    dose = models.CharField(max_length=300, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.CharField(max_length=300, blank=True)
    said_by = models.CharField(max_length=16, choices=MedicationSource, blank=True)
    atc = models.CharField(max_length=10, blank=True)

    PERSONAL = ("name", "dose", "purpose", "reason")

    class Meta:
        triggers = [KEPT]
        ordering = ["list", "order"]
        constraints = [
            models.UniqueConstraint(fields=["list", "order"], name="medication_line_once"),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="medication_line_is_decided"
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
                name="medication_line_says_why",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.strength, self.form.lower())))
