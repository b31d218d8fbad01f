"""A measure that one helsefellesskap took up from another's plan."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samspill.directory.public import Actor, VisibleQuerySet, tracked
from samspill.plans.models.base import PartOfPlan
from samspill.plans.models.plan import Plan


class AdoptionQuerySet(VisibleQuerySet):
    """Those who took a measure up, those they took it from, and everybody when the adopting plan is open."""

    def visible_to(self, actor: Actor) -> Self:
        seen = super().visible_to(actor)
        if actor.community_id is None:
            return seen
        return seen | self.filter(source_community_id=actor.community_id)


@tracked()
class MeasureAdoption(PartOfPlan):
    """`measure` of `community` and `plan` was taken up from `source`. The policy is in migration 0008.

    title, text      the words of the source on the day, so that later changes there can be told
    because          why, and what was done otherwise at home
    dropped_because  why it was given up; the row and its measure stay
    """

    measure = models.OneToOneField("plans.Measure", on_delete=models.PROTECT, related_name="adoption")
    source = models.ForeignKey("plans.Measure", on_delete=models.PROTECT, related_name="adoptions")
    source_community = models.ForeignKey("directory.Community", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    because = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)
    dropped_because = models.CharField(max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    PERSONAL = ("by_name",)

    objects = AdoptionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "source"], condition=Q(dropped_at__isnull=True), name="adoption_once"
            ),
            models.CheckConstraint(
                condition=~Q(community=F("source_community")), name="adoption_from_others"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_because="")
                | (Q(dropped_at__isnull=False) & ~Q(dropped_because="")),
                name="adoption_dropped_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text

    @staticmethod
    def open_rows() -> Q:
        """Without a join to the plan: who may not see that row would lose this one with it."""
        return Q(plan_id__in=Plan.objects.filter(is_published=True).values("pk"))

    @property
    def is_dropped(self) -> bool:
        return self.dropped_at is not None
