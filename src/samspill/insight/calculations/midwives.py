"""The calculation «midwives»: how many midwives the births need, hour by hour of care."""

from functools import cache

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.appraisal import Parameter, example
from samspill.analysis.workforce import (
    METHOD,
    SECTORS,
    VERSION,
    WORKING,
    CareElement,
    Profession,
    Sector,
    midwife_fte,
    shift_fte,
    working_times,
)
from samspill.insight.asked.numbers import Limits, numbers_in
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.calculations.staff import curve_in
from samspill.insight.queries.figures import Figures
from samspill.insight.queries.published_use import kept_use
from samspill.insight.queries.staffing import OWN, check_horizon, staff_kept, stock_of, use_ahead
from samspill.insight.telling.midwives import tell
from samspill.refusal import Refused

KEY = "midwives"
MOST_HOURS, DAY = 60.0, 24.0
LEVEL_OF = {
    "antenatal_municipality": Sector.MUNICIPALITY,
    "home_visits_municipality": Sector.MUNICIPALITY,
    "antenatal_hospital": Sector.HOSPITAL,
    "birth_hospital": Sector.HOSPITAL,
    "postnatal_hospital": Sector.HOSPITAL,
}
"""The parts of care, as the example of three models of maternity care names them, and who gives them."""
HOURS_OF_POST = working_times()["shifts"].time.hours


@cache
def part_of(name: str) -> Parameter:
    """Hours per birth with their range and source, as the worked example has them."""
    return next(one for one in example("midwifery").baseline.parameters if one.name == name)


def limits() -> dict[str, Limits]:
    hours = {name: Limits(round(part_of(name).distribution.mean, 2), 0, MOST_HOURS) for name in LEVEL_OF}  # type: ignore[union-attr]
    return {
        **hours,
        "posts": Limits(0, 0, 60),
        "hours_of_post": Limits(HOURS_OF_POST, 800, 2000),
        "to": Limits(2040, 2000, 2075, whole=True),
        "draws": Limits(256, 20, 1000, whole=True),
        "seed": Limits(2026, 0, 2**31, whole=True),
    }


def whole(asked: Plain) -> Plain:
    """Midwife hours per birth of each part of care, and the hours a full post works in a year.

    `posts` must be manned day and night at the hospital: it needs no fewer than they take.
    """
    return numbers_in(asked, limits())


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Curves of births and of the FTE that are needed, in all and by level; `now` where it is known."""
    version = figures.source.version
    to, draws, seed = (int(str(asked[key])) for key in ("to", "draws", "seed"))
    first = figures.history.years[-1]
    check_horizon(first, to)
    births = use_ahead(version, kept_use(version), municipalities, first, to, draws, seed)["births"]
    elements = [CareElement(name, level, float(str(asked[name]))) for name, level in LEVEL_OF.items()]
    hours = float(str(asked["hours_of_post"]))
    fte = midwife_fte(births, elements, hours)
    sides = {str(one): fte[:, SECTORS.index(one)] for one in WORKING}
    always = shift_fte(float(str(asked["posts"])), DAY, hours)
    sides[Sector.HOSPITAL] = np.maximum(sides[Sector.HOSPITAL], always)
    return {
        "years": list(range(first, to + 1)),
        "births": curve_in(births),
        "need": curve_in(sides[Sector.HOSPITAL] + sides[Sector.MUNICIPALITY]),
        "sectors": {name: curve_in(values) for name, values in sides.items()},
        "always": round(always, 2),
        "now": _now(version, municipalities),
    }


def _now(version: str, municipalities: tuple[str, ...]) -> dict[str, float] | None:
    """FTE of midwives by level today, where the region has its own figures."""
    try:
        stock = stock_of(version, staff_kept(version), municipalities)
    except Refused as refused:
        if refused.code != "staff.nothing":
            raise
        return None
    if stock.origin != OWN or Profession.MIDWIFE not in stock.baseline.professions:
        return None
    place = stock.baseline.professions.index(Profession.MIDWIFE)
    hours = stock.baseline.rates.hours[place]
    persons = stock.baseline.persons[place]
    return {str(one): round(float((persons * hours)[..., SECTORS.index(one)].sum()), 2) for one in WORKING}


MIDWIVES = CalculationKind(KEY, _("Midwives for the births"), f"{METHOD} {VERSION}", whole, answer, tell)
