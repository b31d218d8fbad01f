"""Who may do what with kept answers: roles per act. To look and to try is open to everybody."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode, check_may
from samspill.insight.models import Calculation, IndicatorSignal, Scenario
from samspill.refusal import Refused

_SHAPERS = frozenset({RoleCode.SECRETARIAT, RoleCode.PLAN_OWNER, RoleCode.ANALYST, RoleCode.DIRECTOR})
MAY: Mapping[str, frozenset[str]] = {
    "insight.open": _SHAPERS,
    "insight.link": _SHAPERS,
    "insight.scenario": _SHAPERS,
    "insight.expect": _SHAPERS,
    "insight.signals": _SHAPERS | {RoleCode.MEMBER},
}


def check_may_act(actor: Actor, act: str, on: Calculation | Scenario | IndicatorSignal | None = None) -> None:
    """Refuses who is not in the community of `on`, or holds no role for `act` there."""
    if actor.community_id is None or (on is not None and actor.community_id != on.community_id):
        raise Refused(
            "insight.elsewhere",
            _("This belongs to a helsefellesskap you do not act in. Sign in there to change it."),
            forbidden=True,
        )
    check_may(actor, act, MAY)
