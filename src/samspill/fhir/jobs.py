"""Every minute: what is due in the outbox is sent, and ids that are too old to be used again are forgotten.

What a job does twice changes nothing twice. A worker that was away sends what has gathered meanwhile. A job
that fails is not tried again by itself: the next is there soon, and two of a kind stand in each other's way.
"""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.care.public import forget_used_ids
from samspill.directory.public import Community, machine
from samspill.fhir.posting import posting
from samspill.fhir.sending import send_due


@app.periodic(cron="* * * * *")
@app.task(name="fhir.send_due", queueing_lock="fhir.send_due")
def send_all(timestamp: int) -> None:
    """A job for each community."""
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        name = f"outbox:{community_id}"
        with suppress(AlreadyEnqueued):
            send_in.configure(lock=name, queueing_lock=name).defer(community_id=community_id)


@app.task(name="fhir.send_in")
def send_in(community_id: int) -> None:
    send_due(by=machine(community_id, timezone.localdate()), now=timezone.now(), post=posting())


@app.periodic(cron="*/5 * * * *")
@app.task(name="fhir.forget", queueing_lock="fhir.forget")
def forget(timestamp: int) -> None:
    with transaction.atomic():
        forget_used_ids(now=timezone.now())
