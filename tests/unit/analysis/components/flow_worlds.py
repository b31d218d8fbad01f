"""A whole invented nation with registers: known rates, ten years of events, and the people they left."""

from dataclasses import dataclass

import component_worlds as worlds
import numpy as np

from samspill.analysis.components import ComponentEvents, ComponentRates, Pool
from samspill.analysis.population import AGES, NationalRates, PopulationHistory, Rates

FIRST, YEARS, AREAS = 2016, 10, 365
DEATH_YEARS = range(1990, FIRST + YEARS)


@dataclass
class World:
    """What the registers say (`history`, `events`, `rates`) and what is true (`truth`)."""

    history: PopulationHistory
    events: ComponentEvents
    rates: NationalRates
    truth: ComponentRates


def hazards(year: int) -> np.ndarray:
    """Death rates by age 0-99, falling 1.5 % a year but less among the oldest; shape (2, 100)."""
    ages = np.arange(100)
    level = np.minimum(np.array([[4e-5], [6e-5]]) * np.exp(0.09 * ages), 0.6)
    fading = np.interp(ages, [80, 99], [1.0, 0.1])
    return level * 0.985 ** (fading * (year - FIRST))


def risks(year: int) -> np.ndarray:
    """The risk of dying by age reached."""
    rates = hazards(year)
    older = np.minimum(rates[:, 99:] * np.exp(0.09 * np.arange(1, 7)), 0.9)
    rates = np.concatenate([rates, older], axis=1)
    reached = np.concatenate([0.9 * rates[:, :1], (rates[:, :-1] + rates[:, 1:]) / 2], axis=1)
    reached[:, 1] = 0.1 * rates[:, 0] + rates[:, 1] / 2
    reached[:, 105] = (rates[:, 104] + rates[:, 105]) / 2
    return 1 - np.exp(-reached[:, :AGES])


def truth(areas: int, seed: int) -> ComponentRates:
    chance = np.random.default_rng(seed)
    size = np.geomspace(0.15, 25, areas)
    pull = size[:, None, None] * np.exp(0.1 * chance.standard_normal((areas, 1, 1)))
    young = 1 + 0.3 * chance.standard_normal((areas, 1, 1)) * np.exp(-(((worlds.AGE - 22) / 6) ** 2))
    shares = pull * np.maximum(young, 0.2) * np.ones((areas, 2, AGES))
    shares /= shares.sum(axis=0)
    leaving = (
        worlds.moving() * np.exp(0.25 * chance.standard_normal((areas, 1, 1))) * np.ones((areas, 2, AGES))
    )
    emigration = np.tile(worlds.moving() / 10, (areas, 2, 1))
    ahead = 10
    return ComponentRates(
        mortality=np.array([risks(FIRST + YEARS + year) for year in range(ahead)]),
        mortality_level=np.exp(0.08 * chance.standard_normal((areas, 2))),
        fertility=np.tile(worlds.BIRTHS, (ahead, 1)),
        fertility_level=np.exp(0.1 * chance.standard_normal(areas)),
        out=leaving,
        moves=Pool(shares),
        emigration=emigration,
        emigration_nation=emigration[0],
        immigration=np.tile(size.sum() * 7 * worlds.moving(), (ahead, 2, 1)),
        immigration_share=shares,
    )


def world(areas: int = AREAS, seed: int = 4) -> World:
    """People and events of 1 January 2016 to 2026; the rates are constant but for mortality."""
    chance = np.random.default_rng(seed)
    true = truth(areas, seed)
    shape = np.exp(-((np.maximum(worlds.AGE - 60, 0) / 20) ** 2))
    people = [chance.poisson(12 * np.geomspace(0.15, 25, areas)[:, None, None] * shape * np.ones((2, 1)))]
    names = ("births", "deaths", "out", "into", "emigration", "immigration")
    counted: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for year in range(FIRST, FIRST + YEARS):
        flows, end = happen(people[-1], true, risks(year), chance)
        people.append(end)
        for name, flow in flows.items():
            counted[name].append(flow)
    codes = tuple(f"{1000 + number}" for number in range(areas))
    years = tuple(range(FIRST, FIRST + YEARS))
    return World(
        history=PopulationHistory((*years, FIRST + YEARS), codes, np.array(people)),
        events=ComponentEvents(years, codes, **{name: np.array(flow) for name, flow in counted.items()}),
        rates=NationalRates(
            mortality=Rates(
                tuple(DEATH_YEARS), tuple(DEATH_YEARS), np.array([hazards(year) for year in DEATH_YEARS])
            ),
            fertility=Rates((FIRST,), (FIRST,), worlds.BIRTHS[None]),
        ),
        truth=true,
    )


def happen(
    people: np.ndarray, true: ComponentRates, risk: np.ndarray, chance: np.random.Generator
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """One year of chance: move, then die among those who are there, movers at half the risk."""
    births = chance.poisson(
        (people[:, 0] * worlds.BIRTHS).sum(axis=1)[:, None]
        * true.fertility_level[:, None]
        * [1 / 2.055, 1.055 / 2.055]
    )
    begun = np.concatenate([births[..., None], people[..., :-1]], axis=-1)
    begun[..., -1] += people[..., -1]
    out = chance.binomial(begun, true.out)
    emigration = chance.binomial(begun - out, true.emigration)
    into = np.moveaxis(chance.multinomial(out.sum(axis=0), np.moveaxis(true.moves.shares, 0, -1)), -1, 0)
    immigration = chance.poisson(true.immigration[0] * true.immigration_share)
    there = begun - out - emigration + into + immigration
    at_risk = begun + (into + immigration - out - emigration) * np.r_[2 / 3, np.full(AGES - 1, 0.5)]
    risk = risk * true.mortality_level[..., None] * at_risk / np.maximum(there, 1)
    deaths = chance.binomial(there, np.clip(risk, 0.0, 1.0))
    flows = {
        "births": births,
        "deaths": deaths,
        "out": out,
        "into": into,
        "emigration": emigration,
        "immigration": immigration,
    }
    return flows, there - deaths
