"""Work in many parts: in processes of this machine, or on a Dask cluster when it has outgrown one.

    run_many(jobs, workers=2) -> results;  run_many(jobs, cluster="tcp://planner:8786") -> the same results

The door to this package. A part is a function of plain values that carries its own seed, so the result is
the same whoever computes it and in whatever order.
"""

from samspill.analysis.cluster.jobs import Arrays, Job
from samspill.analysis.cluster.running import Spread, run_in_order, run_many

__all__ = ["Arrays", "Job", "Spread", "run_in_order", "run_many"]
