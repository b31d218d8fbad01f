"""The blocks of a run on whoever computes: processes that keep what they finish, or a Dask cluster.

write_streamed(run, plan, path, map=blocks_on(Spread(cluster="tcp://planner:8786")))
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from samspill.analysis.cluster import Arrays, Job, Spread, run_in_order
from samspill.analysis.population.futures import Block, Map, Work, work_on


def blocks_on(spread: Spread) -> Map:
    """A `map` for `simulate` and `write_streamed`; the draws are the same, bit for bit.

    Refuses as `samspill.analysis.cluster.run_many`. One block more than there are workers may wait in
    memory for its turn.
    """

    def each(_work_on: Callable[[Work], Block], pieces: Sequence[Work]) -> Iterator[Block]:
        jobs = [Job(_name(piece), block_arrays, (piece,)) for piece in pieces]
        for piece, found in zip(pieces, run_in_order(jobs, spread), strict=True):
            yield Block(piece.rows, found["sums"], found.get("percentiles"), found.get("cells"))

    return each


def block_arrays(piece: Work) -> Arrays:
    """What `work_on` gives, as named arrays that can be sent and kept."""
    block = work_on(piece)
    named = {"sums": block.sums, "percentiles": block.percentiles, "cells": block.cells}
    return {name: np.asarray(values) for name, values in named.items() if values is not None}


def _name(piece: Work) -> str:
    areas = [piece.plan.areas[row] for row in piece.rows]
    return areas[0] if len(areas) == 1 else f"{areas[0]} to {areas[-1]}"
