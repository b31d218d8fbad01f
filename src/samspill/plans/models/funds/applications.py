"""Søknad: what somebody wants to do together, what it costs, who pays, and who has said yes to that."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, tracked
from samspill.plans.models.funds.schemes import Call
from samspill.plans.states import APPLICATION_TRANSITIONS, ApplicationState, BudgetSource, Consent


@tracked()
class Application(CommunityOwned):
    """An application to a call. `version` counts every save, so that two editors never write over each other.

    patient_groups  codes of the shared groups (`patient_groups.yaml`)
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    applicant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=160, blank=True)
    contact_email = models.EmailField(blank=True)
    need = models.TextField(blank=True)
    work = models.TextField(blank=True)
    patient_groups = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    effect = models.TextField(blank=True)
    transfer_value = models.TextField(blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT)
    submitted_on = models.DateField(null=True, blank=True)
    correct_by = models.DateField(null=True, blank=True, help_text="when what is missing must be there")

    PERSONAL = ("contact_name", "contact_email")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="application_ends_after_start",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="application_transitions",
                field="state",
                transitions=[
                    (str(before.value), str(after.value))
                    for before, ends in APPLICATION_TRANSITIONS.items()
                    for after in sorted(ends)
                ],
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class BudgetLine(CommunityOwned):
    """Whole kroner in one year: a cost, or who pays. `label` names the cost, or the other who pays."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="budget")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=6, choices=BudgetSource)
    party = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=160, blank=True)
    nok = models.BigIntegerField()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "year", "source", "party", "label"],
                nulls_distinct=False,
                name="budget_line_once",
            ),
            models.CheckConstraint(condition=Q(nok__gte=0), name="budget_line_not_negative"),
            models.CheckConstraint(
                condition=Q(source=BudgetSource.PARTY, party__isnull=False, label="")
                | Q(source=BudgetSource.GRANT, party__isnull=True, label="")
                | (Q(source__in=[BudgetSource.COST, BudgetSource.OTHER], party__isnull=True) & ~Q(label="")),
                name="budget_line_is_whole",
            ),
        ]


@tracked()
class Endorsement(CommunityOwned):
    """Samtykke: a party is asked, and answers for its own share. `share` is kroner by year as it was asked.

    One that fell away keeps its answer and says why in `withdrawn_because`; the party is asked anew.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="endorsements")
    party = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    share = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=6, choices=Consent, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "party"],
                condition=Q(withdrawn_because=""),
                name="endorsement_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=[Consent.NO, Consent.REMARK]) | ~Q(words=""),
                name="endorsement_has_words",
            ),
        ]

    @property
    def total(self) -> int:
        return sum(self.share.values())


class FormalCheck(CommunityOwned):
    """Formalkontroll: each formal criterion met or not, and what came of it. Rows are only added.

    answers  [{"name", "is_met", "words"}, …] as they were asked; `missing` is "" when all is in order
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="formal_checks")
    answers = models.JSONField(default=list)
    missing = models.TextField(blank=True)
    correct_by = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(missing="", correct_by__isnull=True)
                | (~Q(missing="") & Q(correct_by__isnull=False)),
                name="formal_check_missing_has_day",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
