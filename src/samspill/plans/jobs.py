"""Work on tables in the background. procrastinate keeps the queue in the same database.

A job does nothing twice: each step says itself that it is done, in its own transaction (`bringing_in.steps`).
"""

from contextlib import suppress
from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import Actor
from samspill.plans.actions.bringing_in import next_step
from samspill.plans.actions.bringing_in.steps import CHUNK, Memory
from samspill.plans.models import TableImport
from samspill.worklist.public import run_in_community

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)


def put_to_work(table: TableImport) -> None:
    """A job for what waits to be done with the table, queued in the same transaction; one is enough."""
    name = f"table:{table.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        work_on_table.configure(lock=name, queueing_lock=name).defer(
            community_id=table.community_id, table_id=table.pk
        )


@app.task(name="plans.work_on_table", retry=RETRY)
def work_on_table(community_id: int, table_id: int) -> None:
    work_through(community_id, table_id, today=timezone.localdate())


def work_through(community_id: int, table_id: int, *, today: date, chunk: int = CHUNK) -> None:
    """Step after step, each seen by others at once, until somebody is asked or nothing is left."""
    memory: Memory = {}
    work = partial(_step, table_id, memory, chunk)
    while run_in_community(community_id, work, today=today):
        pass


def _step(table_id: int, memory: Memory, chunk: int, by: Actor) -> bool:
    return next_step(table_id, memory, by=by, chunk=chunk)
