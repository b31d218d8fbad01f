"""Tildeling: what was decided, when it is paid, and what those who got it tell about it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.models.funds.applications import Application
from samspill.plans.models.funds.schemes import Call
from samspill.plans.states import REPORT_TRANSITIONS, AwardKind, CallState, ReportKind, ReportState

# The database asks once more (reference: invariant 24): no money without a yes from both sides.
BOTH_SIDES = """
    IF NEW.kind <> 'refused' AND (
        SELECT count(DISTINCT p.kind) FROM plans_endorsement e JOIN directory_party p ON p.id = e.party_id
        WHERE e.application_id = NEW.application_id AND e.answer IN ('yes', 'remark')
        AND e.withdrawn_because = '' AND p.kind IN ('municipality', 'health_trust')
    ) < 2 THEN
        RAISE EXCEPTION 'No award without consent from a municipality and the hospital'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


@tracked()
class Award(CommunityOwned):
    """The deciding body's answer to an application.

    `title` and `applicant` are those of the application, because that stays closed when the award is open.
    Its measure and its project are joined to it by links.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    title = models.CharField(max_length=200)
    applicant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AwardKind)
    nok = models.BigIntegerField()
    left_out = models.TextField(blank=True)
    words = models.TextField(blank=True)
    decided_on = models.DateField()
    decided_by = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_on = models.DateField(null=True, blank=True)
    accepted_name = models.CharField(max_length=160, blank=True)

    PERSONAL = ("accepted_name",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=AwardKind.REFUSED, nok=0) & ~Q(words=""))
                | (Q(kind=AwardKind.PART, nok__gt=0) & ~Q(left_out=""))
                | Q(kind=AwardKind.WHOLE, nok__gt=0),
                name="award_has_its_reason",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="both_sides", when=pgtrigger.Before, operation=pgtrigger.Insert, func=BOTH_SIDES
            ),
            pgtrigger.ReadOnly(name="decision_stays", fields=["kind", "nok", "decided_on", "application"]),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        decided = Q(call__scheme__is_published=True, call__state=CallState.DECIDED)
        return decided & ~Q(kind=AwardKind.REFUSED)


@tracked()
class Payment(CommunityOwned):
    """Utbetaling: an amount on a day, and when it was paid. Together they are the award."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="payments")
    due = models.DateField()
    nok = models.BigIntegerField()
    condition = models.CharField(max_length=200, blank=True)
    paid_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.CheckConstraint(condition=Q(nok__gt=0), name="payment_is_something")]


@tracked()
class FundReport(CommunityOwned):
    """Rapport: what was done and spent, compared with the plan, and what others can take from it.

    spent  [{"year", "source", "party", "who", "planned", "spent"}, …]: a row per year and side, kroner
    """

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind)
    due = models.DateField()
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.DUE)
    done = models.TextField(blank=True)
    results = models.TextField(blank=True)
    spent = models.JSONField(default=list)
    for_others = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)
    returned_because = models.CharField(max_length=500, blank=True)
    approved_on = models.DateField(null=True, blank=True)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["award"], condition=Q(kind=ReportKind.FINAL), name="fund_report_one_final"
            ),
            models.UniqueConstraint(
                fields=["award"], condition=Q(kind=ReportKind.GAINS), name="fund_report_one_gains"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="report_transitions",
                field="state",
                transitions=[
                    (str(before.value), str(after.value))
                    for before, ends in REPORT_TRANSITIONS.items()
                    for after in sorted(ends)
                ],
            )
        ]
