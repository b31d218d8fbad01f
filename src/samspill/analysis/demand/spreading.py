"""Use at the rates of today in many futures, in parts: processes that keep what they finish, or a cluster.

    run, plan = prepare(history, rates, jump_off=2026, to=2040, draws=1000)
    freeze(run, history, expected=expected_on(plan, Spread(cluster="tcp://planner:8786")))

Each part draws the people of some areas and hands back their use, a fraction of the size. The draws of an
area depend on the seed and the area alone, so the baseline is that of `project` and `freeze`, bit for bit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.cluster import Arrays, Job, Spread, run_in_order
from samspill.analysis.demand.baseline import Draws, Expected
from samspill.analysis.demand.use import Floats
from samspill.analysis.population import AGES, SEXES, Plan, fill, nation_of

BLOCK = 4  # areas in a part


def expected_on(plan: Plan, spread: Spread) -> Expected:
    """For `freeze`: rates times persons of every draw of `plan`, computed by whoever `spread` names.

    Refuses as `samspill.analysis.cluster.run_many`.
    """

    def expected(profiles: Sequence[Floats]) -> Draws:
        rates = np.stack(profiles).reshape(len(profiles), -1).astype(np.float32)
        places = range(len(plan.areas))
        blocks = [tuple(places[first : first + BLOCK]) for first in range(0, len(places), BLOCK)]
        jobs = [Job(_name(plan, rows), use_of_areas, (plan, rows, rates)) for rows in blocks]
        found = np.empty((plan.years + 1, len(places), len(profiles), plan.draws), dtype=np.float32)
        for rows, part in zip(blocks, run_in_order(jobs, spread), strict=True):
            found[:, rows] = part["use"]
        return found

    return expected


def use_of_areas(plan: Plan, rows: tuple[int, ...], rates: NDArray[np.float32]) -> Arrays:
    """`use` (years, areas of the part, items, draws) of the areas in `rows` of the plan."""
    nation = nation_of(plan)
    cell = np.empty((plan.years + 1, len(SEXES), AGES, plan.draws), dtype=np.float32)
    use = np.empty((plan.years + 1, len(rows), len(rates), plan.draws), dtype=np.float32)
    for place, row in enumerate(rows):
        fill(cell, plan, row, nation)
        for year, persons in enumerate(cell):
            use[year, place] = rates @ persons.reshape(len(SEXES) * AGES, plan.draws)
    return {"use": use}


def _name(plan: Plan, rows: tuple[int, ...]) -> str:
    return f"use of {plan.areas[rows[0]]} to {plan.areas[rows[-1]]}"
