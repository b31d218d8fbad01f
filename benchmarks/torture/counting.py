"""What is there afterwards, against what was said yes to."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from django.utils import timezone

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from benchmarks.torture.outside import Told
    from benchmarks.torture.patients import World
    from samspill.directory.public import Actor

T = TypeVar("T")
IN_A_ROUND, MOST_ROUNDS = 25, 2000


@dataclass
class Heard:
    """What the world outside told, what was killed how often, and what ended when the database did."""

    killed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    yes: set[tuple[int, int]] = field(default_factory=set)
    given_up: set[tuple[int, int]] = field(default_factory=set)
    letters: Counter[str] = field(default_factory=Counter)
    without_an_answer: int = 0
    there_when_sent_again: int = 0
    failed: Counter[bool] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def take(self, told: "Told", *, is_calm: bool) -> None:
        """`is_calm` tells that the database has been there for a while: nothing may fail then."""
        self.yes.update(told.measured if told.what == "yes" else ())
        self.given_up.update(told.measured if told.what == "given_up" else ())
        self.without_an_answer += told.what in ("silence", "given_up")
        self.there_when_sent_again += told.is_again
        if told.what == "letter":
            self.letters[told.said] += 1
        if told.what == "failed":
            self.failed[is_calm] += 1
        if told.what == "refused" or (told.what == "failed" and is_calm):
            self.refused.append(told.said)


@dataclass(frozen=True)
class Found:
    """Counts. All below `messages_sent_again` must be 0."""

    killed: Mapping[str, int]
    ended_by_themselves: Mapping[str, int]
    said_yes_to: int
    without_an_answer: int
    there_when_sent_again: int
    given_up: int
    failed_while_the_database_came_back: int
    measurements: int
    outside: int
    alerts: int
    missed: int
    told_further: int
    messages: int
    messages_sent_again: int
    refused: int
    failed: int
    measurements_lost: int
    measurements_nobody_sent: int
    measurements_doubled: int
    measurements_without_a_colour: int
    outside_without_an_alert: int
    alerts_told_twice: int
    alerts_open_twice: int
    lists_that_do_not_agree: int
    missing_lost: int
    missing_doubled: int
    told_further_lost: int
    told_further_doubled: int
    messages_lost: int
    messages_doubled: int
    messages_that_never_came: int

    @property
    def is_whole(self) -> bool:
        names = [one.name for one in fields(self)]
        bad = names[names.index("messages_sent_again") + 1 :]
        return sum(getattr(self, name) for name in bad) == 0


ASKED = {
    "measurements": "SELECT count(*) FROM care_measurement",
    "outside": "SELECT count(*) FROM care_triageresult WHERE kind = 'outside'",
    "alerts": "SELECT count(*) FROM care_alert",
    "missed": "SELECT count(*) FROM care_alert WHERE kind = 'missing'",
    "told_further": "SELECT count(*) FROM care_alertstep WHERE act = 'escalated'",
    "messages": "SELECT count(*) FROM care_outgoing",
    "measurements_doubled": """
        SELECT count(*) FROM (
            SELECT FROM care_measurementsource GROUP BY patient_id, number HAVING count(*) > 1
            UNION ALL
            SELECT FROM care_measurement GROUP BY patient_id, effective HAVING count(*) > 1) AS twice""",
    "measurements_without_a_colour": """
        SELECT count(*) FROM care_measurement m LEFT JOIN care_triageresult t ON t.measurement_id = m.id
        WHERE t.id IS NULL""",
    "outside_without_an_alert": """
        SELECT count(*) FROM care_triageresult t WHERE t.kind = 'outside' AND NOT EXISTS (
            SELECT FROM care_alertstep s WHERE s.measurement_id = t.measurement_id
                AND s.act IN ('raised', 'measured_again'))""",
    "alerts_told_twice": """
        SELECT count(*) FROM (
            SELECT FROM care_alertstep
            WHERE act IN ('raised', 'measured_again') AND measurement_id IS NOT NULL
            GROUP BY measurement_id HAVING count(*) > 1) AS twice""",
    "alerts_open_twice": """
        SELECT count(*) FROM (
            SELECT FROM care_alert WHERE state <> 'closed' AND kind = 'outside'
            GROUP BY indicator_id HAVING count(*) > 1) AS twice""",
    "lists_that_do_not_agree": """
        SELECT count(*) FROM (
            SELECT patient_id, count(*) AS n FROM care_alert WHERE state <> 'closed' GROUP BY patient_id) AS a
        FULL JOIN (SELECT patient_id, alerts AS n FROM care_listrow) AS l USING (patient_id, n)
        WHERE a.patient_id IS NULL OR l.patient_id IS NULL""",
    "missing_lost": """
        SELECT count(*) FROM care_measurementschedule s WHERE NOT EXISTS (
            SELECT FROM care_alert a WHERE a.indicator_id = s.indicator_id AND a.kind = 'missing')""",
    "missing_doubled": """
        SELECT count(*) FROM (
            SELECT FROM care_alert WHERE kind = 'missing'
            GROUP BY indicator_id, due HAVING count(*) > 1) AS twice""",
    "told_further_lost": """
        SELECT count(*) FROM care_alert a WHERE a.kind = 'unexpected' AND NOT EXISTS (
            SELECT FROM care_alertstep s
            JOIN worklist_notice n ON n.key = 'care.alert:' || a.id || ':1'
            WHERE s.alert_id = a.id AND s.act = 'escalated')""",
    "told_further_doubled": """
        SELECT count(*) FROM (
            SELECT FROM care_alertstep s JOIN care_alert a ON a.id = s.alert_id
            WHERE a.kind = 'unexpected' AND s.act = 'escalated'
            GROUP BY a.id HAVING count(*) > 1) AS twice""",
    "messages_lost": """
        SELECT count(*) FROM care_measurement m LEFT JOIN care_outgoing o ON o.measurement_id = m.id
        WHERE o.id IS NULL""",
    "messages_doubled": """
        SELECT count(*) FROM (
            SELECT FROM care_outgoing GROUP BY measurement_id, receiver_id HAVING count(*) > 1) AS twice""",
}


def come_to_rest(world: "World") -> None:
    """What was left in the middle of being done is done, as the next worker would when its lease is over."""
    from functools import partial

    from samspill.care.actions.escalating import escalate
    from samspill.care.actions.missing import look_for_missing
    from samspill.care.actions.outbox import LEASE
    from samspill.directory.public import machine
    from samspill.fhir.posting import posting
    from samspill.fhir.sending import send_due

    by = machine(world.community, timezone.localdate())
    later = max(timezone.now(), world.last_due) + LEASE + timedelta(minutes=1)
    _until_none(partial(_on_duty, by, partial(look_for_missing, now=later, most=IN_A_ROUND, by=by)))
    _until_none(partial(_on_duty, by, partial(escalate, now=later, most=IN_A_ROUND, by=by)))
    _until_none(partial(send_due, by=by, now=later, post=posting()))


def _until_none(work: Callable[[], int]) -> None:
    for _round in range(MOST_ROUNDS):
        if not work():
            return
    raise RuntimeError("there is always more to do")


def _on_duty(by: "Actor", work: Callable[[], T]) -> T:
    from django.db import transaction

    from samspill.care.public import opening_by_duty
    from samspill.directory.public import scope

    with transaction.atomic(), scope(by), opening_by_duty(by=by):
        return work()


def count(world: "World", heard: Heard) -> Found:
    """By Samspill on duty, who sees every record."""
    from django.db import connection

    from samspill.directory.public import machine

    def asked() -> dict[str, int]:
        with connection.cursor() as cursor:
            found = {name: _one(cursor, sql) for name, sql in ASKED.items()}
            cursor.execute("SELECT patient_id, effective FROM care_measurement")
            there = {(one, round((at - world.start).total_seconds())) for one, at in cursor.fetchall()}
            cursor.execute("SELECT number::text FROM care_outgoing")
            numbers = {number for (number,) in cursor.fetchall()}
        return found | {
            "measurements_lost": len(heard.yes - there),
            "measurements_nobody_sent": len(there - heard.yes - heard.given_up),
            "messages_that_never_came": len(numbers - set(heard.letters)),
        }

    found = _on_duty(machine(world.community, timezone.localdate()), asked)
    return Found(
        killed=dict(heard.killed),
        ended_by_themselves=dict(heard.ended),
        said_yes_to=len(heard.yes),
        without_an_answer=heard.without_an_answer,
        there_when_sent_again=heard.there_when_sent_again,
        given_up=len(heard.given_up),
        failed_while_the_database_came_back=heard.failed[False],
        messages_sent_again=heard.letters.total() - len(heard.letters),
        refused=len(heard.refused) - heard.failed[True],
        failed=heard.failed[True],
        **found,
    )


def _one(cursor: "CursorWrapper", sql: str) -> int:
    cursor.execute(sql)
    return int(cursor.fetchone()[0])
