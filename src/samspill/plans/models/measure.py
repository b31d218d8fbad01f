"""Tiltak: what somebody has promised to do, who answers for it, and where in the document it stands."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from samspill.directory.public import tracked
from samspill.plans.models.base import PartOfPlan
from samspill.plans.states import Answers, Basis, Judgement, MeasureState, Precision, Side

ANCHOR = ["document", "line", "last_line", "page", "verbatim", "source_key"]


@tracked()
class Measure(PartOfPlan):
    """A measure. `text` may be edited; the anchor (`document` to `source_key`) never changes.

    label        as the document writes it ("a)"); numbering may restart, so it is never a key
    source_key   what a second reading recognises the measure by: a digest of its area and text as written
    gone_in      the newer document that does not have the measure any more
    found_by     the rule that found it, `confidence` (0–1) how sure that rule is
    judged       what a person said of that; a rejected one is kept, so that no reading brings it back
    """

    area = models.ForeignKey(
        "plans.FocusArea", on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    goal = models.ForeignKey(
        "plans.Goal", on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    order = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=16, choices=MeasureState, default=MeasureState.PROPOSED)
    deadline = models.DateField(null=True, blank=True)
    deadline_raw = models.CharField(max_length=200, blank=True)
    deadline_precision = models.CharField(max_length=10, choices=Precision, blank=True)

    document = models.ForeignKey("plans.PlanDocument", on_delete=models.PROTECT, related_name="measures")
    line = models.PositiveIntegerField()
    last_line = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True, blank=True)
    verbatim = models.TextField()
    source_key = models.CharField(max_length=80)
    gone_in = models.ForeignKey(
        "plans.PlanDocument", on_delete=models.PROTECT, null=True, blank=True, related_name="missed_measures"
    )
    found_by = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(default=1.0)
    judged = models.CharField(max_length=10, choices=Judgement, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "source_key"], name="measure_once"),
            models.CheckConstraint(condition=Q(last_line__gte=F("line")), name="measure_lines_in_order"),
            models.CheckConstraint(
                condition=Q(confidence__gte=0) & Q(confidence__lte=1), name="measure_confidence_is_share"
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="anchor_stays", fields=ANCHOR)]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def in_plan() -> Q:
        """Those the plan consists of: still in its document, and not said to be no measure."""
        return Q(gone_in__isnull=True) & ~Q(judged=Judgement.REJECTED)

    @property
    def name(self) -> str:
        """What it is called in lists: its title, or its text without the dash or dot of a list."""
        return self.title or self.text.lstrip("-–•· ") or self.text


@tracked()
class MeasureResponsible(PartOfPlan):
    """Who answers for a measure, or helps. `raw` is the word in the plan, the rest whom it means."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="responsibles")
    raw = models.CharField(max_length=200)
    body = models.ForeignKey(
        "directory.Body", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    side = models.CharField(max_length=16, choices=Side, blank=True)
    role = models.CharField(max_length=12, choices=Answers, default=Answers.HELPER)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DOCUMENT)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure"], condition=Q(role=Answers.ACCOUNTABLE), name="measure_one_accountable"
            ),
            models.CheckConstraint(
                condition=(
                    Q(body__isnull=True, party__isnull=True)
                    | Q(body__isnull=False, party__isnull=True, side="")
                    | Q(body__isnull=True, party__isnull=False, side="")
                ),
                name="responsible_is_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.body or self.party or self.raw)

    @property
    def is_known(self) -> bool:
        return bool(self.body_id or self.party_id or self.side)
