"""Days, moves and words: plain values, no database."""

from datetime import date, datetime

import pytest
from django.utils import translation

from samspill.refusal import Refused
from samspill.worklist import rules, wording
from samspill.worklist.holders import Holder
from samspill.worklist.states import MOVES, TaskAct, TaskState, When
from samspill.worklist.wording import Waits, headline

MONDAY = date(2026, 11, 9)
THURSDAY = date(2026, 11, 12)
FRIDAY = date(2026, 11, 13)
SUNDAY = date(2026, 11, 15)


@pytest.mark.parametrize(
    ("today", "due", "group"),
    [
        (THURSDAY, None, When.UNDATED),
        (THURSDAY, date(2025, 1, 1), When.LATE),
        (THURSDAY, date(2026, 11, 11), When.LATE),
        (THURSDAY, date(2026, 11, 12), When.TODAY),
        (THURSDAY, date(2026, 11, 13), When.TOMORROW),
        (THURSDAY, date(2026, 11, 14), When.THIS_WEEK),
        (THURSDAY, date(2026, 11, 15), When.THIS_WEEK),
        (THURSDAY, date(2026, 11, 16), When.NEXT_WEEK),
        (THURSDAY, date(2026, 11, 22), When.NEXT_WEEK),
        (THURSDAY, date(2026, 11, 23), When.LATER),
        (MONDAY, date(2026, 11, 11), When.THIS_WEEK),
        (SUNDAY, date(2026, 11, 16), When.TOMORROW),
        (SUNDAY, date(2026, 11, 17), When.NEXT_WEEK),
        (date(2026, 12, 31), date(2027, 1, 1), When.TOMORROW),
        (date(2026, 12, 31), date(2027, 1, 10), When.NEXT_WEEK),
    ],
)
def test_a_deadline_stands_in_its_group(today: date, due: date | None, group: When) -> None:
    assert rules.when(due, today) == group


@pytest.mark.parametrize(
    ("today", "due", "is_reminded"),
    [
        (THURSDAY, date(2026, 11, 13), True),
        (THURSDAY, date(2026, 11, 16), False),
        (FRIDAY, date(2026, 11, 14), True),
        (FRIDAY, date(2026, 11, 16), True),
        (FRIDAY, date(2026, 11, 17), False),
        (THURSDAY, THURSDAY, False),
        (THURSDAY, date(2026, 11, 11), True),
        (THURSDAY, date(2026, 11, 10), False),
        (MONDAY, date(2026, 11, 7), True),
        (MONDAY, date(2026, 9, 1), True),
        (date(2026, 11, 10), date(2026, 9, 1), False),
        (SUNDAY, date(2026, 11, 16), False),
        (date(2026, 12, 24), date(2026, 12, 28), True),
        (date(2026, 12, 25), date(2026, 12, 28), False),
        (THURSDAY, None, False),
    ],
)
def test_one_is_reminded_before_the_deadline_after_it_and_then_every_week(
    today: date, due: date | None, is_reminded: bool
) -> None:
    assert rules.should_remind(due, today) == is_reminded


@pytest.mark.parametrize(
    ("now", "is_time"),
    [
        (datetime(2026, 11, 12, 7, 0), True),
        (datetime(2026, 11, 12, 6, 59), False),
        (datetime(2026, 11, 12, 16, 59), True),
        (datetime(2026, 11, 12, 17, 0), False),
        (datetime(2026, 11, 14, 12, 0), False),
        (datetime(2026, 5, 17, 12, 0), False),
        (datetime(2026, 5, 14, 12, 0), False),
    ],
)
def test_mail_leaves_in_working_hours_only(now: datetime, is_time: bool) -> None:
    assert rules.is_mail_time(now) == is_time


@pytest.mark.parametrize("act", list(TaskAct))
@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.DROPPED])
def test_a_closed_task_takes_no_act(state: TaskState, act: TaskAct) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_move(state, act)
    assert refused.value.code == "task.state"


def test_every_unfinished_state_takes_every_act() -> None:
    assert {(state, act) for state in (TaskState.OPEN, TaskState.SNOOZED) for act in TaskAct} == set(MOVES)


@pytest.mark.parametrize("key", ["account:12", "body:2", "party:5", "role:secretariat"])
def test_a_holder_is_read_as_it_is_written(key: str) -> None:
    assert str(Holder.parse(key)) == key


@pytest.mark.parametrize(
    "key", ["", "account", "account:", "account:x", "account:-1", "role:king", "role:12", "dog:1", "body:²"]
)
def test_nobody_is_read_from_nonsense(key: str) -> None:
    with pytest.raises(Refused):
        Holder.parse(key)


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        (Waits(), "Ingenting venter på deg."),
        (Waits(elsewhere=date(2026, 11, 20)), "Ingenting venter på deg. Neste frist er fredag 20. november."),
        (Waits(dated=date(2026, 11, 20)), "Ingenting haster. Neste frist er fredag 20. november."),
        (Waits(dated=date(2027, 2, 5)), "Ingenting haster. Neste frist er fredag 5. februar 2027."),
        (Waits(undated=1), "Én ting venter på deg, uten frist."),
        (Waits(undated=3), "Tre ting venter på deg, ingen av dem har frist."),
        (Waits(late=1), "Én frist har gått ut."),
        (Waits(late=2, tomorrow=("Send innkalling",)), "To frister har gått ut. I morgen: Send innkalling."),
        (Waits(late=14), "14 frister har gått ut."),
        (Waits(today=("Les saken",)), "I dag: Les saken."),
        (Waits(today=("Les saken", "Svar Halden"), tomorrow=("Noe",)), "To ting har frist i dag."),
        (Waits(today=("x" * 61,)), "Én ting har frist i dag."),
        (Waits(tomorrow=("Hva mener dere?",)), "I morgen: Hva mener dere?"),
    ],
)
def test_the_headline_is_the_message(waits: Waits, said: str) -> None:
    with translation.override("nb"):
        assert headline(waits, THURSDAY).replace("\xa0", " ") == said


def test_the_headline_is_said_in_nynorsk_too() -> None:
    with translation.override("nn"):
        assert (
            headline(Waits(late=2, today=("Les saka",)), THURSDAY)
            == "To fristar har gått ut. I dag: Les saka."
        )


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 12), "Fristen er i dag."),
        (date(2026, 11, 11), "Fristen var i går."),
        (date(2026, 11, 10), "Fristen var tirsdag."),
        (date(2026, 11, 5), "Fristen var torsdag 5. november."),
        (date(2026, 11, 18), "Fristen er onsdag."),
        (date(2026, 11, 20), "Fristen er fredag 20. november."),
        (None, ""),
    ],
)
def test_a_deadline_is_said_as_one_says_it(due: date | None, said: str) -> None:
    with translation.override("nb"):
        assert wording.deadline(due, THURSDAY).replace("\xa0", " ") == said


def test_a_week_is_said_by_its_working_days() -> None:
    with translation.override("nb"):
        assert wording.week_span(date(2026, 11, 16), date(2026, 11, 20)) == "16.–20."
        across = wording.week_span(date(2026, 11, 30), date(2026, 12, 4)).replace("\xa0", " ")
        assert across == "30. november–4. desember"
