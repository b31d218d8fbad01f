"""Invented contacts with hospitals: those of one municipality and year at a time."""

from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from samspill.analysis.indicators.synthetic.worlds import (
    AGES,
    BLOCK,
    MOVED,
    World,
    assumptions,
    by_age,
    pseudonyms,
)

Ints = NDArray[np.int64]
SEXES = ["K", "M"]
COMBINATIONS = 64
DAY = 86_400
SOONEST, LATEST = 9 * 3600, 29 * DAY  # seconds from discharge to a readmission
ARRIVED = 4 * 3600  # seconds from one hospital to another, at most
REGIONAL = "Regionsykehus"
OLD = 65


@cache
def _streams() -> NDArray[np.float64]:
    """Events per person-year, (streams, 106)."""
    return np.stack([by_age(one["by_age"]) for one in assumptions()["contacts"]])


@cache
def _is_stay() -> NDArray[np.bool_]:
    return np.array([one["kind"] == "stay" for one in assumptions()["contacts"]])


def expected(world: World, year: int, area: int) -> NDArray[np.float64]:
    """Contacts to expect, (streams, 2, 106)."""
    told = assumptions()["break"]
    stays = world.effects[area, 0] * (told["stays"] if world.years[year] >= told["year"] else 1.0)
    factor = np.where(_is_stay(), stays, 1.0)
    return factor[:, None, None] * _streams()[:, None, :] * world.persons[year, area]


def shared_out(world: World, contacts: int) -> Ints:
    """How many of `contacts` each year and area has, (years, areas): whole numbers that add up."""
    shape = (len(world.years), len(world.areas))
    weights = np.array([[expected(world, y, a).sum() for a in range(shape[1])] for y in range(shape[0])])
    exact = weights / weights.sum() * contacts
    whole = np.floor(exact).astype(np.int64)
    left = contacts - int(whole.sum())
    most = np.argsort(-(exact - whole).ravel(), kind="stable")[:left]
    whole.ravel()[most] += 1
    return whole


def contacts_of(world: World, year: int, area: int, number: int, first: int) -> pa.Table:
    """`number` contacts of an area in a year, numbered from `first`."""
    rng = world.rng(BLOCK, world.years[year], int(world.areas[area]))
    weights = np.cumsum(expected(world, year, area).ravel())
    chosen = np.searchsorted(weights, rng.random(number) * weights[-1], side="right")
    stream, cell = np.divmod(np.minimum(chosen, len(weights) - 1), 2 * AGES)
    sex, age = np.divmod(cell, AGES)
    place = (rng.random(number) ** 2 * world.persons[year, area][sex, age]).astype(np.int64)
    person = pseudonyms(world.areas[area], world.years[year], sex, age, place)
    start = int(np.datetime64(f"{world.years[year]}-01-01", "s").astype(np.int64))
    length = int(np.datetime64(f"{world.years[year] + 1}-01-01", "s").astype(np.int64)) - start
    admitted = rng.integers(0, length, number)
    nights = _nights(rng, stream, age)
    left = admitted + nights * DAY + rng.integers(3600, 6 * 3600, number)
    rows = {"sex": sex, "age": age, "person": person, "stream": stream, "admitted": admitted, "left": left}
    rows["unit"] = np.zeros(number, dtype=np.int64)
    _readmit(rng, rows, float(world.effects[area, 1]), length, nights)
    _move(world.rng(MOVED, world.years[year], int(world.areas[area])), rows, length, nights)
    ready = _ready(rng, rows, nights, float(world.effects[area, 2]))
    return _table(world, (year, area, first, start), rows, nights, ready, rng)


def _nights(rng: np.random.Generator, stream: Ints, age: Ints) -> Ints:
    """Nights of each contact; stays of older people are longer."""
    mean = np.array([one["nights"] for one in assumptions()["contacts"]], dtype=np.float64)[stream]
    drawn = rng.geometric(1 / np.maximum(mean * (0.6 + age / 120), 1.0))
    return np.where(mean > 0, drawn, 0)


def _readmit(
    rng: np.random.Generator, rows: dict[str, Ints], effect: float, length: int, nights: Ints
) -> None:
    """Some acute stays become the return of somebody who left within the last thirty days."""
    stays = _acute_stays(rows)
    back = stays[rng.random(len(stays)) < min(assumptions()["readmitted"] * effect, 0.45)]
    _continue(rng, rows, stays, back, (SOONEST, LATEST), length, nights)


def _move(rng: np.random.Generator, rows: dict[str, Ints], length: int, nights: Ints) -> None:
    """Some acute stays become the continuation of another, at the hospital of the region."""
    stays = _acute_stays(rows)
    moved = stays[rng.random(len(stays)) < assumptions()["moved"]]
    rows["unit"][_continue(rng, rows, stays, moved, (0, ARRIVED), length, nights)] = 1


def _acute_stays(rows: dict[str, Ints]) -> Ints:
    acute = [one["kind"] == "stay" and one["urgency"] == "acute" for one in assumptions()["contacts"]]
    return np.flatnonzero(np.array(acute)[rows["stream"]])


def _continue(
    rng: np.random.Generator,
    rows: dict[str, Ints],
    stays: Ints,
    later: Ints,
    waits_between: tuple[int, int],
    length: int,
    nights: Ints,
) -> Ints:
    """Let stays that are `later` follow others of `stays` after a wait of seconds. Which of them do.

    Not those that would begin in the next year.
    """
    kept = np.setdiff1d(stays, later, assume_unique=True)
    if not len(kept) or not len(later):
        return later[:0]
    of = kept[rng.integers(0, len(kept), len(later))]
    waits = rng.integers(*waits_between, len(later))
    fits = rows["left"][of] + waits < length
    of, later, waits = of[fits], later[fits], waits[fits]
    stayed = rows["left"][later] - rows["admitted"][later]
    for name in ("sex", "age", "person", "stream"):
        rows[name][later] = rows[name][of]
    rows["admitted"][later] = rows["left"][of] + waits
    rows["left"][later] = rows["admitted"][later] + stayed
    nights[later] = np.maximum(nights[later], 1)
    return later


def _ready(rng: np.random.Generator, rows: dict[str, Ints], nights: Ints, effect: float) -> Ints:
    """Nights after being ready: mostly of older people, longer where the municipality is slow."""
    chance = np.where(rows["age"] >= OLD, 0.12, 0.01) * (nights > 1)
    waits = rng.geometric(min(1.0, 0.5 / effect), len(nights))
    return np.where(rng.random(len(nights)) < chance, np.minimum(waits, nights - 1), 0)


@cache
def _diagnoses() -> tuple[list[str], list[tuple[Ints, NDArray[np.float64]]]]:
    """All codes, and for each stream which of them and how often, added up."""
    told = assumptions()
    codes = sorted({code for chapter in told["chapters"].values() for code in chapter})
    streams = []
    for one in told["contacts"]:
        chapter = told["chapters"][one["chapter"]]
        shares = np.cumsum(list(chapter.values())) / sum(chapter.values())
        streams.append((np.array([codes.index(code) for code in chapter]), shares))
    return codes, streams


@cache
def _frailty() -> tuple[list[str], Ints]:
    """Combinations of other diagnoses and their points in tenths; the first is none."""
    points = assumptions()["frailty"]
    codes, rng = list(points), np.random.default_rng(2018)
    picked = [
        sorted(rng.choice(len(codes), size, replace=False)) for size in rng.integers(1, 6, COMBINATIONS)
    ]
    words = ["", *(" ".join(codes[i] for i in one) for one in picked)]
    return words, np.array([0, *(sum(points[codes[i]] for i in one) for one in picked)])


def _diagnosed(rng: np.random.Generator, stream: Ints) -> Ints:
    found, drawn = np.zeros(len(stream), dtype=np.int64), rng.random(len(stream))
    for number, (codes, shares) in enumerate(_diagnoses()[1]):
        here = stream == number
        found[here] = codes[np.minimum(np.searchsorted(shares, drawn[here]), len(codes) - 1)]
    return found


def _table(
    world: World,
    about: tuple[int, int, int, int],
    rows: dict[str, Ints],
    nights: Ints,
    ready: Ints,
    rng: np.random.Generator,
) -> pa.Table:
    year, area, first, start = about
    number, told = len(nights), assumptions()["contacts"]
    has_others = (rows["age"] >= OLD) & (rng.random(number) < 0.7)
    others = np.where(has_others, rng.integers(1, COMBINATIONS + 1, number), 0)
    words, points = _frailty()
    died = (rng.random(number) < np.where(rows["age"] >= 80, 0.06, 0.01)) & (nights > 0)
    columns = {
        "year": pa.array(np.full(number, world.years[year], dtype=np.int32)),
        "area": _words(np.zeros(number, dtype=np.int8), [world.areas[area]]),
        "sex": _words(rows["sex"].astype(np.int8), SEXES),
        "age": pa.array(rows["age"]),
        "contact": pa.array(np.arange(first, first + number)),
        "person": pa.array(rows["person"]),
        "unit": _words(rows["unit"].astype(np.int8), [f"Sykehus {world.areas[area][:2]}", REGIONAL]),
        **{
            name: _words(rows["stream"].astype(np.int8), [one[name] for one in told])
            for name in ("kind", "service", "urgency")
        },
        "admitted_at": pa.array((rows["admitted"] + start).astype("datetime64[s]")).cast(pa.timestamp("us")),
        "discharged_at": pa.array((rows["left"] + start).astype("datetime64[s]")).cast(pa.timestamp("us")),
        "bed_days": pa.array(nights),
        "days_ready": pa.array(ready),
        "diagnosis": _words(_diagnosed(rng, rows["stream"]).astype(np.int16), _diagnoses()[0]),
        "secondary": _words(others.astype(np.int16), words),
        "hfrs_tenths": pa.array(points[others]),
        "died": pa.array(died.astype(np.int64)),
    }
    return pa.table(columns)


def _words(places: NDArray[np.integer], words: list[str]) -> pa.Array:
    """Words by their place in a list, written out plainly."""
    return pa.array(words).take(pa.array(places))
