"""Other systems: those that call us with a key of their own, and the ids that may be said only once."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from samspill.care.models.services import CareTeam
from samspill.directory.public import Actor, CommunityOwned, tracked


@tracked()
class MachineClient(CommunityOwned):
    """A system that sends and reads for a team: it sees what the team sees, and is named in the log.

    client_id   its name at the token endpoint, once in the whole installation
    account     whom it acts as: a member of the team, without a password
    keys        its public keys (JWKS); its private ones never come here
    scopes      what it may ask for, as SMART writes it ("system/Observation.crus")
    per_minute  how many requests it may make
    """

    client_id = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    tenant = models.ForeignKey("directory.Party", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(CareTeam, on_delete=models.PROTECT, related_name="clients")
    account = models.ForeignKey("directory.Account", on_delete=models.PROTECT, related_name="+")
    keys = models.JSONField(default=dict)
    scopes = ArrayField(models.CharField(max_length=200))
    per_minute = models.PositiveIntegerField(default=6000)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gt=F("from_day")),
                name="machine_client_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: date) -> bool:
        """A client that is ended has no scopes left, from that very moment."""
        return bool(self.scopes) and self.from_day <= day and (self.to_day is None or self.to_day > day)


class UsedIdQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Nobody's to look at."""
        return self.none()


class UsedId(models.Model):
    """An id of a proof or an assertion that was used, until it would be too old anyway. As a hash."""

    key = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    objects = UsedIdQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until"], name="used_id_by_end")]
