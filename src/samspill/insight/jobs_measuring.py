"""Indicators worked out anew in the background, when data are taken in use."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import Actor, machine
from samspill.insight.actions.refreshing import refresh_figures
from samspill.insight.models import DataVersion

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)
TASK = "insight.measure"


def put_to_measure(version: DataVersion, by: Actor) -> None:
    """A job that finds what is out of date, queued in the same transaction; one is enough for many tables."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        measure_in_background.configure(lock=TASK, queueing_lock=TASK).defer()


@app.task(name=TASK, retry=RETRY)
def measure_in_background() -> None:
    refresh_figures(by=machine(None, timezone.localdate()))
