"""What a person must look at: an alert has one responsible team and at most one owner, and only grows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT, PatientIndicator
from samspill.care.models.measurements import Measurement
from samspill.care.models.services import CareTeam
from samspill.care.states import AlertAct, AlertKind, AlertState
from samspill.directory.public import CommunityOwned, tracked


@tracked()
class Alert(PatientOwned):
    """Something a person must look at. `team` answers for it at every moment; `owner` has taken it.

    `severity` is the worst colour so far. `cleared` is when a value was inside again, which closes nothing.
    `former` is the closed alert about the same that came before. `escalates` is when the next ones are told.
    """

    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="alerts")
    offered_to = models.ForeignKey(
        CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=AlertKind)
    severity = models.CharField(max_length=8)
    state = models.CharField(max_length=14, choices=AlertState, default=AlertState.RAISED)
    indicator = models.ForeignKey(
        PatientIndicator, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    due = models.DateTimeField(null=True, blank=True)
    former = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raised = models.DateTimeField()
    cleared = models.DateTimeField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(default=0)
    escalates = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["raised", "pk"]
        indexes = [
            models.Index(fields=["team", "state"], name="alert_by_team"),
            models.Index(
                fields=["escalates"], condition=Q(escalates__isnull=False), name="alert_by_escalation"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "kind"],
                condition=~Q(state=AlertState.CLOSED) & ~Q(kind=AlertKind.MISSING),
                name="alert_open_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "due"],
                condition=Q(kind=AlertKind.MISSING),
                name="alert_missing_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.CLOSED) | Q(escalates__isnull=True),
                name="alert_closed_does_not_escalate",
            ),
        ]


class AlertStep(PatientOwned):
    """One thing that happened with an alert. The state of an alert is what its steps come to."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=AlertAct)
    note = models.TextField(blank=True)
    measurement = models.ForeignKey(
        Measurement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_told_patient = models.BooleanField(default=False)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["pk"]


class ListRow(PatientOwned):
    """A patient as the list of a team shows it: the narrow set, kept up with every alert (ATT-6).

    `about` is what is open there, the worst first, and of those the oldest: for each alert its number and
    what it is told in words by (`care.board_wording`). `since` is when the worst was raised. An alert that is
    offered to the team stands here too. `owners` are names. There is a row while there is an open alert.
    """

    team = models.ForeignKey(CareTeam, on_delete=models.CASCADE, related_name="rows")
    name = models.CharField(max_length=160)
    birth_date = models.DateField(null=True, blank=True)
    municipality = models.CharField(max_length=60, blank=True)
    severity = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    alerts = models.PositiveSmallIntegerField()
    kinds = ArrayField(models.CharField(max_length=16))
    owners = ArrayField(models.CharField(max_length=160), default=list)
    about = models.JSONField(default=list)

    PERSONAL = ("name", "birth_date", "about")

    class Meta:
        ordering = ["rank", "since", "pk"]
        indexes = [models.Index(fields=["team", "rank", "since"], name="list_row_by_worst")]
        constraints = [models.UniqueConstraint(fields=["team", "patient", "tenant"], name="list_row_once")]


class TeamCount(CommunityOwned):
    """What Samspill last counted for a team, so that its list can say that nothing was lost.

    Measurements that came on `day`, those of them that were held against no limits by no engine
    (`unassessed`), and the patients the team follows: how many, how many paused, how many with nothing open.
    """

    team = models.OneToOneField(CareTeam, on_delete=models.CASCADE, related_name="count")
    day = models.DateField()
    measured = models.PositiveIntegerField(default=0)
    unassessed = models.PositiveIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)
    paused = models.PositiveIntegerField(default=0)
    inside = models.PositiveIntegerField(default=0)
    counted = models.DateTimeField()
