"""The calculation «people»: how many there will be of some ages, in some of the municipalities together."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from samspill.analysis.population import AGES, VERSION, PopulationHistory, project
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.models.population import PERCENTILES
from samspill.insight.queries.figures import Figures
from samspill.refusal import Refused

KEY = "people"
LONGEST = 30  # years ahead; beyond, an interval is too wide to plan by
DEFAULTS: dict[str, object] = {
    "low": 80,
    "high": AGES - 1,
    "years": 14,
    "draws": 300,
    "seed": 2026,
    "areas": [],
}
MOST_DRAWS = 1000


def whole(asked: Plain) -> Plain:
    """`areas` codes (none: all of the community's), ages `low`..`high`, `years` ahead, `draws` and `seed`."""
    filled = {key: asked.get(key, default) for key, default in DEFAULTS.items()}
    low, high = _number(filled, "low", 0, AGES - 1), _number(filled, "high", 0, AGES - 1)
    if low > high:
        raise Refused(
            "calculation.ages",
            _("From %(low)s to %(high)s years is no age group. Put the lower age first.")
            % {"low": low, "high": high},
            field="low",
        )
    _number(filled, "years", 1, LONGEST)
    _number(filled, "draws", 1, MOST_DRAWS)
    _number(filled, "seed", 0, 2**31)
    return {**filled, "areas": sorted(set(_listed(filled["areas"])))}


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """`years`, `persons` per year, and `bands`: PERCENTILES per year of the same sum.

    A municipality's departure from the nation is shrunk towards its helsefellesskap's, so all of those are
    projected together and the chosen ones added up: the parts of a region sum to the region.
    """
    areas = _listed(asked["areas"]) or municipalities
    low, high, years = (int(str(asked[key])) for key in ("low", "high", "years"))
    history = _with_neighbours(figures, areas)
    jump_off = history.years[-1]
    run = project(
        history,
        figures.rates,
        jump_off=jump_off,
        to=jump_off + years,
        draws=int(str(asked["draws"])),
        seed=int(str(asked["seed"])),
    )
    band = run.band(low, high, areas=areas, percentiles=PERCENTILES)
    ahead = run.total(low, high, areas=areas)
    known = history.only(areas).persons[..., low : high + 1].sum(axis=(1, 2, 3))
    return {
        "years": [*history.years, *run.years[1:]],
        "persons": [round(float(value), 2) for value in (*known, *ahead[1:])],
        "bands": [[round(float(value), 2) for value in row] for row in band[1:]],
    }


def _with_neighbours(figures: Figures, areas: tuple[str, ...]) -> PopulationHistory:
    whole = figures.history
    group_of = dict(zip(whole.areas, whole.groups, strict=True))
    groups = {group_of[area] for area in whole.only(areas).areas}
    return whole.only(tuple(area for area in whole.areas if group_of[area] in groups))


def _listed(areas: object) -> tuple[str, ...]:
    if not isinstance(areas, Sequence) or isinstance(areas, str):
        raise Refused("calculation.areas", _("Name the municipalities as a list of numbers."), field="areas")
    return tuple(str(area) for area in areas)


def _number(asked: dict[str, object], key: str, least: int, most: int) -> int:
    value = asked[key]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refused(
            "calculation.number",
            _("«%(name)s» must be a whole number from %(least)s to %(most)s; it is «%(value)s».")
            % {"name": key, "least": least, "most": most, "value": value},
            field=key,
        )
    return value


PEOPLE = CalculationKind(KEY, _("How many we become"), VERSION, whole, answer)
