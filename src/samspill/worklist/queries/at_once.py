"""A person's tasks and what others did, read in one query for the page that is opened the most."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from samspill.directory.public import Account, Actor, AuditEvent, Body, Facts, Party, Wanted, Wants, read_for
from samspill.worklist.models import Task
from samspill.worklist.queries.news import acts_of_others
from samspill.worklist.queries.tasks import waits_for
from samspill.worklist.registries import ACTS
from samspill.worklist.states import UNFINISHED, TaskState

_TASK = (
    "title", "text", "account_id", "body_id", "party_id", "role", "about_kind", "about_id", "act_label",
    "state", "made_by_id",
)  # fmt: skip
_DAYS = ("due", "snoozed_until")
_NAMES = {
    "account_name": "account__name",
    "body_name": "body__name",
    "body_short": "body__short_name",
    "party_name": "party__name",
    "party_short": "party__short_name",
    "maker": "made_by__name",
}
_ACT = ("at", "by_name", "act", "on_kind", "on_id", "on_title")


@dataclass(frozen=True)
class Tasks:
    """What the start page shows of tasks: awake and put off for the person, and asked of others."""

    awake: list[Task]
    asleep: list[Task]
    asked: list[Task]


def tasks_and_news(actor: Actor) -> tuple[Tasks, list[AuditEvent]]:
    """The tasks, and what other people did in the last week that is news, newest first. 1 query."""
    if actor.community_id is None:
        return Tasks([], [], []), []
    found = read_for(_wants(frozenset(code for code, told in ACTS.items() if told.is_news)), actor)
    acts = [_act(one) for one in found["acts"]]
    return _tasks(found["tasks"], actor.today), sorted(acts, key=lambda one: (one.at, one.pk), reverse=True)


@lru_cache
def _wants(news: frozenset[str]) -> Wants:
    """One for each set of codes: by it the statement is kept."""

    def wants(actor: Actor) -> dict[str, Wanted]:
        mine = ExpressionWrapper(waits_for(actor), BooleanField())
        made = Q(made_by_id=actor.account_id) if actor.is_known else Q(pk__in=[])
        tasks = Task.objects.visible_to(actor).filter(waits_for(actor) | made, state__in=UNFINISHED)
        facts = {name: name for name in (*_TASK, *_DAYS)}
        return {
            "tasks": Wanted(tasks, {**facts, **_NAMES, "is_mine": Coalesce(mine, False)}),
            "acts": Wanted(acts_of_others(actor, sorted(news)), {name: name for name in _ACT}),
        }

    return wants


def _tasks(found: Iterable[Facts], today: date) -> Tasks:
    tasks = Tasks([], [], [])
    for one in found:
        task = _task(one)
        if not one["is_mine"]:
            tasks.asked.append(task)
        else:
            (tasks.asleep if _sleeps(task, today) else tasks.awake).append(task)
    tasks.asleep.sort(key=lambda one: (one.snoozed_until or date.max, one.pk))
    tasks.asked.sort(key=lambda one: (one.due or date.max, one.pk))
    return tasks


def _sleeps(task: Task, today: date) -> bool:
    return task.state == TaskState.SNOOZED and task.snoozed_until is not None and task.snoozed_until > today


def _task(one: Facts) -> Task:
    """With the names of those it waits for and of the one who made it."""
    task = Task(pk=one.pk, **{name: one[name] for name in _TASK}, **{name: one.day(name) for name in _DAYS})
    if task.account_id:
        task.account = Account(pk=task.account_id, name=one["account_name"])
    if task.body_id:
        task.body = Body(pk=task.body_id, name=one["body_name"], short_name=one["body_short"])
    if task.party_id:
        task.party = Party(pk=task.party_id, name=one["party_name"], short_name=one["party_short"])
    if task.made_by_id:
        task.made_by = Account(pk=task.made_by_id, name=one["maker"])
    return task


def _act(one: Facts) -> AuditEvent:
    return AuditEvent(pk=one.pk, **{**one.facts, "at": one.at("at")})
