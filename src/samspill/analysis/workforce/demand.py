"""What is needed against what there is: demand in FTE from outside, and the gap in every draw.

HELSEMOD's demand (SSB Rapporter 2023/2): use times FTE per use, with growth in standard and productivity.
A gap is positive when somebody lacks. Vacancy and sick leave are levers, never hidden in a norm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from samspill.analysis.workforce.baseline import Baseline, Rates
from samspill.analysis.workforce.projecting import Staffing, percentiles
from samspill.analysis.workforce.shocks import Shocks
from samspill.analysis.workforce.terms import SECTORS, WORKING, Floats, Sector, place_of
from samspill.refusal import Refused

WORKED_IN = tuple(SECTORS.index(one) for one in WORKING)


@dataclass(frozen=True, eq=False)
class Demand:
    """FTE that are needed: `fte` (years, P, K, D or 1), nan where nobody has said what is needed.

    Nobody plans for the sector elsewhere: it is nan there.
    """

    years: tuple[int, ...]
    professions: tuple[str, ...]
    fte: Floats

    def __post_init__(self) -> None:
        shape = (len(self.years), len(self.professions), len(SECTORS))
        if self.fte.ndim != 4 or self.fte.shape[:3] != shape:
            raise Refused(
                "demand_shape",
                f"Demand has the shape {self.fte.shape}; (years, professions, sectors, draws) = "
                f"{(*shape, 'draws')} is needed.",
                field="demand",
            )
        if (self.fte < 0).any() or np.isinf(self.fte).any():
            raise Refused(
                "demand", "Demand must be 0 FTE or more. Mend the negative or infinite one.", field="demand"
            )

    def only(self, professions: Sequence[str]) -> "Demand":
        places = [place_of(one, self.professions, "profession") for one in professions]
        return Demand(self.years, tuple(professions), self.fte[:, places])


@dataclass(frozen=True, eq=False)
class Gap:
    """Demand minus supply: `fte` (years, P, K, D), nan where there is no demand to compare with."""

    years: tuple[int, ...]
    professions: tuple[str, ...]
    fte: Floats

    def of(self, profession: str, sector: str | None = None) -> Floats:
        """(years, D) FTE that lack; both working sectors together when none is named."""
        place = place_of(profession, self.professions, "profession")
        if sector is not None:
            return self.fte[:, place, place_of(sector, SECTORS, "sector")]
        both = self.fte[:, place, list(WORKED_IN)]
        known = ~np.isnan(both)
        return np.where(known.any(axis=1), np.where(known, both, 0).sum(axis=1), np.nan)

    def band(self, profession: str, sector: str | None = None, at: Sequence[float] = (10, 50, 90)) -> Floats:
        """(percentiles, years) of the sum in each draw."""
        return percentiles(self.of(profession, sector), at)

    def likely(self, profession: str, sector: str | None = None) -> Floats:
        """(years,) share of draws in which somebody lacks."""
        values = self.of(profession, sector)
        return np.asarray(np.where(np.isnan(values).any(axis=1), np.nan, (values > 0).mean(axis=1)))


def demand_fte(
    use: Floats, fte_per_use: float, *, growth: float | Floats = 0.0, productivity: float | Floats = 0.0
) -> Floats:
    """FTE (years, D) for `use` (years, D): use·FTE per use·(1+growth)^h·(1-productivity)^h, h = 0 first.

    `growth` in standard and `productivity` are per year: numbers, or (D,).
    """
    if use.ndim != 2 or not np.isfinite(use).all() or (use < 0).any() or fte_per_use < 0:
        raise Refused("use", "Use must be (years, draws) of 0 or more, none missing.", field="use")
    if (np.asarray(growth) <= -1).any() or (np.asarray(productivity) >= 1).any():
        raise Refused("growth", "Growth must be above -1 and productivity below 1 a year.", field="growth")
    ahead = np.arange(len(use))[:, None]
    yearly = np.asarray((1 + np.asarray(growth)) * (1 - np.asarray(productivity)))
    return np.asarray(use * fte_per_use * yearly**ahead)


def demand_from(
    years: Sequence[int], professions: Sequence[str], fte: Mapping[tuple[str, str], Floats]
) -> Demand:
    """Demand of arrays (years, D or 1) by (profession, sector), as demand by age and service gives them.

    All that is not named is nan: nobody has said what is needed. Refuses other shapes and numbers of draws
    (`demand_shape`), and what is not a profession or working sector.
    """
    widths = {values.shape[-1] for values in fte.values()} - {1}
    if len(widths) > 1 or any(values.shape != (len(years), values.shape[-1]) for values in fte.values()):
        raise Refused(
            "demand_shape",
            f"Demand must be (years, draws) with {len(years)} years and as many draws for all.",
            field="demand",
        )
    width = max(widths, default=1)
    made = np.full((len(years), len(professions), len(SECTORS), width), np.nan)
    for (profession, sector), values in fte.items():
        column = SECTORS.index(WORKING[place_of(sector, WORKING, "sector")])
        made[:, place_of(profession, professions, "profession"), column] = values
    return Demand(tuple(years), tuple(professions), made)


def demand_like_now(
    baseline: Baseline,
    staffing: Staffing,
    growth: Floats,
    *,
    vacancy: float | Floats = 0.0,
) -> Demand:
    """What is staffed on the first day, with the share `vacancy` of posts empty, growing as `growth`.

    growth (T+1, D or 1), or (T+1, P, K, D or 1): demand against the first year's, 1 in the first.
    """
    if growth.ndim == 2:
        growth = growth[:, None, None]
    empty = np.broadcast_to(np.asarray(vacancy, dtype=np.float64), staffing.supply.shape[1:3])
    if (empty < 0).any() or (empty >= 1).any():
        raise Refused("vacancy", "Vacancy must be from 0 to below 1, say 0.04.", field="vacancy")
    posts = staffing.supply[0].mean(axis=-1) / (1 - empty)
    if len(growth) != len(staffing.years) or not np.isfinite(growth).all() or (growth < 0).any():
        raise Refused(
            "growth",
            f"Growth must be given for each of the {len(staffing.years)} years, 0 or more.",
            field="growth",
        )
    fte = posts[None, :, :, None] * np.broadcast_to(growth, (len(growth), *posts.shape, growth.shape[-1]))
    fte = fte.copy()
    fte[:, :, SECTORS.index(Sector.ELSEWHERE)] = np.nan
    return Demand(staffing.years, baseline.professions, fte)


def gap(staffing: Staffing, demand: Demand) -> Gap:
    """What lacks in each year, profession, sector and draw, with task shift and accepted vacancy in force.

    Refuses demand for other years or professions, or with another number of draws.
    """
    if demand.years != staffing.years or demand.professions != staffing.professions:
        raise Refused(
            "demand_years",
            f"Demand is for {demand.years[0]} to {demand.years[-1]} and {', '.join(demand.professions)}; "
            f"supply for {staffing.years[0]} to {staffing.years[-1]} and {', '.join(staffing.professions)}. "
            "Give both for the same.",
            field="demand",
        )
    widths = {demand.fte.shape[-1], staffing.supply.shape[-1]} - {1}
    if len(widths) > 1:
        raise Refused(
            "demand_draws",
            f"Demand has {demand.fte.shape[-1]} draws and supply {staffing.supply.shape[-1]}. "
            "Make as many of both.",
            field="draws",
        )
    needed = np.stack([_needed(fte, rates) for fte, rates in zip(demand.fte, staffing.rates, strict=True)])
    return Gap(staffing.years, staffing.professions, needed - staffing.supply)


def _needed(fte: Floats, rates: Rates) -> Floats:
    """(P, K, D) after task shift and the vacancy one is content with."""
    if rates.shifted.any():
        stays = 1 - rates.shifted.sum(axis=1)
        effort = rates.shifted * rates.shift_effort * (1 - np.eye(len(stays)))
        taken = np.einsum("pkd,pq->qkd", np.nan_to_num(fte), effort)
        fte = fte * stays[:, None, None] + taken
    if rates.vacancy.any():
        fte = fte * (1 - rates.vacancy)[..., None]
    return fte


def steady_growth(shocks: Shocks, *, percent: float, low: float, high: float, seed: int) -> Floats:
    """(T+1, D) demand against the first year's: `percent` a year, 8 of 10 draws between `low` and `high`.

    Without draws the middle alone. For those who have no demand of their own to compare with.
    """
    if not -50 <= low <= percent <= high <= 50:
        raise Refused(
            "growth", "Growth must be from -50 to 50 per cent, low to high in order.", field="growth"
        )
    years = next(iter(shocks.factors.values())).shape[1]
    rate = np.full(1, percent)
    if shocks.draws:
        normal = np.random.default_rng([seed, 77]).standard_normal(shocks.draws)
        side = np.where(normal < 0, percent - low, high - percent)
        rate = percent + normal * side / 1.2815515655446004
    return np.asarray((1 + rate / 100) ** np.arange(years + 1)[:, None])
