"""The calculation «staff»: who will be at work, how many are needed, what lacks, and what levers do about it.

Without a profession: all of them side by side. With one: its curves, who comes and goes, how old they are,
each lever by itself and all together, and how far each must be pulled for nobody to lack.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from samspill.analysis.workforce import (
    METHOD,
    SECTORS,
    VERSION,
    WORKING,
    Answer,
    Floats,
    Frozen,
    Measure,
    Profession,
    levers,
    rules,
)
from samspill.insight.asked.onward import staff_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.drawings.curve import PERCENTILES
from samspill.insight.queries.figures import Figures
from samspill.insight.queries.published_use import kept_use
from samspill.insight.queries.staffing import (
    Question,
    closed_by,
    closing_of,
    frozen_of,
    only_of,
    staff_kept,
    stock_of,
    with_measures,
)
from samspill.insight.telling.staff import tell
from samspill.insight.wording.levers import LEVERS, levers_for, value_in_words
from samspill.refusal import Refused

KEY = "staff"
MOST_DRAWS = 1000
BAND = (10, 50, 90)
OLD = 55
GROUPS = tuple(range(20, 75, 5))  # first ages of the bars; those of 18 and 19 stand with the first
WORKED = [SECTORS.index(one) for one in WORKING]
DEFAULTS: dict[str, object] = {
    "profession": "",
    "sector": "",
    "to": 2040,
    "levers": {},
    "after": 1,
    "years_to_full": 3,
    "vacancy": 0.04,
    "closing": True,
    "draws": 256,
    "seed": 2026,
}


def whole(asked: Plain) -> Plain:
    """`profession` and `sector` ("": all), `to` a year, `levers` values by code in the lever's own unit.

    The levers work from `after` years on, in full `years_to_full` years later; `vacancy` is the share of
    posts that are empty now. `closing`: also how far each lever must be pulled by itself.
    """
    filled = {key: asked.get(key, default) for key, default in DEFAULTS.items()}
    _one_of(filled, "profession", [str(one) for one in Profession])
    _one_of(filled, "sector", [str(one) for one in WORKING])
    limits = {
        "to": (2000, 2075),
        "after": (0, 20),
        "years_to_full": (1, 20),
        "draws": (20, MOST_DRAWS),
        "seed": (0, 2**31),
    }
    for key, (least, most) in limits.items():
        _number(filled, key, least, most, whole_number=True)
    _number(filled, "vacancy", 0, 0.5)
    return {**filled, "levers": _levers(filled["levers"]), "closing": bool(filled["closing"])}


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """Curves of FTE by 1 January with PERCENTILES; see `_of_one` and `_of_all`."""
    question = question_of(figures, municipalities, asked)
    stock = stock_of(question.version, question.files, municipalities)
    found = _of_one(question, asked) if asked["profession"] else _of_all(question, asked)
    return {
        **found,
        "origin": stock.origin,
        "assumed": list(stock.baseline.assumptions),
        "rules": rules().version,
        "staff": list(question.files),
    }


def draws(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> dict[str, list[float]]:
    """What lacks in the last year, with the levers pulled, in each drawn future: by profession."""
    question, sector = question_of(figures, municipalities, asked), str(asked["sector"]) or None
    profession = str(asked["profession"])
    if profession:
        frozen = only_of(question, profession)
        tried, names = _tried(question, profession, measures_of(asked, frozen.baseline.year)), [profession]
    else:
        tried = frozen_of(question).what_if(())
        names = list(tried.gap.professions)
    return {name: [float(value) for value in tried.gap.of(name, sector)[-1]] for name in names}


def question_of(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Question:
    to, draws, seed = (int(str(asked[key])) for key in ("to", "draws", "seed"))
    version = figures.source.version
    vacancy = float(str(asked["vacancy"]))
    return Question(version, staff_kept(version), municipalities, to, draws, seed, vacancy, kept_use(version))


def measures_of(asked: Plain, first: int) -> tuple[Measure, ...]:
    """The levers that are pulled. Tasks are shifted to health-care workers, from whom to nobody counted."""
    pulled: Any = asked["levers"]
    return tuple(measure_of(asked, first, code, value) for code, value in pulled.items() if value)


def measure_of(asked: Plain, first: int, code: str, value: float) -> Measure:
    return Measure(
        code,
        value,
        str(asked["profession"]),
        str(asked["sector"]) or None,
        start=first + int(str(asked["after"])),
        years_to_full=int(str(asked["years_to_full"])),
        other=str(Profession.HEALTH_CARE_WORKER) if code == "task_shift" else None,
    )


def _of_all(question: Question, asked: Plain) -> dict[str, object]:
    """`professions`: the curves of each by code."""
    frozen = frozen_of(question)
    sector = str(asked["sector"]) or None
    as_it_is = frozen.what_if(())
    return {
        "years": list(frozen.gap.years),
        "professions": {
            name: _curves(as_it_is, name, sector)
            for name in frozen.baseline.professions
            if sector is None or frozen.staffing.of(name, sector)[0].any()
        },
    }


def _of_one(question: Question, asked: Plain) -> dict[str, object]:
    """The curves with the levers pulled, `before` them, by sector; flows, ages, effects and closing."""
    profession, sector = str(asked["profession"]), str(asked["sector"]) or None
    frozen = only_of(question, profession)
    measures = measures_of(asked, frozen.baseline.year)
    tried = _tried(question, profession, measures)
    sectors = [str(one) for one in WORKING if frozen.staffing.of(profession, one)[0].any()]
    if sector is not None and sector not in sectors:
        raise Refused(
            "staff.not_counted",
            _("Nobody has published how many of this profession there are here."),
            field="sector",
        )
    return {
        "years": list(frozen.gap.years),
        **_curves(tried, profession, sector),
        "before": curve_in(frozen.gap.of(profession, sector)),
        "sectors": {one: _ends(tried, frozen, profession, one) for one in sectors},
        "flows": flows_of(tried, frozen, profession, sector),
        **_ages(tried, profession, sector),
        "effects": [
            {"lever": one.lever, "closed": _plain(closed_by(question, profession, sector, (one,)))}
            for one in measures
        ],
        "together": _plain(closed_by(question, profession, sector, measures)) if measures else None,
        "closing": _closing(question, asked, frozen, sectors) if asked["closing"] else None,
    }


def _tried(question: Question, profession: str, measures: tuple[Measure, ...]) -> Answer:
    try:
        return with_measures(question, profession, measures)
    except Refused as refused:
        if refused.code != "too_many_students":
            raise
        raise Refused(
            "staff.too_many_students",
            _("There are not nurses enough to train so many. Lower the training places."),
            field="training_places",
        ) from refused


def _curves(tried: Answer, profession: str, sector: str | None) -> dict[str, object]:
    gap, supply = tried.gap.of(profession, sector), tried.staffing.of(profession, sector)
    return {
        "supply": curve_in(supply),
        "need": curve_in(gap + supply),
        "gap": curve_in(gap),
        "likely": round(float((gap[-1] > 0).mean()), 3),
    }


def curve_in(values: Floats) -> dict[str, object]:
    """The middle of each year, and PERCENTILES of each but the first."""
    bands = np.percentile(values, PERCENTILES, axis=-1).T[1:]
    return {"values": _plain(np.median(values, axis=-1)), "bands": [_plain(row) for row in bands]}


def _ends(tried: Answer, frozen: Frozen, profession: str, sector: str) -> dict[str, object]:
    """Now, and the middle and eight of ten of the last year."""
    gap, supply = tried.gap.of(profession, sector), tried.staffing.of(profession, sector)
    return {
        "now": round(float(frozen.staffing.of(profession, sector)[0].mean()), 2),
        "supply": _plain(np.percentile(supply[-1], BAND)),
        "need": _plain(np.percentile((gap + supply)[-1], BAND)),
        "gap": _plain(np.percentile(gap[-1], BAND)),
    }


def flows_of(tried: Answer, frozen: Frozen, profession: str, sector: str | None) -> dict[str, list[float]]:
    """Persons in each year, means of the draws, at the levels asked for; all of them sum to the change.

    trained, recruited (other regions and abroad) and moved (net, from other levels and other work) come;
    retired (and died, and past the oldest age), left and qualified (for another profession) go.
    """
    run = tried.staffing
    place = run.professions.index(profession)
    chosen = WORKED if sector is None else [SECTORS.index(sector)]
    mean = {name: values[:, place][:, chosen].sum(axis=1).mean(axis=-1) for name, values in run.flows.items()}
    recruited = _recruited(tried, frozen, place, chosen)
    return {
        "trained": _plain(mean["entered"] - recruited),
        "recruited": _plain(recruited),
        "moved": _plain(mean["moved_in"] - mean["moved_out"]),
        "retired": _plain(mean["retired"] + mean["died"] + mean["outgrown"]),
        "left": _plain(mean["left"]),
        "qualified": _plain(mean["qualified"]),
    }


def _recruited(tried: Answer, frozen: Frozen, place: int, chosen: Sequence[int]) -> Floats:
    shocks = frozen.shocks.factors
    share = frozen.baseline.first_sector[place, chosen].sum()
    found = [
        rates.recruits[place, chosen].sum() * shocks["recruits"][place, year].mean()
        + rates.international[place] * share * shocks["international"][place, year].mean()
        for year, rates in enumerate(tried.staffing.rates[1:])
    ]
    return np.asarray(found)


def _ages(tried: Answer, profession: str, sector: str | None) -> dict[str, object]:
    """Persons by five years of age now and in the last year, and the share that is OLD or older."""
    run = tried.staffing
    chosen = WORKED if sector is None else [SECTORS.index(sector)]
    by_age = run.by_age[:, run.professions.index(profession)][..., chosen].sum(axis=(1, 3))
    starts = [0, *(first - 18 for first in GROUPS[1:])]
    whole_ = by_age.sum(axis=1)
    return {
        "ages": {
            "from": list(GROUPS),
            "now": _plain(np.add.reduceat(by_age[0], starts)),
            "then": _plain(np.add.reduceat(by_age[-1], starts)),
        },
        "older": [round(float(by_age[year, OLD - 18 :].sum() / whole_[year]), 4) for year in (0, -1)],
    }


def _closing(
    question: Question, asked: Plain, frozen: Frozen, sectors: Sequence[str]
) -> list[dict[str, object]]:
    profession, sector = str(asked["profession"]), str(asked["sector"]) or None
    found: list[dict[str, object]] = []
    for code in levers_for(profession, sectors):
        one = closing_of(question, profession, sector, measure_of(asked, frozen.baseline.year, code, 0.0))
        found.append(
            {"lever": code, "value": one.value, "high": one.high, "before": one.before, "left": one.left}
        )
    return found


def _levers(given: object) -> dict[str, float]:
    if not isinstance(given, Mapping):
        raise Refused("staff.levers", _("Give the levers as a value for each."), field="levers")
    found = {}
    for code in sorted(given):
        if code not in LEVERS:
            raise Refused("staff.lever", _("There is no lever «%(code)s».") % {"code": code}, field=code)
        if value := _pulled(code, given[code]):
            found[code] = value
    return found


def _pulled(code: str, value: object) -> float:
    """A value of a lever in its own unit; no further than anybody has reason to believe in."""
    high = levers()[code].high
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
        raise Refused(
            "staff.lever_value",
            _("«%(lever)s» goes from 0 to %(most)s. Write a number between them.")
            % {"lever": LEVERS[code].label, "most": value_in_words(code, high)},
            field=code,
        )
    return float(value)


def _one_of(filled: dict[str, object], key: str, known: Sequence[str]) -> None:
    if filled[key] not in ("", *known):
        raise Refused(
            f"staff.{key}",
            _("There is no «%(value)s» here. Choose one of the list.") % {"value": filled[key]},
            field=key,
        )


def _number(
    filled: dict[str, object], key: str, least: float, most: float, *, whole_number: bool = False
) -> None:
    value = filled[key]
    kinds = int if whole_number else int | float
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
        raise Refused(
            "staff.number_out_of_range",
            _("«%(value)s» cannot be used here. Write a number from %(least)s to %(most)s.")
            % {"value": value, "least": least, "most": most},
            field=key,
        )


def _plain(values: Any) -> list[float]:
    return [round(float(value), 2) for value in values]


STAFF = CalculationKind(KEY, _("Staff"), f"{METHOD} {VERSION}", whole, answer, tell, draws, staff_page)
