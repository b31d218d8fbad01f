"""What the patient, or somebody near, and a team write to each other."""

from django.db import models
from django.db.models.functions import Now

from samspill.care.models.alerts import Alert
from samspill.care.models.base import PatientOwned
from samspill.care.models.indicators import KEPT
from samspill.care.models.patients import CareEpisode, Patient
from samspill.care.states import MessageWay
from samspill.directory.public import CommunityOwned


class Message(PatientOwned):
    """Some words, between the patient's side and the team of an episode. They are kept as they were sent.

    `alert` is what it was written about, or what it raised: a message to the team is something a person must
    look at.
    """

    episode = models.ForeignKey(CareEpisode, on_delete=models.PROTECT, related_name="messages")
    way = models.CharField(max_length=8, choices=MessageWay)
    text = models.TextField()
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, null=True, blank=True, related_name="messages")
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    at = models.DateTimeField(db_default=Now())

    PERSONAL = ("text", "by_name")

    class Meta:
        triggers = [KEPT]
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["patient", "-at"], name="message_by_patient")]


class MessagesRead(CommunityOwned):
    """Somebody on the patient's side has read what the teams have written, up to a message. It only grows."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    up_to = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        triggers = [KEPT]
        verbose_name_plural = "messages read"
        constraints = [models.UniqueConstraint(fields=["by", "up_to"], name="messages_read_once")]
