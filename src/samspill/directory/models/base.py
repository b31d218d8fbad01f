"""What rows that belong to a community have in common."""

from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q

from samspill.directory.actor import Actor


def tracked(**options: Any):  # type: ignore[no-untyped-def]
    """History of a model by database triggers: a row per insert, update and delete, never overwritten."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )


class VisibleQuerySet(models.QuerySet):
    """`visible_to` is the only way a view fetches; row-level security stands below it."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the actor's own community, and rows the model declares open (`Model.open_rows`)."""
        own = Q(community_id=actor.community_id) if actor.community_id else Q(pk__in=[])
        return self.filter(own | self.model.open_rows())  # type: ignore[attr-defined]

    def inside(self, actor: Actor) -> Self:
        """Rows of the actor's own community alone: what `visible_to` leaves when nothing of others is wanted.

        It asks nothing of what is open, so PostgreSQL reads and plans a fraction of it.
        """
        return self.filter(community_id=actor.community_id or 0)


class CommunityOwned(models.Model):
    """A row with a tenant. Its table needs `isolate(…)` in a migration; a structural test asks for it."""

    community = models.ForeignKey("directory.Community", on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def open_rows() -> Q:
        """Which rows may be seen from outside; none unless a model says so, in words the policy repeats."""
        return Q(pk__in=[])


EVERY_ROW = ~Q(pk__in=[])
