"""Bed-days ahead by year, in drawn futures: from the figures of a pack, held in the process."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.demand import Skill, catalogue, freeze, measured
from samspill.analysis.population import project
from samspill.insight.queries.figures import figures_of
from samspill.insight.queries.published_use import KeptUse, use_of

DRAWS, SEED = 256, 2026
HELD = 24  # of some 40 kB each
STAYS_OF: Mapping[str, str] = {"hospital_bed_days": "hospital_stays", "kad_days": "kad_admissions"}
"""Bed-days and the stays they are made of, where both are known."""


@dataclass(frozen=True, eq=False)
class BedDays:
    """`draws` (years, futures) in bed-days a year; `stay` the mean in days, None where stays are not known.

    `skill` is the back-test of the curve; `assumption` and `source` are the service's own.
    """

    years: tuple[int, ...]
    draws: NDArray[np.float64]
    stay: float | None
    skill: Skill
    assumption: str
    source: str


@lru_cache(maxsize=HELD)
def bed_days_of(version: str, use: KeptUse, areas: tuple[str, ...], service: str, years: int) -> BedDays:
    """Bed-days of the people in `areas` together, `years` ahead. Half a second the first time."""
    figures = figures_of(version)
    history = figures.history.only(areas)
    jump_off = history.years[-1]
    people = project(history, figures.rates, jump_off=jump_off, to=jump_off + years, draws=DRAWS, seed=SEED)
    stays = STAYS_OF.get(service)
    baseline = freeze(
        people,
        figures.history,
        actual=use_of(version, use),
        skills=measured(),
        services=(service, stays) if stays else (service,),
    )
    draws = baseline.total(service)
    stay = float(np.median(draws[0] / baseline.total(stays)[0])) if stays else None
    one = catalogue()[service]
    return BedDays(baseline.years, draws, stay, baseline.skills[service], one.assumption, one.source)
