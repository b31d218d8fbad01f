"""Work in the background: mail, reminders, and putting jobs of dead workers back in the queue.

procrastinate keeps the queue in the same database. Its timetable is in UTC, so jobs that follow the working
day run often and look at the clock in Norway themselves. What a job does twice changes nothing twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from samspill.directory.public import Actor, Community, machine, scope
from samspill.worklist import mail
from samspill.worklist.actions.chase import remind as remind_everybody
from samspill.worklist.rules import is_mail_time, is_reminder_time

# 4, 16, 64, 256 and 1024 seconds: a mail server that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)
# Workers tell that they live every 10 seconds; three missed beats are a dead worker.
STALLED_AFTER_SECONDS = 30.0
# A job that has brought down this many workers is given up rather than tried on the next.
MOST_ATTEMPTS = 5


T = TypeVar("T")


def run_in_community(community_id: int, work: Callable[[Actor], T], *, today: date) -> T:
    """`work(actor)` as Samspill itself in one community, in one transaction; returns what it returns."""
    actor = machine(community_id, today)
    with transaction.atomic(), scope(actor):
        return work(actor)


@app.periodic(cron="*/15 * * * *")
@app.task(name="worklist.send_due_mail", queueing_lock="worklist.send_due_mail", retry=RETRY)
def send_due_mail(timestamp: int) -> None:
    """In working hours, a job for each person who has something in the outbox."""
    now = _local(timestamp)
    if not is_mail_time(now):
        return
    for account_id, community_ids in mail.people_with_mail(now).items():
        name = f"mail:{account_id}"
        with suppress(AlreadyEnqueued):
            send_mail_to.configure(lock=name, queueing_lock=name).defer(
                account_id=account_id, community_ids=[*community_ids], timestamp=timestamp
            )


@app.periodic(cron="* * * * *")
@app.task(name="worklist.send_at_once", queueing_lock="worklist.send_at_once", retry=RETRY)
def send_at_once(timestamp: int) -> None:
    """What cannot wait for the working day, as an alert that nobody takes: every minute, day and night."""
    for account_id, community_ids in mail.people_with_mail(_local(timestamp), at_once=True).items():
        with suppress(AlreadyEnqueued):
            send_mail_to.configure(lock=f"mail:{account_id}", queueing_lock=f"at-once:{account_id}").defer(
                account_id=account_id, community_ids=[*community_ids], timestamp=timestamp, at_once=True
            )


@app.task(name="worklist.send_mail_to", retry=RETRY)
def send_mail_to(account_id: int, community_ids: list[int], timestamp: int, at_once: bool = False) -> None:
    """One person's bundle. If the mail server is away, it is tried again for half an hour."""
    mail.send_bundle(
        account_id, community_ids, now=_local(timestamp), origin=settings.ORIGIN, at_once=at_once
    )


@app.periodic(cron="0 * * * *")
@app.task(name="worklist.remind", queueing_lock="worklist.remind", retry=RETRY)
def remind(timestamp: int) -> None:
    """At seven on workdays, and until ten if the machine was asleep, a job for each community."""
    if not is_reminder_time(_local(timestamp)):
        return
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"remind:{community_id}"
        with suppress(AlreadyEnqueued):
            remind_in.configure(lock=name, queueing_lock=name).defer(
                community_id=community_id, timestamp=timestamp
            )


@app.task(name="worklist.remind_in", retry=RETRY)
def remind_in(community_id: int, timestamp: int) -> None:
    """Today's reminders of one community into the outbox."""

    def work(actor: Actor) -> int:
        return remind_everybody(by=actor)

    run_in_community(community_id, work, today=_local(timestamp).date())


@app.periodic(cron="* * * * *")
@app.task(name="worklist.sweep_stalled", queueing_lock="worklist.sweep_stalled", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs whose worker is gone go back into the queue; one that has gone wrong five times is given up.

    A job that is left holds its lock, and whoever waits for that waits until it is out of the way.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        if job.attempts >= MOST_ATTEMPTS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)


class GivesWay(JobManager):
    """A job that is tried again leaves the work to one like it that was queued meanwhile.

    They cannot stand in the queue together, and a job that got stuck outside it would keep the lock that the
    other waits for.
    """

    async def retry_job(self, job: Job, *how: Any, **also: Any) -> None:
        try:
            await super().retry_job(job, *how, **also)
        except UniqueViolation:
            await self.finish_job(job, status=Status.ABORTED, delete_job=True)


def run_worker(*, wait: bool = True, concurrency: int = 2) -> None:
    """Work through the queue: for ever, or (`wait=False`) until it is empty. Done jobs leave the table."""
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as worker, _manager(worker, GivesWay(connector)):
        worker.run_worker(
            wait=wait,
            concurrency=concurrency,
            delete_jobs="successful",
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
        )


@contextmanager
def _manager(worker: App, manager: JobManager) -> Iterator[None]:
    former, worker.job_manager = worker.job_manager, manager
    try:
        yield
    finally:
        worker.job_manager = former


def _local(timestamp: int) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
