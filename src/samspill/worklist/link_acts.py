"""What a link in a mail can do with a task: say that it is done, or put it off."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samspill.directory.public import Actor
from samspill.refusal import Refused
from samspill.worklist import rules, wording
from samspill.worklist.actions.tasks import finish, snooze
from samspill.worklist.models import Task
from samspill.worklist.permissions import is_held_by
from samspill.worklist.queries.tasks import visible_tasks
from samspill.worklist.registries import Asked, LinkAct
from samspill.worklist.states import TaskAct


def _task(thing: int, actor: Actor, act: str) -> Task:
    """The task, if it still waits for the actor. Refuses otherwise."""
    task = visible_tasks(actor).filter(pk=thing).first()
    if task is None or not is_held_by(task, actor):
        raise Refused(
            "link.not_yours", gettext_lazy("This task no longer waits for you, so there is nothing to do.")
        )
    rules.check_move(task.state, act)
    return task


def _describe_finish(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    task = _task(thing, actor, TaskAct.FINISH)
    return Asked(
        label=pgettext("button on a task", "Done"),
        question=_("Is this done?"),
        title=task.title,
        path=task.get_absolute_url(),
    )


def _perform_finish(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    task = _task(thing, actor, TaskAct.FINISH)
    finish(task, by=actor, via="link")
    return _("Done: %(title)s") % {"title": task.title}


def _until(arguments: Mapping[str, str]) -> date:
    return date.fromisoformat(arguments["until"])


def _describe_snooze(thing: int, arguments: Mapping[str, str], actor: Actor) -> Asked:
    task, until = _task(thing, actor, TaskAct.SNOOZE), _until(arguments)
    rules.check_snooze(until, actor.today)
    day = wording.long_day(until, actor.today)
    return Asked(
        label=_("Put off to %(day)s") % {"day": day},
        question=_("Put this off to %(day)s?") % {"day": day},
        title=task.title,
        path=task.get_absolute_url(),
    )


def _perform_snooze(thing: int, arguments: Mapping[str, str], actor: Actor) -> str:
    task, until = _task(thing, actor, TaskAct.SNOOZE), _until(arguments)
    snooze(task, by=actor, until=until, via="link")
    return _("Put off to %(day)s: %(title)s") % {
        "day": wording.long_day(until, actor.today),
        "title": task.title,
    }


FINISH = LinkAct(describe=_describe_finish, perform=_perform_finish)
SNOOZE = LinkAct(describe=_describe_snooze, perform=_perform_snooze)
