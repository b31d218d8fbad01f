"""Make, name, fill, order, share, open and put away boards."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, Community, Ref, forget, put, record
from samspill.insight.area_names import name_of
from samspill.insight.area_search import is_area
from samspill.insight.models import Board, BoardItem, Indicator
from samspill.insight.models.boards import BOARD, LONGEST_NAME, Showing
from samspill.insight.permissions.boards import check_may_change, check_may_make
from samspill.refusal import Refused

MOST_ITEMS = 40


def make_board(name: str, *, by: Actor, for_community: bool = False) -> Board:
    """An empty board: the actor's own, or the community's."""
    check_may_make(by, for_community=for_community)
    name = _checked(name)
    with transaction.atomic():
        board = Board.objects.create(
            community_id=by.community_id or 0,
            name=name,
            owner_id=None if for_community else by.account_id,
            is_shared=for_community or by.account_id is None,
            made_by=by.name,
        )
        _told(board, "board.made", by)
    return board


def rename_board(board: Board, name: str, *, by: Actor) -> Board:
    name = _checked(name)
    with transaction.atomic():
        locked = _standing(board, by)
        if locked.name != name:
            locked.name = name
            locked.save(update_fields=["name"])
            _told(locked, "board.renamed", by)
    return locked


def add_item(board: Board, indicator: Indicator, area: str, showing: str, *, by: Actor) -> BoardItem:
    """A figure last on the board; one that is there already stays where it is."""
    if not is_area(area):
        raise Refused("board.area", _("No area is called that."), field="omrade")
    if showing not in Showing.values:
        raise Refused("board.showing", _("Choose how the figure is shown."), field="vis")
    with transaction.atomic():
        locked = _standing(board, by)
        live = locked.items.filter(removed_at__isnull=True)
        there = live.filter(indicator=indicator, area=area, showing=showing).first()
        if there is not None:
            return there
        if live.count() >= MOST_ITEMS:
            raise Refused(
                "board.full",
                _("The board is full: %(most)s figures. Take one off first.") % {"most": MOST_ITEMS},
            )
        item = BoardItem.objects.create(
            community_id=locked.community_id,
            board=locked,
            indicator=indicator,
            area=area,
            showing=showing,
            place=(live.aggregate(last=Max("place"))["last"] or 0) + 1,
            added_by=by.name,
        )
        _told(locked, "board.filled", by)
    return item


def remove_item(board: Board, number: int, *, by: Actor) -> BoardItem | None:
    """Off the board, kept until it is put back; None when it is not there."""
    return _take(board, number, by=by, is_off=True)


def put_back_item(board: Board, number: int, *, by: Actor) -> BoardItem | None:
    """Where it was; nothing when the same figure has been added since."""
    return _take(board, number, by=by, is_off=False)


def order_items(board: Board, wanted: Sequence[int], *, by: Actor) -> list[int]:
    """The figures in the order of `wanted`, which has each of them once; returns the former order."""
    with transaction.atomic():
        locked = _standing(board, by)
        rows = {one.pk: one for one in locked.items.filter(removed_at__isnull=True).order_by("place", "pk")}
        before = list(rows)
        if sorted(wanted) != sorted(before):
            raise Refused("board.order", _("The board has changed since. Look at it again, then move."))
        if list(wanted) != before:
            for place, number in enumerate(wanted, 1):
                rows[number].place = place
            BoardItem.objects.bulk_update(rows.values(), ["place"])
            _told(locked, "board.ordered", by)
    return before


def share_board(board: Board, *, by: Actor, is_shared: bool = True) -> Board:
    """With everybody in the community, or back to its owner alone; an open one stays shared."""
    with transaction.atomic():
        locked = _standing(board, by)
        if not is_shared and (locked.is_open or locked.owner_id != by.account_id or by.account_id is None):
            raise Refused(
                "board.shared",
                _("It stays shared: others may have pointed at it, or it is the helsefellesskap's own."),
            )
        if locked.is_shared != is_shared:
            locked.is_shared = is_shared
            locked.save(update_fields=["is_shared"])
            _told(locked, "board.shared" if is_shared else "board.unshared", by)
    return locked


def open_board(board: Board, *, by: Actor) -> Board:
    """From now on anybody with the address reads it."""
    check_may_make(by, for_community=True)
    with transaction.atomic():
        locked = _standing(board, by)
        if not locked.is_open:
            locked.is_shared = locked.is_open = True
            locked.save(update_fields=["is_shared", "is_open"])
            _told(locked, "board.opened", by)
    return locked


def archive_board(board: Board, *, by: Actor, is_away: bool = True) -> Board:
    """Out of the list, kept; or back again."""
    check_may_change(by, board)
    with transaction.atomic():
        locked = Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
        if (locked.archived_at is not None) != is_away:
            locked.archived_at = timezone.now() if is_away else None
            locked.archived_by = by.name if is_away else ""
            locked.save(update_fields=["archived_at", "archived_by"])
            _told(locked, "board.archived" if is_away else "board.brought_back", by)
    return locked


def index_board(board: Board) -> None:
    """The search box knows boards that are shared and stand in the list."""
    ref = Ref(BOARD, board.pk)
    if not board.is_shared or board.archived_at is not None:
        forget(ref)
        return
    items = board.items.filter(removed_at__isnull=True).select_related("indicator")
    language = board.community.written_form
    put(
        ref,
        community_id=board.community_id,
        title=board.name,
        text=". ".join(f"{one.indicator.title(language)}, {name_of(one.area)}" for one in items),
        language=language,
        is_open=board.is_open,
    )


def index_boards(community_id: int) -> int:
    """Renew the entries of a community's boards, inside its scope; returns how many."""
    community = Community.objects.get(pk=community_id)
    boards = list(Board.objects.filter(community=community, is_shared=True).select_related("community"))
    for board in boards:
        index_board(board)
    return len(boards)


def _take(board: Board, number: int, *, by: Actor, is_off: bool) -> BoardItem | None:
    with transaction.atomic():
        locked = _standing(board, by)
        item = locked.items.filter(pk=number, removed_at__isnull=is_off).first()
        if item is None or (not is_off and _is_there(locked, item)):
            return None
        item.removed_at = timezone.now() if is_off else None
        item.removed_by = by.name if is_off else ""
        item.save(update_fields=["removed_at", "removed_by"])
        _told(locked, "board.emptied" if is_off else "board.filled", by)
    return item


def _is_there(board: Board, item: BoardItem) -> bool:
    same = board.items.filter(indicator=item.indicator_id, area=item.area, showing=item.showing)
    return same.filter(removed_at__isnull=True).exists()


def _standing(board: Board, by: Actor) -> Board:
    check_may_change(by, board)
    locked = Board.objects.select_for_update(of=("self",)).select_related("community").get(pk=board.pk)
    if locked.archived_at is not None:
        raise Refused(
            "board.archived",
            _("«%(name)s» is put away. Bring it back first, then change it.") % {"name": locked.name},
        )
    return locked


def _told(board: Board, act: str, by: Actor) -> None:
    """In the log and the search box; the log does not call somebody's own board by its name."""
    record(by=by, act=act, on=board, title=board.name if board.is_shared else str(_("a board of their own")))
    index_board(board)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("board.name", _("Give the board a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(
            "board.name",
            _("The name is %(length)s letters; at most %(most)s fit.")
            % {"length": len(name), "most": LONGEST_NAME},
            field="name",
        )
    return name
