"""What a measure does to the gap, on the same draws; and how far a lever must be pulled to close it.

A `Frozen` baseline keeps the draws, so that an answer is one run: a fraction of a second for 256 draws.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import scipy

from samspill.analysis.workforce.baseline import Baseline
from samspill.analysis.workforce.demand import Demand, Gap, gap
from samspill.analysis.workforce.flow import Convention
from samspill.analysis.workforce.measures import Measure, lever_of
from samspill.analysis.workforce.projecting import Staffing, follow
from samspill.analysis.workforce.shocks import Shocks, Uncertainty, draw_shocks
from samspill.refusal import Refused

PRECISION = 1e-4  # of a lever's range
HALVINGS = 8
SEARCH_DRAWS = 256  # a percentile of the gap needs no more to find a lever's value


@dataclass(frozen=True, eq=False)
class Answer:
    """`staffing` and `gap` with the measures; `closed` is the gap without them minus the gap with them."""

    measures: tuple[Measure, ...]
    staffing: Staffing
    gap: Gap
    closed: Gap


@dataclass(frozen=True, eq=False)
class Frozen:
    """A baseline with its draws, its demand and its gap, ready to be asked."""

    baseline: Baseline
    shocks: Shocks
    demand: Demand
    seed: int
    convention: Convention
    staffing: Staffing
    gap: Gap

    def what_if(self, measures: Sequence[Measure]) -> Answer:
        """The gap with `measures`, and what they closed, draw by draw. None: exactly the same figures."""
        staffing = follow(
            self.baseline, self.shocks, seed=self.seed, measures=measures, convention=self.convention
        )
        after = gap(staffing, self.demand)
        closed = Gap(after.years, after.professions, self.gap.fte - after.fte)
        return Answer(tuple(measures), staffing, after, closed)

    def effects(self, measures: Sequence[Measure]) -> tuple[Answer, ...]:
        """Each measure by itself. Their sum is not what they do together."""
        return tuple(self.what_if((one,)) for one in measures)

    def only(self, profession: str) -> "Frozen":
        """The same draws with nothing but `profession` and those its figures rest on."""
        baseline = self.baseline.only(profession)
        places = [self.baseline.professions.index(one) for one in baseline.professions]
        shocks = Shocks({name: one[places] for name, one in self.shocks.factors.items()}, self.shocks.draws)
        return _frozen(baseline, shocks, self.demand.only(baseline.professions), self.seed, self.convention)

    def first_draws(self, draws: int) -> "Frozen":
        """The same with the first `draws` draws."""
        if self.shocks.width <= draws:
            return self
        shocks = Shocks({name: one[..., :draws] for name, one in self.shocks.factors.items()}, draws)
        demand = replace(self.demand, fte=self.demand.fte[..., :draws])
        return _frozen(self.baseline, shocks, demand, self.seed, self.convention)

    def until(self, year: int) -> "Frozen":
        """The same up to `year`."""
        count = self.gap.years.index(year)
        shocks = Shocks(
            {name: one[:, :count] for name, one in self.shocks.factors.items()}, self.shocks.draws
        )
        demand = replace(self.demand, years=self.demand.years[: count + 1], fte=self.demand.fte[: count + 1])
        return _frozen(self.baseline, shocks, demand, self.seed, self.convention)


def freeze(
    baseline: Baseline,
    uncertainty: Uncertainty,
    demand: Demand,
    *,
    draws: int,
    seed: int,
    convention: Convention = Convention.EVEN,
) -> Frozen:
    """Draw once, project once. `demand` starts in the baseline's year and sets the horizon."""
    if demand.years[0] != baseline.year:
        raise Refused(
            "demand_years",
            f"Demand starts in {demand.years[0]}, the stock is of {baseline.year}. Start both in one year.",
            field="demand",
        )
    years = len(demand.years) - 1
    shocks = draw_shocks(uncertainty, baseline.professions, years=years, draws=draws, seed=seed)
    return _frozen(baseline, shocks, demand, seed, convention)


def _frozen(baseline: Baseline, shocks: Shocks, demand: Demand, seed: int, convention: Convention) -> Frozen:
    staffing = follow(baseline, shocks, seed=seed, convention=convention)
    return Frozen(baseline, shocks, demand, seed, convention, staffing, gap(staffing, demand))


@dataclass(frozen=True)
class Closing:
    """How far a lever must be pulled for the gap of `year` to be closed in `percent` per cent of draws.

    `value` is None when the lever cannot do it by itself within its range; `left` is then the FTE that
    still lack with the lever at `high`, and otherwise about 0. `before` is the gap without it. `high` is
    lower than the lever's own when there are not students enough.
    """

    lever: str
    profession: str
    sector: str | None
    year: int
    percent: float
    value: float | None
    high: float
    before: float
    left: float


def close(
    frozen: Frozen,
    measure: Measure,
    *,
    profession: str,
    year: int,
    sector: str | None = None,
    percent: float = 50.0,
) -> Closing:
    """Find the value of `measure.lever` (its other parts stay) that closes the gap, by Brent's method.

    The search is between 0 and the lever's `high`, where the gap must fall steadily. Refuses a year outside
    the projection, and a profession without demand.
    """
    if year not in frozen.gap.years:
        raise Refused(
            "year",
            f"The projection is for {frozen.gap.years[0]} to {frozen.gap.years[-1]}, not {year}.",
            field="year",
        )
    if not 0 < percent < 100:
        raise Refused("percent", "The share of draws must be between 0 and 100 per cent.", field="percent")
    small = frozen.first_draws(SEARCH_DRAWS).until(year)
    if measure.lever != "task_shift":
        small = small.only(profession)

    @cache
    def lacking(value: float) -> float:
        found = small.what_if((replace(measure, value=value),)).gap.of(profession, sector)[-1]
        return float(np.percentile(found, percent))

    high = lever_of(measure.lever).high
    before = lacking(0.0)
    if np.isnan(before):
        raise Refused(
            "no_demand", f"Nobody has said how many {profession}s are needed in {year}.", field="demand"
        )
    high = _possible(lacking, high)
    value, left = _root(lacking, before, high)
    return Closing(measure.lever, profession, sector, year, percent, value, high, before, left)


def _possible(lacking: Callable[[float], float], high: float) -> float:
    """The largest of `high`, its half, quarter … that there are students enough for."""
    for _ in range(HALVINGS):
        try:
            lacking(high)
        except Refused as refused:
            if refused.code != "too_many_students":
                raise
            high /= 2
        else:
            return high
    return 0.0


def _root(lacking: Callable[[float], float], before: float, high: float) -> tuple[float | None, float]:
    if before <= 0:
        return 0.0, before
    at_high = lacking(high)
    if at_high > 0:
        return None, at_high
    value = float(scipy.optimize.brentq(lacking, 0.0, high, xtol=PRECISION * high))
    return value, lacking(value)
