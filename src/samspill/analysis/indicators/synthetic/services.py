"""Invented use of municipal services, and the small tables: places, staff, births, lists of GPs."""

import numpy as np
import pyarrow as pa

from samspill.analysis.indicators.synthetic.worlds import AGES, World, assumptions, by_age, pseudonyms
from samspill.analysis.indicators.tables import tables

SERVICES, SMALL = 3, 4  # what a stream of random numbers is for
FEW_DAYS = 366


def population_of(world: World, year: int, area: int) -> pa.Table:
    persons = world.persons[year, area].ravel()
    return pa.table(
        {
            "year": _all(world.years[year], len(persons)),
            "area": pa.array([world.areas[area]] * len(persons)),
            "sex": pa.array(["K"] * AGES + ["M"] * AGES),
            "age": pa.array(np.tile(np.arange(AGES), 2)),
            "persons": pa.array(persons),
        }
    )


def services_of(world: World, year: int, area: int) -> pa.Table:
    """A row for each person and service; the first of a cell, who are also likelier to be in hospital."""
    rng = world.rng(SERVICES, world.years[year], int(world.areas[area]))
    parts = [_service(world, year, area, rng, code, told) for code, told in assumptions()["services"].items()]
    return pa.concat_tables(parts)


def _service(world: World, year: int, area: int, rng: np.random.Generator, code: str, told: dict) -> pa.Table:
    cells = world.persons[year, area]
    share = np.minimum(by_age(told["by_age"]) * world.effects[area, 0], 0.98)
    users = rng.binomial(cells, np.broadcast_to(share, cells.shape)).ravel()
    cell = np.repeat(np.arange(2 * AGES), users)
    place = np.arange(len(cell)) - np.repeat(np.cumsum(users) - users, users)
    sex, age = np.divmod(cell, AGES)
    number = len(cell)
    days = np.minimum(rng.geometric(1 / max(told["days"], 1), number), FEW_DAYS - 1)
    return pa.table(
        {
            "year": _all(world.years[year], number),
            "area": pa.array([world.areas[area]] * number, pa.string()),
            "sex": pa.array(["K", "M"]).take(pa.array(sex)),
            "age": pa.array(age),
            "person": pa.array(pseudonyms(world.areas[area], world.years[year], sex, age, place)),
            "service": pa.array([code] * number, pa.string()),
            "contacts": pa.array(rng.geometric(1 / told["contacts"], number)),
            "days": pa.array(days),
        }
    )


def small_tables_of(world: World, year: int, area: int) -> dict[str, pa.Table]:
    """Places, staff, births, lists and own counts of an area in a year."""
    rng = world.rng(SMALL, world.years[year], int(world.areas[area]))
    people, old = int(world.persons[year, area].sum()), int(world.persons[year, area, :, 80:].sum())
    women = int(world.persons[year, area, 0, 15:50].sum())
    rows = {
        "places": _places(rng, people, old),
        "staff": _staff(rng, people),
        "births": [_births(rng, women)],
        "gp_lists": [_lists(rng, people)],
        "platform": _own(rng),
    }
    where = {"year": world.years[year], "area": world.areas[area]}
    return {name: _rows(name, [{**where, **one} for one in found]) for name, found in rows.items()}


def _part(rng: np.random.Generator, whole: int, share: float) -> int:
    return int(rng.binomial(whole, share))


def _places(rng: np.random.Generator, people: int, old: int) -> list[dict]:
    wanted = {"kad": people // 8000 + 1, "nursing_home": old // 8 + 1, "short_stay": old // 40 + 1}
    use = {"kad": 0.45, "nursing_home": 0.95, "short_stay": 0.8, "housing_24h": 0.97}
    rows = []
    for kind, places in {**wanted, "housing_24h": old // 20 + 1}.items():
        requests = int(rng.poisson(places * 30)) + 1
        days = places * 365
        rows.append(
            {
                "kind": kind,
                "places": places,
                "days_open": days,
                "days_used": _part(rng, days, use[kind]),
                "requests": requests,
                "refused": _part(rng, requests, 0.08),
            }
        )
    return rows


PER_1000 = {
    "nurse": 6.5,
    "specialist_nurse": 1.2,
    "auxiliary": 9.0,
    "midwife": 0.1,
    "public_health_nurse": 0.8,
    "gp": 1.0,
    "physiotherapist": 1.0,
    "psychologist": 0.12,
}


def _staff(rng: np.random.Generator, people: int) -> list[dict]:
    rows = []
    for profession, per_1000 in PER_1000.items():
        persons = int(rng.poisson(people / 1000 * per_1000 * 1.3)) + 1
        position = int(persons * 100 / 1.3)
        rows.append(
            {
                "profession": profession,
                "employer": "municipality",
                "persons": persons,
                "position_per_cent": position,
                "vacant_per_cent": _part(rng, position, 0.06),
                "left": _part(rng, persons, 0.09),
            }
        )
    return rows


def _births(rng: np.random.Generator, women: int) -> dict[str, int]:
    births = int(rng.poisson(women * 0.042))
    shares = {"preterm": 0.06, "caesarean": 0.16, "unplanned_outside": 0.006}
    shares |= {"midwife_home_visit": 0.55, "mental_health_asked": 0.7}
    return {"births": births, **{name: _part(rng, births, share) for name, share in shares.items()}}


def _lists(rng: np.random.Generator, people: int) -> dict[str, int]:
    lists = people // 1000 + 1
    without = _part(rng, people, 0.02)
    return {
        "lists": lists,
        "lists_open": _part(rng, lists, 0.25),
        "lists_without_gp": _part(rng, lists, 0.06),
        "capacity": int(people * rng.uniform(0.95, 1.1)),
        "listed": people - without,
        "without_gp": without,
    }


def _own(rng: np.random.Generator) -> list[dict]:
    rows = []
    for thing, mean in {"measure": 25, "agreement": 14, "deviation": 40, "decision": 12}.items():
        total = int(rng.poisson(mean))
        late, closed = _part(rng, total, 0.15), _part(rng, total, 0.6)
        pointing = _part(rng, total, 0.3)
        rows.append(
            {"thing": thing, "total": total, "late": late, "closed": closed, "with_indicator": pointing}
        )
    return rows


def _rows(table: str, rows: list[dict]) -> pa.Table:
    kinds = {"int32": pa.int32(), "int64": pa.int64(), "string": pa.string()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in tables()[table].schema.items()])
    return pa.Table.from_pylist(rows, schema=schema)


def _all(value: int, number: int) -> pa.Array:
    return pa.array(np.full(number, value, dtype=np.int32))
