"""Demand as it comes without anything being done: frozen once, asked many times.

    freeze(projection, history, actual=embedded_use()) -> Baseline

Rates by age and sex meet every draw of the population; the local level is set by what was actually used
(anchored, with its own noise), the change in use by the recipe of the service, and the uncertainty of use by
how wrong the same recipe has been. Draws first, percentiles last: sums over areas are made within a draw.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samspill.analysis.demand.change import LINES, TESTED, Recipe
from samspill.analysis.demand.identity import fingerprint
from samspill.analysis.demand.services import SIDES, Service, catalogue, choose
from samspill.analysis.demand.skill import Skill, untested
from samspill.analysis.demand.use import Floats, Use
from samspill.analysis.demand.ways import Level, recipe_of, way_of
from samspill.analysis.population import AGES, SEXES, PopulationHistory, Projection
from samspill.refusal import Refused

Draws = NDArray[np.float32]
METHOD, VERSION = "samspill.demand", "1"
MEMORY = 1_500_000_000  # bytes of draws kept at most
BANDS = (0, 18, 67, 80)  # first ages of the groups that a mitigator can be held to
EIGHTY = 2.563
PERCENTILES = (10, 50, 90)
Expected = Callable[[Sequence[Floats]], Draws]
"""Rates by sex and age of each item -> rates times persons: (years, areas, items, draws)."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """Demand by year, area and item; an item is a part of a service.

    items   (service, part) per item, in the order of the axis
    draws   (years, areas, items, draws) use per year, or places, users and FTE, in the service's own unit
    change  (years, areas, items) use per need against that of the jump-off: what the recipe does
    ages    (years, areas, items, 4) the share of each age group of `BANDS` in the use
    skills  the back-test of each service; `levels` the local level of each service and area
    fingerprint  sha256 over method, population, rates, use, skills, recipes, years, draws and seed
    """

    years: tuple[int, ...]
    areas: tuple[str, ...]
    services: tuple[Service, ...]
    items: tuple[tuple[str, str], ...]
    draws: Draws
    change: Floats
    ages: Floats
    skills: Mapping[str, Skill]
    levels: tuple[Level, ...]
    seed: int
    fingerprint: str

    def rows(self, service: str, parts: Sequence[str] = ()) -> list[int]:
        """The places of a service's items. Refuses a service that is not here (`unknown_service`)."""
        found = [
            place
            for place, (code, part) in enumerate(self.items)
            if code == service and (not parts or part in parts)
        ]
        if service not in {code for code, _ in self.items}:
            raise Refused(
                "unknown_service",
                f"There is no service {service} here. There are "
                f"{', '.join(dict.fromkeys(code for code, _ in self.items))}.",
                field="services",
            )
        return found

    def total(self, service: str, areas: Sequence[str] | None = None, parts: Sequence[str] = ()) -> Floats:
        """Use of a service in `areas` together (None: all), summed within each draw; (years, draws)."""
        return total_of(self, self.draws, service, areas, parts)

    def band(self, service: str, areas: Sequence[str] | None = None) -> Floats:
        """The 10th, 50th and 90th percentile of that sum, (years, 3)."""
        return np.asarray(np.percentile(self.total(service, areas), PERCENTILES, axis=-1).T)


def total_of(
    baseline: Baseline, draws: Draws, service: str, areas: Sequence[str] | None, parts: Sequence[str] = ()
) -> Floats:
    """Sum `draws` (as the baseline's) over a service's items and `areas`; (years, draws)."""
    unknown = sorted(set(areas or ()) - set(baseline.areas))
    if unknown:
        raise Refused("unknown_area", f"There is no area {', '.join(unknown)} here.", field="areas")
    places = [baseline.areas.index(area) for area in areas] if areas else slice(None)
    chosen = draws[:, places][:, :, baseline.rows(service, parts)]
    return np.asarray(chosen.sum(axis=(1, 2), dtype=np.float64))


def freeze(
    projection: Projection,
    history: PopulationHistory,
    *,
    actual: Mapping[str, Use] | None = None,
    skills: Mapping[str, Skill] | None = None,
    services: tuple[str, ...] | None = None,
    recipes: Mapping[str, Recipe] | None = None,
    groups: Mapping[str, str] | None = None,
    expected: Expected | None = None,
) -> Baseline:
    """Demand of the projection's areas for its years, one future per draw of the population.

    `history` may hold more areas than were projected: hand in all there are figures of, they are the region.
    `actual` is published use by series, per municipality or (hospitals) per helsefellesskap, then found by
    `groups` (area → helsefellesskap; `history.groups` by default). Nothing from the jump-off's year or later
    is read. Where the back-test shows no skill the flat line is drawn. `recipes` overrides those of services,
    to draw another line. `expected` meets the draws with the rates elsewhere (`spreading.expected_on`), for a
    projection without them. Memory: years × areas × items × draws × 4 bytes, twice while it is made; at most
    1.5 GB. Refuses a projection without draws (`no_draws`), one too large (`too_many_draws`), an unknown
    service (`unknown_service`).
    """
    chosen = choose(services)
    if projection.draws is None and (expected is None or not projection.provenance.draws):
        raise Refused("no_draws", "Demand needs the draws of the projection. Run it with draws.")
    items = [(one, part) for one in chosen for part in one.parts]
    futures = projection.provenance.draws if projection.draws is None else projection.draws.shape[-1]
    size = (len(projection.years), len(projection.areas), len(items), futures)
    _check_memory(size)
    tested = {code: (skills or {}).get(code, untested(code)) for code in catalogue()}
    past = history.until(projection.years[0])
    community = dict(groups or zip(history.areas, history.groups, strict=True))
    ways = {
        one.code: way_of(one, recipe_of(one, tested, recipes), past, projection, actual or {}, community)
        for one in chosen
    }
    seed = projection.provenance.seed
    units = {one.code: _units(one, past, projection, community) for one in chosen}
    profiles = [part.profile for _, part in items]
    draws = _expected(projection, profiles) if expected is None else expected(profiles)
    for place, (service, _) in enumerate(items):
        change, levels = ways[service.code]
        skill = tested[service.follows or service.code]
        noise = _noise(service, skill, levels, units[service.code], size, seed)
        draws[:, :, place] *= (change * [one.start for one in levels])[..., None] * noise
    return Baseline(
        years=projection.years,
        areas=projection.areas,
        services=chosen,
        items=tuple((service.code, part.code) for service, part in items),
        draws=draws,
        change=np.stack([ways[service.code][0] for service, _ in items], axis=-1),
        ages=_age_shares(projection, [part.profile for _, part in items]),
        skills={one.code: tested[one.code] for one in chosen},
        levels=tuple(level for one in chosen for level in ways[one.code][1]),
        seed=seed,
        fingerprint=fingerprint(
            f"{METHOD} {VERSION}",
            projection.provenance.inputs,
            actual or {},
            tested,
            recipes or {},
            (projection.years, projection.areas, [one.code for one in chosen], size[3], seed),
        ),
    )


def lines_beside(
    projection: Projection,
    history: PopulationHistory,
    service: str,
    *,
    actual: Mapping[str, Use] | None = None,
    areas: Sequence[str] | None = None,
) -> dict[str, Floats]:
    """The median of a service by year, (years,), on each named line: what is drawn beside the curve.

    One run per line of `LINES`, all on the same draws.
    """
    found = {}
    for line in LINES:
        recipe = Recipe((line,), "mean", flat=line == "no_change")
        run = freeze(projection, history, actual=actual, services=(service,), recipes={service: recipe})
        found[line] = run.band(service, areas)[:, 1]
    return found


def _check_memory(size: tuple[int, int, int, int]) -> None:
    if np.prod(np.asarray(size, dtype=np.float64)) * 4 > MEMORY:
        raise Refused(
            "too_many_draws",
            f"{size[3]} draws of {size[2]} services and chapters for {size[1]} areas over {size[0]} years do "
            "not fit in memory. Ask for fewer draws, areas or services.",
            field="draws",
        )


def _expected(projection: Projection, profiles: Sequence[Floats]) -> Draws:
    """Rates times persons: (years, areas, items, draws)."""
    if projection.draws is None:
        raise ValueError("the projection has no draws")
    rates = np.stack(profiles).reshape(len(profiles), -1).astype(np.float32)
    years, areas, _, _, draws = projection.draws.shape
    found = np.empty((years, areas, len(profiles), draws), dtype=np.float32)
    for year in range(years):
        found[year] = rates @ projection.draws[year].reshape(areas, len(SEXES) * AGES, draws)
    return found


def _age_shares(projection: Projection, profiles: Sequence[Floats]) -> Floats:
    """The share of each age group in the use of each item, of the point projection."""
    ends = (*BANDS[1:], AGES)
    groups = [
        np.einsum("yasx,isx->yai", projection.persons[..., low:high], np.stack(profiles)[..., low:high])
        for low, high in zip(BANDS, ends, strict=True)
    ]
    use = np.stack(groups, axis=-1)
    total = use.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(use, total, out=np.zeros_like(use), where=total > 0))


def _units(
    service: Service, past: PopulationHistory, projection: Projection, community: Mapping[str, str]
) -> list[tuple[str, float]]:
    """Per area: the unit that errs as one, and its expected use at the jump-off.

    Hospitals are known by helsefellesskap, so its municipalities share what is not known; others err alone.
    """
    leader = catalogue()[service.follows] if service.follows else service
    shared = leader.side == SIDES[0] and bool(leader.series)
    use = (past.on(projection.years[0]) * leader.profile).sum(axis=(1, 2))
    unit = {area: (shared and community.get(area)) or area for area in past.areas}
    total: dict[str, float] = {}
    for area, expected in zip(past.areas, use, strict=True):
        total[unit[area]] = total.get(unit[area], 0.0) + float(expected)
    return [(unit[area], total[unit[area]]) for area in projection.areas]


def _noise(
    service: Service,
    skill: Skill,
    levels: Sequence[Level],
    units: Sequence[tuple[str, float]],
    size: tuple[int, int, int, int],
    seed: int,
) -> Draws:
    """What is not known of use: level, region and area; (years, areas, draws), of median 1.

    `units` per area: who errs as one, and what it is expected to use; the smaller, the wider.

    Keyed by seed, service and area alone, so the same whichever others are computed with them.
    """
    years, _, _, draws = size
    leader = service.follows or service.code
    wide = np.sqrt(np.arange(years) / TESTED)[:, None]
    common = stream(seed, "use", leader)
    region = skill.spread_region * wide * common.standard_normal(draws)
    low, high = service.level
    factor = np.maximum(
        (low + high) / 2 + (high - low) / EIGHTY * stream(seed, "level", service.code).standard_normal(draws),
        0,
    )
    found = np.empty((years, len(levels), draws), dtype=np.float32)
    for row, level in enumerate(levels):
        unit, use = units[row]
        spread = np.sqrt(skill.spread_area**2 + skill.spread_size / max(use * level.start, 1))
        chance = stream(seed, "use", leader, unit)
        own = level.noise * chance.standard_normal(draws)
        found[:, row] = np.exp(region + spread * wide * chance.standard_normal(draws) + own) * factor
    return found


def stream(seed: int, *names: str) -> np.random.Generator:
    """A generator of its own for each name, the same on every machine."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return np.random.default_rng(np.frombuffer(digest, dtype="<u4"))
