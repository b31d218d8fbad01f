"""The calculation «people»: how many there will be of some ages, in some of the municipalities together."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.population import AGES, VERSION, Floats, PopulationHistory, project
from samspill.directory.public import Figure
from samspill.insight.asked.onward import people_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.drawings import Curve, fan
from samspill.insight.drawings.curve import PERCENTILES
from samspill.insight.queries.figures import Figures
from samspill.insight.telling import Answer, Asked, Passage, Told
from samspill.insight.wording import about
from samspill.insight.wording.curves import bands_in_words, rows_of, sentence_of
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
LAST = "last"  # the key of how many there are in the last year
REGIONS_HELD = 4  # of some 8 MB each, the last ones asked about
NAMED = 5  # municipalities that are still said by name
NAMES = {
    "low": _("From age"),
    "high": _("To age"),
    "years": _("Years ahead"),
    "draws": _("Drawn futures"),
    "seed": _("Seed"),
}

_HOW = _(
    "Each year group is followed one year at a time, with national mortality and with the moving the "
    "municipality has had; in small municipalities that is drawn towards the helsefellesskap and the "
    "country. %(draws)s drawn futures make the intervals."
)


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
    _check_known(figures, areas)
    ahead, ages = _asked_ahead(figures, areas, asked), _ages(asked)
    band = np.percentile(ahead.drawn[1:, ages].sum(axis=1), PERCENTILES, axis=-1).T
    expected = ahead.expected[1:, ages].sum(axis=1)
    known = figures.history.only(areas).persons[..., ages].sum(axis=(1, 2, 3))
    return {
        "years": [*figures.history.years, *ahead.years[1:]],
        "persons": [round(float(value), 2) for value in (*known, *expected)],
        "bands": [[round(float(value), 2) for value in row] for row in band],
    }


class _Ahead(NamedTuple):
    """The chosen municipalities together: `expected` (years, 106) and `drawn` (years, 106, draws)."""

    years: tuple[int, ...]
    expected: Floats
    drawn: Floats


@lru_cache(maxsize=REGIONS_HELD)
def _ahead(figures: Figures, areas: tuple[str, ...], years: int, draws: int, seed: int) -> _Ahead:
    """Every age is kept, so that whoever moves the ages alone gets the answer at once."""
    history = _with_neighbours(figures, areas)
    jump_off = history.years[-1]
    run = project(history, figures.rates, jump_off=jump_off, to=jump_off + years, draws=draws, seed=seed)
    rows = run.rows_of(areas)
    drawn = np.zeros((years + 1, AGES, draws))
    if run.draws is not None:
        for row in rows:
            drawn += run.draws[:, row].sum(axis=1, dtype=np.float64)
    return _Ahead(run.years, run.persons[:, rows].sum(axis=(1, 2)), drawn)


def draws(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """How many there are in the last year, in each drawn future."""
    ahead = _asked_ahead(figures, _listed(asked["areas"]) or municipalities, asked)
    return {LAST: [float(value) for value in ahead.drawn[-1, _ages(asked)].sum(axis=0)]}


def _ages(asked: Plain) -> slice:
    return slice(int(str(asked["low"])), int(str(asked["high"])) + 1)


def _asked_ahead(figures: Figures, areas: tuple[str, ...], asked: Plain) -> _Ahead:
    years, drawn, seed = (int(str(asked[key])) for key in ("years", "draws", "seed"))
    return _ahead(figures, areas, years, drawn, seed)


def _check_known(figures: Figures, areas: Sequence[str]) -> None:
    unknown = sorted(set(areas) - set(figures.history.areas))
    if unknown:
        raise Refused(
            "unknown_area",
            _(
                "The figures in use hold no municipality with the number %(codes)s. It may have ceased in a "
                "merger; choose the one that took its place."
            )
            % {"codes": ", ".join(unknown)},
            field="areas",
        )


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
            % {"name": NAMES[key], "least": least, "most": most, "value": value},
            field=key,
        )
    return value


def tell(told: Asked) -> Told:
    """One fan: the sum of the chosen municipalities and ages."""
    asked: Any = told.asked
    found: Any = told.found
    curve = Curve(found["years"], found["persons"], found["bands"])
    now, to = curve.years[-len(curve.bands) - 1], curve.years[-1]
    names = [told.names[code] for code in asked["areas"]]
    place = _place(names) or told.community.name
    group = _group(asked["low"], asked["high"])
    title = str(_("Inhabitants, %(group)s, in %(place)s") % {"group": group, "place": place})
    sentence = sentence_of(curve, place, group, now)
    figure = Figure(
        key="1",
        title=title,
        spec=fan(curve, now=now, today=now, told=sentence, counts=str(_("Persons"))),
        head=[_("Year"), _("Persons"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=rows_of(curve, now),
        source=told.source,
    )
    return Told(
        heading=str(
            _("%(place)s: %(then)s aged %(group)s in %(year)s")
            % {"place": place, "then": about(curve.on(to)), "group": group, "year": to}
        ),
        lede=sentence,
        passages=[Passage(figure, title, [], bands_in_words(curve))],
        question=[
            (str(_("Where")), ", ".join(names) or place),
            (str(_("Ages")), group),
            (str(_("Years")), f"{now}–{to}"),
        ],
        method=[(str(_("Method")), str(_HOW % {"draws": asked["draws"]}))],
        answers=[
            Answer(
                LAST,
                str(_("Inhabitants in %(year)s") % {"year": to}),
                curve.on(to),
                *curve.between(to),
            )
        ],
    )


def _place(names: Sequence[str]) -> str:
    """A few by name, many by number."""
    if len(names) > NAMED:
        return str(_("%(count)s municipalities together") % {"count": len(names)})
    if len(names) > 1:
        return str(_("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]})
    return "".join(names)


def _group(low: int, high: int) -> str:
    if high == AGES - 1:
        return str(_("%(low)s years and older") % {"low": low})
    return str(_("%(low)s–%(high)s years") % {"low": low, "high": high})


PEOPLE = CalculationKind(KEY, _("How many we become"), VERSION, whole, answer, tell, draws, people_page)
