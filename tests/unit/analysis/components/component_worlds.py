"""Invented rates by component: smooth by age, different from area to area, moved about by a seed."""

from itertools import pairwise

import numpy as np

from samspill.analysis.components import ComponentRates, FlowMatrix, Pool
from samspill.analysis.population import AGES

AGE = np.arange(AGES)
BIRTHS = np.where((AGE >= 15) & (AGE < 50), 0.12 * np.exp(-(((AGE - 31) / 6) ** 2)), 0.0)


def deaths(years: int) -> np.ndarray:
    """Gompertz, women below men, falling 1.5 % a year; shape (years, 2, 106)."""
    level = np.minimum(np.array([[2e-5], [3e-5]]) * np.exp(0.095 * AGE), 0.6)
    return level * 0.985 ** np.arange(years)[:, None, None]


def moving() -> np.ndarray:
    """The share that moves by age: children with their parents, most in the twenties."""
    return 0.015 + 0.03 * np.exp(-AGE / 8) + 0.13 * np.exp(-(((AGE - 23) / 6) ** 2))


def shares(areas: int, chance: np.random.Generator) -> np.ndarray:
    weight = np.exp(0.5 * chance.standard_normal((areas, 2, AGES)) + chance.standard_normal((areas, 1, 1)))
    return weight / weight.sum(axis=0)


def rates(areas: int = 4, years: int = 5, seed: int = 1, *, matrix: bool = False) -> ComponentRates:
    chance = np.random.default_rng(seed)
    out = moving() * np.exp(0.2 * chance.standard_normal((areas, 2, 1))) * np.ones((areas, 2, AGES))
    to = shares(areas, chance)
    directed = np.stack([shares(areas, chance) for _ in range(areas)]) if matrix else None
    emigration = moving() / 10
    return ComponentRates(
        mortality=deaths(years),
        mortality_level=np.exp(0.1 * chance.standard_normal((areas, 2))),
        fertility=np.tile(BIRTHS, (years, 1)),
        fertility_level=np.exp(0.1 * chance.standard_normal(areas)),
        out=out,
        moves=FlowMatrix(directed) if directed is not None else Pool(to),
        emigration=np.tile(emigration, (areas, 2, 1)),
        emigration_nation=np.tile(emigration, (2, 1)),
        immigration=np.tile(areas * 12 * moving(), (years, 2, 1)),
        immigration_share=shares(areas, chance),
    )


def still(areas: int = 3, years: int = 5) -> ComponentRates:
    """Nobody dies, moves or is born."""
    nobody = np.zeros((areas, 2, AGES))
    return ComponentRates(
        mortality=np.zeros((years, 2, AGES)),
        mortality_level=np.ones((areas, 2)),
        fertility=np.zeros((years, AGES)),
        fertility_level=np.ones(areas),
        out=nobody,
        moves=Pool(np.full((areas, 2, AGES), 1 / areas)),
        emigration=nobody,
        emigration_nation=nobody[0],
        immigration=np.zeros((years, 2, AGES)),
        immigration_share=np.full((areas, 2, AGES), 1 / areas),
    )


def persons(areas: int = 4, seed: int = 1, mean: float = 60.0) -> np.ndarray:
    """Whole persons on 1 January, shape (areas, 2, 106); the first area is small, the last large."""
    chance = np.random.default_rng(seed)
    shape = np.exp(-((np.maximum(AGE - 55, 0) / 22) ** 2))
    size = mean * np.geomspace(0.2, 5, areas)[:, None, None]
    return chance.poisson(np.broadcast_to(size * shape, (areas, 2, AGES)))


def identity_errors(run) -> float:
    """How far any cell of any year is from start − deaths − out − emigration + into + immigration."""
    worst = 0.0
    for year in run:
        balance = (
            year.start - year.deaths - year.out - year.emigration + year.into + year.immigration - year.end
        )
        worst = max(worst, float(np.abs(balance).max()))
    for before, after in pairwise(run):
        older = np.zeros_like(before.end)
        older[..., 1:] = before.end[..., :-1]
        older[..., 105] += before.end[..., 105]
        older[..., 0] = after.births
        worst = max(worst, float(np.abs(older - after.start).max()))
    return worst
