"""Who may bring data in and take them in use. What is in use, from where and when, everybody may read."""

from collections.abc import Mapping

from samspill.directory.public import Actor, RoleCode, check_may

_KEEPERS = frozenset({RoleCode.SECRETARIAT, RoleCode.ANALYST})
MAY: Mapping[str, frozenset[str]] = {
    "data.bring_in": _KEEPERS,
    "data.take": _KEEPERS,
    "data.withdraw": _KEEPERS,
}


def check_may_keep_data(actor: Actor, act: str) -> None:
    """Data belong to the installation. Samspill itself acts from the command line and at night."""
    if actor.account_id is None and actor.name:
        return
    check_may(actor, act, MAY)
