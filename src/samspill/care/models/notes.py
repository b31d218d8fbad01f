"""What those at work write about a patient: notes that stay as written, who has read them, reminders."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT
from samspill.care.models.patients import CareEpisode
from samspill.care.models.services import CareTeam
from samspill.directory.public import tracked


class CareNote(PatientOwned):
    """Some words about the patient in an episode. A mistake is mended by a new note that `corrects` it."""

    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("text", "by_name")

    class Meta:
        triggers = [KEPT]
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["patient", "-at"], name="note_by_patient")]


class NoteSeen(PatientOwned):
    """Somebody has said that they read a note. Once is enough."""

    note = models.ForeignKey(CareNote, on_delete=models.PROTECT, related_name="seen")
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("by_name",)

    class Meta:
        triggers = [KEPT]
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["note", "by"], name="note_seen_once")]


@tracked()
class NoteReminder(PatientOwned):
    """The day on which a team is reminded of a note. It holds no words: those stand in the note."""

    note = models.OneToOneField(CareNote, on_delete=models.PROTECT, related_name="reminder")
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    done_by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        indexes = [
            models.Index(fields=["team", "day"], condition=Q(done_at__isnull=True), name="reminder_waiting")
        ]
