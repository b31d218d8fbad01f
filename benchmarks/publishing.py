"""All counts of persons of all indicators, 357 municipalities with their sums, ten years: hidden and audited.

Invented counts, a fifth of them small. The baseline is the general method of `suppress` and `audit`
on one of these tables of areas: one count in one year.
"""

from collections import defaultdict
from datetime import date
from functools import partial
from itertools import pairwise

import numpy as np

from benchmarks import Case
from samspill.analysis.disclosure import audit, rules_of, suppress
from samspill.analysis.indicators import all_definitions
from samspill.analysis.indicators.counts import Count, Places, parts_of
from samspill.analysis.indicators.families import Counting, counting_of, families_of, pieces_of
from samspill.analysis.indicators.levels import Area
from samspill.analysis.indicators.protecting import layouts_of, protect
from samspill.analysis.indicators.union import audit_union

MUNICIPALITIES, COMMUNITIES, REGIONS, YEARS = 357, 19, 4, range(2015, 2025)
PERSONS = (8.5, 1.1)  # mean and spread of the logarithm of inhabitants
RARE = {
    "count": 0.001,
    "distinct": 0.002,
    "sum": 0.1,
}  # of each piece of what is counted, a year and inhabitant
MOST_SECONDS = 15.0
SOURCED = rules_of("npr_kpr", on=date(2026, 1, 1))
RULES = SOURCED.rules


def cases() -> list[Case]:
    places, counts = invented()
    number = sum(int(one.asked.sum()) for one in counts.values())
    small = sum(int(one.small.sum()) for one in counts.values())
    return [
        {
            "name": "disclosure: all indicators, all areas and sums, ten years",
            "run": partial(_publish, places, counts),
            "baseline": partial(_general, places, next(iter(counts.values()))),
            "work": f"{number} counts, {small} small; baseline: the general method, one count and year",
            "most_seconds": MOST_SECONDS,
            "runs": 3,
        }
    ]


def _publish(places: Places, counts: dict[Counting, Count]) -> None:
    layouts = layouts_of(families_of(counts), counts, places, RULES)
    protect(layouts, places.tree, RULES)
    if not audit_union(counts, layouts, places, RULES, {"npr_kpr": SOURCED}).ok:
        raise AssertionError("something hidden can be computed")


def _general(places: Places, count: Count) -> None:
    codes = {number: code for code, number in places.codes.items()}
    parents = {codes[one]: parts for one, parts in enumerate(places.tree.children) if len(parts)}
    area = {code: [codes[int(part)] for part in parts] for code, parts in parents.items()}
    rows = [{"area": code, "count": int(count.values[one, 0])} for one, code in codes.items()]
    audit(suppress(rows, dimensions={"area": area}, rules=RULES))


def invented() -> tuple[Places, dict[Counting, Count]]:
    chance = np.random.default_rng(1)
    codes = [f"{one:04}" for one in range(MUNICIPALITIES)]
    cuts = [
        0,
        *sorted(chance.choice(np.arange(1, MUNICIPALITIES), COMMUNITIES - 1, replace=False)),
        MUNICIPALITIES,
    ]
    ends = [cuts[COMMUNITIES * one // REGIONS] for one in range(REGIONS + 1)]
    levels = {"community": cuts, "region": ends, "country": [0, MUNICIPALITIES]}
    sums = [
        Area(f"{level} {first}", level, frozenset(codes[first:last]))
        for level, own in levels.items()
        for first, last in pairwise(own)
    ]
    places = Places.of(codes, sums, YEARS)
    persons = chance.lognormal(*PERSONS, MUNICIPALITIES)
    return places, _counts(places, persons, chance)


def _counts(places: Places, persons: np.ndarray, chance: np.random.Generator) -> dict[Counting, Count]:
    """Pieces of what is counted are drawn, and summed as the definitions say: so nested ones are nested."""
    parts = {counting_of(part): part for one in all_definitions().values() for part in parts_of(one).values()}
    by_unit = defaultdict(list)
    for counting in parts:
        by_unit[counting.unit].append(counting)
    counts = {}
    for unit, group in by_unit.items():
        holds = pieces_of(group)
        rates = RARE[unit[1]] * chance.lognormal(-2.5, 1.5, len(holds)) / (5 if unit[0] == "services" else 1)
        drawn = chance.poisson(persons[:, None, None] * rates, (len(persons), len(YEARS), len(holds)))
        inner = np.zeros((places.shape[0], len(YEARS), len(holds)), dtype=np.int64)
        inner[: len(persons)] = drawn
        for counting, held in zip(group, holds.T, strict=True):
            one = counts[counting] = Count.empty(parts[counting], places.shape)
            one.values = places.tree.summed(inner[..., held].sum(axis=-1))
            one.small = (one.values > 0) & (one.values <= RULES.highest_hidden)
            one.asked[:] = True
    return counts
