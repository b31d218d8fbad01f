"""What people enter: each sending once, and what of it could not be kept."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samspill.care.entering_states import AsideState
from samspill.care.models.alerts import Alert
from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT
from samspill.care.models.measurements import Measurement
from samspill.care.models.patients import CareEpisode
from samspill.care.states import Entered
from samspill.directory.public import tracked


class Entry(PatientOwned):
    """Some values that somebody sent at once, in the record of `tenant`: kept as they were sent.

    key           the sender's own id of it, "" when there is none: sent twice it is entered once
    told_by       who said it, when it was told by phone
    measurements  those that came of it, `renewed` those of them that were here already
    """

    key = models.CharField(max_length=64, blank=True)
    entered = models.CharField(max_length=10, choices=Entered)
    told_by = models.CharField(max_length=160, blank=True)
    sent = models.JSONField()
    effective = models.CharField(max_length=40)
    measurements = ArrayField(models.BigIntegerField(), default=list)
    renewed = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name", "told_by", "sent")

    class Meta:
        triggers = [KEPT]
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["patient", "-at"], name="entry_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "patient", "by", "key"],
                condition=~Q(key=""),
                nulls_distinct=False,
                name="entry_once",
            ),
        ]


@tracked()
class SetAside(PatientOwned):
    """A value that cannot be kept as it was sent, until a person has mended or dismissed it.

    sent_value, sent_unit and sent_time are as they came; `reasons` are pairs of a stable code and a sentence.
    Of these nothing changes. `alert` is what lets a team answer for it; `measurement` what it was mended to.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="aside")
    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="aside")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="aside")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    sent_value = models.JSONField()
    sent_unit = models.CharField(max_length=40, blank=True)
    sent_time = models.CharField(max_length=40)
    reasons = models.JSONField()
    state = models.CharField(max_length=10, choices=AsideState, default=AsideState.WAITING)
    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, null=True, blank=True, related_name="mended_from"
    )
    settled_reason = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "set aside"
        indexes = [models.Index(fields=["patient", "state"], name="set_aside_by_patient")]
        triggers = [
            pgtrigger.Protect(
                name="sent_is_kept",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "sent_value", "sent_unit", "sent_time", "reasons", "code", "entry", "patient", "tenant"
                ),
            ),
            pgtrigger.Protect(name="is_never_dropped", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                name="set_aside_is_settled_with_a_reason",
                condition=Q(state=AsideState.WAITING, settled_at__isnull=True)
                | (~Q(state=AsideState.WAITING) & Q(settled_at__isnull=False) & ~Q(settled_reason="")),
            ),
            models.CheckConstraint(
                name="set_aside_mended_to_something",
                condition=Q(measurement__isnull=True) | Q(state=AsideState.MENDED),
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state == AsideState.WAITING
