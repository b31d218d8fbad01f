"""Every night: the words a misspelt search looks among are made to be those that titles have."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from samspill.directory.public import renew_words as renew_words_everywhere

RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)


# After `jobs_erasing.erase`, so that a word of what was erased is gone the same night.
@app.periodic(cron="20 3 * * *")
@app.task(name="worklist.renew_words", queueing_lock="worklist.renew_words", retry=RETRY)
def renew_words(timestamp: int) -> None:
    now = timezone.localtime(datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()))
    renew_words_everywhere(today=now.date())
