"""Stored projection runs: what was computed, from what, by whom, so that it can be computed again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.drawings.curve import PERCENTILES, Curve
from samspill.insight.models.packs import DataPack


@tracked()
class PopulationRun(CommunityOwned):
    """One projection of a community's municipalities: open to all, never changed, followed by a newer."""

    pack = models.ForeignKey(DataPack, on_delete=models.PROTECT, related_name="runs")
    jump_off = models.PositiveSmallIntegerField()
    to = models.PositiveSmallIntegerField()
    provenance = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.community}: {self.jump_off}–{self.to}"

    @staticmethod
    def open_rows() -> Q:
        return ~Q(pk__in=[])


@tracked()
class PopulationSeries(CommunityOwned):
    """One area and age group of a run: known years first, then projected ones.

    `area` is a municipality code, or "" for the community. `persons` has a value per year of `years`.
    `bands` has a row per projected year, from the year after the jump-off: PERCENTILES of the same sum.
    """

    run = models.ForeignKey(PopulationRun, on_delete=models.CASCADE, related_name="series")
    area = models.CharField(max_length=4, blank=True)
    group = models.CharField(max_length=8, choices=[(one.code, one.label) for one in AGE_GROUPS])
    years = ArrayField(models.PositiveSmallIntegerField())
    persons = ArrayField(models.FloatField())
    bands = ArrayField(ArrayField(models.FloatField(), size=len(PERCENTILES)))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "area", "group"], name="series_once")]

    @staticmethod
    def open_rows() -> Q:
        return ~Q(pk__in=[])

    @property
    def curve(self) -> Curve:
        return Curve(self.years, self.persons, self.bands)

    def on(self, year: int) -> float:
        """Persons on 1 January `year`; KeyError for a year the series does not hold."""
        return self.curve.on(year)

    def between(self, year: int) -> tuple[float, float]:
        """What holds the true figure eight times of ten on 1 January of a projected `year`; else KeyError."""
        return self.curve.between(year)
