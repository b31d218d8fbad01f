"""Numbers given at the same moment on several connections: no gap, and none twice."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from factories.bodies import Bodies, make_bodies
from factories.cases import meeting_of, queued_case
from factories.meetings import SENT
from samspill.directory.public import scope
from samspill.governance.actions.agenda import fill_agenda
from samspill.governance.actions.cases import CaseWords, report_case
from samspill.governance.actions.notice import send_notice
from samspill.governance.actions.passages import put_on
from samspill.governance.models import AgendaItem, Case, Meeting
from samspill.refusal import Refused

pytestmark = pytest.mark.usefixtures("committed")

PATIENCE_SECONDS = 40
DAYS = (date(2026, 12, 9), date(2026, 12, 14), date(2026, 12, 16), date(2026, 12, 18))
REPORTS = 5


def at_once(works: list[Callable[[], object]], bodies: Bodies) -> None:
    """Each of the works in a thread and a transaction of its own, let go together; none may fail."""
    ready, faults = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        try:
            ready.wait(PATIENCE_SECONDS)
            with transaction.atomic(), scope(bodies.by):
                work()
        except (Refused, DatabaseError, threading.BrokenBarrierError) as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert faults == []


def with_cases(bodies: Bodies, day: date) -> Meeting:
    """A meeting of FSU with two cases of its own on the agenda."""
    meeting = meeting_of(bodies.fsu, day)
    for _ in range(2):
        number = Case.objects.filter(community=bodies.community).count() + 1
        put_on(meeting, queued_case(bodies, bodies.fsu, number=number), by=bodies.by)
    fill_agenda(meeting, by=bodies.by)
    return meeting


def test_notices_of_one_body_sent_at_once_give_numbers_without_a_gap_and_none_twice() -> None:
    with transaction.atomic():
        bodies = make_bodies()
        with scope(bodies.by):
            meetings = [with_cases(bodies, day) for day in DAYS]
    at_once([lambda one=one: send_notice(one, by=bodies.by, sent=SENT) for one in meetings], bodies)  # type: ignore[misc]
    with transaction.atomic(), scope(bodies.by):
        items = AgendaItem.objects.filter(body=bodies.fsu, is_removed=False)
        numbers = sorted(items.values_list("number", flat=True))
        called = sorted(Meeting.objects.filter(body=bodies.fsu).values_list("number", flat=True))
        in_order = [
            list(items.filter(meeting=one).order_by("order", "pk").values_list("number", flat=True))
            for one in meetings
        ]
    assert numbers == list(range(1, len(numbers) + 1))
    assert called == list(range(1, len(DAYS) + 1))
    assert all(one == list(range(one[0], one[0] + len(one))) for one in in_order), in_order


def test_cases_reported_at_once_get_numbers_without_a_gap_and_none_twice() -> None:
    with transaction.atomic():
        bodies = make_bodies()
    now = timezone.now()
    works = [
        lambda number=number: report_case(  # type: ignore[misc]
            CaseWords(f"Felles kveldspatrulje {number}", "Hvem skal betale?", "Eldre"), by=bodies.by, now=now
        )
        for number in range(REPORTS)
    ]
    at_once(works, bodies)
    with transaction.atomic(), scope(bodies.by):
        numbers = sorted(Case.objects.filter(community=bodies.community).values_list("number", flat=True))
    assert numbers == list(range(1, REPORTS + 1))
