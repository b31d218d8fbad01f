"""Run many parts, keep what is finished, and say in a sentence why a run did not end."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from samspill.analysis.cluster.jobs import Arrays, Job, Outcome
from samspill.analysis.cluster.local import Lost, here
from samspill.analysis.cluster.remote import away
from samspill.analysis.cluster.shelf import Shelf
from samspill.refusal import Refused


@dataclass(frozen=True)
class Spread:
    """Who computes, and where finished parts are kept.

    `cluster` is the address of a Dask scheduler, "tcp://host:port"; without it the parts run in `workers`
    processes of this machine (None: one for each of its cores). `keep` is a folder for finished parts: the
    same run asked for again reads them there and computes the rest. `progress` is told (finished, all).
    """

    workers: int | None = 1
    cluster: str | None = None
    keep: Path | None = None
    progress: Callable[[int, int], None] | None = None


def run_many(
    jobs: Sequence[Job],
    *,
    cluster: str | None = None,
    workers: int | None = None,
    keep: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Arrays, ...]:
    """The result of every part, in the order they were given; all of them, or a refusal.

    The arguments are those of `Spread`. Refuses (code): `duplicate_job`, `workers_below_one`, `no_dask`,
    `cluster_not_found`, `cluster_empty`, `run_interrupted`, `other_version`, `cannot_write`, and whatever a
    part itself refuses.
    """
    return tuple(run_in_order(jobs, Spread(workers, cluster, keep, progress)))


def run_in_order(jobs: Sequence[Job], spread: Spread) -> Iterator[Arrays]:
    """As `run_many`, handed out one by one as their turn comes, so that all need not be held at once.

    What was kept is read when its turn comes; a part that is finished before its turn waits in memory. Who
    takes some and then meets a refusal has half a run, and must throw it away.
    """
    _check(jobs, spread.workers)
    shelf = Shelf(spread.keep)
    left = [place for place, job in enumerate(jobs) if not shelf.has(job)]
    finished = len(jobs) - len(left)
    tell = spread.progress or _silent
    tell(finished, len(jobs))
    early: dict[int, Arrays] = {}
    turn = 0

    def ready() -> Iterator[Arrays]:
        """Those whose turn it is now: finished early, or kept from before."""
        nonlocal turn
        while turn < len(jobs) and (turn in early or turn not in waiting):
            kept = early.pop(turn) if turn in early else shelf.find(jobs[turn])
            if kept is None:
                raise Refused(
                    "parts_gone", f"A finished part in {spread.keep} could not be read. Run it again."
                )
            yield kept
            turn += 1

    waiting = set(left)
    yield from ready()
    to_do = [jobs[place] for place in left]
    if not to_do:
        return
    try:
        for number, (result, refusal) in _computed(to_do, spread):
            if refusal is not None or result is None:
                raise _refused(refusal)
            shelf.keep(to_do[number], result)
            early[left[number]] = result
            waiting.discard(left[number])
            finished += 1
            tell(finished, len(jobs))
            yield from ready()
    except Lost as lost:
        raise Refused("run_interrupted", f"{lost}. {_told(finished, len(jobs), spread.keep)}") from lost


def _computed(jobs: Sequence[Job], spread: Spread) -> Iterator[tuple[int, Outcome]]:
    return away(jobs, spread.cluster) if spread.cluster else here(jobs, spread.workers)


def _silent(_finished: int, _all: int) -> None:
    """Progress that nobody watches."""


def _check(jobs: Sequence[Job], workers: int | None) -> None:
    twice = [name for name, count in Counter(job.name for job in jobs).items() if count > 1]
    if twice:
        raise Refused(
            "duplicate_job", f"Two parts of the run are called {twice[0]}. Give each part its own name."
        )
    if workers is not None and workers < 1:
        raise Refused(
            "workers_below_one", f"{workers} workers cannot do anything. Ask for 1 or more.", field="workers"
        )


def _refused(refusal: tuple[str, str] | None) -> Refused:
    return Refused(*(refusal or ("no_result", "A part of the run gave nothing.")))


def _told(finished: int, parts: int, keep: Path | None) -> str:
    done = f"{finished} of {parts} parts are finished"
    if keep is None:
        return f"{done} and none are kept. Run it again, and give a folder to keep them in."
    return f"{done} and kept in {keep}. Run it again to compute the rest."
