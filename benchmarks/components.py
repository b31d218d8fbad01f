"""How fast a population is projected by its components: all municipalities, and their random futures."""

import numpy as np

from benchmarks import Case
from samspill.analysis.components import ComponentRates, Pool, Spread, project_components
from samspill.analysis.population import AGES, PopulationHistory

AREAS, JUMP_OFF, TO, DRAWS = 357, 2026, 2051, 20
AGE = np.arange(AGES)


def cases() -> list[Case]:
    """An invented nation of Norway's size: no open file has moves by municipality."""
    history, rates = _nation(np.random.default_rng(2026))
    return [_path(history, rates), _futures(history, rates)]


def _path(history: PopulationHistory, rates: ComponentRates) -> Case:
    def run() -> None:
        project_components(history, rates, jump_off=JUMP_OFF, to=TO)

    def year_by_year() -> None:
        for year in range(JUMP_OFF + 1, TO + 1):
            project_components(history, rates, jump_off=JUMP_OFF, to=year)

    return {
        "name": "components: all municipalities to 2051",
        "run": run,
        "baseline": year_by_year,
        "work": f"{AREAS} municipalities, {TO - JUMP_OFF} years; baseline: from the start for each year",
        "most_seconds": 1.0,
        "runs": 5,
    }


def _futures(history: PopulationHistory, rates: ComponentRates) -> Case:
    def run(workers: int = 2) -> None:
        project_components(
            history, rates, jump_off=JUMP_OFF, to=TO, draws=DRAWS, spread=Spread(workers=workers)
        )

    def alone() -> None:
        run(workers=1)

    return {
        "name": "components: futures on two processes",
        "run": run,
        "baseline": alone,
        "work": f"{AREAS} municipalities, {TO - JUMP_OFF} years, {DRAWS} draws; baseline: one process",
        "runs": 1,
    }


def _nation(chance: np.random.Generator) -> tuple[PopulationHistory, ComponentRates]:
    years, cell = TO - JUMP_OFF, (AREAS, 2, AGES)
    size = np.exp(chance.normal(0, 1.3, AREAS))[:, None, None]
    old = np.exp(-((np.maximum(AGE - 55, 0) / 22) ** 2))
    persons = chance.poisson(5.6e6 / (2 * AREAS * 80) * size / size.mean() * old * np.ones(cell))
    moving = 0.01 + 0.02 * np.exp(-AGE / 8) + 0.1 * np.exp(-(((AGE - 23) / 6) ** 2))
    shares = size * np.exp(chance.normal(0, 0.3, cell))
    shares /= shares.sum(axis=0)
    deaths = np.minimum(np.array([[2e-5], [3e-5]]) * np.exp(0.095 * AGE), 0.6)
    births = np.where((AGE >= 15) & (AGE < 50), 0.1 * np.exp(-(((AGE - 31) / 6) ** 2)), 0.0)
    rates = ComponentRates(
        mortality=deaths * 0.985 ** np.arange(years)[:, None, None],
        mortality_level=np.exp(chance.normal(0, 0.05, (AREAS, 2))),
        fertility=np.tile(births, (years, 1)),
        fertility_level=np.exp(chance.normal(0, 0.1, AREAS)),
        out=moving * np.exp(chance.normal(0, 0.2, (AREAS, 2, 1))),
        moves=Pool(shares),
        emigration=np.tile(moving / 8, (AREAS, 2, 1)),
        emigration_nation=np.tile(moving / 8, (2, 1)),
        immigration=np.tile(moving * 20_000, (years, 2, 1)),
        immigration_share=shares,
    )
    codes = tuple(f"{1000 + number}" for number in range(AREAS))
    return PopulationHistory((JUMP_OFF,), codes, persons[None]), rates
