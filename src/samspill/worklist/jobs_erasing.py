"""Every night: personal data past its period is erased, community by community."""

from contextlib import suppress
from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import Community, erase_due, machine

# 4, 16 and 64 seconds: a database that is restarted is back by then. A lost night is made up the next.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)


@app.periodic(cron="40 2 * * *")
@app.task(name="worklist.erase", queueing_lock="worklist.erase", retry=RETRY)
def erase(timestamp: int) -> None:
    """A job for each community."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"erase:{community_id}"
        with suppress(AlreadyEnqueued):
            erase_in.configure(lock=name, queueing_lock=name).defer(
                community_id=community_id, timestamp=timestamp
            )


@app.task(name="worklist.erase_in", retry=RETRY)
def erase_in(community_id: int, timestamp: int) -> None:
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
    erase_due(by=machine(community_id, now.date()))
