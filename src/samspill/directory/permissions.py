"""Who may: roles as a table per act, asked in one way.

Each app lists its own acts (`MAY`) and calls `check_may`; what a *state* allows is its `rules`.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.directory.actor import Actor
from samspill.directory.states import RoleCode
from samspill.refusal import Refused

MAY: Mapping[str, frozenset[str]] = {
    "directory.manage_people": frozenset({RoleCode.SECRETARIAT, RoleCode.ADMINISTRATOR}),
    "directory.manage_parties": frozenset({RoleCode.SECRETARIAT, RoleCode.ADMINISTRATOR}),
    "directory.link": frozenset({RoleCode.SECRETARIAT, RoleCode.PLAN_OWNER}),
    "directory.read_log": frozenset({RoleCode.SECRETARIAT, RoleCode.ADMINISTRATOR}),
}


def check_may(actor: Actor, act: str, table: Mapping[str, frozenset[str]] = MAY) -> None:
    """Refuses when no role of the actor is in the table's set for `act`; KeyError for an unknown act."""
    if not actor.is_known and actor.community_id is not None:
        return  # Samspill itself, see actor.machine
    if actor.has_role(*table[act]):
        return
    raise Refused("may_not", may_not_sentence(table[act]), forbidden=True)


def may_not_sentence(roles: frozenset[str]) -> object:
    names = ", ".join(str(RoleCode(code).label) for code in sorted(roles))
    return _("Only these may do this: %(roles)s. Ask your secretariat.") % {"roles": names}
