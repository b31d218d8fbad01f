"""The answer «demand» told: all services together, or one service with what one tries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.demand import mitigators
from samspill.insight.telling import Answer, Asked, Pair, Passage, Told
from samspill.insight.telling.demand_passages import (
    back_test,
    chapters,
    growth_of,
    levels,
    place_in,
    which_way,
)
from samspill.insight.telling.demand_trials import both_sides, steps, where_it_goes
from samspill.insight.wording import about
from samspill.insight.wording import demand as said
from samspill.insight.wording.mitigators import MITIGATORS
from samspill.insight.wording.services import JUDGED, SERVICES, name_of

MAIN = ("hospital_bed_days", "emergency_admissions", "home_care_users", "nurse_fte")
"""What is set beside the same of another scenario when all services are asked for."""


def tell(told: Asked) -> Told:
    """One service in full when one was asked for; else the growth of all, side by side."""
    found: Any = told.found
    codes = list(found["services"])
    if len(codes) == 1:
        return _one(told, codes[0])
    return _all(told, codes)


def _all(told: Asked, codes: Sequence[str]) -> Told:
    found: Any = told.found
    services = found["services"]
    counted = {code: services[code] for code in codes if code not in JUDGED} or services
    return Told(
        heading=said.overall(counted, found["years"][-1]),
        lede=_(
            "This is how it goes if all goes on as now. Nothing is decided: together we can make it less."
        ),
        passages=_numbered([growth_of(told, codes), *_tried(told)]),
        question=_question(told, codes),
        method=_method(told, codes),
        answers=[_answer(told, code) for code in MAIN if code in services],
    )


def _one(told: Asked, code: str) -> Told:
    found: Any = told.found
    service, years = found["services"][code], found["years"]
    sentence = said.now_and_then(code, place_in(told), service, years)
    heading = _("%(name)s: %(now)s now, %(then)s in %(to)s") % {
        "name": name_of(code),
        "now": about(service["now"][1]),
        "then": about(service["then"][1]),
        "to": years[-1],
    }
    passages = [which_way(told, code)]
    if found["sides"]:
        heading = said.who_gains(found["sides"])
        passages += _tried(told)
    passages += [steps(told, code)]
    passages += [made for make in (chapters, levels, back_test) if (made := make(told, code))]
    return Told(
        heading=heading,
        lede=sentence,
        passages=_numbered(passages),
        question=_question(told, [code]),
        method=_method(told, [code]),
        answers=[_answer(told, code)],
    )


def _answer(told: Asked, code: str) -> Answer:
    """Use in the last year, with what is tried."""
    found: Any = told.found
    one = found["services"][code]
    low, middle, high = [one["tried"][-1][place] for place in (1, 3, 5)] if "tried" in one else one["then"]
    label = _("%(service)s in %(year)s") % {"service": name_of(code), "year": found["years"][-1]}
    return Answer(code, label, middle, low, high)


def _tried(told: Asked) -> list[Passage]:
    found: Any = told.found
    made = [both_sides(told)] if found["sides"] else []
    return made + ([where_it_goes(told)] if found["moved"] else [])


def _numbered(passages: Sequence[Passage]) -> list[Passage]:
    """Figures are named by their place, in addresses of downloads."""
    return [
        replace(one, figure=replace(one.figure, key=str(place)))
        for place, one in enumerate(passages, start=1)
    ]


def _question(told: Asked, codes: Sequence[str]) -> list[Pair]:
    asked: Any = told.asked
    found: Any = told.found
    services = name_of(codes[0]) if len(codes) == 1 else _("all services")
    pairs = [
        (_("Where"), place_in(told)),
        (_("Service"), services),
        (_("Years"), f"{found['years'][0]}–{found['years'][-1]}"),
    ]
    return pairs + [
        (str(MITIGATORS[code].name), _size_in_words(asked, code, size))
        for code, size in asked["sizes"].items()
    ]


def _size_in_words(asked: Mapping[str, Any], code: str, size: int) -> str:
    low, high = asked["ranges"].get(code, mitigators()[code].factor)
    return _("%(size)s %% of its range: %(range)s, in full after %(years)s years") % {
        "size": size,
        "range": range_in_words(low, high),
        "years": asked["years"].get(code, mitigators()[code].years),
    }


def range_in_words(low: float, high: float) -> str:
    """«0 to 8 % less», of what is left."""
    least, most = round(100 * (1 - high)), round(100 * (1 - low))
    if least < 0:
        return _("from %(more)s %% more to %(less)s %% less") % {"more": -least, "less": most}
    return _("%(least)s to %(most)s %% less") % {"least": least, "most": most}


def _method(told: Asked, codes: Sequence[str]) -> list[Pair]:
    asked: Any = told.asked
    pairs = [
        (
            _("Method"),
            _(
                "Use by age meets %(draws)s drawn futures of the population. What was used here sets the "
                "level, where it is published. Use for people of the same age has changed, and that change "
                "is phased out."
            )
            % {"draws": asked["draws"]},
        ),
        (
            _("Uncertainty"),
            _(
                "As wide as the same way has missed before, beside how many we become. After five years "
                "nothing has been tried: then it leans on ages more."
            ),
        ),
    ]
    if asked["sizes"]:
        pairs.append(
            (
                _("What is tried"),
                _(
                    "The same futures with and without. All that leaves the hospital comes back somewhere or "
                    "falls away with a reason. Sizes are ranges to try, most of them judgements."
                ),
            )
        )
    sources = "; ".join(dict.fromkeys(str(SERVICES[code].source) for code in codes))
    pairs.append((_("Sources of use"), f"{sources}."))
    assumed = " ".join(f"{name_of(code)}: {said.assumed(code)}" for code in codes if said.assumed(code))
    return [*pairs, (_("Assumed"), assumed)] if assumed else pairs
