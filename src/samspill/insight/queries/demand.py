"""Demand as it comes, frozen: made once per set of figures, held in the process, asked many times."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from samspill.analysis.demand import (
    Baseline,
    Service,
    freeze,
    lines_beside,
    measured,
)
from samspill.analysis.population import Projection, project
from samspill.insight.queries.figures import Figures, figures_of
from samspill.insight.queries.published_use import KeptUse, kept_use, use_of

FROZEN_HELD = 4  # of some 20 MB each: communities that people look at on the same day
PROJECTIONS_HELD = 2  # of some 50 MB each


@dataclass(frozen=True)
class Frame:
    """All that decides a frozen baseline, beside the code.

    version  of the figures; `use` the fingerprints of the files of published use kept with them
    areas    the municipalities of the community; `to`, `draws`, `seed` as asked
    """

    version: str
    use: KeptUse
    areas: tuple[str, ...]
    to: int
    draws: int
    seed: int


def frame_of(figures: Figures, areas: tuple[str, ...], to: int, draws: int, seed: int) -> Frame:
    """The frame of a question. One query."""
    version = figures.source.version
    return Frame(version, kept_use(version), areas, to, draws, seed)


@lru_cache(maxsize=FROZEN_HELD)
def frozen(frame: Frame) -> Baseline:
    """Demand of the frame's municipalities without anything being done."""
    figures = figures_of(frame.version)
    return freeze(
        projected(frame), figures.history, actual=use_of(frame.version, frame.use), skills=measured()
    )


@lru_cache(maxsize=PROJECTIONS_HELD)
def projected(frame: Frame) -> Projection:
    figures = figures_of(frame.version)
    return project(
        figures.history.only(frame.areas),
        figures.rates,
        jump_off=figures.history.years[-1],
        to=frame.to,
        draws=frame.draws,
        seed=frame.seed,
    )


@lru_cache(maxsize=64)
def lines_of(frame: Frame, service: str, areas: tuple[str, ...]) -> Mapping[str, tuple[float, ...]]:
    """What other ways to reckon say of a service in `areas`, by name of the line: a median per year."""
    found = lines_beside(
        projected(frame),
        figures_of(frame.version).history,
        service,
        actual=use_of(frame.version, frame.use),
        areas=areas or None,
    )
    return {name: tuple(map(float, values)) for name, values in found.items()}


def part_of(baseline: Baseline, areas: Sequence[str]) -> Baseline:
    """The same draws of `areas` alone, in the order of the baseline; all of it when there are none."""
    if not areas:
        return baseline
    places = [place for place, area in enumerate(baseline.areas) if area in areas]
    return replace(
        baseline,
        areas=tuple(baseline.areas[place] for place in places),
        draws=baseline.draws[:, places],
        change=baseline.change[:, places],
        ages=baseline.ages[:, places],
        levels=tuple(level for level in baseline.levels if level.area in areas),
    )


def counted(frame: Frame, service: Service, areas: Sequence[str]) -> list[tuple[int, float]]:
    """(year, use) that was published of all of `areas` before the jump-off; a blank is never counted as 0.

    Only municipal series: those of hospitals count otherwise than the national rates.
    """
    use = use_of(frame.version, frame.use)
    series = [use[name] for name in service.series if name in use]
    if not series or len(series) < len(service.series) or not set(areas) <= set(series[0].areas):
        return []
    sums = np.sum([one.only(tuple(areas)).values.sum(axis=1) for one in series], axis=0)
    last = figures_of(frame.version).history.years[-1]
    pairs = zip(series[0].years, map(float, sums), strict=True)
    return [(year, value) for year, value in pairs if year < last and np.isfinite(value)]
