"""What people expect a measure to do with an indicator, said before it is known."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, Ref, tracked
from samspill.insight.models.indicators import Indicator
from samspill.insight.states.expectations import ComparedAs, GoalIs

LONGEST_WHY = 1000


@tracked()
class Expectation(CommunityOwned):
    """A measure (`about_kind`, `about_id`) is to move an indicator: how far, by when, where.

    goal       the figure to end at, or so many per cent down or up, by the end of `by_year`
    starts     the day the measure began to work; what is before is the baseline
    areas      codes of the municipalities it reaches, or of the helsefellesskap as a whole
    compared   codes of those it is compared with, as they were found by `compared_as` when it was set
    """

    about_kind = models.CharField(max_length=40)
    about_id = models.PositiveBigIntegerField()
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="expectations")
    goal = models.FloatField()
    goal_is = models.CharField(max_length=8, choices=GoalIs)
    by_year = models.PositiveSmallIntegerField()
    starts = models.DateField()
    areas = ArrayField(models.CharField(max_length=40))
    compared_as = models.CharField(max_length=12, choices=ComparedAs)
    compared = ArrayField(models.CharField(max_length=40), default=list)
    why = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["about_kind", "about_id", "indicator"], name="expectation_once"),
            models.CheckConstraint(condition=Q(goal__gte=0), name="expectation_goal_from_zero"),
            models.CheckConstraint(condition=~Q(areas=[]), name="expectation_somewhere"),
        ]

    def __str__(self) -> str:
        return str(self.indicator)

    @property
    def about(self) -> Ref:
        return Ref(self.about_kind, self.about_id)
