"""Remind others of what they owe: by hand («Purr»), and every morning by Samspill itself."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Community, acting_as, record, scope
from samspill.refusal import Refused
from samspill.worklist import wording
from samspill.worklist.actions.outbox import Words, notify, task_asks
from samspill.worklist.models import Task
from samspill.worklist.permissions import check_may_change
from samspill.worklist.queries.agenda import Row, rows_for
from samspill.worklist.queries.tasks import asked_of_others, members_of, people_behind
from samspill.worklist.registries import REMINDERS
from samspill.worklist.rules import should_remind


def chase(task: Task, *, by: Actor) -> int:
    """Tell those the task waits for that it is waited for, at most once a day; returns how many were told."""
    check_may_change(task, by)
    if task.is_finished:
        raise Refused("task.state", gettext_lazy("This task is closed, so nobody needs a reminder."))

    def words() -> Words:
        return Words(
            task.title,
            wording.sentence(
                _("%(name)s waits for this") % {"name": by.name},
                wording.dated_deadline(task.due, by.today),
                task.text,
            ),
        )

    told = notify(
        to=[one for one in people_behind(task, by.today) if one.pk != by.account_id],
        key=f"task.chase:{task.pk}:{by.today}",
        words=words,
        by=by,
        path=task.get_absolute_url(),
        asks=task_asks(task.pk, by.today),
    )
    if told:
        record(by=by, act="task.chase", on=task, told=told)
    return told


def chase_all(*, by: Actor) -> int:
    """Chase everything the actor waits for; returns how many tasks somebody was told about."""
    return sum(1 for task in asked_of_others(by) if chase(task, by=by))


def remind(*, by: Actor) -> int:
    """Put the reminders of today in the outbox; returns how many are new. `by` is Samspill in a community."""
    assert by.community_id is not None  # noqa: S101  a machine works in a community
    new = sum(ask(by=by) for ask in REMINDERS.values())
    community = Community.objects.get(pk=by.community_id)
    for account in members_of(community.pk, by.today):
        actor = acting_as(account, today=by.today, community_id=community.pk)
        with scope(actor), translation.override(account.written_form or community.written_form):
            rows = rows_for(actor)
        for row in rows:
            if should_remind(row.due, by.today):
                new += notify(
                    to=[account],
                    key=f"remind:{row.key}:{by.today}",
                    words=partial(_reminder, row, by),
                    by=by,
                    path=row.url,
                    asks=task_asks(row.task_id, by.today) if row.task_id else (),
                )
    return new


def _reminder(row: Row, by: Actor) -> Words:
    return Words(row.title, wording.sentence(wording.dated_deadline(row.due, by.today), row.text))
