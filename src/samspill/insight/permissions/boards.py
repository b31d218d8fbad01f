"""Who may make and change boards: anybody signed in makes one; a shared one is changed by several."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode
from samspill.insight.models import Board
from samspill.refusal import Refused

SHAPERS = frozenset({RoleCode.SECRETARIAT, RoleCode.PLAN_OWNER, RoleCode.ANALYST, RoleCode.DIRECTOR})
"""Who change boards the community shares, and make them for it."""


def check_may_make(actor: Actor, *, for_community: bool = False) -> None:
    """Refuses visitors, and those without a role for what is the community's."""
    if actor.community_id is None:
        raise Refused("board.nowhere", _("Sign in for a helsefellesskap to make a board."), forbidden=True)
    if for_community and actor.is_known and not actor.has_role(*SHAPERS):
        raise Refused(
            "board.not_yours",
            _("A board for all is made by the secretariat, plan owners, analysts and directors."),
            forbidden=True,
        )


def check_may_change(actor: Actor, board: Board) -> None:
    """Refuses others than the owner, and those who keep what the community shares."""
    check_may_make(actor)
    if board.community_id != actor.community_id:
        raise Refused(
            "board.elsewhere",
            _("This board belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    if board.owner_id is not None and board.owner_id == actor.account_id:
        return
    if actor.is_known and not (board.is_shared and actor.has_role(*SHAPERS)):
        raise Refused(
            "board.not_yours", _("The board is somebody else's. Make your own to change it."), forbidden=True
        )
