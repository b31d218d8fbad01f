"""«Hva er innafor»: the plan of a patient by version, and whom it is sent to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspill.care.models.base import PatientOwned
from samspill.care.models.medication import MedicationList
from samspill.care.models.patients import RelatedPerson
from samspill.care.models.services import CareTeam
from samspill.care.safety_net_states import PlanKind, PlanState, RecipientKind
from samspill.directory.public import WrittenForm, tracked

_HAS_MEDICATION = Q(medication_reconciled_at__isnull=False) | (
    ~Q(medication_reason="") & Q(medication_signed_at__isnull=False)
)


@tracked()
class SafetyNetPlan(PatientOwned):
    """What is usual for a patient with a problem, what is not, what to do then, and whom to call.

    content            the plan as `rulebook.safety_net.to_plain` makes it, without what stands in columns
                       here: medication, language check and recipients
    team               made it, and answers for it being received
    recipient_tenants  the organisations in whose records the recipients read it, once it is sent
    language_checked   by a person who read the texts as the reader will; a change of text takes it away
    medication_list    the signed list that goes with the plan once it is sent; or somebody signed why not

    A sent plan does not change: a new one supersedes it (the database sees to it, migration 0011).
    """

    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=PlanKind, default=PlanKind.SAFETY_NET)
    problem = models.CharField(max_length=40, help_text="the id of the template")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=WrittenForm)
    content = models.JSONField()
    state = models.CharField(max_length=16, choices=PlanState, default=PlanState.DRAFT)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    made_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    language_checked_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language_checked_at = models.DateTimeField(null=True, blank=True)
    medication_list = models.ForeignKey(
        MedicationList, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    medication_reconciled_by = models.CharField(max_length=160, blank=True)
    medication_reconciled_at = models.DateTimeField(null=True, blank=True)
    medication_reason = models.CharField(max_length=500, blank=True)
    medication_signed_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    medication_signed_at = models.DateTimeField(null=True, blank=True)
    recipient_tenants = ArrayField(models.BigIntegerField(), default=list, blank=True)
    sent_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=500, blank=True)

    PERSONAL = ("content", "medication_reconciled_by")

    class Meta:
        ordering = ["-version"]
        indexes = [models.Index(fields=["patient", "state"], name="safety_net_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "problem", "kind"],
                condition=Q(state=PlanState.SENT),
                name="safety_net_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["tenant", "patient", "problem", "kind"],
                condition=Q(state=PlanState.DRAFT),
                name="safety_net_one_draft",
            ),
            models.UniqueConstraint(
                fields=["tenant", "patient", "problem", "kind", "version"], name="safety_net_version_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True)
                | (Q(sent_by__isnull=False) & Q(language_checked_at__isnull=False) & _HAS_MEDICATION),
                name="safety_net_sent_when_ready",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PlanState.SENT, PlanState.SUPERSEDED]) | Q(sent_at__isnull=False),
                name="safety_net_sent_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="safety_net_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem} {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == PlanState.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.state == PlanState.SENT


@tracked()
class PlanRecipient(PatientOwned):
    """Somebody who is to have the plan. `tenant` and `from_team` are the sender's.

    record   the organisation in whose record the recipient reads: of a team, that of its episode
    sent_at  None while the plan is a draft; and afterwards for one who cannot receive, and has it on paper
    received is said by the recipient alone (migration 0011), and awaited while the plan is in force
    is_taken_back  what was received is taken back as a mistake; who received it says when it is `seen_back`
    """

    plan = models.ForeignKey(SafetyNetPlan, on_delete=models.PROTECT, related_name="recipients")
    from_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RecipientKind)
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    related = models.ForeignKey(
        RelatedPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    record = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    sent_at = models.DateTimeField(null=True, blank=True)
    is_awaited = models.BooleanField(default=False)
    received_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    is_taken_back = models.BooleanField(default=False)
    seen_back_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_back_at = models.DateTimeField(null=True, blank=True)

    PERSONAL = ("name",)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["from_team", "sent_at"],
                condition=Q(received_at__isnull=True, is_awaited=True),
                name="plan_recipient_waiting",
            ),
            models.Index(
                fields=["team"],
                condition=Q(is_taken_back=True, seen_back_at__isnull=True),
                name="plan_recipient_taken_back",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "team"], name="plan_recipient_team_once"),
            models.UniqueConstraint(fields=["plan", "related"], name="plan_recipient_related_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(kind=RecipientKind.PATIENT), name="plan_recipient_patient_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=RecipientKind.TEAM, team__isnull=False, related__isnull=True)
                | Q(kind=RecipientKind.RELATED, team__isnull=True, related__isnull=False)
                | Q(kind=RecipientKind.PATIENT, team__isnull=True, related__isnull=True),
                name="plan_recipient_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by__isnull=True)
                | Q(received_at__gte=F("sent_at"), received_by__isnull=False),
                name="plan_recipient_received_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(seen_back_at__isnull=True, seen_back_by__isnull=True)
                | Q(seen_back_at__isnull=False, seen_back_by__isnull=False, is_taken_back=True),
                name="plan_recipient_seen_back_by_somebody",
            ),
        ]

    @property
    def is_received(self) -> bool:
        return self.received_at is not None
