"""Random futures of a cohort-component projection, in whole persons.

What the whole nation shares: births (log of children per woman, AR(1)), deaths (as the k of Lee & Carter
1992, a random walk), immigration (AR(1); Azose & Raftery 2015, Demography 52). What an area has of its own:
its attraction to those who move (log of its share, AR(1), then shares again). And chance among few people:
binomial deaths and moves, Poisson births and immigration. Who leaves an area arrives in another in the same
draw, so sums over areas are right in each draw; percentiles come last.

Each draw has streams of its own, named by the seed, its number and what they are for: draw 7 is the same
whether ten or a thousand are made, by however many workers. Areas are drawn in the order of their codes, so
the order they are given in is of no matter.
"""

import hashlib
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.cluster import Arrays, Job, Spread, run_in_order
from samspill.analysis.components.rates import ComponentRates, Floats, FlowMatrix, Pool, Whole, YearRates
from samspill.analysis.components.step import NEWBORN, OF_SEX, OLDER, Factors, born, exposed, grown
from samspill.analysis.population import AGES, SEXES
from samspill.refusal import Refused

Draws = NDArray[np.float32]
MEMORY = 2_000_000_000  # bytes of draws kept at most; blocks are laid together once, so the peak is double
BLOCK = 10  # draws in a part of a run; 80 MB for 357 municipalities over 25 years


@dataclass(frozen=True)
class ComponentUncertainty:
    """Standard deviations per year, on the log scale, and correlations from one year to the next.

    Orders of magnitude from Norway 1986-2025 (yearly changes of births per woman, of death rates and of net
    migration; Human Fertility and Mortality Databases, Statistics Norway 07459). Not yet scaled by a
    back-test of this method: that needs moves by municipality, which a live data set has.
    """

    births: float = 0.04
    births_memory: float = 0.97
    deaths: float = 0.02
    immigration: float = 0.25
    immigration_memory: float = 0.7
    attraction: float = 0.08
    attraction_memory: float = 0.8
    net: float = 0.0  # net migration of an area, per person, not on the log scale
    net_memory: float = 0.5


# Where moves were not counted, net migration is an area's only flow, and varies by itself. By back-test from
# 2011 and 2016, five and ten years ahead (Statistics Norway 07459), the interval of eight in ten held the
# population of all ages in 74 to 81 of 100 municipalities. It is too narrow for those of 80 and more (58 to
# 74), and over a helsefellesskap, whose municipalities are drawn as if they had nothing in common.
NET_MIGRATION = ComponentUncertainty(net=0.014, net_memory=0.2)


def draw(
    start: Floats,
    rates: ComponentRates,
    factors: tuple[Factors, ...],
    uncertainty: ComponentUncertainty,
    *,
    draws: int,
    seed: int,
    areas: tuple[str, ...],
    first: int = 0,
) -> Draws | None:
    """`draws` futures, shape (years + 1, areas, 2, 106, draws), whole persons; None when `draws` is 0.

    `factors` are those that held the main path to the nation, one for each year: the same assumptions bind
    every draw, chance does not. `first` is the number of the first draw, so that blocks of draws can be made
    apart and laid side by side. Refuses `draws_negative` and `too_many_draws`.
    """
    _check_draws(len(factors), len(areas), draws)
    if draws == 0:
        return None
    order = np.argsort(np.asarray(areas), kind="stable")
    by_code = _ordered(rates, order)
    futures = np.empty((len(factors) + 1, len(areas), len(SEXES), AGES, draws), dtype=np.float32)
    for number in range(draws):
        streams = _Streams(seed, first + number)
        future = _future(start[order].astype(np.int64), by_code, factors, uncertainty, streams)
        futures[..., number][:, order] = future
    return futures


def draw_on(
    start: Floats,
    rates: ComponentRates,
    factors: tuple[Factors, ...],
    uncertainty: ComponentUncertainty,
    *,
    draws: int,
    seed: int,
    areas: tuple[str, ...],
    spread: Spread,
) -> Draws | None:
    """The same futures as `draw`, made in blocks by the workers of `spread`."""
    _check_draws(len(factors), len(areas), draws)
    given = (start, rates, factors, uncertainty, seed, areas)
    blocks = [
        Job(
            f"draws {first + 1} to {min(first + BLOCK, draws)}",
            _block,
            (*given, first, min(BLOCK, draws - first)),
        )
        for first in range(0, draws, BLOCK)
    ]
    if not blocks:
        return None
    made = run_in_order(blocks, spread)
    return np.concatenate([block["draws"] for block in made], axis=-1)


def _block(
    start: Floats,
    rates: ComponentRates,
    factors: tuple[Factors, ...],
    uncertainty: ComponentUncertainty,
    seed: int,
    areas: tuple[str, ...],
    first: int,
    draws: int,
) -> Arrays:
    made = draw(start, rates, factors, uncertainty, draws=draws, seed=seed, areas=areas, first=first)
    return {"draws": made} if made is not None else {}


class _Streams:
    """Generators by name for one draw, the same on every machine."""

    def __init__(self, seed: int, number: int) -> None:
        self._names = (str(seed), "draw", str(number))

    def __call__(self, *names: object) -> np.random.Generator:
        digest = hashlib.sha256("\0".join((*self._names, *map(str, names))).encode()).digest()
        return np.random.default_rng(np.frombuffer(digest, dtype="<u4"))


def _future(
    start: Whole,
    rates: ComponentRates,
    factors: tuple[Factors, ...],
    uncertainty: ComponentUncertainty,
    streams: _Streams,
) -> NDArray[np.float64]:
    years = len(factors)
    births = _remembering(streams("births"), years, uncertainty.births, uncertainty.births_memory)
    immigration = _remembering(
        streams("immigration"), years, uncertainty.immigration, uncertainty.immigration_memory
    )
    deaths = np.cumsum(uncertainty.deaths * streams("deaths").standard_normal(years))
    attraction = _remembering(
        streams("attraction"),
        years,
        uncertainty.attraction,
        uncertainty.attraction_memory,
        (len(start), 1, 1),
    )
    net = _remembering(
        streams("net"), years, uncertainty.net, uncertainty.net_memory, (len(start), 1, 1)
    ) * _profile(start, rates)
    future = np.empty((years + 1, *start.shape))
    future[0] = persons = start
    for year, held in enumerate(factors):
        drawn = _shaken(
            rates.in_year(year), held, births[year], deaths[year], immigration[year], attraction[year]
        )
        persons = _random_step(persons, _with_net(drawn, net[year], persons), held, streams, year)
        future[year + 1] = persons
    return future


def _remembering(
    chance: np.random.Generator, years: int, size: float, memory: float, shape: tuple[int, ...] = ()
) -> Floats:
    """An AR(1) from 0 at the jump-off, with yearly shocks of `size`; shape (years, *shape)."""
    series = size * chance.standard_normal((years, *shape))
    for year in range(1, years):
        series[year] += memory * series[year - 1]
    return np.asarray(series)


def _shaken(
    rates: YearRates, held: Factors, births: float, deaths: float, immigration: float, attraction: Floats
) -> YearRates:
    """The rates of a year as this draw has them: held to the nation, then moved by what is uncertain."""
    pull = np.exp(attraction)
    death = 1 - (1 - np.minimum(rates.death * held.deaths, 1.0)) ** np.exp(deaths)
    coming = rates.immigration * held.immigration
    pulled = coming * pull
    together = pulled.sum(axis=0)
    share = np.where(together > 0, coming.sum(axis=0) / np.where(together > 0, together, 1.0), 0.0)
    return YearRates(
        death=death,
        birth=rates.birth * np.exp(births),
        out=rates.out,
        moves=_pulled(rates.moves, pull),
        emigration=np.minimum(rates.emigration * held.emigration, 1 - rates.out),
        immigration=pulled * share * np.exp(immigration),
    )


def _profile(start: Whole, rates: ComponentRates) -> Floats:
    """How much each sex and age moves beside the mean person; (2, 106), at most five times as much."""
    people = np.maximum(start.sum(axis=0), 1)
    coming = rates.immigration[0] if rates.years else np.zeros(people.shape)
    return np.asarray(np.minimum(coming / people * people.sum() / max(float(coming.sum()), 1.0), 5.0))


def _with_net(rates: YearRates, net: Floats, persons: Whole) -> YearRates:
    """The same with net migration of this much per person more, or less."""
    room = 1 - rates.out
    return replace(
        rates,
        emigration=np.clip(rates.emigration + np.maximum(-net, 0.0), 0.0, room),
        immigration=rates.immigration + np.maximum(net, 0.0) * persons,
    )


def _pulled(moves: Pool | FlowMatrix, pull: Floats) -> Pool | FlowMatrix:
    shares = moves.shares * pull  # the last area axis is where one goes, in the pool and in the matrix
    towards = shares.sum(axis=-3, keepdims=True)
    return type(moves)(shares / towards)


def _random_step(persons: Whole, rates: YearRates, held: Factors, streams: _Streams, year: int) -> Whole:
    start = grown(persons).astype(np.int64)
    end = np.zeros_like(start)
    end[..., OLDER] = _random_flow(start, rates, streams, (year, "older"), OLDER)
    chance = streams(year, "born")
    expected = born(persons, end, rates.birth)[:, None] * OF_SEX * held.births
    start[..., 0] = chance.poisson(expected)
    end[..., NEWBORN] = _random_flow(start, rates, streams, (year, "newborn"), NEWBORN)
    return end


def _random_flow(
    start: Whole, rates: YearRates, streams: _Streams, name: tuple[object, ...], ages: slice
) -> Whole:
    """Who is there in the end. Each kind of event has a stream of its own, so that a change of one rate
    between two scenarios leaves the chance of the others alone."""
    n, leave = start[..., ages], rates.out[..., ages]
    out = streams(*name, "out").binomial(n, leave)
    abroad = rates.emigration[..., ages] / np.where(leave < 1, 1 - leave, 1.0)
    emigration = streams(*name, "emigration").binomial(n - out, np.minimum(abroad, 1.0))
    into = _distributed(rates.moves, out, streams(*name, "into"), ages)
    immigration = streams(*name, "immigration").poisson(rates.immigration[..., ages])
    there = n - out - emigration + into + immigration
    # one binomial among those who are there, with the mean of the formula: nobody both moves out and dies
    mean = rates.death[..., ages] * exposed(n, out + emigration, into + immigration, ages)
    risk = np.clip(mean / np.maximum(there, 1), 0.0, 1.0)
    return np.asarray(there - streams(*name, "deaths").binomial(there, risk))


def _distributed(moves: Pool | FlowMatrix, out: Whole, chance: np.random.Generator, ages: slice) -> Whole:
    """Every mover arrives somewhere: (areas, 2, ages), summing over areas to those who left."""
    shares = np.moveaxis(moves.shares[..., ages], -3, -1)
    if isinstance(moves, Pool):
        return np.moveaxis(chance.multinomial(out.sum(axis=0), shares), -1, 0)
    return np.moveaxis(chance.multinomial(out, shares).sum(axis=0), -1, 0)


def _ordered(rates: ComponentRates, order: NDArray[np.intp]) -> ComponentRates:
    return ComponentRates(
        mortality=rates.mortality,
        mortality_level=rates.mortality_level[order],
        fertility=rates.fertility,
        fertility_level=rates.fertility_level[order],
        out=rates.out[order],
        moves=rates.moves.only(order),
        emigration=rates.emigration[order],
        emigration_nation=rates.emigration_nation,
        immigration=rates.immigration,
        immigration_share=rates.immigration_share[order],
    )


def _check_draws(years: int, areas: int, draws: int) -> None:
    if draws < 0:
        raise Refused("draws_negative", f"{draws} draws cannot be made. Ask for 0 or more.", field="draws")
    one = (years + 1) * areas * len(SEXES) * AGES * 4
    if one * draws > MEMORY:
        raise Refused(
            "too_many_draws",
            f"{draws} draws for {areas} areas over {years} years do not fit in memory. "
            f"Ask for at most {MEMORY // one} draws at a time.",
            field="draws",
        )
