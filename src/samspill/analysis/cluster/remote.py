"""Parts on a Dask cluster: a scheduler and its workers, on as many machines as one likes.

Dask moves the parts of a worker that dies to another. What it cannot mend, a scheduler that goes away or
workers that are all gone, ends the run with a sentence; what had come back is kept by the one who asked.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from time import monotonic
from typing import TYPE_CHECKING

from samspill.analysis.cluster.jobs import Job, Outcome, carry_out, versions
from samspill.analysis.cluster.local import Lost
from samspill.refusal import Refused

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 10.0
PATIENCE_SECONDS = 30.0  # without any worker, or until a first one comes
LOOK_SECONDS = 1  # how often the workers are counted while nothing is finished
AHEAD = 2  # parts under way for each thread of the cluster, so that none waits for the next


def away(
    jobs: Sequence[Job], address: str, patience: float = PATIENCE_SECONDS
) -> Iterator[tuple[int, Outcome]]:
    """(place, outcome) of each part as it is finished. Refuses `no_dask` and `cluster_not_found`."""
    client = _connected(address, min(patience, CONNECT_SECONDS))
    try:
        _wait_for_workers(client, address, patience)
        with client.as_current():
            yield from _finished(client, jobs, patience)
    finally:
        client.close(timeout=1)


def _connected(address: str, seconds: float) -> "Client":
    try:
        from distributed import Client
    except ImportError as problem:
        raise Refused(
            "no_dask", "Dask is not installed here, so no cluster can be used. Install dask[distributed]."
        ) from problem
    try:
        return Client(address, timeout=seconds, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise Refused(
            "cluster_not_found",
            f"No Dask scheduler answers at {address}. Check the address, and that the scheduler runs.",
            field="cluster",
        ) from problem


def _wait_for_workers(client: "Client", address: str, patience: float) -> None:
    try:
        client.wait_for_workers(1, timeout=patience)
    except (OSError, TimeoutError) as problem:
        raise Refused(
            "cluster_empty",
            f"The cluster at {address} has no workers. Start some with `dask worker {address}`.",
            field="cluster",
        ) from problem


def _finished(client: "Client", jobs: Sequence[Job], patience: float) -> Iterator[tuple[int, Outcome]]:
    from distributed.scheduler import KilledWorker

    waiting = deque(enumerate(jobs))
    asked: dict[Future, int] = {}
    seen, threads, done = monotonic(), 0, list["Future"]()
    try:
        while waiting or asked:
            if not done:  # nothing came: is anyone there?
                threads = sum(client.nthreads().values())
                seen = monotonic() if threads else seen
            if monotonic() - seen > patience:
                raise Lost("All workers of the cluster have gone away")
            while waiting and len(asked) < AHEAD * max(threads, 1):
                place, job = waiting.popleft()
                asked[client.submit(carry_out, job, versions(), pure=False)] = place
            done = _done(list(asked))
            for future in done:
                outcome = _fetched(future, patience)
                if outcome is None:
                    done = []
                    break
                yield asked.pop(future), outcome
    except (OSError, CancelledError) as problem:
        raise Lost("The cluster has gone away") from problem
    except KilledWorker as problem:
        raise Lost("One part has brought down several workers, perhaps for want of memory") from problem
    except (RuntimeError, ModuleNotFoundError) as problem:
        _check_understood(problem)
        raise


def _fetched(future: "Future", patience: float) -> Outcome | None:
    """What came out of a finished part. None: the worker that had it went away before it could be fetched.

    Dask then computes it anew as soon as there is a worker again, and waits for one without end.
    """
    try:
        outcome: Outcome = future.result(timeout=patience)
    except TimeoutError:
        return None
    return outcome


def _check_understood(problem: Exception) -> None:
    """Whether it was the part that failed, or the scheduler or a worker that could not even read it."""
    if isinstance(problem, ModuleNotFoundError) or "deserialization" in str(problem):
        raise Refused(
            "other_version",
            "The scheduler or a worker of the cluster lacks what a part is made of. Install the same version "
            "of Samspill and its libraries on all of them, the scheduler too.",
            field="cluster",
        ) from problem


def _done(futures: list["Future"]) -> list["Future"]:
    """Those that are finished, at least one unless none is within a second."""
    from distributed import wait

    try:
        return list(wait(futures, timeout=LOOK_SECONDS, return_when="FIRST_COMPLETED").done)
    except TimeoutError:
        return []
