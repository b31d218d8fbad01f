"""Planrevisjon: what became of each measure of the plan that a new one replaces."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import tracked
from samspill.plans.models.base import PartOfPlan
from samspill.plans.states import GOES_ON, Fate

_GOES_ON = sorted(GOES_ON)


@tracked()
class MeasureFate(PartOfPlan):
    """What becomes of `old`, a measure of the plan that `plan` replaces.

    `new` is the measure of `plan` it goes on in: there when it is carried forward or changed, and only then.
    Several old measures may become one. Until `plan` is adopted it may be said anew; history keeps it all.
    """

    old = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="fates")
    new = models.ForeignKey(
        "plans.Measure", on_delete=models.PROTECT, null=True, blank=True, related_name="former"
    )
    fate = models.CharField(max_length=16, choices=Fate)
    reason = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["old"], name="fate_once"),
            models.CheckConstraint(
                condition=Q(fate__in=_GOES_ON, new__isnull=False)
                | (~Q(fate__in=_GOES_ON) & Q(new__isnull=True)),
                name="fate_goes_on_in_a_measure",
            ),
            models.CheckConstraint(
                condition=~Q(fate=Fate.ENDED) | ~Q(reason=""), name="fate_ended_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_fate_display()
