"""What everybody can find: one row per open thing, made again from the thing at any time.

It stands apart from the house's own index because only open rows are here, so that the read policy is simply
«true». PostgreSQL then looks words up in the index; behind a policy with a condition it would have to read
every row first, since matching words is no leakproof operation.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from samspill.directory.public import EVERY_ROW, CommunityOwned, WrittenForm
from samspill.governance.states import CarriedOut, OpenKind


class OpenEntry(CommunityOwned):
    """An open thing as search, feeds and mails know it.

    day       when it was decided, is held, or came
    parties   ids of the parties it concerns
    carried   how far the carrying out has come, without regard to the day; empty for what is no decision
    due       the earliest deadline that nobody has met
    released  when it was first found open; changed  when what it says last changed
    """

    kind = models.CharField(max_length=12, choices=OpenKind)
    thing_id = models.BigIntegerField()
    body = models.ForeignKey(
        "directory.Body", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "governance.Case", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    meeting = models.ForeignKey(
        "governance.Meeting", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    day = models.DateField()
    title = models.CharField(max_length=300)
    plain = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    parties = ArrayField(models.BigIntegerField(), default=list, blank=True)
    carried = models.CharField(max_length=12, choices=CarriedOut, blank=True)
    due = models.DateField(null=True, blank=True)
    released = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)
    vector = models.GeneratedField(
        expression=SearchVector(F("title"), config="norwegian", weight="A")
        + SearchVector(F("plain"), config="norwegian", weight="B")
        + SearchVector(F("text"), config="norwegian", weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "open entries"
        constraints = [models.UniqueConstraint(fields=["kind", "thing_id"], name="open_entry_once")]
        indexes = [
            GinIndex(fields=["vector"], name="open_entry_words"),
            GinIndex(fields=["parties"], name="open_entry_parties"),
            models.Index(fields=["-day", "-id"], name="open_entry_newest"),
            models.Index(fields=["kind", "-day", "-id"], name="open_entry_newest_of_kind"),
            models.Index(fields=["community", "-day"], name="open_entry_of_community"),
            models.Index(fields=["body", "-day"], name="open_entry_of_body"),
            models.Index(fields=["-released"], name="open_entry_released"),
            models.Index(fields=["-changed", "-id"], name="open_entry_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def open_rows() -> Q:
        return EVERY_ROW
