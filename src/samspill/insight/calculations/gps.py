"""The calculation «gp_lists»: GPs, the room on their lists, and people without a GP, year by year."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.workforce import (
    METHOD,
    PEOPLE,
    VERSION,
    Floats,
    ListFuture,
    Measure,
    Profession,
    draw_shocks,
    follow,
    lists_like_the_nation,
    national_lists,
    project_lists,
    uncertainty,
)
from samspill.insight.asked.numbers import Limits, numbers_in
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.calculations.staff import curve_in
from samspill.insight.queries.figures import Figures
from samspill.insight.queries.published_use import kept_use
from samspill.insight.queries.staffing import Question, check_horizon, doctors_of, use_ahead
from samspill.insight.telling.gps import tell

KEY = "gp_lists"
GP = str(Profession.GENERAL_PRACTITIONER)
OLD = 60
LIMITS = {
    "to": Limits(2040, 2000, 2075, whole=True),
    "length_change": Limits(0.0, -0.05, 0.05),
    "more": Limits(0.0, 0, 20),
    "draws": Limits(256, 20, 1000, whole=True),
    "seed": Limits(2026, 0, 2**31, whole=True),
}


class Doctors(NamedTuple):
    """(T+1, D) general practitioners, and the share who are OLD or older in the first and last year."""

    first: int
    persons: Floats
    older: tuple[float, float]


def whole(asked: Plain) -> Plain:
    """`to` a year; `length_change` of the lists a year, as a share; `more` who begin as GPs each year."""
    return numbers_in(asked, LIMITS)


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Curves of people without a GP, of GPs and of all people, with PERCENTILES; `length` of a list by "
    "year."""
    to, draws, seed = (int(str(asked[key])) for key in ("to", "draws", "seed"))
    version = figures.source.version
    question = Question(version, (), municipalities, to, draws, seed, 0.0, kept_use(version))
    stock = doctors_of(question.version, municipalities)
    doctors = _doctors(question, float(str(asked["more"])))
    people = use_ahead(version, question.use, municipalities, doctors.first, to, draws, seed)[PEOPLE]
    future = _lists(doctors, people, float(str(asked["length_change"])))
    nation = national_lists()[-1]
    return {
        "years": list(future.years),
        "without": curve_in(future.people_without),
        "shrinking": curve_in(_lists(doctors, people, trend()).people_without),
        "trend": round(trend(), 5),
        "gps": curve_in(future.gps),
        "people": curve_in(people),
        "length": [round(float(one), 1) for one in np.median(future.length, axis=-1)],
        "older": [round(one, 4) for one in doctors.older],
        "nation": {
            "when": nation.when,
            "without": nation.people_without,
            "share": round(nation.share_without, 5),
            "length": round(nation.mean_length, 1),
        },
        "origin": stock.origin,
        "assumed": list(stock.baseline.assumptions),
    }


def trend() -> float:
    """How much shorter the nation's lists have become a year, as a share below 0, between its two fourth
    quarters that lie furthest apart."""
    days = [one for one in national_lists() if one.when.endswith("Q4")]
    years = int(days[-1].when[:4]) - int(days[0].when[:4])
    return float((days[-1].mean_length / days[0].mean_length) ** (1 / years) - 1)


def _lists(doctors: Doctors, people: Floats, change: float) -> ListFuture:
    now = lists_like_the_nation(float(people[0].mean()), gps=float(doctors.persons[0].mean()))
    return project_lists(now, doctors.persons, people, first_year=doctors.first, length_change=change)


@lru_cache(maxsize=32)
def _doctors(question: Question, more: float) -> Doctors:
    baseline = doctors_of(question.version, question.municipalities).baseline
    check_horizon(baseline.year, question.to)
    years = question.to - baseline.year
    shocks = draw_shocks(
        uncertainty(), baseline.professions, years=years, draws=question.draws, seed=question.seed
    )
    measures = (Measure("training_places", more, GP, start=baseline.year + 1),) if more else ()
    run = follow(baseline, shocks, seed=question.seed, measures=measures)
    place = run.professions.index(GP)
    older = run.share_over(OLD)[:, place, 1]
    return Doctors(baseline.year, run.persons[:, place, :2].sum(axis=1), (float(older[0]), float(older[-1])))


GP_LISTS = CalculationKind(KEY, _("People without a GP"), f"{METHOD} {VERSION}", whole, answer, tell)
