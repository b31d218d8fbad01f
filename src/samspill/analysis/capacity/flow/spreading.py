"""Replications on whoever computes: processes of this machine, or a Dask cluster.

simulate(model, days=365, each=each_on(Spread(cluster="tcp://planner:8786")))
"""

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from samspill.analysis.capacity.flow.running import Each, Floats
from samspill.analysis.cluster import Arrays, Job, Spread, run_in_order
from samspill.refusal import Refused

Replicate = Callable[[int], tuple[Floats, int]]


def each_on(spread: Spread) -> Each:
    """A way to map for `simulate`; the replications are the same, bit for bit.

    Refuses as `samspill.analysis.cluster.run_many`, and `worker_lost` when those who computed went away.
    """

    def each(replicate: Replicate, numbers: Iterable[int]) -> Iterator[tuple[Floats, int]]:
        jobs = [Job(f"replication {number}", replicated, (replicate, number)) for number in numbers]
        try:
            for found in run_in_order(jobs, spread):
                yield found["daily"], int(found["events"])
        except Refused as refused:
            if refused.code != "run_interrupted":
                raise
            raise Refused(
                "worker_lost",
                "Those who simulated were stopped on the way. Run it again; with a folder to keep them in it "
                "goes on from the replications that are done.",
            ) from refused

    return each


def replicated(replicate: Replicate, number: int) -> Arrays:
    """One replication as named arrays that can be sent."""
    daily, events = replicate(number)
    return {"daily": daily, "events": np.asarray(events)}
