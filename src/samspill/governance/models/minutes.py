"""Minutes: written item by item in the room, out for remarks, approved and closed; corrections come after."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, WrittenForm, tracked
from samspill.governance.models.base import Written
from samspill.governance.states import MinutesState, RemarkState, TextPart


class MinuteText(Written):
    """What is written of an item, as it was saved.

    part  what was said, the text of the decision in points, or (as JSON) who and when for each point
    """

    item = models.ForeignKey("governance.AgendaItem", on_delete=models.PROTECT, related_name="texts")
    part = models.CharField(max_length=8, choices=TextPart, default=TextPart.MINUTES)

    class Meta(Written.Meta):
        indexes = [models.Index(fields=["item", "-id"], name="minute_text_newest_first")]


class ItemOpening(CommunityOwned):
    """An item was opened in the meeting room. The newest of a meeting is the one that is open. Only added."""

    meeting = models.ForeignKey("governance.Meeting", on_delete=models.PROTECT, related_name="openings")
    item = models.ForeignKey("governance.AgendaItem", on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.item)


@tracked()
class Minutes(CommunityOwned):
    """The minutes of a meeting: how far they have come, and the hash they were closed with."""

    meeting = models.OneToOneField("governance.Meeting", on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=12, choices=MinutesState, default=MinutesState.WRITING)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    sent_on = models.DateField(null=True, blank=True)
    remarks_by = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-meeting__day"]
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=MinutesState.APPROVED) | ~Q(sha256=""), name="minutes_approved_has_hash"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=MinutesState.APPROVED),
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @staticmethod
    def open_rows() -> Q:
        return Q(state__in=[MinutesState.OUT, MinutesState.APPROVED])


class MinutesVersion(CommunityOwned):
    """The minutes as they were sent: whole for those who were called, screened for everybody. Only added.

    content  composition, attendance and items as plain values, in the meeting's målform
    sha256   of `content` as canonical JSON (sorted keys, no spaces, UTF-8)
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    is_public = models.BooleanField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["minutes", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "version", "is_public"], name="minutes_version_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} {self.version}"

    @staticmethod
    def open_rows() -> Q:
        return Q(is_public=True)


@tracked()
class MinuteRemark(CommunityOwned):
    """What a member wants changed in minutes that are out for remarks, and what was done with it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="remarks")
    item = models.ForeignKey(
        "governance.AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField()
    state = models.CharField(max_length=12, choices=RemarkState, default=RemarkState.RAISED)
    answer = models.TextField(blank=True)
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class MinutesAddendum(CommunityOwned):
    """A correction of approved minutes: it stands beside them, and they stand as they are. Only added."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    because = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=160)

    PERSONAL = ("by_name",)

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_addendum_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @staticmethod
    def open_rows() -> Q:
        return Q(minutes__state=MinutesState.APPROVED)
