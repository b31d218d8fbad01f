"""The calculation «week»: beds in the coming days, from those who are there now and those expected.

Asked with numbers, or with `totals` that a file of stays came to; of such a file no row is ever kept.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.capacity import (
    Forecast,
    LogNormal,
    Patients,
    Stays,
    ages_now,
    forecast,
    forecast_backtest,
    forecast_from_stays,
    occupancy,
    weekly_origins,
)
from samspill.insight.asked.onward import week_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.questions import Number, filled
from samspill.insight.telling.week import tell
from samspill.refusal import Refused

KEY, VERSION = "week", "1"
WEEKDAYS = (
    _("Come on Mondays"),
    _("Come on Tuesdays"),
    _("Come on Wednesdays"),
    _("Come on Thursdays"),
    _("Come on Fridays"),
    _("Come on Saturdays"),
    _("Come on Sundays"),
)
USUAL = (13, 12.5, 12, 11, 9, 7, 7.5)  # patients a day, an example that stands there first
NUMBERS = (
    Number("in_bed", _("In bed now"), 46, 0, 1500, 1),
    Number("beds", _("Beds there are"), 52, 0, 2000, 1),
    Number("days", _("Days ahead"), 14, 1, 14, 1),
    Number("stay", _("Usual stay, in days"), 4.5, 0.5, 30, 0.5),
    Number(
        "weekend",
        _("Leave at weekends, against other days"),
        50,
        0,
        100,
        5,
        "%",
        low=_("nobody"),
        high=_("as many"),
    ),
)
ARRIVALS = tuple(
    Number(f"day_{place}", label, usual, 0, 500, 0.1)
    for place, (label, usual) in enumerate(zip(WEEKDAYS, USUAL, strict=True))
)
SPREAD = (Number("cv", _("How much stays differ"), 1.0, 0.1, 5, 0.1),)
WEEKS_BACK = 12  # earlier weeks the forecast of a file is tried on
HOURS_BACK = 26  # weeks whose hours are looked at
UNKNOWN_WEEKS = 4
PARTS = frozenset({"at", "now", "days", "low", "middle", "high", "present", "coming", "over", "beyond"})
"""What totals are made of: sums by day, and no row."""


def whole(asked: Plain) -> Plain:
    """The numbers and `at` (a date), or `at` and `totals`. Refuses a day that is none (`week.at`)."""
    at = str(asked.get("at") or "")
    try:
        date.fromisoformat(at)
    except ValueError as problem:
        raise Refused("week.at", _("Write the day as 2026-11-23."), field="at") from problem
    totals = asked.get("totals")
    if totals is not None:
        if not isinstance(totals, Mapping) or not totals.keys() >= PARTS:
            raise Refused("week.totals", _("The sums of the file are not whole. Load the file again."))
        return {"at": at, "beds": asked.get("beds"), "totals": dict(totals)}
    found = {"at": at, **filled(asked, (*NUMBERS, *ARRIVALS, *SPREAD))}
    if not found["in_bed"] and not any(found[one.name] for one in ARRIVALS):
        raise Refused("week.nobody", _("Nobody is there and nobody comes."), field="in_bed")
    return found


def solve(asked: Plain) -> Plain:
    values: Any = asked
    if "totals" in values:
        return dict(values["totals"])
    first = date.fromisoformat(values["at"])
    weekdays = [(first + timedelta(ahead)).weekday() for ahead in range(values["days"])]
    stay = LogNormal(values["stay"], values["cv"])
    rates = np.array([values[f"day_{weekday}"] for weekday in weekdays])
    share = values["weekend"] / 100
    level = 7 / (5 + 2 * share)
    leaving = [level * (share if weekday >= 5 else 1.0) for weekday in weekdays]
    patients = Patients("", stay, ages_now(stay, values["in_bed"]), rates)
    found = forecast([patients], days=values["days"], leaving=leaving)
    return totals_of(found, first, values["in_bed"], values["beds"])


def totals_of(found: Forecast, first: date, now: int, beds: int | None) -> dict[str, Any]:
    """By day: the band that holds eight of ten, who is still there, who comes, the risk of more than "
    "`beds`."""
    low, middle, high = found.percentiles().T.tolist()
    over = None if beds is None else [round(100 * float(one), 1) for one in found.over(beds)]
    return {
        "at": first.isoformat(),
        "now": now,
        "days": [(first + timedelta(ahead + 1)).isoformat() for ahead in range(len(low))],
        "low": low,
        "middle": middle,
        "high": high,
        "present": [round(float(one), 1) for one in found.present],
        "coming": [round(float(one), 1) for one in found.coming],
        "over": over,
        "beyond": found.beyond,
    }


def totals_from(stays: Stays, moment: float, at: datetime, *, days: int, beds: int | None) -> dict[str, Any]:
    """The same of a ward's own stays, with how the forecast would have gone in earlier weeks (`tried`)."""
    found = forecast_from_stays(stays, moment, days=days)
    totals = totals_of(found, at.date(), stays.in_bed(moment), beds)
    origins = weekly_origins(stays, moment, weeks=WEEKS_BACK, days=days)
    if origins:
        scores = forecast_backtest(stays, origins, days=days)
        totals["tried"] = {
            "times": len(origins),
            "error": [round(one.error, 2) for one in scores],
            "no_change": [round(one.no_change, 2) for one in scores],
            "covered": round(100 * sum(one.covered for one in scores) / len(scores)),
        }
    return totals


def hours_from(came: np.ndarray, left: np.ndarray, at: datetime) -> dict[str, Any] | None:
    """People in bed by hour of the week, mean and the level one hour of ten is above; None under a week.

    `came` and `left` are UTC. Whole weeks up to the day of `at`; the file's first weeks are left out where it
    has more, as those who were there before it began are not in it.
    """
    first = np.datetime64(came.min(), "D").astype(date) + timedelta(days=1)
    weeks = (at.date() - first).days // 7
    weeks = min(max(weeks - UNKNOWN_WEEKS, min(weeks, UNKNOWN_WEEKS)), HOURS_BACK)
    if weeks < 1:
        return None
    known = came < np.datetime64(at, "s")
    start = at.date() - timedelta(weeks=weeks)
    profile = occupancy(came[known], left[known], start=start, end=at.date()).profile([90.0])
    return {
        "weeks": weeks,
        "mean": [round(float(one), 1) for one in profile.mean[0]],
        "high": [round(float(one), 1) for one in profile.percentiles[0, :, 0]],
    }


def answered(asked: Plain) -> tuple[Plain, Plain]:
    """The whole question and its answer: no open figures are needed."""
    filled_in = whole(asked)
    return filled_in, solve(filled_in)


def answer(_figures: Figures, _municipalities: Sequence[str], asked: Plain) -> Plain:
    return solve(asked)


WEEK = CalculationKind(KEY, _("The week to come"), VERSION, whole, answer, tell, page=week_page)
