"""The projection said slowly and plainly, one cell at a time: what the fast one is held against.

Plain Python numbers and loops; nothing is shared with the fast version but the survival it is given.
"""

import math
from collections.abc import Callable
from itertools import pairwise

from samspill.analysis.population import AGES, NationalRates, Parameters, PopulationHistory

BANDS = ((1, 17), (18, 34), (35, 54), (55, 69), (70, 79), (80, 105))
Cohorts = list[float]


def older(cohorts: Cohorts, years: int) -> Cohorts:
    moved = [0.0] * AGES
    for age, persons in enumerate(cohorts):
        moved[min(age + years, AGES - 1)] += persons
    return moved


def pairs_within(years: tuple[int, ...], reach: int) -> list[tuple[int, int]]:
    pairs = list(pairwise(years))
    return [pair for pair in pairs if pair[0] >= years[-1] - reach] or pairs[-1:]


def gone_through(at_end: Cohorts, age: int, years: int) -> float:
    """Those who were `age` at some birthday of the last `years`, by their age at the end."""
    return sum(at_end[end] for end in range(age, age + years) if years <= end < AGES)


def ratio(found: Callable[[int], float], expected: Callable[[int], float], age: int) -> float:
    ages = range(97, AGES) if age >= 97 else [age]
    top, bottom = sum(found(a) for a in ages), sum(expected(a) for a in ages)
    return top / bottom if top > 0 and bottom > 0 else 1.0


def slow_residual(nation: PopulationHistory, alive: dict, parameters: Parameters) -> list[list[float]]:
    table = [[1.0] * AGES for _ in range(2)]
    for sex in range(2):
        for age in range(1, AGES):
            reaches = [parameters.national_years] if age < 60 else parameters.old_age_windows
            for reach in reaches:
                one = beyond_survival(nation, alive, sex, age, reach)
                table[sex][age] *= one ** (1 / len(reaches))
    return table


def beyond_survival(nation: PopulationHistory, alive: dict, sex: int, age: int, reach: int) -> float:
    found, expected, step = [0.0] * AGES, [0.0] * AGES, 1
    for start, end in pairs_within(nation.years, reach):
        step = end - start
        cohorts = [float(n) for n in nation.on(start)[0, sex]]
        for year in range(start, end):
            cohorts = [n * s for n, s in zip(older(cohorts, 1), alive[year][sex], strict=True)]
        now = [float(n) for n in nation.on(end)[0, sex]]
        for reached in range(1, AGES):
            found[reached] += gone_through(now, reached, step)
            expected[reached] += gone_through(cohorts, reached, step)
    return ratio(found.__getitem__, expected.__getitem__, age) ** (1 / step)


def slow_local(history: PopulationHistory, nation: PopulationHistory, parameters: Parameters) -> list:
    areas = range(len(history.areas))
    found = [[[0.0] * AGES for _ in range(2)] for _ in areas]
    expected = [[[0.0] * AGES for _ in range(2)] for _ in areas]
    step = 1
    for start, end in pairs_within(history.years, parameters.local_years):
        step = end - start
        for sex in range(2):
            grown = older([float(n) for n in nation.on(start)[0, sex]], step)
            now = [float(n) for n in nation.on(end)[0, sex]]
            national = [ratio(now.__getitem__, grown.__getitem__, age) for age in range(AGES)]
            for area in areas:
                local = older([float(n) for n in history.on(start)[area, sex]], step)
                local = [n * r for n, r in zip(local, national, strict=True)]
                here = [float(n) for n in history.on(end)[area, sex]]
                for age in range(1, AGES):
                    found[area][sex][age] += gone_through(here, age, step)
                    expected[area][sex][age] += gone_through(local, age, step)
    weight, heavy = parameters.cell_weight, parameters.band_weight
    table = [[[1.0] * AGES for _ in range(2)] for _ in areas]
    for area in areas:
        like = [other for other in areas if history.groups[other] == history.groups[area]]

        def prior(sex: int, age: int, like: list[int] = like) -> float:
            top = sum(found[other][sex][age] for other in like)
            return (top + weight) / (sum(expected[other][sex][age] for other in like) + weight)

        for low, high in BANDS:
            cells = [(sex, age) for sex in range(2) for age in range(low, high + 1)]
            top = sum(found[area][sex][age] for sex, age in cells)
            bottom = sum(expected[area][sex][age] * prior(sex, age) for sex, age in cells)
            for sex, age in cells:
                before = prior(sex, age) * (top + heavy) / (bottom + heavy)
                own = (found[area][sex][age] + weight) / (expected[area][sex][age] * before + weight)
                table[area][sex][age] = (before * own) ** (1 / step)
    return table


def slow_newborns(
    history: PopulationHistory, nation: PopulationHistory, rates: NationalRates, parameters: Parameters
) -> list[float]:
    weights = [float(rate) for rate in rates.fertility.values[-1]]
    areas = range(len(history.areas))
    found, expected, level = [0.0] * len(areas), [0.0] * len(areas), 0.0

    def weighted(women: Cohorts) -> float:
        return sum(n * w for n, w in zip(women, weights, strict=True))

    for year in history.years:
        if year > history.years[-1] - parameters.newborn_years:
            level = float(nation.on(year)[0, :, 0].sum()) / weighted(list(nation.on(year)[0, 0]))
            for area in areas:
                found[area] += float(history.on(year)[area, :, 0].sum())
                expected[area] += level * weighted(list(history.on(year)[area, 0]))
    weight, result = parameters.newborn_weight, []
    for area in areas:
        like = [other for other in areas if history.groups[other] == history.groups[area]]
        prior = (sum(found[o] for o in like) + weight) / (sum(expected[o] for o in like) + weight)
        result.append(level * prior * (found[area] + weight) / (expected[area] * prior + weight))
    return result


def slow_births(
    nation: PopulationHistory, rates: NationalRates, parameters: Parameters, years: int
) -> list[float]:
    """The straight line through the logs of births per woman, each year less of it than the year before."""
    weights = [float(rate) for rate in rates.fertility.values[-1]]
    pairs = pairs_within(nation.years, parameters.births_years)
    known = [pairs[0][0], *(end for _, end in pairs)]
    logs = []
    for year in known:
        women = sum(float(n) * w for n, w in zip(nation.on(year)[0, 0], weights, strict=True))
        logs.append(math.log(float(nation.on(year)[0, :, 0].sum()) / women))
    mean_year, mean = sum(known) / len(known), sum(logs) / len(logs)
    slope = sum((y - mean_year) * (v - mean) for y, v in zip(known, logs, strict=True))
    slope /= sum((y - mean_year) ** 2 for y in known)
    factors, trend = [], 0.0
    for year in range(1, years + 1):
        trend += slope * parameters.births_memory**year
        factors.append(math.exp(trend))
    return factors


def slow_walk(
    start: list,
    national: list,
    local: list,
    memory: Cohorts,
    newborns: list,
    births: Cohorts,
    weights: Cohorts,
) -> list:
    """`years + 1` populations [area][sex][age], from the nation's ratios per year and the areas' own."""
    populations = [start]
    for year, ratios in enumerate(national):
        later = []
        for area, sexes in enumerate(populations[-1]):
            grown = [
                [
                    n * ratios[sex][age] * local[area][sex][age] ** (memory[age] ** year)
                    for age, n in enumerate(older(sexes[sex], 1))
                ]
                for sex in range(2)
            ]
            children = sum(n * w for n, w in zip(grown[0], weights, strict=True))
            children *= newborns[area] * births[year]
            grown[0][0], grown[1][0] = children / 2.055, children * 1.055 / 2.055
            later.append(grown)
        populations.append(later)
    return populations
