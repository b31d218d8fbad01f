"""Every night: all that was ever published is tried again, so that a leak is found by us before by others."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspill.insight.actions.auditing import audit_everything

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)


@app.periodic(cron="20 1 * * *")
@app.task(name="insight.audit_published", queueing_lock="insight.audit_published", retry=RETRY)
def audit_published(timestamp: int) -> None:
    """Reads stored figures alone; none of the tables they were made from."""
    audit_everything(at=datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
