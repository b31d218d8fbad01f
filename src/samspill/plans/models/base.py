"""What all parts of a plan share: they are open when their plan is published."""

from django.db import models
from django.db.models import Q

from samspill.directory.public import CommunityOwned


class PartOfPlan(CommunityOwned):
    """A row below a plan. The database's policy says the same as `open_rows` (migration 0002)."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="%(class)s_set")

    class Meta:
        abstract = True

    @staticmethod
    def open_rows() -> Q:
        return Q(plan__is_published=True)
