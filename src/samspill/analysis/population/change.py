"""How a cohort changes in a year: the nation's ratio, and how far each area departs from it.

Cohort-change ratios (Hamilton & Perry 1962, Social Forces 41) in one-year steps. The ratio of an area is
the nation's, survival with falling mortality times net migration, multiplied by the area's own departure
from it, which is shrunk towards its group and its group towards the nation, the more the fewer persons
it rests on (Wilson & Grossman 2022, Spatial Demography 10: smoothing and constraining help). History may
be yearly or evenly spaced, as every fifth year: a ratio over k years counts as its k-th root in each of
the k ages the cohort went through.

A departure holds mortality and migration together: they cannot be told apart from population alone.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from samspill.analysis.population.history import (
    AGES,
    WOMEN,
    Floats,
    NationalRates,
    PopulationHistory,
)
from samspill.analysis.population.mortality import survival
from samspill.refusal import Refused

BOYS_PER_GIRL = 1.055  # Statistics Norway, live births: 105-106 boys per 100 girls for a century
GIRLS = 1 / (1 + BOYS_PER_GIRL)
OLD = 60  # from this age the nation's residual is mortality's, not migration's: the last years count
POOLED_FROM = 97  # too few persons for a ratio by single year
BANDS = ((1, 18), (18, 35), (35, 55), (55, 70), (70, 80), (80, AGES))  # phases of moving; last excluded


@dataclass(frozen=True)
class Parameters:
    """How much history is used and how hard it is dampened. Chosen by back-test, over several jump-offs at
    once so that no one past is fitted: figures in docs/reference/population-accuracy.md.

    Weights are the person-years of evidence that the prior counts for, `…_years` and `…_windows` calendar
    years back from the jump-off, memories the share that is left a year later. Accuracy is flat around
    them: halving or doubling one moves the mean error over municipalities, 80+ or all ages, by less than
    0.1 percentage points (Statistics Norway 07459, jump-offs 2011-2021, five to ten years ahead).
    """

    cell_weight: float = 200.0  # person-years in one sex and year of age
    band_weight: float = 10_000.0  # person-years in a phase of life, both sexes
    newborn_weight: float = 1000.0  # children
    local_years: int = 15  # history behind an area's departure
    local_memory: float = 0.95  # of an area's departure below 60: moving to and from a place changes
    old_local_memory: float = 0.98  # the same from 60: mortality and care homes change slowly
    newborn_years: int = 3  # history behind an area's level of births
    births_years: int = 3  # history behind the nation's trend of births per woman
    births_memory: float = 0.8  # of that trend
    national_years: int = 15  # history behind the nation's net migration
    old_age_windows: tuple[int, ...] = (5, 10)  # history behind the nation's level of mortality; averaged
    mortality_windows: tuple[int, ...] = (12, 18, 25, 35, 50)  # death rates behind the decline; averaged


@dataclass(frozen=True, eq=False)
class Change:
    """One-year change by age reached.

    `survival` (years, 2, 106) and `residual` (2, 106) multiply to the nation's ratio; `local` (areas, 2,
    106) is each area's departure from it in the first year, and `memory` (106,) the share of it (in logs)
    that is left a year later; `fertility` (106,) weights women by age; `newborns` (areas,) is children aged
    0 on 1 January per weighted woman the same day, `newborns_nation` the nation's, and `births` (years,)
    the factor on both.
    """

    survival: Floats
    residual: Floats
    local: Floats
    fertility: Floats
    newborns: Floats
    newborns_nation: float
    births: Floats
    memory: Floats

    def ratios(self, year: int) -> Floats:
        """Each area's own ratio `year` years ahead (0: the first), nation and departure; (areas, 2, 106)."""
        return np.asarray(self.survival[year] * self.residual * self.local ** (self.memory**year))


def estimate(history: PopulationHistory, rates: NationalRates, to: int, parameters: Parameters) -> Change:
    """The change of each area from the last year of `history` to `to`, from history alone.

    Refuses a history of one year, one that is not evenly spaced, and a nation that lacks its years.
    """
    jump_off = history.years[-1]
    nation = rates.population if rates.population is not None else history.total()
    back = min(nation.years[0], history.years[0])
    alive = survival(rates.mortality, back, max(to, jump_off + 1) - 1, windows=parameters.mortality_windows)
    weights = _fertility(rates)
    newborns, level = _newborns(history, nation, weights, parameters)
    return Change(
        survival=alive[jump_off - back :],
        residual=_residual(nation, alive[: jump_off - back], parameters),
        local=_local(history, nation, parameters),
        fertility=weights,
        newborns=newborns,
        newborns_nation=level,
        memory=np.where(np.arange(AGES) < OLD, parameters.local_memory, parameters.old_local_memory),
        births=_births(nation, weights, len(alive) - (jump_off - back), parameters),
    )


def aged(persons: Floats, years: int = 1) -> Floats:
    """The same persons `years` later if nobody died or moved; ages below `years` are empty."""
    older = np.zeros_like(persons, dtype=np.float64)
    older[..., years:] = persons[..., : AGES - years]
    older[..., -1] += persons[..., AGES - years :].sum(axis=-1)
    return older


def _fertility(rates: NationalRates) -> Floats:
    if not rates.fertility.last:
        raise Refused(
            "fertility_missing",
            "There are no birth rates from before the first projected year. Add an earlier year of them.",
        )
    return rates.fertility.values[int(np.argmax(rates.fertility.last))]


def _intervals(years: tuple[int, ...], reach: int) -> list[tuple[int, int]]:
    """Pairs of neighbouring years no further back than `reach` years before the last; at least one pair."""
    pairs = list(pairwise(years))
    recent = [(start, end) for start, end in pairs if start >= years[-1] - reach]
    return recent or pairs[-1:]


def through(values: Floats, years: int) -> Floats:
    """Spread what is counted by the age at the end of `years` over the ages gone through on the way."""
    counted = values.copy()
    counted[..., :years] = 0  # born on the way
    padded = np.concatenate([counted, np.zeros((*counted.shape[:-1], years))], axis=-1)
    spread = np.sum([padded[..., step : step + AGES] for step in range(years)], axis=0)
    spread[..., 0] = 0
    return np.asarray(spread)


def _pooled(top: Floats, bottom: Floats) -> Floats:
    """top / bottom by age, the oldest ages together; 1 where nobody is expected."""
    top, bottom = top.copy(), bottom.copy()
    for values in (top, bottom):
        values[..., POOLED_FROM:] = values[..., POOLED_FROM:].sum(axis=-1, keepdims=True)
    known = (bottom > 0) & (top > 0)
    return np.where(known, top / np.where(bottom > 0, bottom, 1.0), 1.0)


def _residual(nation: PopulationHistory, alive: Floats, parameters: Parameters) -> Floats:
    """The nation's ratio beyond survival: net migration, and among the old what the death rates missed.

    Among the old the (geometric) mean over several stretches of the past, since deaths differ from year to
    year and one odd year must not set the level.
    """
    _check_spacing(nation, "nation")
    young = _beyond_survival(nation, alive, parameters.national_years)
    old = [np.log(_beyond_survival(nation, alive, reach)) for reach in parameters.old_age_windows]
    return np.where(np.arange(AGES) < OLD, young, np.exp(np.mean(old, axis=0)))


def _beyond_survival(nation: PopulationHistory, alive: Floats, reach: int) -> Floats:
    """Found over expected by survival alone, as a yearly ratio, in the last `reach` years; shape (2, 106)."""
    first = nation.years[-1] - len(alive)
    found, expected, step = np.zeros(alive.shape[1:]), np.zeros(alive.shape[1:]), 1
    for start, end in _intervals(nation.years, reach):
        step, persons = end - start, nation.on(start)[0].astype(np.float64)
        for year in range(start, end):
            persons = aged(persons) * alive[year - first]
        found += through(nation.on(end)[0].astype(np.float64), step)
        expected += through(persons, step)
    return np.asarray(_pooled(found, expected) ** (1 / step))


def _local(history: PopulationHistory, nation: PopulationHistory, parameters: Parameters) -> Floats:
    """Each area's yearly departure from the nation, shrunk: nation to group, group to area."""
    _check_spacing(history, "areas")
    found, expected, step = np.zeros(history.persons.shape[1:]), np.zeros(history.persons.shape[1:]), 1
    for start, end in _intervals(history.years, parameters.local_years):
        step = end - start
        national = _pooled(
            nation.on(end)[0].astype(np.float64), aged(nation.on(start)[0].astype(np.float64), step)
        )
        found += through(history.on(end).astype(np.float64), step)
        expected += through(aged(history.on(start).astype(np.float64), step) * national, step)
    names, group = np.unique(history.groups, return_inverse=True)
    by_group = np.zeros((2, len(names), *found.shape[1:]))
    np.add.at(by_group[0], group, found)
    np.add.at(by_group[1], group, expected)
    prior = _shrunk(by_group[0], by_group[1], parameters.cell_weight)[group]
    prior = prior * _by_band(found, expected * prior, parameters.band_weight)
    return np.asarray((prior * _shrunk(found, expected * prior, parameters.cell_weight)) ** (1 / step))


def _shrunk(found: Floats, expected: Floats, weight: float) -> Floats:
    return np.asarray((found + weight) / (expected + weight))


def _by_band(found: Floats, expected: Floats, weight: float) -> Floats:
    ratio = np.ones_like(found)
    for low, high in BANDS:
        sums = [values[..., low:high].sum(axis=(-1, -2)) for values in (found, expected)]
        ratio[..., low:high] = _shrunk(sums[0], sums[1], weight)[:, None, None]
    return ratio


def _newborns(
    history: PopulationHistory, nation: PopulationHistory, weights: Floats, parameters: Parameters
) -> tuple[Floats, float]:
    """Children aged 0 per weighted woman: the nation's latest level times each area's shrunk departure."""
    found, expected = np.zeros(len(history.areas)), np.zeros(len(history.areas))
    level = 0.0
    for year in (year for year in history.years if year > history.years[-1] - parameters.newborn_years):
        women = nation.on(year)[0, WOMEN] @ weights
        level = float(nation.on(year)[0, :, 0].sum() / women) if women else 0.0
        found += history.on(year)[:, :, 0].sum(axis=-1)
        expected += level * (history.on(year)[:, WOMEN] @ weights)
    names, group = np.unique(history.groups, return_inverse=True)
    sums = np.array([np.bincount(group, values, len(names)) for values in (found, expected)])
    prior = _shrunk(sums[0], sums[1], parameters.newborn_weight)[group]
    return level * prior * _shrunk(found, expected * prior, parameters.newborn_weight), level


def _births(nation: PopulationHistory, weights: Floats, years: int, parameters: Parameters) -> Floats:
    """The factor on births per woman each year ahead: the latest trend, dying out (Gardner & McKenzie 1985,
    Management Science 31); shape (years,)."""
    pairs = _intervals(nation.years, parameters.births_years)
    known = [pairs[0][0], *(end for _, end in pairs)]
    levels = np.array([nation.on(year)[0, :, 0].sum() for year in known])
    women = np.array([nation.on(year)[0, WOMEN] @ weights for year in known])
    if not (levels > 0).all() or not (women > 0).all():
        return np.ones(years)
    slope = float(np.polyfit(np.array(known) - known[0], np.log(levels / women), 1)[0])
    return np.exp(slope * np.cumsum(parameters.births_memory ** np.arange(1, years + 1)))


def _check_spacing(history: PopulationHistory, what: str) -> None:
    gaps = {end - start for start, end in pairwise(history.years)}
    if not gaps:
        raise Refused(
            "history_too_short",
            f"The {what} have figures for one year only, {history.years[-1]}. At least two years up to the "
            "first projected one are needed to see how a cohort changes.",
        )
    if len(gaps) > 1:
        raise Refused(
            "year_missing",
            f"The years of the {what} are not evenly spaced: {', '.join(map(str, history.years))}. "
            "Add the years that are missing.",
        )
