"""The calculation «beds»: how many beds the bed-days ahead ask for, and what few beds cost in waiting."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.capacity import (
    DAYS_PER_YEAR,
    beds_over,
    erlang_b,
    load_for_risk,
    norms,
    risk_over,
    waiting,
)
from samspill.analysis.demand import OURS, Skill
from samspill.insight.asked.onward import numbers_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.drawings.curve import PERCENTILES
from samspill.insight.queries.bed_days import BedDays, bed_days_of
from samspill.insight.queries.figures import Figures
from samspill.insight.queries.published_use import kept_use
from samspill.insight.questions import Number, filled
from samspill.insight.telling.beds import tell
from samspill.refusal import Refused

KEY, VERSION = "beds", "1"
AHEAD = 14  # years
BEDS: Mapping[str, object] = {
    "hospital_bed_days": _("Hospital beds"),
    "discharge_ready_days": _("Hospital beds for those who are ready to go home"),
    "kad_days": _("Municipal acute beds (KAD)"),
}
"""Which beds, by the service whose bed-days they hold."""
STAY_UNKNOWN = 4.0  # days, a proposal where stays are not counted; the page says that it is one
HOURS = 24
CURVE_POINTS = 60  # numbers of beds the risk is drawn for

NUMBERS = (
    Number(
        "utilisation",
        _("Share of the beds in use"),
        85,
        60,
        98,
        1,
        "%",
        low=_("room to spare"),
        high=_("full house"),
    ),
    Number(
        "shorter",
        _("Shorter stays than today"),
        0,
        -20,
        40,
        1,
        "%",
        _("0 is as today. The same patients, each for a shorter time."),
        low=_("longer stays"),
        high=_("shorter stays"),
    ),
    Number(
        "risk",
        _("Days when the beds may not suffice"),
        5,
        0.5,
        30,
        0.5,
        "%",
        _("5 percent is 18 days a year."),
        low=_("almost never"),
        high=_("quite often"),
    ),
    Number(
        "ward",
        _("Beds in a ward that lends to nobody"),
        24,
        2,
        200,
        1,
        help=_("Small wards fill up sooner than large ones."),
        low=_("a small ward"),
        high=_("a large ward"),
        reach=(4, 60),
    ),
)
OWN = (
    Number("bed_days", _("Bed-days in a year, your own figure"), None, 1, 10_000_000, 1),
    Number("stay", _("Mean stay, in days"), None, 0.1, 365, 0.1),
    Number(
        "cv",
        _("How much stays differ"),
        1.0,
        0,
        5,
        0.1,
        help=_("Standard deviation over mean. 1 is usual in hospitals."),
    ),
)


def whole(asked: Plain) -> Plain:
    """`service` of BEDS, and the numbers; `bed_days` and `stay` None: as the figures have them."""
    service = asked.get("service") or next(iter(BEDS))
    if service not in BEDS:
        raise Refused("beds.service", _("Choose which beds to calculate."), field="service")
    return {"service": service, **filled(asked, (*NUMBERS, *OWN))}


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Beds by year with PERCENTILES, those for the risk, the risk of each number, and the cost of full wards.

    A bed-day figure of one's own is taken as today's; it grows as the projection does. Beds are means over
    drawn futures; the risk is of a day in any of them.
    """
    values: Any = asked
    found = _bed_days(figures, municipalities, values)
    days = _days(found, values)
    loads = days / DAYS_PER_YEAR
    beds = loads / (values["utilisation"] / 100)
    stay = (values["stay"] or found.stay or STAY_UNKNOWN) * (1 - values["shorter"] / 100)
    risk = values["risk"] / 100
    return {
        "years": list(found.years),
        "bed_days": _rounded(np.median(days, axis=1)),
        "beds": _rounded(np.median(beds, axis=1)),
        "bands": [_rounded(row) for row in np.percentile(beds, PERCENTILES, axis=1).T],
        "for_risk": [beds_over(row, risk) for row in loads],
        "risks": _risks(loads[0], loads[-1]),
        "ward_share": round(100 * load_for_risk(values["ward"], risk) / values["ward"], 1),
        "prices": _prices(values, stay),
        "stay": round(stay, 2),
        "is_stay_known": values["stay"] is not None or found.stay is not None,
        "tested": _tested(found.skill),
        "rests_on": {"assumption": found.assumption, "source": found.source},
    }


def draws(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """Beds in the last year, in each drawn future."""
    values: Any = asked
    days = _days(_bed_days(figures, municipalities, values), values)[-1]
    return {"beds": [float(one) for one in days / DAYS_PER_YEAR / (values["utilisation"] / 100)]}


def _bed_days(figures: Figures, municipalities: tuple[str, ...], values: Mapping[str, Any]) -> BedDays:
    version = figures.source.version
    return bed_days_of(version, kept_use(version), municipalities, values["service"], AHEAD)


def _days(found: BedDays, values: Mapping[str, Any]) -> np.ndarray:
    """Bed-days (years, futures) with shorter stays; a figure of one's own is today's."""
    days = found.draws * (1 - values["shorter"] / 100)
    if values["bed_days"] is not None:
        days = days / found.draws[0] * values["bed_days"]
    return np.asarray(days)


def _risks(now: np.ndarray, then: np.ndarray) -> dict[str, list[float]]:
    """The risk of too few by number of beds, now and in the last year, over the numbers where it moves."""
    low, high = (
        min(beds_over(one, 0.9) for one in (now, then)),
        max(beds_over(one, 0.01) for one in (now, then)),
    )
    beds = np.unique(np.linspace(low, high, CURVE_POINTS).round())
    return {
        "beds": [int(one) for one in beds],
        "now": _rounded(risk_over(now, beds), 4),
        "then": _rounded(risk_over(then, beds), 4),
    }


def _prices(values: Mapping[str, Any], stay: float) -> list[dict[str, float]]:
    """What becomes of those who come to a ward, at the utilisations in use in Norway and at one's own."""
    usual = {0.8, 0.95, *(norm.utilisation for norm in norms().values())}
    found = []
    for share in sorted(usual | {values["utilisation"] / 100}):
        load = share * values["ward"]
        queue = waiting(load / stay, stay, values["ward"], scv=values["cv"] ** 2)
        found.append(
            {
                "share": round(100 * share, 1),
                "waits": round(100 * queue.waits, 2),
                "hours": round(HOURS * queue.mean_wait_days, 2),
                "turned_away": round(100 * erlang_b(load, values["ward"]), 2),
            }
        )
    return found


def _tested(skill: Skill) -> dict[str, float]:
    if not skill.scores:
        return {}
    return {
        "ahead": skill.ahead,
        "error": round(skill.of(OURS).error, 1),
        "no_change": round(skill.of("no_change").error, 1),
        "units": skill.units,
    }


def _rounded(values: Any, places: int = 2) -> list[float]:
    return [round(float(value), places) for value in values]


BEDS_KIND = CalculationKind(
    KEY,
    _("How many beds are needed"),
    VERSION,
    whole,
    answer,
    tell,
    draws,
    numbers_page("insight:beds"),
)
