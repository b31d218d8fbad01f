"""What the patient has agreed to, and who holds the threads together for them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from samspill.care.access_states import ConsentBy, ConsentHow, ConsentTo, PlanLife
from samspill.care.models.access import KEPT
from samspill.care.models.base import PatientOwned
from samspill.care.models.patients import Block, Patient
from samspill.care.models.services import CareTeam
from samspill.directory.public import CommunityOwned, tracked


class Consent(PatientOwned):
    """A yes, or a no that takes it back. Rows are only added; the newest about a thing holds."""

    to = models.CharField(max_length=12, choices=ConsentTo)
    is_given = models.BooleanField()
    given_by = models.CharField(max_length=12, choices=ConsentBy)
    how = models.CharField(max_length=12, choices=ConsentHow)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("words", "by_name")

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [KEPT]
        indexes = [models.Index(fields=["patient", "to", "-at"], name="consent_by_patient")]


class BlockWord(CommunityOwned):
    """Two facts about a block that is made or lifted: who asked for it, when and how; and who wrote it down.

    They are one person when the patient did it signed in. Rows are only added.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="words")
    is_lifted = models.BooleanField(help_text="it is about lifting the block, not about making it")
    given_by = models.CharField(max_length=12, choices=ConsentBy)
    how = models.CharField(max_length=12, choices=ConsentHow)
    asked_on = models.DateField()
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("words", "by_name")

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = [KEPT]
        constraints = [models.UniqueConstraint(fields=["block", "is_lifted"], name="block_word_once")]


@tracked()
class IndividualPlan(PatientOwned):
    """The patient has a right to one plan for all services (pasient- og brukerrettighetsloven § 2-5).

    `unit` is the koordinerende enhet of the municipality: it appoints the coordinator.
    """

    unit = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=PlanLife, default=PlanLife.ACTIVE)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state=PlanLife.ACTIVE), name="individual_plan_one_active"
            )
        ]


@tracked()
class Coordinator(PatientOwned):
    """Who coordinates an individual plan, from a day until (not including) another. One at a time."""

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="coordinators")
    unit = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    PERSONAL = ("name",)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(to_day__isnull=True), name="coordinator_one_active"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="coordinator_ends_after_start",
            ),
        ]
