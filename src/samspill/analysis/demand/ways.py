"""The way of each service: its change in use per need by year, and the level of each area.

What was actually used sets the level, anchored at the last years with its own noise: of municipalities, or
(hospitals) of helsefellesskap, then shared by their municipalities. Figures of hospitals count otherwise
than the national rates, so they only tell how helsefellesskap lie beside each other; a trust that treats
patients of others (Bergen, Nord-Norge) lies high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from samspill.analysis.demand.change import NO_CHANGE, Recipe, Region, forecast, region_of
from samspill.analysis.demand.services import Service, catalogue
from samspill.analysis.demand.skill import NONE, Skill
from samspill.analysis.demand.use import Floats, Need, Use, need_of
from samspill.analysis.population import PopulationHistory, Projection

# Log, by side: how far use lies from the rates when nothing local is known. Measured on the last year:
# home-care users of 19 municipalities 0.26, stays of six trusts 0.12 (SSB 12292, 13942).
UNKNOWN_LEVEL = {"municipality": 0.25, "hospital": 0.12}
LEAST_NOISE = 0.05  # log, of an area whose figures are not published


@dataclass(frozen=True)
class Level:
    """How an area's use compares with what its people would use at the rates of the service.

    `ratio` is actual over expected, of the last years, its standard error `noise` on the log scale; `start`
    is the same in the first year, which goes out from the last figure. `local` tells whether the area's own
    figures were at hand; without them the ratio is the region's, and the noise wide.
    """

    service: str
    area: str
    ratio: float
    start: float
    noise: float
    local: bool


def recipe_of(service: Service, skills: Mapping[str, Skill], recipes: Mapping[str, Recipe] | None) -> Recipe:
    """The service's own, that of the one it follows, or the flat line where the back-test shows no skill."""
    if recipes and service.code in recipes:
        return recipes[service.code]
    leader = catalogue()[service.follows] if service.follows else service
    skill = skills.get(leader.code)
    return NO_CHANGE if skill is not None and skill.verdict == NONE else leader.recipe


def way_of(
    service: Service,
    recipe: Recipe,
    past: PopulationHistory,
    projection: Projection,
    actual: Mapping[str, Use],
    community: Mapping[str, str],
) -> tuple[Floats, list[Level]]:
    """Change in use per need (years, areas), 1 at the jump-off, and the level of each area.

    `past` may hold more areas than the projection: the region is all that there are figures of, so that an
    area's way does not depend on which others are asked for.
    """
    leader = catalogue()[service.follows] if service.follows else service
    need = _need(past.only(projection.areas), projection, leader.profile)
    whole = need_of(past, leader.profile)
    known = _actual(leader, actual, past, community, projection.years[0] - 1)
    if known is None:
        return _without_actual(service, recipe, need.of(projection.years), None)
    grouped = not set(known.areas) <= set(past.areas)
    everybody = _gathered(whole, known.areas, [community.get(area, "") for area in past.areas])
    everybody = everybody if grouped else _picked(whole, known.areas)
    region = region_of(known, everybody, recipe)
    last = everybody.of(known.years[-1:])
    all_levels = forecast(known, everybody, last, recipe, region)
    ratios = all_levels.level / last.expected[0]
    if grouped:
        found, _ = _without_actual(service, recipe, need.of(projection.years), region)
        beside = ratios / np.nanmean(ratios)
        codes = [community.get(area, "") for area in projection.areas]
        shared = (beside, beside, all_levels.noise)
        return found, _levels(service, projection.areas, codes, known.areas, shared, ratios)
    own = known.only(projection.areas)
    future = need.of((own.years[-1], *projection.years))
    change = forecast(own, need, future, recipe, region)
    use_per_need = (change.growth * future.expected[0] / future.expected)[1:]
    start = change.count[0] / future.expected[0] * use_per_need[0]
    mine = (change.level / future.expected[0], start, change.noise)
    areas = projection.areas
    return use_per_need / use_per_need[0], _levels(service, areas, areas, areas, mine, ratios)


def _without_actual(
    service: Service, recipe: Recipe, future: Need, region: Region | None
) -> tuple[Floats, list[Level]]:
    """No figures of the areas' own: the lines of the region, and a level that is not known."""
    empty = Use(service.code, future.years[:1], future.areas, np.ones((1, len(future.areas))))
    plain = replace(recipe, momentum=0.0, reversion=0.0)
    growth = forecast(empty, future, future, plain, region or Region(0.0, 0.0, 0.0)).growth
    change = growth * future.expected[0] / future.expected
    unknown = UNKNOWN_LEVEL[service.side] if service.series else 0.0
    return change, [Level(service.code, area, 1.0, 1.0, unknown, local=False) for area in future.areas]


def _levels(
    service: Service,
    areas: Sequence[str],
    codes: Sequence[str],
    units: Sequence[str],
    known: tuple[Floats, Floats, Floats],
    ratios: Floats,
) -> list[Level]:
    """The ratio, start and noise of each area's unit; the region's with wide noise where there is none."""
    few = np.isfinite(ratios).sum() < 3
    spread = UNKNOWN_LEVEL[service.side] if few else float(np.nanstd(np.log(ratios)))
    found = []
    for area, code in zip(areas, codes, strict=True):
        place = list(units).index(code) if code in units else -1
        ratio, start, noise = (float(values[place]) for values in known)
        if place < 0 or not np.isfinite(ratio):
            found.append(Level(service.code, area, 1.0, 1.0, max(spread, LEAST_NOISE), local=False))
        else:
            found.append(Level(service.code, area, ratio, start, noise, local=True))
    return found


def _need(past: PopulationHistory, projection: Projection, profile: Floats) -> Need:
    """The need of the years that are known and of those to come, the jump-off once."""
    before = need_of(past, profile)
    persons = projection.persons[1:]
    return Need(
        (*before.years, *projection.years[1:]),
        before.areas,
        np.concatenate([before.expected, (persons * profile).sum(axis=(2, 3))]),
        np.concatenate([before.residents, persons.sum(axis=(2, 3))]),
    )


def _gathered(need: Need, units: tuple[str, ...], codes: Sequence[str]) -> Need:
    """The need of helsefellesskap, as the sum of their areas."""
    member = np.array([[code == unit for unit in units] for code in codes], dtype=np.float64)
    return Need(need.years, units, need.expected @ member, need.residents @ member)


def _picked(need: Need, areas: tuple[str, ...]) -> Need:
    columns = [need.areas.index(area) for area in areas]
    return Need(need.years, areas, need.expected[:, columns], need.residents[:, columns])


def _actual(
    service: Service,
    actual: Mapping[str, Use],
    past: PopulationHistory,
    community: Mapping[str, str],
    last: int,
) -> Use | None:
    """The published use until `last` of all units there are people of; None when there is none."""
    series = [actual[name] for name in service.series if name in actual]
    if not series or len(series) < len(service.series):
        return None
    places = {*past.areas, *(community.get(area, "") for area in past.areas)}
    units = tuple(unit for unit in series[0].areas if unit in places)
    cut = [one.only(units).until(last) for one in series]
    if not units or not cut[0].years[0] >= past.years[0]:
        cut = [Use(one.service, *_since(one, past.years[0])) for one in cut] if units else []
    values = np.sum([one.values for one in cut], axis=0) if cut else np.zeros(0)
    return Use(service.code, cut[0].years, units, values) if np.isfinite(values).any() else None


def _since(use: Use, first: int) -> tuple[tuple[int, ...], tuple[str, ...], Floats]:
    """Only the years there is population for."""
    kept = [place for place, year in enumerate(use.years) if year >= first]
    return tuple(use.years[place] for place in kept), use.areas, use.values[kept]
