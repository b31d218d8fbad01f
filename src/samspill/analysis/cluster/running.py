"""Run many parts, keep what is finished, and say in a sentence why a run did not end."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from samspill.analysis.cluster.jobs import Arrays, Job
from samspill.analysis.cluster.local import Lost, here
from samspill.analysis.cluster.remote import away
from samspill.analysis.cluster.shelf import Shelf
from samspill.refusal import Refused


def run_many(
    jobs: Sequence[Job],
    *,
    cluster: str | None = None,
    workers: int | None = None,
    keep: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Arrays, ...]:
    """The result of every part, in the order they were given; all of them, or a refusal.

    `cluster` is the address of a Dask scheduler, "tcp://host:port"; without it the parts run in `workers`
    processes of this machine (by default one for each of its cores). `keep` is a folder for finished parts:
    the same run asked for again reads them there and computes the rest. `progress` is told (finished, all).
    Refuses (code): `duplicate_job`, `workers_below_one`, `no_dask`, `cluster_not_found`, `cluster_empty`,
    `run_interrupted`, `other_version`, `cannot_write`, and whatever a part itself refuses.
    """
    _check(jobs, workers)
    shelf = Shelf(keep)
    results: dict[int, Arrays] = {}
    for place, job in enumerate(jobs):
        kept = shelf.find(job)
        if kept is not None:
            results[place] = kept
    left = [place for place in range(len(jobs)) if place not in results]
    if progress is not None:
        progress(len(results), len(jobs))
    to_do = [jobs[place] for place in left]
    if not to_do:
        return tuple(results[place] for place in range(len(jobs)))
    try:
        for number, (result, refusal) in away(to_do, cluster) if cluster else here(to_do, workers):
            if refusal is not None or result is None:
                raise _refused(refusal)
            results[left[number]] = result
            shelf.keep(to_do[number], result)
            if progress is not None:
                progress(len(results), len(jobs))
    except Lost as lost:
        raise Refused("run_interrupted", f"{lost}. {_told(len(results), len(jobs), keep)}") from lost
    return tuple(results[place] for place in range(len(jobs)))


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
