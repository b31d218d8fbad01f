"""Boards as somebody may see them, and the figures on one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from samspill.directory.public import Actor, alphabetical
from samspill.insight.models import Board, BoardItem
from samspill.insight.queries.placings import Placing, placings_at


@dataclass(frozen=True)
class Line:
    """A board with how many figures stand on it."""

    board: Board
    count: int


@dataclass(frozen=True)
class Laid:
    """A board with the figures that stand on it, in order."""

    board: Board
    items: Sequence[BoardItem]


@dataclass(frozen=True)
class Held:
    """A figure on a board; `placing` is None where none has been worked out."""

    item: BoardItem
    placing: Placing | None


def boards_of(actor: Actor, *, is_away: bool = False) -> list[Line]:
    """Those of the actor's community that the actor may see, by name. 1 query."""
    rows = (
        Board.objects.visible_to(actor)
        .inside(actor)
        .filter(archived_at__isnull=not is_away)
        .annotate(count=Count("items", filter=Q(items__removed_at__isnull=True)))
    )
    return sorted((Line(one, one.count) for one in rows), key=lambda one: alphabetical(one.board.name))


def open_boards_of_others(actor: Actor) -> list[Line]:
    """Those anybody may read, of other communities. 1 query."""
    rows = (
        Board.objects.visible_to(actor)
        .filter(is_open=True, archived_at__isnull=True)
        .exclude(community_id=actor.community_id or 0)
        .select_related("community")
        .annotate(count=Count("items", filter=Q(items__removed_at__isnull=True)))
    )
    return sorted((Line(one, one.count) for one in rows), key=lambda one: alphabetical(one.board.name))


def board_at(number: int, actor: Actor) -> Laid | None:
    """The board with its figures in order; None when there is none to see. 1 query, 2 when it is empty."""
    items = list(
        BoardItem.objects.visible_to(actor)
        .filter(board=number, removed_at__isnull=True)
        .select_related("indicator", "board__community")
        .order_by("place", "pk")
    )
    if items:
        return Laid(items[0].board, items)
    board = Board.objects.visible_to(actor).select_related("community").filter(pk=number).first()
    return Laid(board, []) if board else None


def held_on(laid: Laid) -> Sequence[Held]:
    """Its figures with what they are now. 3 queries."""
    items = laid.items
    if not items:
        return []
    found = placings_at({one.indicator.code for one in items}, {one.area for one in items})
    return [Held(one, found.get((one.indicator.code, one.area))) for one in items]
