"""What is watched of a patient: signs with versions of their limits, when they are due, and pauses."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from samspill.care.models.base import PatientOwned
from samspill.care.models.patients import CareEpisode
from samspill.care.safety_net_states import PlanState
from samspill.care.states import IndicatorKind, PauseCause
from samspill.directory.public import tracked

KEPT = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)

AT_ONCE = pgtrigger.Trigger(
    name="look_at_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__plan__df=pgtrigger.F("new__plan")),
    func="NEW.next_look = NULL; RETURN NEW;",
)


@tracked()
class PatientIndicator(PatientOwned):
    """Something that is measured, asked or observed of a patient in an episode. FHIR ServiceRequest.

    `code` is LOINC for what is measured, our own for the rest; `unit` is UCUM.
    """

    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="indicators")
    kind = models.CharField(max_length=10, choices=IndicatorKind)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=20, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "code"], condition=Q(ends__isnull=True), name="patient_indicator_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ThresholdSet(PatientOwned):
    """A version of an indicator's limits: `rule` as `rulebook.triage` takes it, None when there is none.

    It holds from `valid_from` until the next begins, and is never changed: a measurement keeps its colour.
    `plan` is the plan it was taken from; None when the team set it by hand.
    """

    indicator = models.ForeignKey(PatientIndicator, on_delete=models.PROTECT, related_name="limits")
    version = models.PositiveSmallIntegerField()
    rule = models.JSONField(null=True)
    valid_from = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    plan = models.ForeignKey(
        "care.SafetyNetPlan", on_delete=models.PROTECT, null=True, blank=True, related_name="limits"
    )
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["indicator", "version"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="threshold_version_once"),
            models.UniqueConstraint(fields=["indicator", "valid_from"], name="threshold_starts_once"),
        ]

    @property
    def is_taken_back(self) -> bool:
        """The plan it was taken from was made in error: nobody may trust it. Read with its plan."""
        return self.plan is not None and self.plan.state == PlanState.MISTAKE


@tracked()
class MeasurementSchedule(PatientOwned):
    """When an indicator is to come: `plan` as `rulebook.triage.as_schedule` takes it.

    `answered_to` is the instant up to which everything due has been looked for. Something may be missing from
    `next_look`; a plan that is changed is looked at at once (the database sees to it).
    """

    indicator = models.OneToOneField(PatientIndicator, on_delete=models.PROTECT, related_name="schedule")
    plan = models.JSONField()
    answered_to = models.DateTimeField(null=True, blank=True)
    next_look = models.DateTimeField(null=True, blank=True)

    class Meta:
        triggers = [AT_ONCE]
        indexes = [models.Index(fields=["community", "next_look"], name="schedule_by_look")]


class ScheduleVersion(PatientOwned):
    """When an indicator was to come, from an instant on, who said so and why: kept when the plan changes.

    `plan` is as `MeasurementSchedule` has it; None from when it is not to come at set times.
    """

    indicator = models.ForeignKey(
        PatientIndicator, on_delete=models.PROTECT, related_name="schedule_versions"
    )
    plan = models.JSONField(null=True)
    valid_from = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["indicator", "pk"]


@tracked()
class PassiveInterval(PatientOwned):
    """Nothing is missed meanwhile: an admission, a holiday. Open until `ends`.

    `cause` tells what may end it: a pause that an admission began is ended by the discharge.
    """

    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="pauses")
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=120)
    cause = models.CharField(max_length=12, choices=PauseCause, default=PauseCause.HAND)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160, blank=True)

    PERSONAL = ("by_name",)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="pause_ends_after_start"
            ),
        ]
