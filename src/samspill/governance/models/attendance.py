"""Who comes to a meeting and to each item, who may not take part, and what members bring with them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samspill.directory.public import CommunityOwned, tracked
from samspill.governance.models.meetings import AgendaItem, Meeting
from samspill.governance.states import Answer, ConflictConclusion, ImpartialityGround, Presence


@tracked()
class Attendance(CommunityOwned):
    """Somebody is called to a meeting in a seat; the answer, and whether they were there.

    stands_in_for  the attendance of the one who cannot come, for a substitute who was called
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey("governance.Seat", on_delete=models.PROTECT, related_name="+")
    tenure = models.ForeignKey("governance.Tenure", on_delete=models.PROTECT, related_name="attendances")
    stands_in_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    presence = models.CharField(max_length=12, choices=Presence, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "tenure"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return str(self.tenure)


@tracked()
class ItemAttendance(CommunityOwned):
    """Somebody was not there for one item, or was, though not for the rest."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="attendances")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="by_item")
    presence = models.CharField(max_length=12, choices=Presence)

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="item_attendance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}: {self.get_presence_display()}"


@tracked()
class ConflictAssessment(CommunityOwned):
    """Habilitet: whether somebody may take part in a case, why, and who concluded; «may» is written as well.

    From the moment it is raised the case's closed papers are shut for that person.
    """

    case = models.ForeignKey("governance.Case", on_delete=models.PROTECT, related_name="conflicts")
    tenure = models.ForeignKey("governance.Tenure", on_delete=models.PROTECT, related_name="conflicts")
    ground = models.CharField(max_length=12, choices=ImpartialityGround)
    words = models.TextField(blank=True)
    raised_by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)
    conclusion = models.CharField(
        max_length=16, choices=ConflictConclusion, default=ConflictConclusion.RAISED
    )
    because = models.TextField(blank=True)
    law_reference = models.CharField(max_length=120, blank=True)
    concluded_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "tenure"], name="conflict_assessed_once"),
            models.CheckConstraint(
                condition=Q(conclusion=ConflictConclusion.RAISED) | (~Q(because="") & ~Q(law_reference="")),
                name="conflict_conclusion_has_reason_and_law",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenure}: {self.get_conclusion_display()}"


@tracked()
class PrivateNote(CommunityOwned):
    """What a member has written to themselves about an item. Nobody else sees it, and no minutes hold it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="notes")
    account = models.ForeignKey("directory.Account", on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "account"], name="private_note_once")]

    def __str__(self) -> str:
        return self.text[:40]


@tracked()
class RaisedPoint(CommunityOwned):
    """«Jeg vil ta opp noe»: a member says before the meeting that they will speak to an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="raised")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    words = models.CharField(max_length=500, blank=True)

    PERSONAL = ("name",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "account"], name="raised_point_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.words}"
