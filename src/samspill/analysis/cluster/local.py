"""Parts in processes of this machine."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from samspill.analysis.cluster.jobs import Job, Outcome, carry_out, versions

AHEAD = 2  # parts under way for each process, so that none waits for the next and few are held


class Lost(Exception):
    """Those who computed went away; the message says how, in a sentence without its full stop."""


def here(jobs: Sequence[Job], workers: int | None) -> Iterator[tuple[int, Outcome]]:
    """(place, outcome) of each part as it is finished. One worker is this process itself."""
    workers = workers or os.cpu_count() or 1
    if min(workers, len(jobs)) <= 1:
        for place, job in enumerate(jobs):
            yield place, carry_out(job, versions())
        return
    pool = ProcessPoolExecutor(min(workers, len(jobs)), mp_context=multiprocessing.get_context("spawn"))
    waiting = deque(enumerate(jobs))
    asked: dict[Future[Outcome], int] = {}
    try:
        while waiting or asked:
            while waiting and len(asked) < AHEAD * workers:
                place, job = waiting.popleft()
                asked[pool.submit(carry_out, job, versions())] = place
            for future in wait(asked, return_when=FIRST_COMPLETED).done:
                yield asked.pop(future), future.result()
    except BrokenProcessPool as problem:
        raise Lost(
            "A process of this machine was ended while it worked, perhaps for want of memory"
        ) from problem
    finally:
        pool.shutdown(cancel_futures=True)
