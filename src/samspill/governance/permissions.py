"""Who may do what in governance: roles as a table, seats, and that a thing belongs to one community."""

from collections.abc import Mapping
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode, check_may
from samspill.refusal import Refused

_EVERY_ROLE = frozenset(RoleCode)
_SECRETARIAT = frozenset({RoleCode.SECRETARIAT})
_SPEAKS = frozenset({RoleCode.SECRETARIAT, RoleCode.DIRECTOR, RoleCode.MEMBER})

MAY: Mapping[str, frozenset[str]] = {
    "bodies.manage": frozenset({RoleCode.SECRETARIAT, RoleCode.ADMINISTRATOR}),
    "cases.report": _EVERY_ROLE,
    "cases.prepare": _SECRETARIAT,
    "cases.draft": _SPEAKS | {RoleCode.OBSERVER},
    "cases.supply": _SPEAKS | {RoleCode.OBSERVER, RoleCode.ANALYST},
    "cases.screen": _SECRETARIAT,
    "cases.anchor": _SPEAKS,
    "meetings.manage": _SECRETARIAT,
    "meetings.write": _SECRETARIAT,
    "meetings.take_part": _SPEAKS | {RoleCode.OBSERVER},
    "deliveries.make": _SECRETARIAT,
    "access.choose": _SECRETARIAT,
    "follow_ups.manage": _SECRETARIAT,
    "follow_ups.report": _SPEAKS,
    "consultations.manage": _SECRETARIAT,
    "consultations.contribute": _SPEAKS | {RoleCode.OBSERVER},
}


class _Owned(Protocol):
    community_id: int


def check_may_act(actor: Actor, act: str, thing: _Owned | None = None) -> None:
    """Refuses when the actor's roles do not allow `act`, or `thing` is another community's."""
    if thing is not None and actor.community_id != thing.community_id:
        raise Refused(
            "governance.other_community",
            _("This belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    check_may(actor, act, MAY)


def may_act(actor: Actor, act: str, thing: _Owned | None = None) -> bool:
    """The same as an answer, to show what somebody may do."""
    try:
        check_may_act(actor, act, thing)
    except Refused:
        return False
    return True


def is_secretariat(actor: Actor) -> bool:
    """The secretariat, or Samspill itself at work in a community."""
    return actor.has_role(RoleCode.SECRETARIAT) or (not actor.is_known and actor.community_id is not None)
