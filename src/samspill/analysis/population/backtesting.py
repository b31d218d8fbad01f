"""How wrong the projection would have been: project from a past year, compare with what came.

Only figures up to the jump-off are used to project; the later ones only to judge. The same judgement is
passed on two methods anyone could use without a model: nothing changes, and every cohort goes on
changing as it did in the last five years. Official projections that were published for the same jump-off
(or up to two years before) are judged over the places and ages they cover; our own errors over the same
places stand beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population.age_groups import AGE_GROUPS
from samspill.analysis.population.change import Change, Parameters, aged, through
from samspill.analysis.population.draws import Draws, Uncertainty
from samspill.analysis.population.futures import Futures, Map, simulate
from samspill.analysis.population.history import (
    AGES,
    SEXES,
    WOMEN,
    Counts,
    Floats,
    NationalRates,
    PopulationHistory,
)
from samspill.analysis.population.official import NATION, OfficialProjection, newest_known
from samspill.analysis.population.projecting import Projection, project, walk
from samspill.refusal import Refused

SIZES = {  # at least, less than: persons of a municipality at the jump-off (the classes of SSB's KOSTRA)
    "under 5000": (0, 5_000),
    "5000-19999": (5_000, 20_000),
    "20000+": (20_000, np.inf),
}
OFFICIAL = "official"  # the level of the municipalities that an official projection covers
OURS, NO_CHANGE, CONSTANT_RATIOS = "samspill", "no change", "constant ratios"
INTERVAL = (10, 90)

Levels = dict[str, tuple[NDArray[np.intp], NDArray[np.intp]]]


@dataclass(frozen=True)
class Score:
    """How one method did for one age group at one level.

    `error` is the mean absolute percentage error over the `units`, `bias` the percentage by which their
    sum was overshot (below 0: undershot). `covered` is the share of the units, in per cent, that fell within
    the 80 % interval, None for a method without one.
    """

    method: str
    jump_off: int
    horizon: int
    level: str  # "municipality", a key of SIZES, "community", OFFICIAL or "all"
    ages: str  # a key of AGE_GROUPS
    units: int
    error: float
    bias: float
    covered: float | None = None


def backtest(
    history: PopulationHistory,
    rates: NationalRates,
    *,
    jump_off: int,
    horizons: Sequence[int],
    draws: int = 0,
    seed: int = 1,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty | None = None,
    official: Sequence[OfficialProjection] = (),
    map: Map | None = None,
) -> tuple[Score, ...]:
    """Scores of the projection from `jump_off`, of the two naive ones and `official`, `horizons` years ahead.

    Levels: each area, the areas of each size, each group of `history` (when it has more than one), all
    together. A level without any unit is left out. Refuses
    (`year_missing`) a horizon whose year is not in `history`, so that nothing is judged by guesswork. `map`
    hands the draws to others (`blocks_on`); of each only the sums by age group are kept.
    """
    judged = {years: history.on(jump_off + years) for years in horizons}
    known = history.until(jump_off)
    run, futures = _projected(
        known, rates, map, jump_off=jump_off, to=jump_off + max(horizons), draws=draws, seed=seed,
        parameters=parameters, uncertainty=uncertainty,
    )  # fmt: skip
    start = known.on(jump_off).astype(np.float64)
    methods = {
        OURS: run.persons,
        NO_CHANGE: np.broadcast_to(start, run.persons.shape),
        CONSTANT_RATIOS: constant_ratios(known, max(horizons)),
    }
    levels = _levels(history.groups, start.sum(axis=(1, 2)))
    published = newest_known(official, jump_off)
    covered = np.flatnonzero(np.isin(history.areas, [area for one in published[:1] for area in one.areas]))
    if len(covered):
        levels[OFFICIAL] = (covered, np.arange(len(covered)))
    ours = tuple(
        score
        for method, persons in methods.items()
        for years, actual in judged.items()
        for score in _scores(
            (method, jump_off, years),
            levels,
            persons[years],
            actual,
            futures.sums[:, years] if method == OURS and futures is not None else None,
        )
    )
    return (*ours, *_of_official(published, history, jump_off, judged, whole=run.provenance.to_nation))


def _projected(
    known: PopulationHistory, rates: NationalRates, map: Map | None, *, draws: int, **asked: Any
) -> tuple[Projection, Futures | None]:
    """The point, and the sums of each draw when there are any."""
    if not draws:
        return project(known, rates, **asked), None
    futures = simulate(known, rates, draws=draws, processes=1, map=map, **asked)
    return futures.run, futures


def _of_official(
    published: Sequence[OfficialProjection],
    history: PopulationHistory,
    jump_off: int,
    judged: dict[int, Counts],
    *,
    whole: bool,
) -> Iterator[Score]:
    """Scores of what was published: over the municipalities it covers, and the nation when all are here."""
    for one in published:
        rows = [row for row, area in enumerate(history.areas) if area in one.areas]
        codes = [history.areas[row] for row in rows]
        for years, actual in judged.items():
            for ages, (low, high) in AGE_GROUPS.items():
                counted = np.asarray(actual[:, :, low : high + 1].sum(axis=(1, 2)), dtype=np.float64)
                places = [(OFFICIAL, codes, counted[rows])] if codes else []
                if whole:
                    places.append(("all", [NATION], counted.sum(keepdims=True)))
                for level, areas, true in places:
                    said = one.on(jump_off + years, ages, areas)
                    if said is not None:
                        yield _score((one.name, jump_off, years), level, ages, said, true, None)


def constant_ratios(history: PopulationHistory, years: int, *, back: int = 5) -> Floats:
    """Hamilton & Perry as it stands: each area's own ratios of the last `back` years, nothing dampened.

    Shape (years + 1, areas, 2, 106). From age 90 one ratio for all; where nobody was, the ratio is 1.
    """
    end = history.years[-1]
    if end - back not in history.years:
        raise Refused(
            "year_missing",
            f"Constant ratios need the population {back} years before {end}, which is not in the figures.",
        )
    before, now = (history.on(year).astype(np.float64) for year in (end - back, end))
    found, grown = through(now, back), through(aged(before, back), back)
    for counts in (found, grown):
        counts[..., 90:] = counts[..., 90:].sum(axis=-1, keepdims=True)
    ratio = np.ones_like(found)
    np.divide(found, grown, out=ratio, where=grown > 0)
    fertile = np.where((np.arange(AGES) >= 15) & (np.arange(AGES) < 50), 1.0, 0.0)
    women = now[:, WOMEN] @ fertile
    change = Change(
        survival=np.ones((years, len(SEXES), AGES)),
        residual=np.ones((len(SEXES), AGES)),
        local=ratio ** (1 / back),
        fertility=fertile,
        newborns=now[:, :, 0].sum(axis=-1) / np.maximum(women, 1),
        newborns_nation=0.0,
        births=np.ones(years),
        memory=np.ones(AGES),
    )
    return walk(now, change, years)[0]


def _levels(groups: tuple[str, ...], size: Floats) -> Levels:
    """Level -> the rows of the areas it judges, and for each the number of the unit it is summed into."""
    rows = np.arange(len(groups))
    names, group = np.unique(groups, return_inverse=True)
    levels: Levels = {"municipality": (rows, rows)}
    for name, (least, less_than) in SIZES.items():
        chosen = np.flatnonzero((size >= least) & (size < less_than))
        if 0 < len(chosen) < len(rows):
            levels[name] = (chosen, np.arange(len(chosen)))
    if len(names) > 1:
        levels["community"] = (rows, group)
    return {**levels, "all": (rows, np.zeros(len(groups), dtype=np.intp))}


def _scores(
    what: tuple[str, int, int], levels: Levels, persons: Floats, actual: Counts, draws: Draws | None
) -> Iterator[Score]:
    """`draws` are the sums (areas, age groups, 2, draws)."""
    for place, (ages, (low, high)) in enumerate(AGE_GROUPS.items()):
        sums = [values[:, :, low : high + 1].sum(axis=(1, 2)) for values in (persons, actual)]
        futures = draws[:, place].sum(axis=1, dtype=np.float64) if draws is not None else None
        for level, (rows, unit) in levels.items():
            ours, true = (np.asarray(np.bincount(unit, values[rows]), dtype=np.float64) for values in sums)
            covered = None if futures is None else _covered(futures[rows], true, unit)
            yield _score(what, level, ages, ours, true, covered)


def _score(
    what: tuple[str, int, int], level: str, ages: str, said: Floats, true: Floats, covered: float | None
) -> Score:
    return Score(
        *what,
        level,
        ages,
        units=len(true),
        error=float(np.mean(np.abs(said - true) / np.maximum(true, 1)) * 100),
        bias=float((said.sum() / true.sum() - 1) * 100),
        covered=covered,
    )


def _covered(futures: Floats, true: Floats, unit: NDArray[np.intp]) -> float:
    sums = np.zeros((len(true), futures.shape[1]))
    np.add.at(sums, unit, futures)
    low, high = np.percentile(sums, INTERVAL, axis=1)
    return float(np.mean((low <= true) & (true <= high)) * 100)
