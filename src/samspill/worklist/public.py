"""The door of the worklist: what other parts may use.

Everything that writes is called in a transaction, inside the actor's `scope`. An app that derives tasks from
the state of its own things registers a source in `directory`'s TASK_SOURCES. It adds a task here when one
person asks another for something, tells people with `notify`, or each what is theirs with `notify_each`,
lets a mail do an act of its own by an entry in LINK_ACTS, reads mails that come in by one in MAIL_READERS,
and has its acts told in words by one in ACTS.
"""

from samspill.worklist.actions.chase import chase, chase_all, remind
from samspill.worklist.actions.links import make_link, open_link, revoke_links, use_link
from samspill.worklist.actions.outbox import Letter, Words, notify, notify_each, take_back
from samspill.worklist.actions.tasks import add_task, drop, finish, hand_over, last_event, snooze, undo
from samspill.worklist.holders import Holder, body, party, person, role
from samspill.worklist.jobs import run_in_community, run_worker
from samspill.worklist.mail_reading import LONGEST_MAIL, receive_mail
from samspill.worklist.models import Task
from samspill.worklist.queries.agenda import Agenda, Group, Row, Waiting
from samspill.worklist.queries.news import News
from samspill.worklist.queries.start_page import StartPage, start_page
from samspill.worklist.registries import (
    ACTS,
    LINK_ACTS,
    MAIL_READERS,
    REMINDERS,
    SAID,
    Ask,
    Asked,
    LinkAct,
    Told,
)
from samspill.worklist.rules import is_workday, next_workday, previous_workday
from samspill.worklist.states import TaskState
from samspill.worklist.wording import day_and_week, day_of_month, long_day, near_day, number_in_words, weekday

__all__ = [
    "ACTS",
    "LINK_ACTS",
    "LONGEST_MAIL",
    "MAIL_READERS",
    "REMINDERS",
    "SAID",
    "Agenda",
    "Ask",
    "Asked",
    "Group",
    "Holder",
    "Letter",
    "LinkAct",
    "News",
    "Row",
    "StartPage",
    "Task",
    "TaskState",
    "Told",
    "Waiting",
    "Words",
    "add_task",
    "body",
    "chase",
    "chase_all",
    "day_and_week",
    "day_of_month",
    "drop",
    "finish",
    "hand_over",
    "is_workday",
    "last_event",
    "long_day",
    "make_link",
    "near_day",
    "next_workday",
    "notify",
    "notify_each",
    "number_in_words",
    "open_link",
    "party",
    "person",
    "previous_workday",
    "receive_mail",
    "remind",
    "revoke_links",
    "role",
    "run_in_community",
    "run_worker",
    "snooze",
    "start_page",
    "take_back",
    "undo",
    "use_link",
    "weekday",
]
