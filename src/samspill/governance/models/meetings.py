"""Meetings: year plan, agenda, notice, who comes, and impartiality per item."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samspill.directory.public import EVERY_ROW, CommunityOwned, WrittenForm, tracked
from samspill.governance.states import (
    ANNOUNCED,
    ForwardingKind,
    ForwardingReason,
    ItemKind,
    MeetingState,
    Outcome,
    TreatmentState,
)

_ANNOUNCED = sorted(ANNOUNCED)


@tracked()
class MeetingPlan(CommunityOwned):
    """How a body meets in a year: the deadlines of each of its meetings, in days before and after it."""

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="meeting_plans")
    year = models.PositiveSmallIntegerField()
    report_days = models.PositiveSmallIntegerField(default=28)
    brief_days = models.PositiveSmallIntegerField(default=14)
    notice_days = models.PositiveSmallIntegerField(default=7)
    minutes_days = models.PositiveSmallIntegerField(default=7)
    remarks_days = models.PositiveSmallIntegerField(default=14)
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-year", "body"]
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="meeting_plan_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.year}"

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW


@tracked()
class Meeting(CommunityOwned):
    """A meeting of a body. Days and times are local; deadlines come from the plan and may be moved.

    title           what it is called, from the notice on; before that, see `WorkingTitle`
    number          which of the body's meetings in the year, counted when it is called
    sequence        how many times the invitation was sent (iCalendar SEQUENCE)
    agenda_version  the newest version that was sent; 0 before the notice
    """

    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=16, choices=MeetingState, default=MeetingState.PLANNED)
    title = models.CharField(max_length=160, blank=True)
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=160, blank=True)
    host = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    report_by = models.DateField(null=True, blank=True)
    brief_by = models.DateField(null=True, blank=True)
    notice_by = models.DateField(null=True, blank=True)
    minutes_by = models.DateField(null=True, blank=True)
    remarks_by = models.DateField(null=True, blank=True)
    agenda_version = models.PositiveSmallIntegerField(default=0)
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["day", "starts", "pk"]
        indexes = [models.Index(fields=["body", "day"], name="meeting_by_body_and_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="meeting_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancelled_because=""),
                name="meeting_cancelled_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.body} {self.day}"

    @staticmethod
    def open_rows() -> Q:
        """That a body meets is for everybody; what it meets about is from the notice on (`AgendaItem`)."""
        return EVERY_ROW


@tracked()
class WorkingTitle(CommunityOwned):
    """What a meeting is to be called. Until the notice takes it over the secretariat may change its mind.

    It stands apart because everybody may read that a body meets: a row cannot be open in part.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="working_title")
    title = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.title


@tracked()
class OnlineRoom(CommunityOwned):
    """The address of a meeting's video room: for those who are called, never for everybody."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="online_room")
    address = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.address


@tracked()
class Treatment(CommunityOwned):
    """One passage of a case through one body: the chain of them is the case's way.

    order        first, second … passage of the case
    came_by      how it came from another body; empty for the first
    postponed    how many times in a row this body has put the case off before
    """

    case = models.ForeignKey("governance.Case", on_delete=models.PROTECT, related_name="treatments")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="treatments")
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=TreatmentState, default=TreatmentState.PREPARING)
    came_by = models.OneToOneField(
        "governance.Forwarding", on_delete=models.PROTECT, null=True, blank=True, related_name="arrived_as"
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    postponed = models.PositiveSmallIntegerField(default=0)
    treated_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["case", "order"]
        indexes = [models.Index(fields=["body", "state"], name="treatment_queue")]
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="treatment_order_once"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(
                    state__in=[TreatmentState.PREPARING, TreatmentState.QUEUED, TreatmentState.ON_AGENDA]
                ),
                name="treatment_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=TreatmentState.TREATED) | (~Q(outcome="") & Q(treated_on__isnull=False)),
                name="treatment_treated_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} – {self.body}"

    @staticmethod
    def open_rows() -> Q:
        return Q(case__is_open=True, case__access="public")


@tracked()
class Forwarding(CommunityOwned):
    """The same case goes from one body to another, with a reason; up and down return an answer.

    answered_by  the passage in the other body that answered, once it has
    """

    treatment = models.OneToOneField(Treatment, on_delete=models.PROTECT, related_name="forwarded_by")
    kind = models.CharField(max_length=12, choices=ForwardingKind)
    to_body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=16, choices=ForwardingReason)
    words = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.treatment} → {self.to_body}"

    @staticmethod
    def open_rows() -> Q:
        return Q(treatment__case__is_open=True, treatment__case__access="public")


@tracked()
class AgendaItem(CommunityOwned):
    """A point on an agenda: a passage of a case, or one that stands by itself.

    year, number    «12/26» of the body, given when the notice is sent and never changed after
    public_title    what everybody is told that it is; for a screened case its public title. The case's own
                    title stays with the case, which the database keeps closed (`queries.room.title_of`)
    about           the meeting whose minutes are approved, for an item of that kind
    answers         the passage in another body whose answer is brought, for an item of that kind
    is_consent      taken in one stroke with the others that are
    is_late         came after the notice; `late_yes_by` is who allowed it
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    body = models.ForeignKey("directory.Body", on_delete=models.PROTECT, related_name="+")
    treatment = models.ForeignKey(
        Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="items"
    )
    about = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_as"
    )
    answers = models.ForeignKey(
        Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="answered_in"
    )
    kind = models.CharField(max_length=16, choices=ItemKind)
    order = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    public_title = models.CharField(max_length=200)
    minutes_wanted = models.PositiveSmallIntegerField(default=10)
    presenter = models.CharField(max_length=160, blank=True)
    is_consent = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    late_because = models.CharField(max_length=500, blank=True)
    late_yes_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    is_removed = models.BooleanField(default=False)

    PERSONAL = ("presenter",)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="agenda_item_number_once"),
            models.UniqueConstraint(
                fields=["meeting", "treatment"],
                condition=Q(treatment__isnull=False, is_removed=False),
                name="agenda_item_case_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_title

    @property
    def reference(self) -> str:
        """«12/26», or empty before the notice."""
        return f"{self.number}/{self.year % 100:02d}" if self.number and self.year else ""

    @staticmethod
    def open_rows() -> Q:
        return Q(meeting__state__in=_ANNOUNCED, is_removed=False, number__isnull=False)


class AgendaVersion(CommunityOwned):
    """An agenda as it was sent. Rows are only added.

    content  [{"number", "kind", "title", "minutes", "late"}], in order
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda_versions")
    version = models.PositiveSmallIntegerField()
    is_public = models.BooleanField()
    content = models.JSONField()
    words = models.TextField(blank=True)
    recipients = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version", "is_public"], name="agenda_version_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.version}"

    @staticmethod
    def open_rows() -> Q:
        return Q(is_public=True)
