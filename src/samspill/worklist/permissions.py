"""Who may do what with a task."""

from django.utils.translation import gettext_lazy as _

from samspill.directory.public import Actor, RoleCode
from samspill.refusal import Refused
from samspill.worklist.models import Task


def is_held_by(task: Task, actor: Actor) -> bool:
    """Whether the task waits for the actor: as themselves, in a body, for a party or by role."""
    if actor.account_id is None or task.community_id != actor.community_id:
        return False
    return (
        task.account_id == actor.account_id
        or task.body_id in actor.body_ids
        or task.party_id in actor.party_ids
        or task.role in actor.roles
    )


def check_may_add(by: Actor) -> int:
    """The number of the community the actor may add to: every member may."""
    if by.community_id is None:
        raise Refused(
            "task.no_community",
            _("You have no role in any helsefellesskap, and the task needs one. Ask your secretariat."),
            forbidden=True,
        )
    return by.community_id


def check_may_change(task: Task, by: Actor) -> None:
    """Those it waits for, who made it, the secretariat, and Samspill itself."""
    if by.community_id != task.community_id:
        raise Refused("task.elsewhere", _("This task belongs to another helsefellesskap."), forbidden=True)
    if by.account_id is None or is_held_by(task, by) or task.made_by_id == by.account_id:
        return
    if by.has_role(RoleCode.SECRETARIAT):
        return
    raise Refused(
        "task.not_yours",
        _("This task waits for %(holder)s. They, who made it, or the secretariat can change it.")
        % {"holder": task.holder_name},
        forbidden=True,
    )
