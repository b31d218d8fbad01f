"""Every minute the log is sealed; every night an anchor is made of it. procrastinate keeps the queue.

What was away loses nothing: a block begins where the one before ended.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.care.actions.sealing import anchor, horizon, seal
from samspill.directory.public import Actor, Community
from samspill.worklist.public import run_in_community

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)


@app.periodic(cron="* * * * *")
@app.task(name="care.seal_log", queueing_lock="care.seal_log", retry=RETRY)
def seal_log(timestamp: int) -> None:
    """A job for each community."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"seal:{community_id}"
        with suppress(AlreadyEnqueued):
            seal_log_in.configure(lock=name, queueing_lock=name).defer(
                community_id=community_id, timestamp=timestamp
            )


@app.task(name="care.seal_log_in", retry=RETRY)
def seal_log_in(community_id: int, timestamp: int) -> None:
    """New blocks; and, in the first hours of a day, the anchor of the day before."""
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))

    def work(actor: Actor) -> int:
        made = seal(by=actor, until=horizon())
        return made + anchor(now.date() - timedelta(days=1), by=actor)

    run_in_community(community_id, work, today=now.date())
