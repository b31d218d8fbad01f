"""What boards offer the house: things, search, acts in words."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspill.directory.public import INDEXERS, THINGS, Actor, Resolved, ThingKind
from samspill.insight.actions.boards import index_boards
from samspill.insight.models import Board
from samspill.insight.models.boards import BOARD
from samspill.worklist.public import ACTS, Told

TOLD = {
    "board.made": Told(_("%(who)s made the board «%(what)s»."), is_news=False),
    "board.shared": Told(_("%(who)s shared the board «%(what)s».")),
    "board.opened": Told(_("%(who)s opened the board «%(what)s» to everybody.")),
}


def register_boards() -> None:
    THINGS.register(BOARD, ThingKind(BOARD, _("Board of figures"), resolve_boards))
    INDEXERS.register(BOARD, index_boards)
    ACTS.update(TOLD)


def resolve_boards(ids: Iterable[int], actor: Actor) -> Mapping[int, Resolved]:
    """1 query."""
    return {
        one.pk: Resolved(
            one.name, reverse("insight:board", args=[one.pk]), str(_("put away")) if one.archived_at else ""
        )
        for one in Board.objects.visible_to(actor).filter(pk__in=list(ids))
    }
