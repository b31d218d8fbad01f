"""How it goes, as somebody said it at a time. Rows are only added."""

import pgtrigger
from django.db import models
from django.utils import timezone

from samspill.plans.models.base import PartOfPlan
from samspill.plans.states import StatusWord


class StatusReport(PartOfPlan):
    """One word and one sentence about a measure. A later report stands; earlier ones are its history.

    about  what it was said about in its own words, when that was a decision the measure carries out
    """

    measure = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="reports")
    word = models.CharField(max_length=12, choices=StatusWord)
    sentence = models.CharField(max_length=500, blank=True)
    about = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "measure", "-at"], name="status_newest_first")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_word_display()}: {self.sentence}" if self.sentence else self.get_word_display()
