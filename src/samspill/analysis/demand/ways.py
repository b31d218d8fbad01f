"""The way of each service: its change in use per need by year, and the level of each area.

What was actually used sets the level, anchored at the last years with its own noise: of municipalities, or
(hospitals) of helsefellesskap, then shared by their municipalities. Figures of hospitals count otherwise
than the national rates, so they only tell how helsefellesskap lie beside each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from samspill.analysis.demand.change import NO_CHANGE, Recipe, forecast
from samspill.analysis.demand.services import Service, catalogue
from samspill.analysis.demand.skill import NONE, Skill
from samspill.analysis.demand.use import Floats, Need, Use, need_of
from samspill.analysis.population import PopulationHistory, Projection

UNKNOWN_LEVEL = 0.25  # log: how far areas lie from the region when nothing local is known (19 municipalities)
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
    """Change in use per need (years, areas), 1 at the jump-off, and the level of each area."""
    leader = catalogue()[service.follows] if service.follows else service
    need = _need(past, projection, leader.profile)
    codes = [community.get(area, "") for area in projection.areas]
    known = _actual(leader, actual, projection.areas, codes, projection.years[0] - 1)
    if known is None or not np.isfinite(known.values).any():
        return _without_actual(service, recipe, need.of(projection.years))
    grouped = known.areas != need.areas
    base = _gathered(need, known.areas, codes) if grouped else need
    future = base.of((known.years[-1], *projection.years))
    change = forecast(known, base, future, recipe)
    use_per_need = (change.growth * future.expected[0] / future.expected)[1:]
    ratio = change.level / future.expected[0]
    start = change.count[0] / future.expected[0] * use_per_need[0]
    if grouped:
        ratio, start = ratio / np.nanmean(ratio), start / np.nanmean(start)
    spread = float(np.nanstd(np.log(ratio))) if np.isfinite(ratio).sum() > 2 else UNKNOWN_LEVEL
    places = [known.areas.index(code) if code in known.areas else -1 for code in codes] if grouped else None
    return _per_area(
        service, need.areas, use_per_need / use_per_need[0], (ratio, start), change.noise, spread, places
    )


def _without_actual(service: Service, recipe: Recipe, future: Need) -> tuple[Floats, list[Level]]:
    """No figures of the past: the region's lines, and a level that is not known."""
    empty = Use(service.code, future.years[:1], future.areas, np.ones((1, len(future.areas))))
    plain = replace(recipe, momentum=0.0, reversion=0.0)
    growth = forecast(empty, future, future, plain).growth
    change = growth * future.expected[0] / future.expected
    unknown = UNKNOWN_LEVEL if service.series else 0.0
    return change, [Level(service.code, area, 1.0, 1.0, unknown, local=False) for area in future.areas]


def _per_area(
    service: Service,
    areas: tuple[str, ...],
    change: Floats,
    ratios: tuple[Floats, Floats],
    noise: Floats,
    spread: float,
    places: list[int] | None,
) -> tuple[Floats, list[Level]]:
    """Give each area its own line, or its community's; the mean of all where there is none."""
    mean = change.mean(axis=1)
    ratio, start = ratios
    columns, levels = [], []
    for row, area in enumerate(areas):
        place = row if places is None else places[row]
        known = place >= 0 and np.isfinite(ratio[place])
        columns.append(change[:, place] if place >= 0 else mean)
        levels.append(
            Level(
                service.code, area, float(ratio[place]), float(start[place]), float(noise[place]), local=True
            )
            if known
            else Level(service.code, area, 1.0, 1.0, max(spread, LEAST_NOISE), local=False)
        )
    return np.column_stack(columns), levels


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
    """The need of helsefellesskap, as the sum of their areas that are here."""
    member = np.array([[code == unit for unit in units] for code in codes], dtype=np.float64)
    return Need(need.years, units, need.expected @ member, need.residents @ member)


def _actual(
    service: Service, actual: Mapping[str, Use], areas: tuple[str, ...], codes: Sequence[str], last: int
) -> Use | None:
    """The published use of the service until `last`; None when it has none, or none of these areas."""
    series = [actual[name] for name in service.series if name in actual]
    if not series or len(series) < len(service.series):
        return None
    grouped = not set(series[0].areas) & set(areas)
    wanted = tuple(unit for unit in dict.fromkeys(codes) if unit in series[0].areas) if grouped else areas
    if not wanted:
        return None
    cut = [one.only(wanted).until(last) for one in series]
    return Use(service.code, cut[0].years, wanted, np.sum([one.values for one in cut], axis=0))
