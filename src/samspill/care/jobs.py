"""What care does by the clock, every minute in every community that follows patients.

Three jobs for each community: one that fails is tried again a minute later, is in the log of the worker, and
stops neither the others nor another community. What one run does is bounded, and is done in rounds, each a
transaction: nobody waits long for a patient that is looked at. Done twice it changes nothing twice.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from samspill.care.actions.counting import count_teams
from samspill.care.actions.escalating import escalate
from samspill.care.actions.missing import look_for_missing
from samspill.care.actions.opening import opening_by_duty
from samspill.care.models import CareTeam
from samspill.directory.public import Actor, Community, machine, scope
from samspill.worklist.public import run_in_community

ROUNDS, IN_A_ROUND = 20, 25


@app.periodic(cron="* * * * *")
@app.task(name="care.watch", queueing_lock="care.watch")
def watch(timestamp: int) -> None:
    """A job of each kind for each community with a team that follows patients."""
    today = timezone.localdate()
    for community_id in Community.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic(), scope(machine(community_id, today)):
            has_teams = CareTeam.objects.filter(community=community_id).exists()
        for job in (escalate_in, miss_in, count_in) if has_teams else ():
            name = f"{job.name}:{community_id}"
            with suppress(AlreadyEnqueued):
                job.configure(lock=name, queueing_lock=name).defer(community_id=community_id)


@app.task(name="care.escalate_in")
def escalate_in(community_id: int) -> None:
    """Alerts nobody has taken in time are told further."""
    _in_rounds(community_id, partial(escalate, now=timezone.now(), most=IN_A_ROUND))


@app.task(name="care.miss_in")
def miss_in(community_id: int) -> None:
    """Measurements that did not come are alerts."""
    _in_rounds(community_id, partial(look_for_missing, now=timezone.now(), most=IN_A_ROUND))


@app.task(name="care.count_in")
def count_in(community_id: int) -> None:
    """What the lists say of all that is not on them."""
    _on_duty(community_id, partial(count_teams, now=timezone.now()))


def _in_rounds(community_id: int, work: Callable[..., int]) -> None:
    """Until there is no more of it, or enough for a minute."""
    for _round in range(ROUNDS):
        if not _on_duty(community_id, work):
            return


def _on_duty(community_id: int, work: Callable[..., int]) -> int:
    def opened(actor: Actor) -> int:
        with opening_by_duty(by=actor):
            return work(by=actor)

    return run_in_community(community_id, opened, today=timezone.localdate())
