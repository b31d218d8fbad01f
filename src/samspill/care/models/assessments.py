"""What an instrument came to for a patient on a day: answers and total as they were, kept for good."""

from django.db import models
from django.db.models.functions import Now

from samspill.care.models.alerts import Alert
from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT
from samspill.care.models.patients import CareEpisode


class Assessment(PatientOwned):
    """One assessment, as `rulebook.instruments.score` took it. A mistake is mended by one that `corrects` it.

    `version` is the instrument's, `total` None when a part is missing or the instrument sums nothing.
    `alert` is what an answer that cannot wait raised (invariant 25).
    """

    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="assessments")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    on = models.DateField()
    answers = models.JSONField()
    total = models.IntegerField(null=True, blank=True)
    band = models.CharField(max_length=40, blank=True)
    alert = models.ForeignKey(
        Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("answers", "by_name")

    class Meta:
        triggers = [KEPT]
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["patient", "-on"], name="assessment_by_patient")]
