"""Indicators as they came out: one run, an answer for each indicator, a row for each area.

What is small was hidden before it was stored, so these rows are open to everybody; the tables they were made
from are not here.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspill.directory.public import Actor
from samspill.insight.models.indicators import Indicator
from samspill.insight.states import Level, Period


class MeasuredQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "MeasuredQuerySet":
        """What came out is published, less what was hidden."""
        return self.all()


class IndicatorRun(models.Model):
    """Indicators worked out once over one version of the tables; never changed, followed by a newer.

    `data_version` is the fingerprint of the tables; `sources` has each with name, version, date, credit and
    licence; `rules` the rules of hiding by class, with date and source; `audit` what the audit of everything
    ever published from this version found. `is_invented`: nobody in it has ever lived. A withdrawn run is
    kept; its answers are not shown any more.
    """

    data_version = models.CharField(max_length=64)
    sources = models.JSONField(default=list)
    rules = models.JSONField(default=dict)
    audit = models.JSONField(default=dict)
    is_invented = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=160, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    objects = MeasuredQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""),
                name="indicator_run_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d} {self.data_version[:12]}"


class IndicatorAnswer(models.Model):
    """One indicator of a run. `definition` is the text that held then.

    `periods` are years (2024) or months (202401), oldest first; the arrays of its series follow them.
    `spread` is by level, then by period: lowest, first quarter, middle, third quarter, highest and number of
    areas with a value.
    """

    run = models.ForeignKey(IndicatorRun, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="answers")
    definition = models.JSONField()
    period = models.CharField(max_length=5, choices=Period)
    periods = ArrayField(models.PositiveIntegerField())
    spread = models.JSONField(default=dict)

    objects = MeasuredQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "indicator", "period"], name="indicator_answer_once")
        ]
        indexes = [models.Index(fields=["indicator", "period", "-run"], name="indicator_answer_newest")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.periods[0]}–{self.periods[-1]}"


class IndicatorSeries(models.Model):
    """An area of an answer: figures in the order of its periods. None where there is none, or it is hidden.

    `flags` tells which: 0 shown, 1 missing, 2 not possible, 3 hidden. `notes` are codes of
    `analysis.rates.Note`. `area` is a municipality "3101", a helsefellesskap "HF01", the name of a health
    region, or "NO" (the country) or "ALL" (all the tables hold).
    """

    answer = models.ForeignKey(IndicatorAnswer, on_delete=models.CASCADE, related_name="series")
    area = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=Level)
    values = ArrayField(models.FloatField(null=True))
    lower = ArrayField(models.FloatField(null=True))
    upper = ArrayField(models.FloatField(null=True))
    counts = ArrayField(models.BigIntegerField(null=True))
    populations = ArrayField(models.BigIntegerField(null=True))
    flags = ArrayField(models.PositiveSmallIntegerField())
    notes = ArrayField(models.CharField(max_length=32, blank=True))

    objects = MeasuredQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "area"], name="indicator_series_once")]
        indexes = [models.Index(fields=["area", "answer"], name="indicator_series_area")]

    def __str__(self) -> str:
        return self.area
