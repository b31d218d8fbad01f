"""Every ten minutes: what is due is opened, and what is open can be found. procrastinate keeps the queue.

A worker that was away loses nothing: each run looks at how things are, not at what has happened since.
"""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import Actor, Community
from samspill.governance.actions.opening import open_what_is_due
from samspill.governance.actions.subscribing import forget_unconfirmed
from samspill.governance.actions.subscription_mail import send_news
from samspill.worklist.public import run_in_community

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)
SATURDAY, FROM_HOUR, UNTIL_HOUR = 5, 8, 17


@app.periodic(cron="*/10 * * * *")
@app.task(name="governance.open_due", queueing_lock="governance.open_due", retry=RETRY)
def open_due(timestamp: int) -> None:
    """A job for each community."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"open:{community_id}"
        with suppress(AlreadyEnqueued):
            open_due_in.configure(lock=name, queueing_lock=name).defer(community_id=community_id)


@app.task(name="governance.open_due_in", retry=RETRY)
def open_due_in(community_id: int) -> None:
    def work(actor: Actor) -> int:
        return open_what_is_due(by=actor)

    run_in_community(community_id, work, today=timezone.localdate())


@app.periodic(cron="20 * * * *")
@app.task(name="governance.send_news_due", queueing_lock="governance.send_news_due", retry=RETRY)
def send_news_due(timestamp: int) -> None:
    """In working hours, a job for each community; each reader gets one mail a day at most."""
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
    if not is_news_time(now):
        return
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"news:{community_id}"
        with suppress(AlreadyEnqueued):
            send_news_in.configure(lock=name, queueing_lock=name).defer(
                community_id=community_id, timestamp=timestamp
            )


@app.task(name="governance.send_news_in", retry=RETRY)
def send_news_in(community_id: int, timestamp: int) -> None:
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))

    def work(actor: Actor) -> int:
        forget_unconfirmed(by=actor, now=now)
        return send_news(by=actor, now=now, origin=settings.ORIGIN)

    run_in_community(community_id, work, today=now.date())


def is_news_time(now: datetime) -> bool:
    """Weekdays from eight to five: nobody's phone sounds at night because a committee met."""
    return now.weekday() < SATURDAY and FROM_HOUR <= now.hour < UNTIL_HOUR
