"""Why somebody may look, and that they did: both only grow, and are written before anything is read."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from samspill.care.models.patients import CareEpisode, Patient, RelatedPerson
from samspill.care.models.services import CareTeam, ServiceAgreement
from samspill.care.states import Act, Basis, Purpose
from samspill.directory.public import CommunityOwned

KEPT = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class AccessDecision(CommunityOwned):
    """An account may see a patient, or the list of a team, for a purpose, until it expires.

    `tenants` are the organisations whose rows it opens; `hidden_parts` and `hidden_fields` are left out of
    what is shown, and `flags` are what a later control looks for. The database refuses a decision whose
    basis is not true when it is written (migration 0002), and opens no row after `expires_at`. Both times
    are the database's own, which is the one that keeps them.
    """

    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose)
    basis = models.CharField(max_length=20, choices=Basis)
    episode = models.ForeignKey(
        CareEpisode, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreement = models.ForeignKey(
        ServiceAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    relative = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tenants = ArrayField(models.BigIntegerField())
    is_chosen = models.BooleanField(help_text="the user chose the patient; not led there by a task or a list")
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    hidden_parts = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    hidden_fields = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        indexes = [models.Index(fields=["patient", "-at"], name="decision_by_patient")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="decision_expires_later"),
            models.CheckConstraint(
                condition=~Q(basis=Basis.BREAK_GLASS) | ~Q(reason=""), name="break_glass_has_a_reason"
            ),
        ]


class AccessLogEntry(CommunityOwned):
    """Somebody looked: at what kind of information about whom, when, by which decision.

    A row of its own for a patient; one with `patients` for those who stood on a list. What the decision says
    (`tenants` to `flags`) and the organisation the person worked for are copied from it by the database
    (migration 0071), so that a line tells the whole to who reads it afterwards.
    """

    decision = models.ForeignKey(AccessDecision, on_delete=models.PROTECT, related_name="log")
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    team_name = models.CharField(max_length=160, blank=True)
    tenant_name = models.CharField(max_length=160, blank=True)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    patients = ArrayField(models.BigIntegerField(), default=list, blank=True)
    act = models.CharField(max_length=8, choices=Act)
    what = models.CharField(max_length=40)
    tenants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    worked_for = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True)
    basis = models.CharField(max_length=20, choices=Basis, blank=True)
    is_chosen = models.BooleanField(default=True)
    reason_code = models.CharField(max_length=40, blank=True)
    flags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "access log entries"
        triggers = [KEPT]
        indexes = [
            models.Index(fields=["patient", "-at"], name="access_log_by_patient"),
            GinIndex(fields=["patients"], name="access_log_by_listed"),
            models.Index(fields=["community", "at"], name="access_log_by_time"),
        ]
