"""Who may withdraw figures that were published. What is published, everybody may read."""

from collections.abc import Mapping

from samspill.directory.public import Actor, RoleCode, check_may

MAY: Mapping[str, frozenset[str]] = {
    "runs.withdraw": frozenset({RoleCode.SECRETARIAT, RoleCode.ANALYST}),
}


def check_may_withdraw(actor: Actor) -> None:
    """Figures belong to the installation. Samspill itself acts from the command line and at night."""
    if actor.account_id is None and actor.name:
        return
    check_may(actor, "runs.withdraw", MAY)
