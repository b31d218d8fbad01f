"""What is sent to other systems: written with what caused it, and done when the receipt is in."""

from django.db import models
from django.db.models import Q

from samspill.care.models.base import PatientOwned
from samspill.care.models.clients import MachineClient
from samspill.care.models.measurements import Measurement
from samspill.care.models.safety_net import SafetyNetPlan
from samspill.care.models.services import CareTeam
from samspill.care.outbox_states import IssuerKind, OutgoingState, Sends
from samspill.directory.public import CommunityOwned, tracked


@tracked()
class Receiver(CommunityOwned):
    """A system that gets what happens in the records of `tenant`: Pasientens måledata, another platform.

    `team` is told when something does not come through. `client` is the registered system whose receipts are
    believed; None when it answers at once. A receiver that wants tokens has an `issuer` that gives them;
    our key there is no column, but derived or in a file (`fhir/http/keys.py`).
    """

    tenant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    sends = models.CharField(max_length=16, choices=Sends)
    form = models.CharField(max_length=12, default="batch", help_text="batch or collection, as PMD has them")
    address = models.CharField(max_length=300)
    client = models.ForeignKey(
        MachineClient, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ends = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=300, blank=True, help_text="who gives the tokens it wants, if any")
    issuer_kind = models.CharField(max_length=8, choices=IssuerKind, default=IssuerKind.SMART)
    login_as = models.CharField(max_length=200, blank=True, help_text="what we are called there (client_id)")
    scope = models.CharField(max_length=300, blank=True)
    uses_dpop = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issuer="", login_as="") | (~Q(issuer="") & ~Q(login_as="")),
                name="receiver_login_is_whole",
            ),
            models.UniqueConstraint(fields=["tenant", "name", "sends"], name="receiver_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Outgoing(PatientOwned):
    """One message to one receiver. `number` is what we call it, and what a receipt names.

    `next_try` is when it is sent, or given up waiting for a receipt; None when nothing more is due. `why` is
    what went wrong last, as a stable code: no word of the receiver's, which may hold what it was sent.
    `is_end` tells that the plan is taken back, after it was sent.
    """

    receiver = models.ForeignKey(Receiver, on_delete=models.PROTECT, related_name="outgoing")
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    number = models.UUIDField(unique=True)
    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, null=True, blank=True, related_name="outgoing"
    )
    plan = models.ForeignKey(
        SafetyNetPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="outgoing"
    )
    is_end = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=OutgoingState, default=OutgoingState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    made = models.DateTimeField()
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "outgoing"
        indexes = [
            models.Index(
                fields=["next_try"], condition=Q(next_try__isnull=False), name="outgoing_by_next_try"
            ),
            models.Index(fields=["team", "state"], name="outgoing_by_team"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["receiver", "measurement"], name="outgoing_measurement_once"),
            models.UniqueConstraint(fields=["receiver", "plan", "is_end"], name="outgoing_plan_once"),
            models.CheckConstraint(
                condition=Q(measurement__isnull=True) ^ Q(plan__isnull=True), name="outgoing_is_about_one"
            ),
        ]
