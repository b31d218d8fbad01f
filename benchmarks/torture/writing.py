"""Who writes: takes in one measurement after the other, each in a transaction, and tells which were kept."""

import os
import sys
import time
from datetime import datetime
from multiprocessing.connection import Connection

from benchmarks.torture.patients import COMMUNITY, SYSTEM, UNIT, WEIGHT, measured_at, value_of

PAUSE = 0.02


def write(episode: int, start: datetime, first: int, told: Connection) -> None:
    """From number `first` on until killed; what is kept is told when the database has said yes."""
    from django.db import transaction

    from samspill.care.public import CareEpisode, Incoming, opening_by_duty, take_in
    from samspill.directory.public import machine, scope

    number = first
    _quiet()
    while True:
        by = machine(_community(), start.date())
        with transaction.atomic(), scope(by), opening_by_duty(by=by):
            one = Incoming(
                WEIGHT, value_of(number), UNIT, measured_at(start, number), entered="system", system=SYSTEM,
                number=f"{episode}-{number}",
            )  # fmt: skip
            take_in(CareEpisode.objects.get(pk=episode), one, by=by)
        told.send(number)
        number += 1


def watch(start: datetime) -> None:
    """Samspill's own duties, over and over: what is missing, and what nobody has taken."""
    from django.db import transaction
    from django.utils import timezone

    from samspill.care.public import alerting, opening_by_duty, raise_missing
    from samspill.directory.public import machine, scope

    _quiet()
    while True:
        by = machine(_community(), start.date())
        with transaction.atomic(), scope(by), opening_by_duty(by=by):
            raise_missing(now=timezone.now(), by=by)
            alerting.escalate_due(now=timezone.now(), by=by)
        time.sleep(PAUSE)


def _quiet() -> None:
    """A database that goes away ends it, as a process manager would see it; nobody reads why."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stderr.fileno())


def _community() -> int:
    from samspill.directory.public import Community

    return Community.objects.get(slug=COMMUNITY).pk
