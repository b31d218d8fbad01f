"""Answers that take more than a page can wait, in the background: simulations, trials of all the nation.

procrastinate keeps the queue. What is done stands in a folder, a file per part: a job that is stopped goes on
where it was, and the page that waits counts the files. The answer is stored as every other, and the folder
taken away.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from samspill.directory.public import Actor, Community
from samspill.insight.actions.calculations import calculate
from samspill.insight.calculations.flow import KEY as FLOW
from samspill.insight.queries.figures import Figures, figures_of, municipalities_of, pack_in_use
from samspill.insight.retelling import kind_of
from samspill.worklist.public import run_in_community

# 4, 16 and 64 seconds: a database that is restarted is back by then.
RETRY = RetryStrategy(max_attempts=4, exponential_wait=4)
TASK = "insight.simulate"
AT_WORK = ("todo", "doing")


def folder_of(community_id: int, key: str) -> Path:
    return Path(settings.HOME) / "simulations" / f"{community_id}-{key}"


def done_in(keep: Path) -> int:
    """How many parts are done in the folder."""
    return len(list(keep.rglob("*.npz")))


def put_to_work(community_id: int, key: str, whole: Mapping[str, Any], kind: str = FLOW) -> None:
    """A job for the calculation that will have `key`, queued in the same transaction; one is enough."""
    name = f"simulation:{community_id}:{key}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        simulate_in_background.configure(lock=name, queueing_lock=name).defer(
            community_id=community_id, key=key, asked=dict(whole), kind=kind
        )


def is_at_work(community_id: int, key: str) -> bool:
    """Whether a job for it waits or runs."""
    return ProcrastinateJob.objects.filter(
        task_name=TASK, status__in=AT_WORK, args__community_id=community_id, args__key=key
    ).exists()


@app.task(name=TASK, retry=RETRY)
def simulate_in_background(community_id: int, key: str, asked: dict[str, Any], kind: str = FLOW) -> None:
    simulate_and_keep(community_id, key, asked, today=timezone.localdate(), kind=kind)


def simulate_and_keep(
    community_id: int, key: str, asked: Mapping[str, Any], *, today: date, kind: str = FLOW
) -> None:
    """What takes time outside any transaction, its answer in one."""
    keep = folder_of(community_id, key)
    keep.mkdir(parents=True, exist_ok=True)
    through = kind_of(kind).through
    if through is None:
        raise ValueError(f"{kind} is answered at once")
    figures, municipalities = run_in_community(community_id, _figures_for, today=today)
    found = through(figures, municipalities, asked, keep)

    def store(by: Actor) -> None:
        calculate(kind, asked, by=by, found=found)

    run_in_community(community_id, store, today=today)
    shutil.rmtree(keep, ignore_errors=True)


def _figures_for(by: Actor) -> tuple[Figures, tuple[str, ...]]:
    figures = figures_of(pack_in_use().version)
    return figures, municipalities_of(figures, Community.objects.get(pk=by.community_id or 0))
