"""What stands between a plan and its measures: focus areas and goals."""

from django.db import models

from samspill.directory.public import tracked
from samspill.plans.models.base import PartOfPlan


@tracked()
class FocusArea(PartOfPlan):
    """Innsatsområde. `number` as the plan writes it ("2.1"), "" where it has none."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    number = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "parent", "title"], nulls_distinct=False, name="focus_area_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


@tracked()
class Goal(PartOfPlan):
    """Mål: what an area wants to reach; its measures are the way there."""

    area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    title = models.CharField(max_length=500)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "area", "title"], nulls_distinct=False, name="goal_once"),
        ]

    def __str__(self) -> str:
        return self.title
