"""A work force followed in parts, some of the draws in each: here, in processes, or on a Dask cluster.

    follow_in_parts(baseline, shocks, spread=Spread(workers=8)) -> Staffing

The parts are the same whoever computes them, and so is the result, bit for bit. A part's memory is that of
its own draws: more of them fit than `follow` takes at once.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from samspill.analysis.cluster import Arrays, Job, Spread, run_many
from samspill.analysis.workforce.baseline import Baseline
from samspill.analysis.workforce.flow import Convention
from samspill.analysis.workforce.measures import Measure
from samspill.analysis.workforce.projecting import Staffing, follow
from samspill.analysis.workforce.shocks import MEMORY, Shocks, Uncertainty, draw_shocks
from samspill.analysis.workforce.terms import SECTORS
from samspill.refusal import Refused

BLOCK = 64  # draws in a part
ALONE = Spread(workers=1)
STOCKS = ("persons", "agreed", "supply")
FLOW = "flow_"
BYTES = 320  # per year, profession, sector and draw: stocks, flows and shocks, in parts and joined


def draw_that_fit(baseline: Baseline, uncertainty: Uncertainty, *, to: int, draws: int, seed: int) -> Shocks:
    """The shocks of `follow_in_parts`. Refuses more draws than their stocks and flows fit in memory."""
    years = to - baseline.year
    per_draw = BYTES * max(years + 1, 1) * len(baseline.professions) * len(SECTORS)
    if per_draw * draws > MEMORY:
        raise Refused(
            "too_many_draws",
            f"{draws} draws do not fit in memory. Ask for at most {MEMORY // per_draw}, or for fewer years.",
            field="draws",
        )
    return draw_shocks(uncertainty, baseline.professions, years=years, draws=draws, seed=seed)


def follow_in_parts(
    baseline: Baseline,
    shocks: Shocks,
    *,
    seed: int = 0,
    measures: Sequence[Measure] = (),
    convention: Convention = Convention.EVEN,
    spread: Spread = ALONE,
) -> Staffing:
    """As `follow`. Means over the draws are taken part by part: they may differ from its in the last digit.

    Refuses as `follow`, and as `samspill.analysis.cluster.run_many`.
    """
    ends = [(first, min(first + BLOCK, shocks.width)) for first in range(0, shocks.width, BLOCK)]
    jobs = [
        Job(
            f"draws {first + 1} to {last}",
            followed,
            (baseline, _cut(shocks, first, last), tuple(measures), convention),
        )
        for first, last in ends
    ]
    found = run_many(
        jobs,
        cluster=spread.cluster,
        workers=spread.workers,
        keep=spread.keep,
        progress=spread.progress,
    )
    # What does not depend on the draws is of the middle future, which is there at once.
    middle = follow(baseline, _cut(shocks, 0, 1), seed=seed, measures=measures, convention=convention)
    joined = {name: np.concatenate([part[name] for part in found], axis=-1) for name in found[0]}
    share = np.array([last - first for first, last in ends]) / shocks.width
    return replace(
        middle,
        draws=shocks.draws,
        persons=joined["persons"],
        agreed=joined["agreed"],
        supply=joined["supply"],
        flows={name: joined[FLOW + name] for name in middle.flows},
        by_age=joined["by_age"] @ share,
    )


def followed(
    baseline: Baseline, shocks: Shocks, measures: tuple[Measure, ...], convention: Convention
) -> Arrays:
    """Stocks and flows of a part's draws, and `by_age`, their mean, as the only one of its last axis."""
    made = follow(baseline, shocks, measures=measures, convention=convention)
    stocks = {name: getattr(made, name) for name in STOCKS}
    flows = {FLOW + name: values for name, values in made.flows.items()}
    return {**stocks, **flows, "by_age": made.by_age[..., None]}


def _cut(shocks: Shocks, first: int, last: int) -> Shocks:
    """Some of the draws; the middle future, which has none, stays whole."""
    cut = {name: np.ascontiguousarray(one[..., first:last]) for name, one in shocks.factors.items()}
    return Shocks(cut, last - first if shocks.draws else 0)
