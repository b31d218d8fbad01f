"""The people invented contacts are of: municipalities by year, and which truly differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from samspill.analysis.population import PopulationHistory

AGES = 106
DIFFER, BLOCK, MOVED = 1, 2, 5  # what a stream of random numbers is for; services have 3 and 4
SCRAMBLE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no two persons get the same pseudonym
TOP = np.uint64(2**62 - 1)
LONGEST_CELL = 20_000  # persons of one age and sex in a municipality


@cache
def assumptions() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("assumptions.yaml").read_text("utf-8"))


@dataclass(frozen=True, eq=False)
class World:
    """`persons` (years, areas, 2, 106); `effects` (areas, 3): how much higher stays, returns, waits are."""

    seed: int
    years: tuple[int, ...]
    areas: tuple[str, ...]
    persons: NDArray[np.int64]
    effects: NDArray[np.float64]

    def rng(self, *about: int) -> np.random.Generator:
        """Random numbers that are the same whoever asks, and whenever."""
        return np.random.default_rng([self.seed, *about])


def world_of(history: PopulationHistory, years: Sequence[int], seed: int) -> World:
    """The world of some years. Years the figures lack lie on a line between those they have."""
    persons = np.stack([_persons_on(history, year) for year in years])
    areas = tuple(history.areas)
    effects = np.array([_effects(seed, area) for area in areas])
    return World(seed, tuple(years), areas, persons, effects)


def _persons_on(history: PopulationHistory, year: int) -> NDArray[np.int64]:
    known = np.array(history.years)
    after = min(int(np.searchsorted(known, year)), len(known) - 1)
    before = after if known[after] <= year or after == 0 else after - 1
    span = known[after] - known[before]
    share = (year - known[before]) / span if span else 0.0
    mixed = (1 - share) * history.persons[before] + share * history.persons[after]
    return np.rint(mixed).astype(np.int64)


def _effects(seed: int, area: str) -> NDArray[np.float64]:
    told = assumptions()["differ"]
    rng = np.random.default_rng([seed, DIFFER, int(area)])
    drawn = np.exp(rng.normal(0, told["spread"], 3))
    return np.where(rng.random(3) < told["share"], drawn, 1.0)


def by_age(knots: dict[int, float]) -> NDArray[np.float64]:
    """A figure for each age, on straight lines between the knots."""
    return np.interp(np.arange(AGES), list(knots), list(knots.values()))


def pseudonyms(
    area: str, year: int, sex: NDArray[np.int64], age: NDArray[np.int64], place: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A number for each person, the same next year when all are a year older."""
    born = year - age - 1850
    number = ((int(area) * 400 + born) * 2 + sex) * LONGEST_CELL + place
    return ((number.astype(np.uint64) * SCRAMBLE) & TOP).astype(np.int64)
