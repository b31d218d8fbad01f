"""What was measured: a value that never changes, where it came from, and what it was held to be."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Now

from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT, PatientIndicator, ThresholdSet
from samspill.care.states import Entered


class Measurement(PatientOwned):
    """One value at one time. The same from two systems is one measurement with two sources.

    `value` is plain: a number as text, an answer, or both parts of a blood pressure by code. `sent_value` and
    `sent_unit` are as they came. `fingerprint` tells that it is the same (invariant 8).
    """

    indicator = models.ForeignKey(
        PatientIndicator, on_delete=models.PROTECT, null=True, blank=True, related_name="measurements"
    )
    code = models.CharField(max_length=40)
    value = models.JSONField()
    unit = models.CharField(max_length=20, blank=True)
    sent_value = models.JSONField()
    sent_unit = models.CharField(max_length=20, blank=True)
    effective = models.DateTimeField()
    device = models.CharField(max_length=120, blank=True)
    fingerprint = models.CharField(max_length=64)
    entered = models.CharField(max_length=10, choices=Entered)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["-effective", "-pk"]
        indexes = [
            models.Index(fields=["patient", "-effective"], name="measurement_by_time"),
            BrinIndex(fields=["at"], name="measurement_by_arrival"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "patient", "fingerprint"], name="measurement_once"),
        ]


class MeasurementSource(PatientOwned):
    """A system that sent a measurement, with its own name for it."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="sources")
    system = models.CharField(max_length=200)
    number = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        triggers = [KEPT]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "system", "number"], name="measurement_source_once"),
        ]


class TriageResult(PatientOwned):
    """What a measurement was held to be, by which version of the limits and of the rule engine."""

    measurement = models.OneToOneField(Measurement, on_delete=models.PROTECT, related_name="triage")
    colour = models.CharField(max_length=8)
    kind = models.CharField(max_length=16)
    reason = models.CharField(max_length=40, blank=True)
    limit = models.CharField(max_length=40, blank=True)
    threshold = models.ForeignKey(
        ThresholdSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    engine = models.CharField(max_length=20)

    class Meta:
        triggers = [KEPT]


class Invalidation(PatientOwned):
    """Somebody says that a measurement does not count, or (`is_restored`) that it does after all."""

    measurement = models.ForeignKey(Measurement, on_delete=models.PROTECT, related_name="invalidations")
    is_restored = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["pk"]
