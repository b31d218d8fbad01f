"""Indicators that changed more than chance explains, and who is to look at them."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.models.indicators import Indicator
from samspill.insight.models.measured import IndicatorRun
from samspill.insight.states import Period
from samspill.insight.states.indicator_signals import Meaning, SignalKind, SignalRule

LONGEST_SAID = 1000


@tracked()
class IndicatorSignal(CommunityOwned):
    """A rule was met by the last figure of an area in a run. Told once, however often the run is made again.

    `centre`, `lower` and `upper` are what the figure was held against. `meaning` is empty until somebody has
    looked and said what it is.
    """

    run = models.ForeignKey(IndicatorRun, on_delete=models.PROTECT, related_name="signals")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="signals")
    area = models.CharField(max_length=40)
    period_kind = models.CharField(max_length=5, choices=Period)
    period = models.PositiveIntegerField()
    rule = models.CharField(max_length=8, choices=SignalRule)
    kind = models.CharField(max_length=12, choices=SignalKind)
    value = models.FloatField()
    centre = models.FloatField()
    lower = models.FloatField()
    upper = models.FloatField()
    meaning = models.CharField(max_length=12, choices=Meaning, blank=True)
    said = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-period", "indicator", "area", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period_kind", "period", "rule"], name="indicator_signal_once"
            ),
            models.CheckConstraint(
                condition=Q(meaning="", said_at__isnull=True, said_by="")
                | ~Q(meaning="") & Q(said_at__isnull=False) & ~Q(said_by=""),
                name="indicator_signal_said_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.area} {self.when}"

    @property
    def when(self) -> str:
        """The period as it is read: «2025», or «2025-11» of a month."""
        if self.period_kind == Period.MONTH:
            return f"{self.period // 100}-{self.period % 100:02}"
        return str(self.period)


@tracked()
class IndicatorResponsible(CommunityOwned):
    """Who follows an indicator in a helsefellesskap. Without one its analysts do."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(auto_now=True)
    named_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "indicator"], name="indicator_one_responsible")
        ]

    def __str__(self) -> str:
        return str(self.indicator)
