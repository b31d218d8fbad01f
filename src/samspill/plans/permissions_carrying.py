"""Who may say how far a party has come, keep milestones and keep projects."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, check_may
from samspill.plans.models import Measure, MeasureResponsible, Plan, Project
from samspill.plans.permissions import KEEPERS, MAY, answers_for, check_may_act
from samspill.refusal import Refused


def check_may_implement(actor: Actor, plan: Plan | Measure, party_id: int) -> None:
    """Keepers speak for every party; directors and members for their own."""
    check_may_act(actor, "plans.implement", plan)
    if is_on_behalf(actor, party_id) and actor.is_known and not actor.has_role(*KEEPERS):
        raise Refused(
            "implementation.not_yours",
            _("You can speak for your own municipality or hospital only."),
            forbidden=True,
        )


def is_on_behalf(actor: Actor, party_id: int) -> bool:
    return party_id not in actor.party_ids


def check_may_keep_milestones(
    actor: Actor, measure: Measure, responsibles: Iterable[MeasureResponsible]
) -> None:
    """Keepers, and those whose body or party answers for the measure or helps."""
    check_may_act(actor, "plans.milestones", measure)
    if actor.has_role(*KEEPERS) or not actor.is_known:
        return
    if not any(answers_for(actor, one) for one in responsibles):
        raise Refused(
            "milestone.not_yours",
            _("Those who answer for the measure keep its milestones. Ask your secretariat for help."),
            forbidden=True,
        )


def check_may_keep_projects(actor: Actor, project: Project | None = None) -> None:
    if actor.community_id is None or (project and project.community_id != actor.community_id):
        raise Refused(
            "project.other_community",
            _("This project belongs to another helsefellesskap. You can read it, not change it."),
            forbidden=True,
        )
    check_may(actor, "plans.projects", MAY)
