"""City districts of a run: projected from the same figures with the same seed, and held to their city.

A stored run holds municipalities. Districts are projected when they are asked for, in every draw of the city
that is stored, and held in the process that made them; nothing is shown of a pack without them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from django.utils.translation import gettext as _

from samspill.analysis.packs import district_names, open_districts
from samspill.analysis.population import (
    REST,
    VERSION,
    Futures,
    PopulationHistory,
    Projection,
    project_districts,
    with_rest,
)
from samspill.directory.public import alphabetical
from samspill.insight.age_groups import AGE_GROUPS
from samspill.insight.models import PackFile, PopulationRun, PopulationSeries
from samspill.insight.queries.ages import KEPT, Ages
from samspill.insight.queries.figures import figures_of
from samspill.insight.queries.profiles import WHOLE, Place, Profile
from samspill.insight.queries.series import series_of
from samspill.refusal import Refused

STEM = "population_bydel_"
CITIES_HELD = 4  # of some 3 MB each
CITY_DIGITS, DIGITS = 4, 6  # the code of a district is that of its city, and two more
NOT_HERE = ("pack.gone", "year_missing", "no_districts")


@dataclass(frozen=True, eq=False)
class Districts:
    """Those of a city, laid out as the municipalities of a community: `profile.places`, `ages` by year."""

    city: Place
    profile: Profile
    ages: Ages


@dataclass(frozen=True)
class Asked:
    """All that decides the projection of a city's districts: its run, the kept file, and the city."""

    run: int
    file: int
    sha256: str
    city: str


@dataclass(frozen=True, eq=False)
class Projected:
    """Series by (district, age group), the names of districts, and their single ages."""

    series: Mapping[tuple[str, str], PopulationSeries] = field(repr=False)
    names: Mapping[str, str]
    ages: Ages


def districts_of(found: Profile, city: Place) -> Districts | None:
    """None where there are none, or the figures are gone or the method another by now.

    1 query, and 3 to 4 more the first time in a process, which takes a second for the largest city.
    """
    file = _file(found.run)
    if file is None or not city.code:
        return None
    try:
        projected = _projected(Asked(found.run.pk, *file, city.code))
    except Refused as refusal:
        if refusal.code not in NOT_HERE:
            raise
        return None
    return _laid_out(found, city, projected)


def cities_of(found: Profile) -> frozenset[str]:
    """Codes of the municipalities that have districts. 1 query, and 1 more the first time in a process."""
    file = _file(found.run)
    groups = _read(*file)[0].groups if file else ()
    return frozenset(groups) & {one.code for one in found.places}


def _file(run: PopulationRun) -> tuple[int, str] | None:
    """The kept file of districts, while its run can be made again by the method of today."""
    kept = run.pack.files.filter(name__startswith=STEM).order_by("-name").values_list("pk", "sha256")
    return kept.first() if run.provenance["version"] == VERSION else None


def inside_city(found: Profile, code: str) -> Districts | None:
    """The districts of the city that the district with `code` belongs to; None for any other code."""
    city = found.place(code[:CITY_DIGITS]) if len(code) == DIGITS else None
    return districts_of(found, city) if city else None


def _laid_out(found: Profile, city: Place, made: Projected) -> Districts:
    """As a community with its municipalities, in which the city stands for the whole."""
    places = [Place(code, _name(code, made.names)) for code in dict.fromkeys(area for area, _ in made.series)]
    whole = {(WHOLE, group): one for (area, group), one in found.series.items() if area == city.code}
    ordered = sorted(places, key=lambda one: (one.code.endswith(REST), alphabetical(one.name)))
    return Districts(city, Profile(found.community, found.run, ordered, {**made.series, **whole}), made.ages)


def _name(code: str, names: Mapping[str, str]) -> str:
    return _("Without a district") if code.endswith(REST) else names.get(code, code)


@lru_cache(maxsize=2)
def _read(file: int, _sha256: str) -> tuple[PopulationHistory, Mapping[str, str]]:
    """People by district, and what the districts are called."""
    kept = PackFile.objects.get(pk=file)
    with TemporaryDirectory() as place:
        (Path(place) / kept.name).write_bytes(bytes(kept.content))
        history = open_districts(Path(place))
        names = district_names(Path(place))
    if history is None:
        raise Refused("no_districts", "The kept file holds no city districts.")
    return history, names


@lru_cache(maxsize=CITIES_HELD)
def _projected(asked: Asked) -> Projected:
    """The draws of the city are those that its own run was stored from."""
    districts, names = _read(asked.file, asked.sha256)
    if asked.city not in districts.groups:
        raise Refused("no_districts", f"There are no districts of {asked.city}.")
    run = PopulationRun.objects.select_related("pack", "community").get(pk=asked.run)
    figures = figures_of(run.pack.version)
    pairs = zip(figures.history.areas, figures.history.groups, strict=True)
    history = figures.history.only(tuple(area for area, group in pairs if group == run.community.code))
    projection = project_districts(
        districts,
        history,
        figures.rates,
        municipality=asked.city,
        jump_off=run.jump_off,
        to=run.to,
        draws=int(run.provenance["draws"]),
        seed=int(run.provenance["seed"]),
    )
    counted = with_rest(districts, history, asked.city)
    series = {
        (area, group.code): series_of(run, counted, projection, area, group)
        for area in projection.areas
        for group in AGE_GROUPS
    }
    return Projected(series, names, Ages(counted, _futures(projection)))


def _futures(projection: Projection) -> Futures:
    """The sums of each draw that shares are made of; the draws themselves are let go."""
    draws = projection.draws
    if draws is None:
        raise ValueError("the projection has no draws")
    sums = [draws[..., low : high + 1, :].sum(axis=3) for low, high in KEPT.values()]
    by_area = np.moveaxis(np.stack(sums, axis=2), 1, 0)
    return Futures(replace(projection, draws=None), dict(KEPT), np.ascontiguousarray(by_area))
