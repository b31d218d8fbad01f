"""The log of access: ten thousand lines written and sealed, against the same lines written alone.

Nobody who reads waits for the sealing, which a job does afterwards; here it is put beside the writing to show
what it costs. All of it is undone after each run. Verifying is held against writing too.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import Case
from benchmarks.care_patient import Followed, followed
from benchmarks.installation import installation

if TYPE_CHECKING:
    from samspill.directory.public import Actor

LINES, AT_ONCE = 10_000, 500
RUNS = 5


def cases() -> list[Case]:
    """Written alone, written and sealed, and read against the seals."""
    installation()
    world = followed()
    said = f"{LINES} lines of one who looks; baseline: written alone"
    return [
        {
            "name": f"log: {name}",
            "run": partial(_undone, world, work),
            "baseline": partial(_undone, world, _nothing),
            "work": said,
            "runs": RUNS,
        }
        for name, work in (("written and sealed", _sealed), ("written, sealed, verified", _verified))
    ]


def _undone(world: Followed, then: Callable[["Actor"], object]) -> None:
    from django.db import transaction

    from samspill.directory.public import machine

    with transaction.atomic():
        _write(world)
        then(machine(world.actor.community_id or 0, world.actor.today))
        transaction.set_rollback(True)


def _write(world: Followed) -> None:
    """As many lines as a large organisation has in an hour."""
    from samspill.care.actions.opening import opening
    from samspill.care.models import AccessLogEntry
    from samspill.directory.public import scope

    with scope(world.actor), opening(world.much, by=world.actor, what="care.timeline") as opened:
        decision = opened.decisions[0]
        rows = [
            AccessLogEntry(
                community_id=world.actor.community_id,
                decision=decision,
                by_id=world.actor.account_id,
                by_name=world.actor.name,
                patient_id=world.much,
                act="read",
                what="care.timeline",
            )
            for _line in range(LINES)
        ]
        AccessLogEntry.objects.bulk_create(rows, batch_size=AT_ONCE)


def _nothing(duty: "Actor") -> None:
    """The lines alone."""


def _sealed(duty: "Actor") -> None:
    from django.utils import timezone

    from samspill.care.actions.sealing import seal
    from samspill.directory.public import scope

    with scope(duty):
        if seal(by=duty, until=timezone.now() + timedelta(seconds=5)) < 1:
            raise RuntimeError("Nothing was sealed.")


def _verified(duty: "Actor") -> None:
    from samspill.care.actions.sealing import verify
    from samspill.directory.public import scope

    _sealed(duty)
    with scope(duty):
        found = verify(by=duty)
    if any(one.faults for one in found) or sum(one.lines for one in found) < LINES:
        raise RuntimeError("The log does not hold.")
