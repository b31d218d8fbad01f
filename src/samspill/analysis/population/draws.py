"""Random futures around the projected path, learned from how wrong the same method has been before.

Three kinds of error, because they behave differently in sums: the nation's (shared by all areas: how
fast mortality falls, net migration, births), an area's and its group's lasting departure from what is
expected of them, and chance among few people. A draw is one whole future: sums over areas and ages are
taken inside each draw, percentiles last.

An area's draws depend on the seed, its code and its group alone, so they are the same whichever areas
are run with it, and in whatever order.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.population.change import GIRLS, Change
from samspill.analysis.population.history import AGES, SEXES, WOMEN, Floats
from samspill.refusal import Refused

Draws = NDArray[np.float32]
MEMORY = 2_000_000_000  # bytes of draws kept at most
AGE_GROUPS = ("0", "1-17", "18-34", "35-54", "55-69", "70-79", "80-89", "90+")
STARTS = (0, 1, 18, 35, 55, 70, 80, 90)
GROUP_OF_AGE = np.searchsorted(STARTS, np.arange(AGES), side="right") - 1


@dataclass(frozen=True)
class Uncertainty:
    """Sizes of the errors, per year; tuples follow `AGE_GROUPS`.

    Learned from the method's own errors: over the 357 municipalities and 19 helsefellesskap from each
    jump-off 2011-2025, and over the nation from each jump-off 1996-2025 (Statistics Norway 07459; Human
    Mortality Database). A back-test within those years is thus not blind to the sizes, only to the path.
    Standard deviations, except `noise`: variance per expected person, 1 if arrivals were Poisson.
    """

    mortality_level: float = 0.025  # log death rate, a year by itself (2020 low, 2022 high)
    mortality_walk: float = 0.02  # log death rate, lasting
    mortality_drift: float = 0.005  # log death rate, per year ahead: the decline itself misjudged
    births_walk: float = 0.04  # log children per woman
    migration: float = 0.007  # net migration per person aged 18-34; others by `migration_share`
    migration_memory: float = 0.85  # correlation from one year to the next
    migration_share: tuple[float, ...] = (0.0, 0.3, 1.0, 0.38, 0.05, 0.0, 0.0, 0.0)
    group: tuple[float, ...] = (0.012, 0.0025, 0.005, 0.003, 0.001, 0.0009, 0.0012, 0.002)
    area: tuple[float, ...] = (0.02, 0.004, 0.006, 0.004, 0.0015, 0.002, 0.0015, 0.001)
    together: float = 0.5  # share of a lasting departure that all ages have in common
    noise: tuple[float, ...] = (1.2, 0.3, 0.5, 0.18, 0.08, 0.06, 0.1, 0.22)


def draw(
    start: Floats,
    change: Change,
    corrections: Floats,
    uncertainty: Uncertainty,
    *,
    draws: int,
    seed: int,
    areas: tuple[str, ...],
    groups: tuple[str, ...],
) -> Draws | None:
    """`draws` futures from `start`, shape (years, areas, 2, 106, draws); None when `draws` is 0.

    The first year is `start` in every draw. Refuses fewer than none (`draws_negative`)
    and more than fit in memory (`too_many_draws`).
    """
    if draws < 0:
        raise Refused("draws_negative", f"{draws} draws cannot be made. Ask for 0 or more.", field="draws")
    if draws == 0:
        return None
    years = len(corrections)
    _check_memory(years, len(areas), draws)
    futures = np.empty((years + 1, len(areas), len(SEXES), AGES, draws), dtype=np.float32)
    futures[0] = start[..., None]
    national, births = _national(change, corrections, uncertainty, draws, seed)
    common = {
        group: _departure(uncertainty.group, uncertainty, _stream(seed, "group", group), draws)
        for group in set(groups)
    }
    own = np.empty((years, len(areas), len(SEXES), AGES), dtype=np.float32)
    for year in range(years):
        own[year] = change.local ** (change.memory**year)
    for row, area in enumerate(areas):
        chance = _stream(seed, "area", area)
        lasting = np.exp(common[groups[row]] + _departure(uncertainty.area, uncertainty, chance, draws))
        _follow(
            futures[:, row],
            national,
            lasting[GROUP_OF_AGE],
            own[:, row, ..., None],
            births * np.float32(change.newborns[row]) * lasting[0],
            change.fertility.astype(np.float32),
            np.asarray(uncertainty.noise, dtype=np.float32)[GROUP_OF_AGE, None],
            chance,
        )
    return futures


def _stream(seed: int, *names: str) -> np.random.Generator:
    """A generator of its own for each name, the same on every machine."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype="<u4"))


def _national(
    change: Change, corrections: Floats, uncertainty: Uncertainty, draws: int, seed: int
) -> tuple[Draws, Draws]:
    """The nation's ratios (years, 2, 106, draws) and the factor on births (years, draws)."""
    chance = _stream(seed, "nation")
    years = len(corrections)
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
    return ratios, (births * change.births[:years, None] * corrections[:, WOMEN, 0, None]).astype(np.float32)


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


def _follow(
    future: Draws,
    national: Draws,
    lasting: Draws,
    own: Draws,
    births: Draws,
    fertility: Draws,
    noise: Draws,
    chance: np.random.Generator,
) -> None:
    """Fill `future` (years + 1, 2, 106, draws) of one area, year by year, from its first year."""
    for year in range(len(national)):
        now, later = future[year], future[year + 1]
        later[:, 0] = 0
        later[:, 1:] = now[:, :-1]
        later[:, -1] += now[:, -1]
        later *= national[year]
        later *= own[year]
        later *= lasting
        later *= _chance(later, noise, chance)
        children = births[year] * (fertility @ later[WOMEN])
        later[WOMEN, 0], later[1 - WOMEN, 0] = children * GIRLS, children * (1 - GIRLS)
        later[:, 0] *= _chance(later[:, 0], noise[0], chance)


def _chance(expected: Draws, noise: Draws, chance: np.random.Generator) -> Draws:
    """Factors of mean 1 that give a count the variance noise * expected, and never make it negative."""
    spread = np.log(1 + noise / np.maximum(expected, np.float32(1e-3)))
    factor = np.sqrt(spread)
    factor *= chance.standard_normal(expected.shape, dtype=np.float32)
    factor -= spread / 2
    return np.exp(factor, out=factor)


def _check_memory(years: int, areas: int, draws: int) -> None:
    if (years + 1) * areas * len(SEXES) * AGES * draws * 4 > MEMORY:
        fits = MEMORY // ((years + 1) * areas * len(SEXES) * AGES * 4)
        raise Refused(
            "too_many_draws",
            f"{draws} draws for {areas} areas over {years} years do not fit in memory. "
            f"Ask for at most {fits} draws, or project fewer areas at a time.",
            field="draws",
        )
