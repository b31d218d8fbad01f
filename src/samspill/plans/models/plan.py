"""A plan of a helsefellesskap, and the documents it was read from."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspill.directory.public import CommunityOwned, WrittenForm, tracked
from samspill.plans.models.base import PartOfPlan
from samspill.plans.states import MOST_REVIEW_MONTHS, REVIEW_MONTHS, PlanKind

# What a plan stands under or replaces belongs to the same community. A foreign key cannot say that.
KIN_AT_HOME = """
    IF EXISTS (
        SELECT FROM unnest(ARRAY[NEW.parent_id, NEW.replaces_id]) AS kin(id)
        WHERE kin.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM plans_plan WHERE plans_plan.id = kin.id AND community_id = NEW.community_id
        )
    ) THEN
        RAISE EXCEPTION 'A plan stands under and replaces plans of its own community only.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
class Plan(CommunityOwned):
    """What a community has promised for a period. `period_start` and `period_end` are both days of it.

    parent         the plan it stands under: an action plan under a strategy (`states.STANDS_UNDER`)
    replaces       the plan it revises; the chain of them gives the version, so no number is stored
    review_months  how long after its adoption it is to be looked over again
    """

    kind = models.CharField(max_length=24, choices=PlanKind, default=PlanKind.ACTION_PLAN)
    title = models.CharField(max_length=300)
    slogan = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    adopted_by = models.CharField(
        max_length=160, blank=True, help_text="the body that adopted it, as written"
    )
    is_published = models.BooleanField(default=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    review_months = models.PositiveSmallIntegerField(default=REVIEW_MONTHS)
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-period_start", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="plan_revised_once"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")) & ~Q(replaces=F("id")), name="plan_not_its_own"
            ),
            models.CheckConstraint(
                condition=Q(review_months__gte=1) & Q(review_months__lte=MOST_REVIEW_MONTHS),
                name="plan_review_in_reach",
            ),
            models.CheckConstraint(
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="plan_ends_after_start",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_at_home",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__parent__isnull=False) | pgtrigger.Q(new__replaces__isnull=False),
                func=KIN_AT_HOME,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        return Q(is_published=True)

    @staticmethod
    def in_use() -> Q:
        """Those that bind and are counted: all but revisions that are not adopted, whose measures stand in
        the former plan as well."""
        return Q(replaces__isnull=True) | Q(adopted_on__isnull=False)

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None

    @property
    def is_coming(self) -> bool:
        """A revision that nobody has adopted yet."""
        return self.replaces_id is not None and not self.is_adopted


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["content", "lines"]
)
class PlanDocument(PartOfPlan):
    """A file a plan was read from, kept whole: `content` is its bytes, `lines` what the anchors point into.

    `abbreviations` are those the document explains; `remarks` what the reading could not make out, as
    `{"code": …, "values": {…}}` (the sentences stand in `samspill.plans.remarks`). `stated` is what it says
    by itself about the population: `{"low": 80, "high": 105, "year": 2040, "persons": …, "line": …}`, and
    `contents` what else it holds: questions, examples, whom it names (`actions.importing.contents`).
    """

    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=16)
    pages = models.PositiveIntegerField(null=True, blank=True)
    content = models.BinaryField()
    lines = ArrayField(models.TextField(), default=list)
    abbreviations = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    stated = models.JSONField(default=list)
    contents = models.JSONField(default=dict)
    read_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "sha256"], name="plan_document_once"),
        ]

    def __str__(self) -> str:
        return self.file_name
