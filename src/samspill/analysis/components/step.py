"""One year of the cohort-component method: from 1 January to 1 January, every flow by name.

Preston, Heuveline & Guillot 2001, Demography, ch. 6; Wilson & Rees 2005; Statistics Norway, Documents 2014/25
(BEFINN); Brunborg, Texmon, Sørlie & Keilman 2006 (BEFREG: out-migration to a national pool). For each area,
sex and age reached:

    n  = those one year younger on 1 January (the open age: 104 and 105+); at age 0 the births of the year
    U  = n·u          E = n·e          I = arrivals of all U          M = immigration
    D  = q·(n − h·(U + E) + h·(I + M)),  h half a year, at age 0 two thirds
    n' = n − D − U − E + I + M
    births = Σ f·(women on 1 January + women on 31 December)/2, 1.055 boys for each girl
"""

from dataclasses import dataclass

import numpy as np

from samspill.analysis.components.rates import WOMEN, Floats, Whole, YearRates
from samspill.analysis.population import AGES, SEXES
from samspill.refusal import Refused

BOYS_PER_GIRL = 1.055  # Statistics Norway, live births: 105-106 boys per 100 girls for a century
GIRLS = 1 / (1 + BOYS_PER_GIRL)
OF_SEX = np.array([GIRLS, 1 - GIRLS])
FERTILE = slice(15, 50)
NEWBORN, OLDER = slice(0, 1), slice(1, AGES)
AWAY = np.r_[2 / 3, np.full(AGES - 1, 0.5)]  # share of the exposure that a mover spends elsewhere, by age
ROUNDING = 1e-9  # persons; a cell this far below 0 is arithmetic, not a mistake


@dataclass(frozen=True, eq=False)
class NationalFlows:
    """What the flows of all areas shall sum to in a year: births (2,), the others (2, 106)."""

    births: Floats
    deaths: Floats
    emigration: Floats
    immigration: Floats


@dataclass(frozen=True, eq=False)
class Factors:
    """What each flow was multiplied by to sum to the nation; shapes as `NationalFlows`, 1 when it was not."""

    births: Floats
    deaths: Floats
    emigration: Floats
    immigration: Floats


@dataclass(frozen=True, eq=False)
class YearFlows:
    """What happened in a year, in persons by age reached, and who is there when it is over.

    `births` (areas, 2); all others (areas, 2, 106). In every cell, with the births as the start of age 0:
    end = start − deaths − out − emigration + into + immigration.
    """

    births: Floats
    deaths: Floats
    out: Floats
    into: Floats
    emigration: Floats
    immigration: Floats
    start: Floats
    end: Floats
    factors: Factors

    def summed(self) -> NationalFlows:
        """The flows of all areas together."""
        return NationalFlows(
            *(flow.sum(axis=0) for flow in (self.births, self.deaths, self.emigration, self.immigration))
        )


def step(
    persons: Floats, rates: YearRates, nation: NationalFlows | None = None, *, areas: tuple[str, ...] = ()
) -> YearFlows:
    """The flows of one year from `persons` (areas, 2, 106) on 1 January; held to `nation` when it is given.

    Each flow across the border of life or of the nation is scaled per sex and age, and the persons computed
    anew from the scaled flows; moves within the nation need no scaling, since they sum to nothing. Refuses
    `negative_cell`, when more leave a cell than are there, and `nothing_to_scale`. `areas` names them in it.
    """
    start = grown(persons)
    flows = {name: np.zeros_like(start) for name in ("deaths", "out", "into", "emigration", "immigration")}
    factors = Factors(np.ones(len(SEXES)), *(np.ones(start.shape[1:]) for _ in range(3)))
    end = np.zeros_like(start)
    end[..., OLDER] = _flow(start, rates, nation, flows, factors, OLDER)
    births = born(persons, end, rates.birth)[:, None] * OF_SEX
    if nation is not None:
        births *= _held(factors.births, nation.births, births, "births")
    start[..., 0] = births
    end[..., NEWBORN] = _flow(start, rates, nation, flows, factors, NEWBORN)
    _check_cells(end, areas)
    # what is left below 0 is rounding: far less than a person in the whole world
    return YearFlows(births=births, start=start, end=np.maximum(end, 0.0), factors=factors, **flows)


def grown(persons: Floats | Whole) -> Floats:
    """The same persons a year older; age 0 is empty, the open age takes those of 104 and keeps its own."""
    older = np.zeros_like(persons, dtype=np.float64)
    older[..., 1:] = persons[..., :-1]
    older[..., -1] += persons[..., -1]
    return older


def born(before: Floats | Whole, after: Floats | Whole, birth: Floats) -> Floats:
    """Births of each area, both sexes, by the mean of the women on both 1 Januaries; shape (areas,)."""
    women = (before[:, WOMEN, FERTILE] + after[:, WOMEN, FERTILE]) / 2
    return np.asarray((women * birth[:, FERTILE]).sum(axis=-1))


def _flow(
    start: Floats,
    rates: YearRates,
    nation: NationalFlows | None,
    flows: dict[str, Floats],
    factors: Factors,
    ages: slice,
) -> Floats:
    """Fill the flows of these ages, and return who is there in the end."""
    n = start[..., ages]
    out = n * rates.out[..., ages]
    emigration, immigration = n * rates.emigration[..., ages], rates.immigration[..., ages].copy()
    if nation is not None:
        emigration *= _held(factors.emigration, nation.emigration, emigration, "emigration", ages)
        immigration *= _held(factors.immigration, nation.immigration, immigration, "immigration", ages)
    into = rates.moves.arrivals(out, ages)
    deaths = rates.death[..., ages] * exposed(n, out + emigration, into + immigration, ages)
    if nation is not None:
        deaths *= _held(factors.deaths, nation.deaths, deaths, "deaths", ages)
    for name, flow in (
        ("deaths", deaths),
        ("out", out),
        ("into", into),
        ("emigration", emigration),
        ("immigration", immigration),
    ):
        flows[name][..., ages] = flow
    return np.asarray(n - deaths - out - emigration + into + immigration)


def exposed(
    n: Floats | Whole, left: Floats | Whole, came: Floats | Whole, ages: slice = slice(None)
) -> Floats:
    """Persons exposed to die in the area: movers only while they are there."""
    return np.asarray(n + AWAY[ages] * (came - left))


def _held(factors: Floats, nation: Floats, flow: Floats, name: str, ages: slice = slice(None)) -> Floats:
    """The factors that make `flow` sum to the nation, written into `factors`; 1 where there is nothing."""
    whole, parts = nation[..., ages], flow.sum(axis=0)
    if np.any((parts <= 0) & (whole > ROUNDING)):
        sex, *rest = (int(place) for place in np.argwhere((parts <= 0) & (whole > ROUNDING))[0])
        at_age = f", age {ages.indices(AGES)[0] + rest[0]}" if rest else ""
        raise Refused(
            "nothing_to_scale",
            f"The nation has {name} for sex {SEXES[sex]}{at_age}, but no area has any. "
            "Give the areas a rate above 0 there, or leave the nation out.",
        )
    found = np.where(parts > 0, whole / np.where(parts > 0, parts, 1.0), 1.0)
    factors[..., ages] = found
    return np.asarray(found)


def _check_cells(end: Floats, areas: tuple[str, ...]) -> None:
    wrong = ~(end >= -ROUNDING)
    if not wrong.any():
        return
    area, sex, age = (int(place) for place in np.argwhere(wrong)[0])
    name = areas[area] if areas else f"number {area + 1}"
    raise Refused(
        "negative_cell",
        f"Area {name}, sex {SEXES[sex]}, age {age} would hold {end[area, sex, age]:.3g} persons: more die, "
        "move out and emigrate than are there. Lower those rates, or the national flow they are scaled to.",
    )
