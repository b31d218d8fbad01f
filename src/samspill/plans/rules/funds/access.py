"""Who stands where in the money: refusals on plain values, for the acts and for the buttons alike."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode
from samspill.refusal import Refused


def is_manager(actor: Actor, community_id: int) -> bool:
    """The secretariat of the community, or Samspill itself there."""
    here = actor.community_id == community_id
    return here and (actor.has_role(RoleCode.SECRETARIAT) or not actor.is_known)


def check_here(actor: Actor, community_id: int) -> None:
    if actor.community_id != community_id:
        raise Refused(
            "funds.other_community",
            _("This belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )


def check_acts_for(actor: Actor, party_id: int, *, or_manager_of: int | None = None) -> None:
    """Refuses somebody who does not act for the party; `or_manager_of` lets a secretariat do it as well."""
    if or_manager_of is not None and is_manager(actor, or_manager_of):
        return
    if party_id not in actor.party_ids:
        raise Refused(
            "funds.not_your_party",
            _("Only those who act for this party can do that. Ask your secretariat if it should be you."),
            forbidden=True,
        )


def has_conflict(actor: Actor, parties: Iterable[int]) -> bool:
    """Whether the actor acts for one of the application's parties."""
    return not actor.party_ids.isdisjoint(parties)


def check_no_conflict(is_conflicted: bool) -> None:
    if is_conflicted:
        raise Refused(
            "funds.conflict",
            _("You have a conflict of interest here, so the scores are closed to you."),
            forbidden=True,
        )
