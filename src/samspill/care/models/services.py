"""Who follows patients: teams with their members, and agreements by which a team works for other tenants."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspill.care.states import Right, TeamFunction, TeamKind
from samspill.directory.public import CommunityOwned, tracked


@tracked()
class CareTeam(CommunityOwned):
    """A standing group that answers for patients, with a life of its own. `tenant` runs it.

    `phone` is what patients and colleagues call, `hours` when somebody answers, in words. `duty_from` and
    `duty_until` are when the team is told of alerts nobody takes, by the clock in Norway: on weekdays, and on
    Saturdays, Sundays and holidays with `duty_weekends`; both None is day and night.
    """

    tenant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "directory.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=TeamKind)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    duty_from = models.TimeField(null=True, blank=True)
    duty_until = models.TimeField(null=True, blank=True)
    duty_weekends = models.BooleanField(default=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    PERSONAL = ("phone",)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="care_team_name_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="care_team_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(duty_from__isnull=True, duty_until__isnull=True)
                | (Q(duty_from__isnull=False, duty_until__isnull=False) & ~Q(duty_from=F("duty_until"))),
                name="care_team_duty_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class TeamMembership(CommunityOwned):
    """An account works in a team, from a day until (not including) another."""

    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="memberships")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=16, choices=TeamFunction)
    hpr_number = models.CharField(max_length=9, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "account", "function", "from_day"], name="team_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="team_membership_ends_after_start",
            ),
        ]


@tracked()
class ServiceAgreement(CommunityOwned):
    """`tenant` lets a team of another tenant do `rights` for its patients, in a period, on a legal basis."""

    tenant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="agreements")
    rights = ArrayField(models.CharField(max_length=12, choices=Right))
    legal_basis = models.CharField(max_length=200)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "team", "from_day"], name="service_agreement_once"),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="service_agreement_ends_after_start",
            ),
        ]
