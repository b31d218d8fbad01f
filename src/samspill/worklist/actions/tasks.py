"""Make a task and do something about it. Nothing is deleted, and the last act can be taken back."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.directory.public import Actor, Community, Party, Ref, SearchEntry, put_many, record, resolve
from samspill.refusal import Refused
from samspill.worklist import rules
from samspill.worklist.actions.outbox import tell_holders
from samspill.worklist.holders import Holder, person, unknown_holder
from samspill.worklist.models import Task
from samspill.worklist.permissions import check_may_add, check_may_change
from samspill.worklist.queries.tasks import KIND, events_of, is_here
from samspill.worklist.states import MOVES, TaskAct, TaskState

# What taking back an act restores: every column an act below may change.
_CHANGEABLE = ("account", "body", "party", "role", "state", "snoozed_until", "outcome", "done_at", "done_by")


def add_task(
    *, by: Actor, title: str, who: Holder | None = None, due: date | None = None, text: str = "",
    about: Ref | None = None, act_label: str = "",
) -> Task:  # fmt: skip
    """A new task in the actor's community, for `who` or else for the actor; the people behind `who` are told.

    Refuses an empty title, a deadline before today, and a holder or a thing that is not there.
    """
    community_id = check_may_add(by)
    rules.check_title(title)
    rules.check_due(due, by.today)
    holder = _holder(who, by)
    if about is not None and about not in resolve([about], by):
        raise Refused("task.about", gettext_lazy("What the task is about is not there, or not open to you."))
    with transaction.atomic():
        task = Task.objects.create(
            community_id=community_id,
            title=title.strip(),
            text=text.strip(),
            due=due,
            about_kind=about.kind if about else "",
            about_id=about.id if about else None,
            act_label=act_label,
            made_by_id=by.account_id,
            **holder.fields(),
        )
        _done(task, "task.add", by)
        tell_holders(task, by=by)
    return task


def finish(task: Task, *, by: Actor, outcome: str = "", via: str = "") -> None:
    """Done, with an optional word about what came of it. `via` tells the log how the act came in ("link")."""
    with transaction.atomic():
        task = _locked(task, by)
        _move(task, TaskAct.FINISH)
        task.outcome = outcome.strip()
        task.done_at, task.done_by_id = timezone.now(), by.account_id
        task.snoozed_until = None
        _save(task, "task.finish", by, via=via)


def drop(task: Task, *, by: Actor, reason: str) -> None:
    """Not to be done after all; `reason` stays on the task."""
    rules.check_reason(reason)
    with transaction.atomic():
        task = _locked(task, by)
        _move(task, TaskAct.DROP)
        task.outcome, task.snoozed_until = reason.strip(), None
        _save(task, "task.drop", by)


def snooze(task: Task, *, by: Actor, until: date, via: str = "") -> None:
    """Off the list until `until`; the deadline stays."""
    rules.check_snooze(until, by.today)
    with transaction.atomic():
        task = _locked(task, by)
        _move(task, TaskAct.SNOOZE)
        task.snoozed_until = until
        _save(task, "task.snooze", by, via=via, until=until.isoformat())


def hand_over(task: Task, *, by: Actor, to: Holder) -> None:
    """Somebody else holds the task from now on, and is told."""
    holder = _holder(to, by)
    with transaction.atomic():
        task = _locked(task, by)
        _move(task, TaskAct.HAND_OVER)
        for column, value in holder.fields().items():
            setattr(task, column, value)
        task.snoozed_until = None
        _save(task, "task.hand_over", by, to=str(holder))
        tell_holders(task, by=by)


def last_event(task: Task) -> int:
    """The number of the newest row of the task's history: what `undo` is asked to take back."""
    return events_of(task).values_list("pgh_id", flat=True)[0]


def undo(task: Task, *, event: int, by: Actor) -> None:
    """Take the act that wrote history row `event` back; the task is as it was before.

    Refuses when something else has been done since. Taking back the making of a task drops it.
    """
    with transaction.atomic():
        task = _locked(task, by)
        newest = list(events_of(task)[:2])
        if newest[0].pgh_id != event:
            raise Refused(
                "task.undo",
                gettext_lazy("The task has been changed since. Look at it before you take that back."),
            )
        if len(newest) == 1:
            task.state, task.outcome = TaskState.DROPPED, _("Made by mistake.")
        else:
            for column in _CHANGEABLE:
                field = Task._meta.get_field(column).attname  # type: ignore[union-attr]
                setattr(task, field, getattr(newest[1], field))
        _save(task, "task.undo", by)


def _holder(who: Holder | None, by: Actor) -> Holder:
    if who is None and by.account_id is not None:
        return person(by.account_id)
    if who is None or by.community_id is None or not is_here(who, by.community_id, by.today):
        raise unknown_holder()
    return who


def _locked(task: Task, by: Actor) -> Task:
    """The row as it is now, held until the act is done: of two clicks at once one is refused."""
    fresh = Task.objects.visible_to(by).select_for_update().get(pk=task.pk)
    check_may_change(fresh, by)
    return fresh


def _move(task: Task, act: str) -> None:
    rules.check_move(task.state, act)
    task.state = MOVES[task.state, act]


def _save(task: Task, act: str, by: Actor, **details: object) -> None:
    task.save()
    _done(task, act, by, **details)


def _done(task: Task, act: str, by: Actor, **details: object) -> None:
    """Into the log, and into the search index as it is now."""
    said: dict[str, Any] = {key: value for key, value in details.items() if value}
    record(by=by, act=act, on=task, on_behalf_of=_behalf(task, by), **said)
    put_many([_entry(task, _language(task.community_id))])


def index_community(community_id: int) -> int:
    """Write the search entries of a community's tasks anew; returns how many."""
    language = _language(community_id)
    entries = [_entry(task, language) for task in Task.objects.filter(community_id=community_id)]
    put_many(entries)
    return len(entries)


def _language(community_id: int) -> str:
    return Community.objects.values_list("written_form", flat=True).get(pk=community_id)


def _entry(task: Task, language: str) -> SearchEntry:
    return SearchEntry(
        kind=KIND,
        thing_id=task.pk,
        community_id=task.community_id,
        title=task.title,
        text=f"{task.text}\n{task.outcome}".strip(),
        language=language,
    )


def _behalf(task: Task, by: Actor) -> Party | None:
    """The party the actor acts for: the task's, or the only one the actor has."""
    if task.party_id in by.party_ids:
        return task.party
    return Party.objects.get(pk=next(iter(by.party_ids))) if len(by.party_ids) == 1 else None
