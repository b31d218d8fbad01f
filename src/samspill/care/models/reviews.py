"""What is looked at afterwards: emergency access, what a patient wonders about, and refused looks."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from samspill.care.access_states import ReviewKind, ReviewOutcome
from samspill.care.models.access import KEPT, AccessDecision, AccessLogEntry
from samspill.care.models.base import PatientOwned
from samspill.directory.public import CommunityOwned, tracked


@tracked()
class AccessReview(PatientOwned):
    """Somebody else than the one who looked says whether it was right, within a time.

    The database makes one for every decision of emergency access, in its transaction (migration 0071); a
    patient makes one by asking about a look. `tenant` is the organisation that answers for it.

    reason   of an emergency access, for the one who reviews; the patient is told the code in words
    told     the patient's own account, who is told of it without opening anything
    due_on   the last day; afterwards the head of the organisation is told as well
    words    why, in words the patient can read
    """

    kind = models.CharField(max_length=12, choices=ReviewKind)
    decision = models.OneToOneField(
        AccessDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="review"
    )
    entry = models.ForeignKey(
        AccessLogEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    looked_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_name = models.CharField(max_length=160, blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    told = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    question = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(db_default=Now())
    due_on = models.DateField()
    outcome = models.CharField(max_length=16, choices=ReviewOutcome, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    reviewed_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = ("looked_name", "reason", "question", "words")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["tenant", "due_on"], condition=Q(outcome=""), name="review_waiting"),
            models.Index(fields=["patient", "-at"], name="review_by_patient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="review_is_whole",
                condition=Q(outcome="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(outcome="") & ~Q(words="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_by_somebody_else",
                condition=Q(reviewed_by__isnull=True)
                | Q(looked_by__isnull=True)
                | ~Q(reviewed_by=F("looked_by")),
            ),
        ]

    @property
    def is_done(self) -> bool:
        return self.outcome != ""


class EmergencyEnd(CommunityOwned):
    """Who used emergency access has said that it is no longer needed: the decision is not used again."""

    decision = models.OneToOneField(AccessDecision, on_delete=models.PROTECT, related_name="end")
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [KEPT]


class RefusedLook(CommunityOwned):
    """Somebody asked for a patient and was refused. Written after all else in the request is undone.

    asked    the number in the address: it may be nobody's, so that a refusal tells nothing
    tenants  the organisations the person works for
    minute   the same person, patient and reason within a minute is one row, with `times`
    """

    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=160)
    tenants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked = models.BigIntegerField()
    code = models.CharField(max_length=40)
    minute = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-minute", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete)]
        indexes = [
            models.Index(fields=["asked", "-minute"], name="refused_by_patient"),
            GinIndex(fields=["tenants"], name="refused_by_tenant"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "by", "asked", "code", "minute"], name="refused_once_a_minute"
            )
        ]
