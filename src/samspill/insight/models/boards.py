"""Boards: figures somebody put together, in an order of their own, each in an area and a way of showing it.

A board that is not shared is its owner's alone: its policies say so, and no query reads past them.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from samspill.directory.public import CommunityOwned, tracked
from samspill.insight.models.indicators import Indicator

BOARD = "insight.board"  # what links and search call one
LONGEST_NAME = 120


class Showing(models.TextChoices):
    """How a figure stands on a board."""

    NUMBER = "number", pgettext_lazy("on a board", "The number, with a sentence")
    TREND = "trend", pgettext_lazy("on a board", "Over the years")
    RANKING = "ranking", pgettext_lazy("on a board", "Among the others")


@tracked()
class Board(CommunityOwned):
    """A list of figures by name: one's own, shared with the community, or open to everybody.

    One made for the community has no owner.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    owner = models.ForeignKey("directory.Account", on_delete=models.PROTECT, null=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=160)
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by="")
                | Q(archived_at__isnull=False) & ~Q(archived_by=""),
                name="board_archived_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_shared=True) | Q(is_open=False, owner__isnull=False),
                name="board_unshared_has_an_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def open_rows() -> Q:
        return Q(is_open=True)


@tracked()
class BoardItem(CommunityOwned):
    """A figure on a board. One that was taken off is kept until it is put back."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="items")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=40)
    showing = models.CharField(max_length=8, choices=Showing)
    place = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=160)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["board_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "indicator", "area", "showing"],
                condition=Q(removed_at__isnull=True),
                name="board_item_once",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by="")
                | Q(removed_at__isnull=False) & ~Q(removed_by=""),
                name="board_item_removed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area}"

    @staticmethod
    def open_rows() -> Q:
        return Q(board__is_open=True)
