"""Scenarios: sets of assumptions with a name, in numbered versions, each with the answer it gave."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.models.calculations import Calculation

SCENARIO = "insight.scenario"  # what links and search call one
LONGEST_NAME, LONGEST_NOTE = 120, 500


@tracked()
class Scenario(CommunityOwned):
    """A way things may go, by name. What it assumes stands in its versions; the newest is the one that holds.

    `kind` is that of all its calculations: only scenarios of one kind can be set beside each other.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    kind = models.SlugField(max_length=40)
    is_open = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by="")
                | Q(archived_at__isnull=False) & ~Q(archived_by=""),
                name="scenario_archived_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True)


@tracked()
class ScenarioVersion(CommunityOwned):
    """The assumptions of a scenario as they were set once, never changed: a calculation with its question.

    `note` says what is new in it, in the words of who made it.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    calculation = models.ForeignKey(Calculation, on_delete=models.PROTECT, related_name="versions")
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["scenario_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "number"], name="scenario_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="scenario_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} {self.number}"

    @staticmethod
    def open_rows() -> Q:
        return Q(scenario__is_open=True)
