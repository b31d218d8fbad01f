"""Code sets of the worklist and the table of what may follow what. Stored values are stable codes."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class TaskState(TextChoices):
    OPEN = "open", pgettext_lazy("state of a task", "open")
    SNOOZED = "snoozed", pgettext_lazy("state of a task", "put off")
    DONE = "done", pgettext_lazy("state of a task", "done")
    DROPPED = "dropped", pgettext_lazy("state of a task", "dropped")


class TaskAct(StrEnum):
    """What is done to a task. Taking the last act back is no move: it restores what was before."""

    FINISH = "finish"
    DROP = "drop"
    SNOOZE = "snooze"
    HAND_OVER = "hand_over"


MOVES: Mapping[tuple[str, str], str] = {
    (TaskState.OPEN, TaskAct.FINISH): TaskState.DONE,
    (TaskState.OPEN, TaskAct.DROP): TaskState.DROPPED,
    (TaskState.OPEN, TaskAct.SNOOZE): TaskState.SNOOZED,
    (TaskState.OPEN, TaskAct.HAND_OVER): TaskState.OPEN,
    (TaskState.SNOOZED, TaskAct.FINISH): TaskState.DONE,
    (TaskState.SNOOZED, TaskAct.DROP): TaskState.DROPPED,
    (TaskState.SNOOZED, TaskAct.SNOOZE): TaskState.SNOOZED,
    (TaskState.SNOOZED, TaskAct.HAND_OVER): TaskState.OPEN,
}
UNFINISHED = (TaskState.OPEN, TaskState.SNOOZED)


class HolderKind(StrEnum):
    """Who a task can wait for: one person, everybody in a body, for a party or with a role."""

    ACCOUNT = "account"
    BODY = "body"
    PARTY = "party"
    ROLE = "role"


class NoticeState(StrEnum):
    """A notice waits in the outbox until it is mailed, or until nobody needs it any more."""

    WAITING = "waiting"
    SENT = "sent"
    UNNEEDED = "unneeded"


class When(TextChoices):
    """The groups of «Mine oppgaver», in the order of the page."""

    LATE = "late", pgettext_lazy("group of tasks", "Past the deadline")
    TODAY = "today", pgettext_lazy("group of tasks", "Today")
    TOMORROW = "tomorrow", pgettext_lazy("group of tasks", "Tomorrow")
    THIS_WEEK = "this_week", pgettext_lazy("group of tasks", "Later this week")
    NEXT_WEEK = "next_week", pgettext_lazy("group of tasks", "Next week")
    LATER = "later", pgettext_lazy("group of tasks", "Later")
    UNDATED = "undated", pgettext_lazy("group of tasks", "Without a deadline")
