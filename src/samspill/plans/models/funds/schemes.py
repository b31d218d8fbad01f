"""Tilskuddsordning og utlysning: what the money is for, how it is weighed, how much there is and when."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.states import CallState, CriterionKind


@tracked()
class FundScheme(CommunityOwned):
    """Money a community gives together, again and again.

    criteria  what a new call begins with: [{"kind", "name", "explanation", "points", "weight"}, …]
    municipalities_needed  how many must have said yes beside the hospital, whose yes is always needed
    """

    name = models.CharField(max_length=160)
    purpose = models.TextField()
    decided_by = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    municipalities_needed = models.PositiveSmallIntegerField(default=1)
    criteria = models.JSONField(default=list)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], name="fund_scheme_name_once"),
            models.CheckConstraint(
                condition=Q(municipalities_needed__gte=1), name="fund_scheme_needs_a_municipality"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return Q(is_published=True)


@tracked()
class Call(CommunityOwned):
    """Utlysning. `frame_nok` is all there is; open and closed follow from the days (`rules.funds.calls`)."""

    scheme = models.ForeignKey(FundScheme, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(max_length=200)
    text = models.TextField()
    frame_nok = models.BigIntegerField()
    opens = models.DateField()
    closes = models.DateField()
    decides_by = models.DateField()
    closed_on = models.DateField(null=True, blank=True, help_text="closed before its last day")
    state = models.CharField(max_length=10, choices=CallState, default=CallState.DRAFT)

    class Meta:
        ordering = ["-closes", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(frame_nok__gt=0), name="call_has_a_frame"),
            models.CheckConstraint(
                condition=Q(closes__gte=F("opens")) & Q(decides_by__gte=F("closes")),
                name="call_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "announced", "decided"]), name="call_state_stored"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="call_transitions",
                field="state",
                transitions=[("draft", "announced"), ("announced", "decided")],
            )
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        return Q(scheme__is_published=True) & ~Q(state=CallState.DRAFT)


@tracked()
class Criterion(CommunityOwned):
    """What a call asks for: met or not, or 0 to `points` counted `weight` times."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(max_length=8, choices=CriterionKind)
    name = models.CharField(max_length=160)
    explanation = models.CharField(max_length=500, blank=True)
    points = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="criterion_name_once"),
            models.CheckConstraint(
                condition=Q(kind=CriterionKind.FORMAL, points=0, weight=0)
                | Q(kind=CriterionKind.SCORED, points__gte=1, weight__gte=1),
                name="criterion_scored_has_points",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return Q(call__scheme__is_published=True) & ~Q(call__state=CallState.DRAFT)
