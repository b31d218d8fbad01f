"""«Mine oppgaver» as plain values: a person's own tasks and what every app derives, in groups by day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.directory.public import TASK_SOURCES, Actor, Due, Ref, Resolved, dues_of
from samspill.worklist import rules, wording
from samspill.worklist.models import Task
from samspill.worklist.queries.at_once import Tasks
from samspill.worklist.queries.tasks import (
    KIND,
    about,
    awake_tasks,
    ref_of,
)
from samspill.worklist.states import HolderKind, When

TEXT_FITS = 140  # two lines of a row at 1280 px


@dataclass(frozen=True)
class Row:
    """One line of the list, with its most likely act: a link to where it is done, or (`is_post`) the act.

    `task_id` is set for the worklist's own tasks, which can be put off.
    """

    key: str
    title: str
    text: str
    url: str
    act_label: str
    act_url: str
    is_post: bool
    due: date | None
    weight: int = 50
    task_id: int | None = None


@dataclass(frozen=True)
class Group:
    """Rows of one day or week. `label` as in the margin, `dates` the small line below it."""

    when: When
    dates: str
    rows: tuple[Row, ...]

    @property
    def label(self) -> str:
        return str(self.when.label)

    @property
    def is_late(self) -> bool:
        return self.when == When.LATE

    @property
    def is_near(self) -> bool:
        """Whether there is any point in putting its rows off."""
        return self.when in (When.LATE, When.TODAY)


@dataclass(frozen=True)
class Waiting:
    """Something the person asked of others. `is_late` when its deadline has passed."""

    who: str
    title: str
    url: str
    deadline: str
    is_late: bool
    due: date | None


@dataclass(frozen=True)
class PutOff:
    """A task the person has put off, and the day it comes back."""

    title: str
    url: str
    comes_back: str
    due: date | None


@dataclass(frozen=True)
class Agenda:
    """A person's start page on `today`: the message, the groups, and what others owe."""

    today: date
    headline: str
    groups: tuple[Group, ...]
    waiting: tuple[Waiting, ...]
    put_off: tuple[PutOff, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


def rows_for(actor: Actor) -> list[Row]:
    """Everything that waits for the actor, unordered: awake tasks and what TASK_SOURCES derive."""
    awake = awake_tasks(actor)
    return _rows(awake, about(awake, actor), actor)


def _rows(awake: list[Task], things: Mapping[Ref, Resolved], actor: Actor) -> list[Row]:
    own = _task_rows(awake, things, actor)
    return [*own, *map(_due_row, dues_of(TASK_SOURCES.all(), actor))]


def agenda_of(tasks: Tasks, things: Mapping[Ref, Resolved], actor: Actor) -> Agenda:
    """What waits for an actor, as the start page shows it; `things` are those that the tasks are about.

    Queries: 1, and those of sources that tell from more than facts.
    """
    rows = _rows(tasks.awake, things, actor)
    waiting = tuple(_waiting(task, actor.today) for task in tasks.asked)
    put_off = tuple(_put_off(task, actor.today) for task in tasks.asleep)
    return Agenda(
        today=actor.today,
        headline=_headline(rows, waiting, put_off, actor.today),
        groups=group(rows, actor.today),
        waiting=waiting,
        put_off=put_off,
    )


def group(rows: Iterable[Row], today: date) -> tuple[Group, ...]:
    """Rows by day as the page shows them; empty groups are left out. Within a group by day, weight, title."""
    found: dict[When, list[Row]] = {when: [] for when in When}
    for row in sorted(rows, key=_order):
        found[rules.when(row.due, today)].append(row)
    return tuple(
        Group(
            when,
            _dates(when, today),
            tuple(_with_deadline(row, when, today) for row in members),
        )
        for when, members in found.items()
        if members
    )


def _with_deadline(row: Row, when: When, today: date) -> Row:
    """The row says its deadline where the margin does not."""
    if when in (When.TODAY, When.TOMORROW):
        return row
    return replace(row, text=wording.sentence(row.text, wording.deadline(row.due, today)))


def _order(row: Row) -> tuple[date, int, str]:
    return (row.due or date.max, row.weight, row.title)


def _dates(when: When, today: date) -> str:
    monday = today - timedelta(days=today.weekday())
    if when == When.TOMORROW:
        return wording.weekday_and_number(today + timedelta(days=1))
    if when == When.NEXT_WEEK:
        return wording.week_span(monday + timedelta(days=7), monday + timedelta(days=11))
    return ""


def _task_rows(tasks: list[Task], things: Mapping[Ref, Resolved], actor: Actor) -> list[Row]:
    return [_task_row(task, things.get(ref) if (ref := ref_of(task)) else None, actor) for task in tasks]


def _task_row(task: Task, thing: Resolved | None, actor: Actor) -> Row:
    maker = task.made_by if task.made_by_id != actor.account_id else None
    is_shared = task.holder_kind != HolderKind.ACCOUNT
    return Row(
        key=f"{KIND}:{task.pk}",
        title=task.title,
        text=wording.sentence(
            thing.title if thing else "",
            Truncator(task.text).chars(TEXT_FITS),
            _("From %(name)s") % {"name": maker.name} if maker else "",
            _("For %(holder)s") % {"holder": task.holder_name} if is_shared else "",
        ),
        url=task.get_absolute_url(),
        act_label=_label(task, thing),
        act_url=thing.url if thing else reverse("worklist:finish", args=[task.pk]),
        is_post=thing is None,
        due=task.due,
        task_id=task.pk,
    )


def _label(task: Task, thing: Resolved | None) -> str:
    if thing is None:
        return pgettext("button on a task", "Done")
    return task.act_label or pgettext("button that leads to a thing", "Open")


def _due_row(due: Due) -> Row:
    return Row(
        key=due.key,
        title=due.title,
        text=due.text,
        url=due.url,
        act_label=due.act_label,
        act_url=due.url,
        is_post=False,
        due=due.due,
        weight=due.weight,
    )


def _waiting(task: Task, today: date) -> Waiting:
    is_late = task.due is not None and task.due < today
    if task.due is None:
        said = ""
    elif is_late:
        said = wording.days_late(task.due, today)
    else:
        said = _("Deadline %(day)s") % {"day": wording.day_of_month(task.due, today)}
    return Waiting(task.holder_name, task.title, task.get_absolute_url(), said, is_late, task.due)


def _put_off(task: Task, today: date) -> PutOff:
    day = wording.near_day(task.snoozed_until, today) if task.snoozed_until else ""
    return PutOff(task.title, task.get_absolute_url(), _("Back %(day)s") % {"day": day}, task.due)


def _headline(rows: list[Row], waiting: Iterable[Waiting], put_off: Iterable[PutOff], today: date) -> str:
    tomorrow = today + timedelta(days=1)
    ordered = sorted(rows, key=_order)
    deadlines = [one.due for one in waiting] + [one.due for one in put_off]
    waits = wording.Waits(
        late=sum(1 for row in rows if row.due and row.due < today),
        today=tuple(row.title for row in ordered if row.due == today),
        tomorrow=tuple(row.title for row in ordered if row.due == tomorrow),
        dated=next((row.due for row in ordered if row.due and row.due > tomorrow), None),
        undated=sum(1 for row in rows if row.due is None),
        elsewhere=min((due for due in deadlines if due and due > today), default=None),
    )
    return wording.headline(waits, today)
