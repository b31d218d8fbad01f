"""Project the population of areas by its components: deaths, births, moves, and the nation's border.

    project_components(history, rates, jump_off=2026, to=2040) -> ComponentProjection

Used where deaths, births and moves by municipality are at hand; from population alone, use
`samspill.analysis.population.project`. The result is a `Projection` like any other and tells in addition
what each change was made of. The point is the deterministic path, not the median of the draws.

Memory: eight bytes for each year, area, sex and age of five flows; 357 municipalities over 25 years 75 MB.
"""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from samspill.analysis.cluster import Spread
from samspill.analysis.components.chance import ComponentUncertainty, draw, draw_on
from samspill.analysis.components.rates import ComponentRates, Floats
from samspill.analysis.components.step import NationalFlows, YearFlows, step
from samspill.analysis.population import AGES, SEXES, PopulationHistory, Projection, Provenance
from samspill.refusal import Refused

METHOD = "samspill.cohort-component"
VERSION = "1"
USUAL = (0.9, 1.1)  # a factor outside says that areas and nation do not tell the same story
LEAST = 5.0  # persons; in smaller cells a factor says little
FLOWS = ("births", "deaths", "emigration", "immigration")


@dataclass(frozen=True, eq=False)
class Components:
    """Why the population changed: flows by calendar year, area, sex and age reached, in persons.

    `births` (years, areas, 2); the others (years, areas, 2, 106). Per cell, with births as the start of
    age 0: end = start − deaths − out − emigration + into + immigration.
    """

    births: Floats
    deaths: Floats
    out: Floats
    into: Floats
    emigration: Floats
    immigration: Floats


@dataclass(frozen=True)
class Stretch:
    """How far a flow of all areas was scaled to sum to the nation's, over all years, sexes and ages.

    `typical` is the factor on the whole flow; `low` and `high` the extremes in cells of five persons or more.
    """

    flow: str
    low: float
    high: float
    typical: float

    @property
    def unusual(self) -> bool:
        """Whether the whole flow was scaled by more than a tenth, which the reader must be told."""
        return not USUAL[0] <= self.typical <= USUAL[1]


@dataclass(frozen=True, eq=False)
class ComponentProjection(Projection):
    """A projection that also tells its components; `stretch` is empty when it was not held to the nation."""

    components: Components | None = field(default=None, repr=False)
    stretch: tuple[Stretch, ...] = ()

    @property
    def warnings(self) -> tuple[Stretch, ...]:
        """The flows that were scaled outside 0.9-1.1."""
        return tuple(one for one in self.stretch if one.unusual)


def project_components(
    history: PopulationHistory,
    rates: ComponentRates,
    *,
    jump_off: int,
    to: int,
    draws: int = 0,
    seed: int = 1,
    to_nation: bool = True,
    nation: tuple[NationalFlows, ...] | None = None,
    uncertainty: ComponentUncertainty | None = None,
    spread: Spread | None = None,
) -> ComponentProjection:
    """The population of the areas of `history` on each 1 January from `jump_off` to `to`.

    `rates` are for the calendar years from `jump_off` (see `estimate_rates`), for the same areas in the same
    order; what moves within the nation moves among them, so they must be the whole nation. `to_nation` holds
    births, deaths, emigration and immigration to the nation's own projection by the same method, or to
    `nation`, a value for each year, when it is given. `spread` says who makes the draws; this process does
    when it is None. Refuses `backwards`, `year_missing`, `rates_shape`,
    `rates_too_short`, `negative_cell`, `nothing_to_scale`, `draws_negative`, `too_many_draws`.
    """
    years = to - jump_off
    _check(history, rates, years, nation)
    start = history.on(jump_off).astype(np.float64)
    if nation is None and to_nation:
        nation = national_path(start.sum(axis=0), rates, years)
    run = follow(start, rates, years, nation, areas=history.areas)
    uncertainty = uncertainty or ComponentUncertainty()
    provenance = Provenance(
        method=METHOD,
        version=VERSION,
        inputs=_inputs(history, rates, jump_off),
        jump_off=jump_off,
        to=to,
        draws=draws,
        seed=seed,
        to_nation=nation is not None,
        parameters={},
        uncertainty=asdict(uncertainty),
    )
    factors = tuple(year.factors for year in run)
    stretch = tuple(_stretch(name, run) for name in FLOWS) if nation is not None and run else ()
    given = (start, rates, factors, uncertainty)
    asked: dict[str, Any] = {"draws": draws, "seed": seed, "areas": history.areas}
    drawn = draw(*given, **asked) if spread is None else draw_on(*given, **asked, spread=spread)
    return ComponentProjection(
        years=tuple(range(jump_off, to + 1)),
        areas=history.areas,
        persons=np.stack([start, *(year.end for year in run)]),
        provenance=provenance,
        draws=drawn,
        correction=(
            min((one.low for one in stretch), default=1.0),
            max((one.high for one in stretch), default=1.0),
        ),
        components=_components(run, len(start)),
        stretch=stretch,
    )


def follow(
    start: Floats,
    rates: ComponentRates,
    years: int,
    nation: tuple[NationalFlows, ...] | None = None,
    *,
    areas: tuple[str, ...] = (),
) -> tuple[YearFlows, ...]:
    """Step `start` (areas, 2, 106) ahead `years` times; the flows of each year."""
    persons, run = start, []
    for year in range(years):
        flows = step(persons, rates.in_year(year), nation[year] if nation else None, areas=areas)
        persons = flows.end
        run.append(flows)
    return tuple(run)


def national_path(start: Floats, rates: ComponentRates, years: int) -> tuple[NationalFlows, ...]:
    """The flows of the nation (2, 106), projected as one area by its own rates."""
    persons, path = start[None], []
    for year in range(years):
        flows = step(persons, rates.nation_in_year(year), areas=("the nation",))
        persons = flows.end
        path.append(flows.summed())
    return tuple(path)


def _components(run: tuple[YearFlows, ...], areas: int) -> Components:
    if not run:
        nothing = np.zeros((0, areas, len(SEXES), AGES))
        return Components(np.zeros((0, areas, len(SEXES))), *(nothing for _ in range(5)))
    names = ("births", "deaths", "out", "into", "emigration", "immigration")
    return Components(*(np.stack([getattr(year, name) for year in run]) for name in names))


def _stretch(name: str, run: tuple[YearFlows, ...]) -> Stretch:
    flows = np.stack([getattr(year, name).sum(axis=0) for year in run])
    factors = np.stack([getattr(year.factors, name) for year in run])
    before = np.where(factors > 0, flows / np.where(factors > 0, factors, 1.0), 0.0).sum()
    counted = factors[flows >= LEAST] if np.any(flows >= LEAST) else factors
    return Stretch(
        name,
        low=float(counted.min()),
        high=float(counted.max()),
        typical=float(flows.sum() / before) if before > 0 else 1.0,
    )


def _inputs(history: PopulationHistory, rates: ComponentRates, jump_off: int) -> str:
    known = history.until(jump_off)
    digest = hashlib.sha256(repr((known.areas, jump_off)).encode())
    digest.update(np.ascontiguousarray(known.on(jump_off), dtype="<i8").tobytes())
    digest.update(rates.fingerprint().encode())
    return digest.hexdigest()


def _check(
    history: PopulationHistory,
    rates: ComponentRates,
    years: int,
    nation: tuple[NationalFlows, ...] | None,
) -> None:
    if years < 0:
        raise Refused("backwards", "The last year is before the first. Choose a later last year.", field="to")
    if len(rates.out) != len(history.areas):
        raise Refused(
            "rates_shape",
            f"There are rates for {len(rates.out)} areas and people in {len(history.areas)}. "
            "Use the same areas.",
        )
    held = min(rates.years, len(nation) if nation is not None else rates.years)
    if years > held:
        raise Refused(
            "rates_too_short",
            f"The rates cover {held} years and {years} are asked for. Estimate them for the whole period.",
            field="to",
        )
