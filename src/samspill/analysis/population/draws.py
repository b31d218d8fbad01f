"""Random futures around the projected path, learned from how wrong the same method has been before.

Three kinds of error, because they behave differently in sums: the nation's (shared by all areas: how
fast mortality falls, net migration, births), an area's and its group's lasting departure from what is
expected of them, and chance among few people. A draw is one whole future: sums over areas and ages are
taken inside each draw, percentiles last.

An area's draws depend on the seed, its code and its group alone, so they are the same whichever areas
are run with it, in whatever order, and however the work is shared out.
"""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population.change import GIRLS, Change
from samspill.analysis.population.history import AGES, SEXES, WOMEN, Floats
from samspill.refusal import Refused

Draws = NDArray[np.float32]
MEMORY = 2_000_000_000  # bytes of draws kept at most
AT_ONCE = 250  # draws worked on together: what is worked on then fits in a processor's cache
AGE_GROUPS = ("0", "1-17", "18-34", "35-54", "55-69", "70-79", "80-89", "90+")
STARTS = (0, 1, 18, 35, 55, 70, 80, 90)
DISPERSION_YEARS = 5  # each factor of `Uncertainty.dispersion` holds for so many years
GROUP_OF_AGE = np.searchsorted(STARTS, np.arange(AGES), side="right") - 1


@dataclass(frozen=True)
class Uncertainty:
    """Sizes of the errors, per year; tuples follow `AGE_GROUPS`.

    Learned from the method's own errors: over the 357 municipalities and 19 helsefellesskap from each
    jump-off 2011-2025, and over the nation from each jump-off 1996-2025 (Statistics Norway 07459; Human
    Mortality Database). A back-test within those years is thus not blind to the sizes, only to the path; but
    `dispersion` was learned with each jump-off left out in turn (docs/reference/population-accuracy.md).
    Standard deviations, except `noise`: variance per expected person, 1 if arrivals were Poisson.
    """

    mortality_level: float = 0.025  # log death rate, a year by itself (2020 low, 2022 high)
    mortality_walk: float = 0.016  # log death rate, lasting
    mortality_drift: float = 0.0045  # log death rate, per year ahead: the decline itself misjudged
    births_walk: float = 0.04  # log children per woman
    migration: float = 0.006  # net migration per person aged 18-34; others by `migration_share`
    migration_memory: float = 0.85  # correlation from one year to the next
    migration_share: tuple[float, ...] = (0.0, 0.3, 1.0, 0.38, 0.05, 0.0, 0.0, 0.0)
    group: tuple[float, ...] = (0.012, 0.0025, 0.005, 0.003, 0.001, 0.0009, 0.0012, 0.002)
    area: tuple[float, ...] = (0.02, 0.004, 0.006, 0.004, 0.0015, 0.002, 0.0015, 0.001)
    together: float = 0.5  # share of a lasting departure that all ages have in common
    noise: tuple[float, ...] = (1.2, 0.3, 0.5, 0.18, 0.08, 0.055, 0.1, 0.22)
    # factor on group, area and noise, the first five years and later
    dispersion: tuple[float, ...] = (1.1, 0.9)


@dataclass(frozen=True, eq=False)
class Plan:
    """All that the draws of a run are made of; plain values that can be sent to another process.

    `start` (areas, 2, 106) are the persons at the jump-off; `corrections` (years, 2, 106) what holds the
    areas to the nation, 1 where nothing does.
    """

    start: Floats
    change: Change
    corrections: Floats
    uncertainty: Uncertainty
    draws: int
    seed: int
    areas: tuple[str, ...]
    groups: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.draws < 0:
            raise Refused(
                "draws_negative", f"{self.draws} draws cannot be made. Ask for 0 or more.", field="draws"
            )

    @property
    def years(self) -> int:
        """How many years ahead."""
        return len(self.corrections)

    @property
    def bytes_of_draws(self) -> int:
        """What all draws of all cells together take."""
        return (self.years + 1) * len(self.areas) * len(SEXES) * AGES * self.draws * 4


class Nation(NamedTuple):
    """What all areas share in each draw: `ratios` (years, 2, 106, draws), `births` (years, draws)."""

    ratios: Draws
    births: Draws


def draw(plan: Plan) -> Draws | None:
    """All futures of all areas, shape (years + 1, areas, 2, 106, draws); None when no draws are asked for.

    The first year is `plan.start` in every draw. Refuses more than fit in memory (`too_many_draws`): then
    `samspill.analysis.population.futures` keeps what is asked for of each.
    """
    if plan.draws == 0:
        return None
    _check_memory(plan)
    shape = (plan.years + 1, len(plan.areas), len(SEXES), AGES, plan.draws)
    futures, nation = np.empty(shape, dtype=np.float32), nation_of(plan)
    for row in range(len(plan.areas)):
        fill(futures[:, row], plan, row, nation)
    return futures


def fill(future: Draws, plan: Plan, row: int, nation: Nation) -> None:
    """Write the draws of one area, its `row` in `plan`, into `future` (years + 1, 2, 106, draws)."""
    sizes, change = plan.uncertainty, plan.change
    future[0] = plan.start[row][..., None]
    chance = _stream(plan.seed, "area", plan.areas[row])
    group = _departure(sizes.group, sizes, _stream(plan.seed, "group", plan.groups[row]), plan.draws)
    departure = group + _departure(sizes.area, sizes, chance, plan.draws)
    years = np.arange(plan.years)[:, None]
    spread = np.array([dispersion_in(sizes, year) for year in range(plan.years)]).reshape(-1, 1)
    fading = np.asarray(spread * change.memory[list(STARTS)] ** years, dtype=np.float32)
    own = np.asarray(change.local[row] ** (change.memory ** years[..., None]), dtype=np.float32)
    for first in range(0, plan.draws, AT_ONCE):
        now = slice(first, first + AT_ONCE)
        for year in range(plan.years):
            lasting = np.exp(departure[:, now] * fading[year][:, None])
            _step(
                future[year, ..., now],
                future[year + 1, ..., now],
                nation.ratios[year, ..., now],
                lasting[GROUP_OF_AGE] * own[year][..., None],
                nation.births[year, now] * np.float32(change.newborns[row]) * lasting[0],
                change.fertility.astype(np.float32),
                _noise(sizes, year),
                chance,
            )


def dispersion_in(sizes: Uncertainty, year: int) -> float:
    """The factor on the local errors of one year, 0 the first."""
    return sizes.dispersion[min(year // DISPERSION_YEARS, len(sizes.dispersion) - 1)]


def _noise(sizes: Uncertainty, year: int) -> Draws:
    noise = np.asarray(sizes.noise, dtype=np.float32)[GROUP_OF_AGE, None]
    return np.asarray(noise * np.float32(dispersion_in(sizes, year) ** 2))


def _stream(seed: int, *names: str) -> np.random.Generator:
    """A generator of its own for each name, the same on every machine."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return np.random.Generator(np.random.SFC64(np.frombuffer(digest, dtype="<u4")))


def nation_of(plan: Plan) -> Nation:
    """The nation's share of every draw. Memory: 212 x 4 bytes per year and draw (1,000 to 2050: 20 MB)."""
    change, corrections, uncertainty = plan.change, plan.corrections, plan.uncertainty
    draws = plan.draws
    chance = _stream(plan.seed, "nation")
    years = plan.years
    ahead = np.arange(1, years + 1)[:, None]
    size = (years, draws)
    deaths = (
        uncertainty.mortality_level * chance.standard_normal(size)
        + uncertainty.mortality_walk * np.cumsum(chance.standard_normal(size), axis=0)
        + uncertainty.mortality_drift * ahead * chance.standard_normal(draws)
    )
    births = np.exp(uncertainty.births_walk * np.cumsum(chance.standard_normal(size), axis=0))
    moves = uncertainty.migration * _remembering(chance.standard_normal(size), uncertainty.migration_memory)
    share = np.asarray(uncertainty.migration_share)[GROUP_OF_AGE, None]
    ratios = np.empty((years, len(SEXES), AGES, draws), dtype=np.float32)
    hazard = -np.log(change.survival[:years])
    for year in range(years):
        alive = np.exp(-hazard[year][..., None] * np.exp(deaths[year]))
        ratios[year] = (
            alive * (change.residual[..., None] + share * moves[year]) * corrections[year][..., None]
        )
    births *= change.births[:years, None] * corrections[:, WOMEN, 0, None]
    return Nation(ratios, births.astype(np.float32))


def _remembering(shocks: Floats, memory: float) -> Floats:
    """A stationary series of unit variance, each year correlated with the one before by `memory`."""
    series = shocks.copy()
    for year in range(1, len(series)):
        series[year] = memory * series[year - 1] + np.sqrt(1 - memory**2) * shocks[year]
    return series


def _departure(
    sizes: tuple[float, ...], uncertainty: Uncertainty, chance: np.random.Generator, draws: int
) -> Draws:
    """Lasting yearly log departures by age group, shape (age groups, draws)."""
    shared, own = chance.standard_normal(draws), chance.standard_normal((len(sizes), draws))
    mixed = np.sqrt(uncertainty.together) * shared + np.sqrt(1 - uncertainty.together) * own
    return np.asarray(np.asarray(sizes)[:, None] * mixed, dtype=np.float32)


def _step(
    now: Draws,
    later: Draws,
    national: Draws,
    local: Draws,
    births: Draws,
    fertility: Draws,
    noise: Draws,
    chance: np.random.Generator,
) -> None:
    """Fill `later` (2, 106, draws), the persons a year after `now`."""
    later[:, 0] = 0
    later[:, 1:] = now[:, :-1]
    later[:, -1] += now[:, -1]
    later *= national
    later *= local
    later[:, 1:] *= _chance(later[:, 1:], noise[1:], chance)
    children = births * (fertility @ later[WOMEN])
    later[WOMEN, 0], later[1 - WOMEN, 0] = children * GIRLS, children * (1 - GIRLS)
    later[:, 0] *= _chance(later[:, 0], noise[0], chance)


def _chance(expected: Draws, noise: Draws, chance: np.random.Generator) -> Draws:
    """Factors of mean 1 that give a count the variance noise * expected, and never make it negative.

    Log-normal; log(1 + x) is taken as x / (1 + x / 2), which is closer than 4 % where 2 persons or more are
    expected, and costs a third. One half of the draws has the opposite luck of the other (antithetic
    variates: Hammersley & Morton 1956), which leaves each draw as likely, and percentiles steadier.
    """
    spread = expected + (noise / 2 + np.float32(1e-6))
    np.divide(noise, spread, out=spread)
    factor = np.empty_like(expected)
    half = (expected.shape[-1] + 1) // 2
    luck = chance.standard_normal((*expected.shape[:-1], half), dtype=np.float32)
    factor[..., :half] = luck
    np.negative(luck[..., : expected.shape[-1] - half], out=factor[..., half:])
    factor *= np.sqrt(spread)
    spread *= np.float32(0.5)
    factor -= spread
    return np.exp(factor, out=factor)


def _check_memory(plan: Plan) -> None:
    if plan.bytes_of_draws > MEMORY:
        fits = MEMORY * plan.draws // plan.bytes_of_draws
        raise Refused(
            "too_many_draws",
            f"{plan.draws} draws for {len(plan.areas)} areas over {plan.years} years do not fit in memory "
            f"cell by cell. Ask for at most {fits} draws, project fewer areas at a time, or keep sums only.",
            field="draws",
        )
