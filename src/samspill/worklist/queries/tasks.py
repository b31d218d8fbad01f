"""Tasks by who they wait for, and the people behind a holder."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from samspill.directory.public import (
    Account,
    Actor,
    Answerable,
    Body,
    Membership,
    Party,
    Ref,
    Resolved,
    RoleCode,
    answerable_in,
    in_force_on,
    resolve,
)
from samspill.worklist.holders import Holder
from samspill.worklist.models import Task
from samspill.worklist.states import UNFINISHED, HolderKind, TaskState

KIND = "worklist.task"


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Tasks of the actor's community, with everything a row says about who."""
    return Task.objects.visible_to(actor).select_related("account", "body", "party", "made_by")


def waits_for(actor: Actor) -> Q:
    """Tasks that wait for the actor: as themselves, in a body, for a party or by role."""
    return (
        Q(account_id=actor.account_id)
        | Q(body_id__in=actor.body_ids)
        | Q(party_id__in=actor.party_ids)
        | Q(role__in=actor.roles)
    )


def is_awake_on(day: date) -> Q:
    """Open, or put off to a day that has come."""
    return Q(state=TaskState.OPEN) | Q(state=TaskState.SNOOZED, snoozed_until__lte=day)


def awake_tasks(actor: Actor) -> list[Task]:
    return list(visible_tasks(actor).filter(waits_for(actor), is_awake_on(actor.today)))


def asleep_tasks(actor: Actor) -> list[Task]:
    """What the actor has put off, the one that wakes first first."""
    asleep = Q(state=TaskState.SNOOZED, snoozed_until__gt=actor.today)
    return list(visible_tasks(actor).filter(waits_for(actor), asleep).order_by("snoozed_until", "pk"))


def asked_of_others(actor: Actor) -> list[Task]:
    """Unfinished tasks that the actor made and others hold; those with a deadline first."""
    if actor.account_id is None:
        return []
    mine = visible_tasks(actor).filter(made_by_id=actor.account_id, state__in=UNFINISHED)
    return list(mine.exclude(pk__in=Task.objects.filter(waits_for(actor)).values("pk")).order_by("due", "pk"))


def is_here(holder: Holder, community_id: int, day: date) -> bool:
    """Whether the holder can be given a task there: a member on `day`, its body, its party, a role."""
    if holder.kind == HolderKind.ACCOUNT:
        return (
            Membership.objects.filter(in_force_on(day), community_id=community_id)
            .filter(account_id=holder.value, account__is_active=True)
            .exists()
        )
    if holder.kind == HolderKind.BODY:
        return Body.objects.filter(community_id=community_id, pk=holder.value).exists()
    if holder.kind == HolderKind.PARTY:
        return Party.objects.filter(community_id=community_id, pk=holder.value).exists()
    return holder.value in RoleCode.values


def people_behind(task: Task, day: date) -> list[Account]:
    """The accounts a task waits for on `day`; several for a body, party or role, possibly none."""
    here = Membership.objects.filter(in_force_on(day), community_id=task.community_id)
    if task.account_id:
        held = here.filter(account_id=task.account_id)
    elif task.body_id:
        held = here.filter(body_id=task.body_id)
    elif task.party_id:
        held = here.filter(party_id=task.party_id)
    else:
        held = here.filter(role=task.role)
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("pk"))


def members_of(community_id: int, day: date) -> list[Account]:
    """Active accounts with a role in the community on `day`, by name."""
    here = Membership.objects.filter(in_force_on(day), community_id=community_id)
    return list(Account.objects.filter(pk__in=here.values("account"), is_active=True).order_by("name", "pk"))


def possible_holders(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Everybody a task can be given to, in groups of (key, name): people, bodies, parties, roles."""
    assert actor.community_id is not None  # noqa: S101  asked after check_may_add
    people = [(f"account:{one.pk}", one.name) for one in members_of(actor.community_id, actor.today)]
    groups: dict[str, list[Answerable]] = {"body": [], "party": []}
    for one in answerable_in(actor.community_id):
        groups[one.kind].append(one)
    return [
        ("people", people),
        ("bodies", [(one.key, one.name) for one in groups["body"]]),
        ("parties", [(one.key, one.name) for one in groups["party"]]),
        ("roles", [(f"role:{code}", str(label)) for code, label in RoleCode.choices]),
    ]


def about(tasks: list[Task], actor: Actor) -> dict[Ref, Resolved]:
    """The things that tasks are about, as far as they exist and may be seen; one query per kind."""
    return resolve({ref for task in tasks if (ref := ref_of(task))}, actor)


def ref_of(task: Task) -> Ref | None:
    return Ref(task.about_kind, task.about_id) if task.about_kind and task.about_id else None


def events_of(task: Task) -> QuerySet:
    """The task's history rows, newest first; each has the task's columns as they were after an act."""
    return task.events.order_by("-pgh_id")  # type: ignore[attr-defined]


def resolve_tasks(ids: Iterable[int], actor: Actor) -> dict[int, Resolved]:
    """Tasks as things: for links, search and the audit log."""
    return {
        task.pk: Resolved(task.title, task.get_absolute_url(), str(TaskState(task.state).label))
        for task in Task.objects.visible_to(actor).filter(pk__in=list(ids))
    }
