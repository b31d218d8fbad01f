"""What was done: append only, in the same transaction as the act or the act does not happen."""

import pgtrigger
from django.db import models
from django.db.models import Q

from samspill.directory.actor import Actor


class AuditQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "AuditQuerySet":
        """What was done in the actor's community, and what the actor did."""
        own = Q(by_id=actor.account_id) if actor.account_id else Q(pk__in=[])
        there = Q(community_id=actor.community_id) if actor.community_id else Q(pk__in=[])
        return self.filter(own | there)


class AuditEvent(models.Model):
    """Who, when, what, about which thing, on whose behalf."""

    community = models.ForeignKey(
        "directory.Community", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "directory.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=160)
    act = models.CharField(max_length=60)
    on_kind = models.CharField(max_length=40)
    on_id = models.BigIntegerField(null=True)
    on_title = models.CharField(max_length=300, blank=True)
    on_behalf_of = models.ForeignKey(
        "directory.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    details = models.JSONField(default=dict)

    PERSONAL = ("by_name",)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["community", "-at"], name="audit_by_community"),
            models.Index(fields=["on_kind", "on_id"], name="audit_by_thing"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
