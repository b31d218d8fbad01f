"""Data sets in the background: long files checked, sources asked when it is due, our own counts at night."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import machine
from samspill.insight.actions.data_platform import count_platform
from samspill.insight.actions.data_refreshing import refresh, sets_due
from samspill.insight.actions.data_sets import check_version
from samspill.insight.data_folders import throw_halves_away
from samspill.insight.models import DataSet, DataVersion
from samspill.insight.states.data_sets import VersionState

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)
DAY_SECONDS = 24 * 3600


def put_to_check(version: DataVersion) -> None:
    """A job that checks the version, queued in the same transaction; one is enough."""
    name = f"data:check:{version.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        check_in_background.configure(lock=name, queueing_lock=name).defer(version_id=version.pk)


@app.task(name="insight.check_data", retry=RETRY)
def check_in_background(version_id: int) -> None:
    """A version that another try has checked is left as it is."""
    version = DataVersion.objects.select_related("data_set").get(pk=version_id)
    if version.state == VersionState.FETCHED:
        check_version(version, by=machine(None, timezone.localdate()))


# At night in Norway, winter and summer, before the counts of the working day are looked at.
@app.periodic(cron="10 2 * * *")
@app.task(name="insight.refresh_data", queueing_lock="insight.refresh_data", retry=RETRY)
def refresh_due(timestamp: int) -> None:
    """A job for each source that is to be asked again, so that one that is away keeps no other waiting."""
    now = datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone())
    throw_halves_away(timestamp - DAY_SECONDS)
    for data_set in sets_due(now):
        put_to_refresh(data_set)


def put_to_refresh(data_set: DataSet) -> None:
    """A job that asks its source; one is enough."""
    name = f"data:refresh:{data_set.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        refresh_one.configure(lock=name, queueing_lock=name).defer(data_set_id=data_set.pk)


@app.task(name="insight.refresh_one_data_set", retry=RETRY)
def refresh_one(data_set_id: int) -> None:
    refresh(DataSet.objects.get(pk=data_set_id), by=machine(None, timezone.localdate()), now=timezone.now())


@app.periodic(cron="40 2 * * *")
@app.task(name="insight.count_platform", queueing_lock="insight.count_platform", retry=RETRY)
def count_platform_nightly(timestamp: int) -> None:
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
    count_platform(by=machine(None, now.date()), now=now)
