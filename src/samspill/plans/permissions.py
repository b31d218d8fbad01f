"""Who may do what with plans: roles as a table, and that a plan belongs to one community."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode, check_may
from samspill.plans.models import Measure, MeasureResponsible, Plan
from samspill.refusal import Refused

_KEEPERS = frozenset({RoleCode.SECRETARIAT, RoleCode.PLAN_OWNER})

MAY: Mapping[str, frozenset[str]] = {
    "plans.import": _KEEPERS,
    "plans.change": _KEEPERS,
    "plans.report": _KEEPERS | {RoleCode.DIRECTOR, RoleCode.MEMBER},
    "plans.adopt": _KEEPERS,
    "plans.revise": _KEEPERS,
    "plans.transfer": _KEEPERS,
    "plans.implement": _KEEPERS | {RoleCode.DIRECTOR, RoleCode.MEMBER},
    "plans.milestones": _KEEPERS | {RoleCode.DIRECTOR, RoleCode.MEMBER},
    "plans.projects": _KEEPERS,
    "plans.publish": frozenset({RoleCode.SECRETARIAT}),
    "funds.manage": frozenset({RoleCode.SECRETARIAT}),
    "funds.apply": _KEEPERS | {RoleCode.DIRECTOR, RoleCode.MEMBER},
    "funds.endorse": frozenset({RoleCode.DIRECTOR, RoleCode.MEMBER}),
}
# Whom holes and missing statuses are asked of.
KEEPERS = _KEEPERS


def check_may_act(actor: Actor, act: str, plan: Plan | Measure) -> None:
    """Refuses when the actor's roles do not allow `act`, or the plan is another community's."""
    if actor.community_id != plan.community_id:
        raise Refused(
            "plan.other_community",
            _("This plan belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    check_may(actor, act, MAY)


def check_may_report(actor: Actor, measure: Measure, responsibles: list[MeasureResponsible]) -> None:
    """Keepers report on everything; members and directors on what their body or party answers for."""
    check_may_act(actor, "plans.report", measure)
    if actor.has_role(*KEEPERS) or not actor.is_known:
        return
    if not any(answers_for(actor, one) for one in responsibles):
        raise Refused(
            "status.not_yours",
            _("Those who answer for the measure say how it goes. Ask your secretariat if it should be you."),
            forbidden=True,
        )


def answers_for(actor: Actor, responsible: MeasureResponsible) -> bool:
    """Whether the actor acts for this body or party."""
    return responsible.body_id in actor.body_ids or responsible.party_id in actor.party_ids
