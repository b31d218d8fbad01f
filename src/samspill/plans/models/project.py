"""Prosjekt: work with a beginning and an end that carries out one or more measures."""

from django.db import models
from django.db.models import F, Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.states import ProjectState, TakesPart


@tracked()
class Project(CommunityOwned):
    """A project of a community. Its measures and its money are joined to it by `directory.links`.

    steered_by      the body that is its steering group
    transfer_value  what others can take from it, in words
    """

    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ProjectState, default=ProjectState.PLANNED)
    stopped_because = models.CharField(max_length=500, blank=True)
    steered_by = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    transfer_value = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="project_name_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProjectState.STOPPED) | ~Q(stopped_because=""),
                name="project_stopped_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return Q(is_published=True)


@tracked()
class ProjectParty(CommunityOwned):
    """A party takes part in a project; at most one leads it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="parties")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    takes_part = models.CharField(max_length=8, choices=TakesPart, default=TakesPart.PARTNER)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "party"], name="project_party_once"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(takes_part=TakesPart.LEADS), name="project_one_leader"
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @staticmethod
    def open_rows() -> Q:
        return Q(project__is_published=True)
