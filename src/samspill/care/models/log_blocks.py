"""What seals the log: blocks of lines that each hold on to the one before, and an anchor for each day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from samspill.care.models.access import KEPT
from samspill.directory.public import CommunityOwned


class LogBlock(CommunityOwned):
    """The lines of one organisation's log from `since` until (not including) `until`, sealed.

    tenant  the organisation; None for what Samspill did on duty
    lines   for each decision and line of the log "d12:<hash>" or "l40:<hash>", in that order
    former  the hash of the block before, "" for the first
    """

    tenant = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    lines = ArrayField(models.CharField(max_length=90), default=list, blank=True)
    former = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    made = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["tenant", "number"]
        triggers = [KEPT]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "tenant", "number"], nulls_distinct=False, name="log_block_once"
            )
        ]


class LogAnchor(CommunityOwned):
    """The last block of a day, to be kept elsewhere too: who has it sees whether the log was made anew."""

    tenant = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField()
    number = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    made = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["day", "tenant"]
        triggers = [KEPT]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "tenant", "day"], nulls_distinct=False, name="log_anchor_once"
            )
        ]
