"""Many draws of many areas, in blocks: what is kept of each draw is its sums, so that they fit in memory.

    simulate(history, rates, jump_off=2026, to=2050, draws=1000, seed=1) -> Futures

All cells of 357 municipalities to 2050 in 1,000 draws are 7.6 GB; their sums by sex and named age group,
which add up to any region, are half a gigabyte. The draws are those of `project` with the same seed, bit
for bit, whatever the size of a block, the number of processes or the order of the areas.

Memory: (years + 1) x areas x age groups x 2 x draws x 4 bytes for the sums, and for each process one area's
cells, (years + 1) x 212 x draws x 4 bytes, and the nation's, as much again (1,000 draws to 2050: 21 MB each).
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population.age_groups import AGE_GROUPS
from samspill.analysis.population.change import Parameters
from samspill.analysis.population.draws import Draws, Nation, Plan, Uncertainty, fill, nation_of
from samspill.analysis.population.history import AGES, SEXES, Floats, NationalRates, PopulationHistory
from samspill.analysis.population.percentiles import PERCENTILES, percentiles_of
from samspill.analysis.population.projecting import Projection, prepare
from samspill.refusal import Refused

BLOCK = 24  # areas a process takes at a time
LIMIT = 3_500_000_000  # bytes of sums and of what is worked on, at most
ALONE = 50_000_000  # draws of cells below which other processes cost more than they do
Ages = Mapping[str, tuple[int, int]]


class Work(NamedTuple):
    """A block of areas to be drawn; `percentiles` of each cell and its draws (`cells`) only if asked for."""

    plan: Plan
    rows: tuple[int, ...]
    ages: tuple[tuple[int, int], ...]
    percentiles: bool
    cells: bool


class Block(NamedTuple):
    """What is kept of a block, axes: areas of the block, years + 1, then as named.

    `sums` (…, age groups, 2, draws); `percentiles` (…, 2, 106, 3) and `cells` (…, 2, 106, draws) or None.
    """

    rows: tuple[int, ...]
    sums: Draws
    percentiles: Draws | None
    cells: Draws | None


class Map(Protocol):
    """Anything like the built-in `map`: calls `work_on` for each piece, results in the same order."""

    def __call__(self, work_on: Callable[[Work], Block], pieces: Sequence[Work], /) -> Iterable[Block]: ...


@dataclass(frozen=True, eq=False)
class Futures:
    """Persons on 1 January in each draw, by area, named age group and sex; `run` is the point without draws.

    `sums` has shape (areas, years, age groups, 2, draws), float32; the first year is the jump-off.
    """

    run: Projection
    ages: dict[str, tuple[int, int]]
    sums: Draws = field(repr=False)

    def of(
        self, ages: str, *, areas: Sequence[str] | None = None, sexes: Sequence[str] = SEXES
    ) -> NDArray[np.float64]:
        """Persons of `ages` in `areas` together (None: all) in each draw; shape (years, draws).

        Refuses an age group that was not kept (`ages_not_kept`) and an area that is not there.
        """
        if ages not in self.ages:
            raise Refused(
                "ages_not_kept",
                f"The draws keep the ages {', '.join(self.ages)} and not «{ages}». Name it before the run.",
                field="ages",
            )
        rows = self.run.rows_of(areas)
        chosen = self.sums[:, :, list(self.ages).index(ages)]
        total = np.zeros((len(self.run.years), self.sums.shape[-1]))
        for row in rows:
            for sex in sexes:
                total += chosen[row, :, SEXES.index(sex)]
        return total

    def total(self, ages: str, *, areas: Sequence[str] | None = None, sexes: Sequence[str] = SEXES) -> Floats:
        """The point: the deterministic path, not the median of the draws; shape (years,)."""
        return self.run.total(*self.ages[ages], areas=areas, sexes=sexes)

    def band(
        self,
        ages: str,
        *,
        areas: Sequence[str] | None = None,
        sexes: Sequence[str] = SEXES,
        percentiles: Sequence[float] = PERCENTILES,
    ) -> Floats:
        """Percentiles of the sum, from the sum in each draw (never the sum of percentiles); (years, …)."""
        return np.percentile(self.of(ages, areas=areas, sexes=sexes), percentiles, axis=-1).T


def simulate(
    history: PopulationHistory,
    rates: NationalRates,
    *,
    jump_off: int,
    to: int,
    draws: int,
    seed: int = 1,
    ages: Ages = AGE_GROUPS,
    to_nation: bool | None = None,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty | None = None,
    processes: int | None = None,
    map: Map | None = None,
) -> Futures:
    """As `project`, but of each draw only the sums over `ages` (name: first and last age) are kept.

    `processes` None takes one for each processor when there is much to do, else this one alone. `map` hands
    the work to another executor (as `client.map` and `gather` of Dask); it must keep the order.
    """
    if draws < 1:
        raise Refused("draws_negative", f"{draws} draws hold no futures. Ask for 1 or more.", field="draws")
    run, plan = prepare(
        history,
        rates,
        jump_off=jump_off,
        to=to,
        draws=draws,
        seed=seed,
        to_nation=to_nation,
        parameters=parameters,
        uncertainty=uncertainty,
    )
    check_fits(plan, ages)
    shape = (len(plan.areas), plan.years + 1, len(ages), len(SEXES), draws)
    sums = np.empty(shape, dtype=np.float32)
    for block in blocks(plan, ages, processes=processes, map=map):
        sums[list(block.rows)] = block.sums
    return Futures(run, dict(ages), sums)


def blocks(
    plan: Plan,
    ages: Ages = AGE_GROUPS,
    *,
    percentiles: bool = False,
    cells: bool = False,
    processes: int | None = None,
    map: Map | None = None,
) -> Iterator[Block]:
    """The draws of `plan`, block by block in the order of its areas; refuses a pool lost on the way."""
    rows = range(len(plan.areas))
    size = BLOCK if not cells else 1
    pieces = [
        Work(plan, tuple(rows[first : first + size]), tuple(ages.values()), percentiles, cells)
        for first in range(0, len(rows), size)
    ]
    if map is not None:
        yield from map(work_on, pieces)
        return
    count = _processes(plan) if processes is None else processes
    if count < 2:
        nation = nation_of(plan)
        yield from (_work_on(piece, nation) for piece in pieces)
        return
    try:
        with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(work_on, pieces)
    except BrokenProcessPool as problem:
        raise Refused(
            "workers_lost",
            "A process that made the draws was ended on the way, perhaps for lack of memory. Nothing is kept "
            "of the run; make it again with fewer processes or fewer draws.",
        ) from problem


def work_on(piece: Work) -> Block:
    """Draw the areas of one piece of work, in whichever process."""
    return _work_on(piece, nation_of(piece.plan))


def _work_on(piece: Work, nation: Nation) -> Block:
    plan = piece.plan
    cell = np.empty((plan.years + 1, len(SEXES), AGES, plan.draws), dtype=np.float32)
    sums, bands = [], []
    for row in piece.rows:
        fill(cell, plan, row, nation)
        sums.append(_sums(cell, piece.ages))
        if piece.percentiles:
            bands.append(percentiles_of(cell))
    return Block(
        piece.rows,
        np.stack(sums),
        np.stack(bands) if bands else None,
        cell[None] if piece.cells else None,
    )


def _sums(cell: Draws, ages: Sequence[tuple[int, int]]) -> Draws:
    """Over each of `ages`, shape (years, age groups, 2, draws); each person is added up once."""
    starts = sorted({0, *(low for low, _ in ages), *(high + 1 for _, high in ages)} - {AGES})
    pieces = np.add.reduceat(cell, starts, axis=2)
    return np.stack(
        [
            pieces[:, :, [place for place, start in enumerate(starts) if low <= start <= high]].sum(axis=2)
            for low, high in ages
        ],
        axis=1,
    )


def check_fits(plan: Plan, ages: Ages) -> None:
    """Refuse (`too_many_draws`) more than fits in memory even when only sums are kept."""
    per_draw = (plan.years + 1) * len(SEXES) * 4
    sums = per_draw * len(plan.areas) * len(ages)
    at_work = per_draw * AGES * 3 * _processes(plan)
    if (sums + at_work) * plan.draws > LIMIT:
        raise Refused(
            "too_many_draws",
            f"The sums of {plan.draws} draws for {len(plan.areas)} areas over {plan.years} years do not fit "
            f"in memory. Ask for at most {LIMIT // (sums + at_work)} draws, or for fewer areas.",
            field="draws",
        )


def _processes(plan: Plan) -> int:
    return 1 if plan.bytes_of_draws // 4 < ALONE else len(os.sched_getaffinity(0))
