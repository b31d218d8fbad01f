"""How measures are carried out: by which parties, how far each has come, and what is reached on the way."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import tracked
from samspill.plans.models.base import PartOfPlan
from samspill.plans.states import ImplementationState


@tracked()
class MeasureParty(PartOfPlan):
    """A keeper's word on whether a measure concerns a party; without one it follows from who answers."""

    measure = models.ForeignKey("plans.Measure", on_delete=models.CASCADE, related_name="concerns")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    is_concerned = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "party"], name="measure_party_once"),
        ]


@tracked()
class PartyImplementation(PartOfPlan):
    """Innføring hos part: how far one party has come with one measure. No row: nobody has told.

    day           since when it is so, as told
    note          one sentence; the reason when it is not relevant
    told_at       when it was told, `told_by` the account and `by_name` what the person is called
    is_on_behalf  somebody told it for the party, not of it
    """

    measure = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="implementations")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=16, choices=ImplementationState)
    day = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(default=timezone.now)
    told_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    is_on_behalf = models.BooleanField(default=False)

    PERSONAL = ("by_name",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "party"], name="implementation_once"),
            models.CheckConstraint(
                condition=~Q(state=ImplementationState.NOT_RELEVANT) | ~Q(note=""),
                name="implementation_not_relevant_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["party", "measure"], name="implementation_by_party")]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_state_display()}"


@tracked()
class Milestone(PartOfPlan):
    """Milepæl: something that shall be reached on the way, by a day. `done_on` is the day it was."""

    measure = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    done_by_name = models.CharField(max_length=160, blank=True)

    PERSONAL = ("done_by_name",)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "title"], name="milestone_title_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False) | Q(done_by_name=""), name="milestone_done_has_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title
