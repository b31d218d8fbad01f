"""Small invented populations for the tests of projection: smooth by age, moved about by a seed."""

import numpy as np

from samspill.analysis.population import AGES, NationalRates, PopulationHistory, Rates

AREAS = ("9001", "9002", "9003")
GROUPS = ("north", "north", "south")
SIZES = (40.0, 400.0, 3000.0)


def death_rates(year: int) -> np.ndarray:
    """Gompertz, women below men, falling 1.5 % a year; shape (2, 100)."""
    ages = np.arange(100)
    level = np.array([[2e-5], [3e-5]]) * np.exp(0.095 * ages)
    return np.minimum(level, 0.8) * 0.985 ** (year - 2000)


def birth_rates() -> np.ndarray:
    ages = np.arange(AGES)
    return np.where((ages >= 15) & (ages < 50), 0.09 * np.exp(-(((ages - 31) / 6) ** 2)), 0.0)


def history(
    years: range = range(2004, 2017), areas: tuple[str, ...] = AREAS, seed: int = 5
) -> PopulationHistory:
    chance = np.random.default_rng(seed)
    ages = np.arange(AGES)
    shape = np.exp(-((np.maximum(ages - 55, 0) / 22) ** 2))
    sizes = np.array([SIZES[AREAS.index(area)] for area in areas])
    expected = sizes[None, :, None, None] * shape * np.linspace(1, 1.1, len(years))[:, None, None, None]
    persons = chance.poisson(np.broadcast_to(expected, (len(years), len(areas), 2, AGES)))
    return PopulationHistory(tuple(years), areas, persons, tuple(GROUPS[AREAS.index(area)] for area in areas))


def rates(
    years: range = range(1990, 2016), nation_years: range = range(2000, 2017), *, nation: bool = True
) -> NationalRates:
    whole = None
    if nation:
        mean = history(nation_years, seed=9)
        whole = PopulationHistory(mean.years, ("0",), mean.persons.sum(axis=1, keepdims=True) * 10)
    return NationalRates(
        mortality=Rates(tuple(years), tuple(years), np.array([death_rates(year) for year in years])),
        fertility=Rates(tuple(years), tuple(years), np.array([birth_rates()] * len(years))),
        population=whole,
    )
