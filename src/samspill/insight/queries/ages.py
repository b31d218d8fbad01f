"""People by sex and single year of age, now and ahead, and shares between age groups with their intervals.

A stored run holds sums by age group; its single ages are projected again from the same figures with the same
seed, which gives the same persons to the last digit, and held in the process that made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from samspill.analysis.population import (
    SEXES,
    VERSION,
    Floats,
    Futures,
    PopulationHistory,
    simulate,
)
from samspill.insight.drawings.curve import PERCENTILES, Curve
from samspill.insight.models import PopulationRun
from samspill.insight.queries.figures import figures_of
from samspill.refusal import Refused

KEPT = {"all": (0, 105), "20-66": (20, 66), "67+": (67, 105), "80+": (80, 105)}
"""The age groups whose draws are held: those that shares are made of."""
RUNS_HELD = 4  # of some 10 MB each
DECIMALS = 4
WOMEN, MEN = SEXES.index("K"), SEXES.index("M")
"""Places of the sexes in what `Ages.persons` gives."""


@dataclass(frozen=True, eq=False)
class Ages:
    """A community's municipalities by sex and single age: `history` counted, `futures` expected."""

    history: PopulationHistory = field(repr=False)
    futures: Futures = field(repr=False)

    @property
    def years(self) -> tuple[int, ...]:
        """From the last counted year to the last expected one."""
        return self.futures.run.years

    def persons(self, year: int, area: str = "") -> Floats:
        """Persons on 1 January of one of `years`, shape (2, 106), sexes as in SEXES; "" is all together."""
        run = self.futures.run
        chosen = run.persons[run.years.index(year), run.rows_of(_areas(area))]
        return np.asarray(chosen.sum(axis=0))

    def share(self, top: str, base: str, *, times: float, area: str = "") -> Curve:
        """`times` × the group `top` per person of `base`, two keys of KEPT.

        The intervals are of the share in each draw. A draw without anybody in `base` counts as nobody over
        one.
        """
        areas, futures = _areas(area), self.futures
        known = _share(self._counted(top, area), self._counted(base, area), times)
        ahead = _share(futures.total(top, areas=areas), futures.total(base, areas=areas), times)
        drawn = _share(futures.of(top, areas=areas), futures.of(base, areas=areas), times)
        bands = np.percentile(drawn, PERCENTILES, axis=-1).T[1:]
        return Curve(
            [*self.history.years, *self.years[1:]],
            [round(float(value), DECIMALS) for value in (*known, *ahead[1:])],
            [[round(float(value), DECIMALS) for value in row] for row in bands],
        )

    def _counted(self, ages: str, area: str) -> Floats:
        low, high = KEPT[ages]
        chosen = self.history if not area else self.history.only((area,))
        return np.asarray(chosen.persons[..., low : high + 1].sum(axis=(1, 2, 3)), dtype=np.float64)


def ages_of(run: PopulationRun) -> Ages | None:
    """The single ages of a stored run; None when its figures are gone or the method is another by now."""
    made = run.provenance
    if made["version"] != VERSION:
        return None
    try:
        return _ages(run.pack.version, run.community.code, run.to, int(made["draws"]), int(made["seed"]))
    except Refused as refusal:
        if refusal.code != "pack.gone":
            raise
        return None


@lru_cache(maxsize=RUNS_HELD)
def _ages(version: str, community: str, to: int, draws: int, seed: int) -> Ages:
    """In this process alone: a page does not start others."""
    figures = figures_of(version)
    pairs = zip(figures.history.areas, figures.history.groups, strict=True)
    history = figures.history.only(tuple(area for area, group in pairs if group == community))
    futures = simulate(
        history,
        figures.rates,
        jump_off=history.years[-1],
        to=to,
        draws=draws,
        seed=seed,
        ages=KEPT,
        processes=1,
    )
    return Ages(history, futures)


def _areas(area: str) -> Sequence[str] | None:
    return (area,) if area else None


def _share(top: Floats, base: Floats, times: float) -> Floats:
    return times * top / np.maximum(base, 1.0)
