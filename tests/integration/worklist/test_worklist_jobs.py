"""Jobs run for real: a worker on the test database, as the application's own role."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from factories.people import actor
from samspill.directory.public import Account, Actor, Community, machine, scope
from samspill.worklist import jobs, mail
from samspill.worklist import public as worklist
from samspill.worklist.models import Notice

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.filterwarnings("ignore::ResourceWarning")]

OSLO = ZoneInfo("Europe/Oslo")
MONDAY_AT_NINE = int(datetime(2026, 11, 23, 9, 0, tzinfo=OSLO).timestamp())
MONDAY_AT_SEVEN = int(datetime(2026, 11, 23, 7, 0, tzinfo=OSLO).timestamp())
SATURDAY = int(datetime(2026, 11, 21, 9, 0, tzinfo=OSLO).timestamp())


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def queue() -> list[tuple[str, str]]:
    """(task, state) of the jobs in the table."""
    return rows("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    with transaction.atomic():
        return (
            actor("ostfold", "secretariat", name="Randi Høgåsen"),
            actor("ostfold", "member", name="Jonas Tveitan"),
        )


@pytest.fixture
def asked(people: tuple[Actor, Actor]) -> tuple[Actor, Actor]:
    """Randi has asked Jonas for two things."""
    randi, jonas = people
    assert jonas.account_id
    with transaction.atomic(), scope(randi):
        for title in ("Svar Halden", "Les saken"):
            worklist.add_task(
                by=randi, title=title, who=worklist.person(jonas.account_id), due=date(2026, 11, 24)
            )
    return people


def test_the_worker_sends_one_mail_to_each_who_has_something(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(MONDAY_AT_NINE)
    assert queue() == [("worklist.send_mail_to", "todo")]
    worklist.run_worker(wait=False)
    assert [letter.subject for letter in django_mail.outbox] == ["To ting til deg i Samspill"]
    assert queue() == [], "done jobs leave the table"


def test_two_rounds_before_the_worker_comes_make_one_job(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(MONDAY_AT_NINE)
    jobs.send_due_mail(MONDAY_AT_NINE + 900)
    assert queue() == [("worklist.send_mail_to", "todo")]


def test_what_cannot_wait_leaves_on_a_saturday_alone(asked: tuple[Actor, Actor]) -> None:
    """The rest of what waits for the same person waits on, for Monday."""
    randi, jonas = asked
    told = worklist.Letter(
        Account.objects.get(pk=jonas.account_id),
        "alert:1",
        lambda: worklist.Words("Vekt 75 kg"),
        leaves_from=datetime(2026, 11, 21, 3, tzinfo=OSLO),
    )
    with transaction.atomic(), scope(randi):
        worklist.notify_each([told], by=randi)
    jobs.send_due_mail(SATURDAY)
    assert queue() == []
    jobs.send_at_once(SATURDAY)
    jobs.send_at_once(SATURDAY + 60)
    assert queue() == [("worklist.send_mail_to", "todo")]
    worklist.run_worker(wait=False)
    assert [letter.subject for letter in django_mail.outbox] == ["Vekt 75 kg"]
    jobs.send_at_once(SATURDAY + 120)
    assert queue() == []


def test_no_mail_leaves_on_a_saturday(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(SATURDAY)
    assert queue() == []


def test_the_morning_puts_reminders_in_the_outbox_of_every_community(asked: tuple[Actor, Actor]) -> None:
    jobs.remind(MONDAY_AT_SEVEN)
    assert len(queue()) == Community.objects.count() == 19
    worklist.run_worker(wait=False)
    randi, _jonas = asked
    with transaction.atomic(), scope(machine(randi.community_id, date(2026, 11, 23))):
        assert Notice.objects.filter(key__startswith="remind:").count() == 2


def test_reminders_wait_until_seven(asked: tuple[Actor, Actor]) -> None:
    jobs.remind(MONDAY_AT_SEVEN - 3600)
    assert queue() == []


def test_a_mail_server_that_is_away_is_tried_again_and_nothing_is_marked_sent(
    asked: tuple[Actor, Actor], settings: pytest.FixtureRequest
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    jobs.send_due_mail(MONDAY_AT_NINE)
    worklist.run_worker(wait=False)
    ((attempts, waits),) = rows("SELECT attempts, scheduled_at > %s FROM procrastinate_jobs", timezone.now())
    assert (attempts, waits) == (1, True)
    randi, _jonas = asked
    with transaction.atomic(), scope(randi):
        assert set(Notice.objects.values_list("state", flat=True)) == {"waiting"}


def test_a_job_that_fails_makes_way_for_the_one_that_was_queued_meanwhile(
    asked: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried again beside it, it would be stuck with the lock that the other waits for."""

    is_back = mail.send_bundle

    def away(*_args: object, **_options: object) -> None:
        monkeypatch.setattr(mail, "send_bundle", is_back)
        jobs.send_due_mail(MONDAY_AT_NINE + 900)
        raise OSError("the mail server is away")

    monkeypatch.setattr(mail, "send_bundle", away)
    jobs.send_due_mail(MONDAY_AT_NINE)
    for _worker in ("the one whose mail server is away", "the one that comes after"):
        worklist.run_worker(wait=False)
    assert len(django_mail.outbox) == 1
    assert queue() == []


def _take_and_die() -> int:
    """A worker takes the job and is gone: its last sign of life is five minutes old. Returns the job."""
    ((worker,),) = rows("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
    ((job,),) = rows("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", worker)
    past = timedelta(minutes=5)
    rows("UPDATE procrastinate_workers SET last_heartbeat = now() - %s WHERE id = %s", past, worker)
    return job


def test_the_job_of_a_worker_that_died_is_done_by_the_next(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(MONDAY_AT_NINE)
    _take_and_die()
    assert queue() == [("worklist.send_mail_to", "doing")]
    jobs.sweep_stalled.configure(queueing_lock=None).defer(timestamp=MONDAY_AT_NINE)
    for _worker in ("the one that sweeps", "the one that comes after"):
        worklist.run_worker(wait=False)
    assert len(django_mail.outbox) == 1
    assert queue() == []


def test_the_job_of_a_worker_that_died_makes_way_for_the_one_that_was_queued_meanwhile(
    asked: tuple[Actor, Actor],
) -> None:
    """It holds the lock that the other waits for, and cannot stand in the queue beside it."""
    jobs.send_due_mail(MONDAY_AT_NINE)
    _take_and_die()
    jobs.send_due_mail(MONDAY_AT_NINE + 900)
    assert queue() == [("worklist.send_mail_to", "doing"), ("worklist.send_mail_to", "todo")]
    jobs.sweep_stalled.configure(queueing_lock=None).defer(timestamp=MONDAY_AT_NINE)
    for _worker in ("the one that sweeps", "the one that comes after"):
        worklist.run_worker(wait=False)
    assert len(django_mail.outbox) == 1
    assert queue() == []


def test_a_job_that_brings_workers_down_is_given_up(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(MONDAY_AT_NINE)
    job = _take_and_die()
    rows("UPDATE procrastinate_jobs SET attempts = %s WHERE id = %s", jobs.MOST_ATTEMPTS, job)
    jobs.sweep_stalled.configure(queueing_lock=None).defer(timestamp=MONDAY_AT_NINE)
    worklist.run_worker(wait=False)
    assert rows("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job) == [("failed",)]
    assert django_mail.outbox == []


def test_without_the_sweep_the_job_of_a_dead_worker_stays_where_it_is(asked: tuple[Actor, Actor]) -> None:
    jobs.send_due_mail(MONDAY_AT_NINE)
    _take_and_die()
    worklist.run_worker(wait=False)
    assert django_mail.outbox == []
    assert queue() == [("worklist.send_mail_to", "doing")]
