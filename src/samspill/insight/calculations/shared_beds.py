"""The calculation «shared_beds»: acute and discharge-ready patients in the same municipal beds, some kept."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.analysis.capacity import Demand, Prices, cost_of, shared_table
from samspill.insight.asked.onward import numbers_page
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.questions import Number, filled
from samspill.insight.telling.shared_beds import tell
from samspill.refusal import Refused

KEY, VERSION = "shared_beds", "1"
NUMBERS = (
    Number("beds", _("Beds together"), 8, 1, 40, 1, reach=(1, 24)),
    Number(
        "reserved",
        _("Kept free for acute patients"),
        2,
        0,
        40,
        1,
        low=_("no bed"),
        high=_("all beds"),
        reach=(0, 12),
    ),
    Number("acute", _("Acute patients a day"), 1.5, 0, 20, 0.1, reach=(0, 6)),
    Number("acute_stay", _("How long acute patients stay, in days"), 3.5, 0.1, 60, 0.1, reach=(0.5, 10)),
    Number("ready", _("Patients ready to leave hospital, a day"), 0.6, 0, 20, 0.1, reach=(0, 6)),
    Number("ready_stay", _("How long those who are ready stay, in days"), 6, 0.1, 120, 0.1, reach=(0.5, 21)),
)
PRICES = (
    Number(
        "wait_days",
        _("Days in hospital for who gets no bed when ready to leave"),
        3,
        0,
        60,
        0.5,
    ),
    Number("hospital_days", _("Days in hospital for an acute patient who gets no bed"), 4, 0, 60, 0.5),
    Number("hospital_price", _("A day in a hospital bed"), 12_000, 0, 100_000, 500, _("kroner")),
    Number("municipal_price", _("A municipal bed, a day, used or not"), 5_000, 0, 100_000, 500, _("kroner")),
    Number(
        "fee",
        _("What the municipality pays for a day of waiting"),
        5_500,
        0,
        100_000,
        100,
        _("kroner"),
    ),
)


def whole(asked: Plain) -> Plain:
    """All numbers. Refuses more beds kept than there are (`shared_beds.reserved`)."""
    found: Any = filled(asked, (*NUMBERS, *PRICES))
    if found["reserved"] > found["beds"]:
        raise Refused(
            "shared_beds.reserved",
            _("There are %(beds)s beds, so %(reserved)s cannot be kept free. Keep fewer, or have more beds.")
            % {"beds": found["beds"], "reserved": found["reserved"]},
            field="reserved",
        )
    if not found["acute"] and not found["ready"]:
        raise Refused("shared_beds.nobody", _("Nobody comes. Have some patients come a day."), field="acute")
    return found


def solve(asked: Plain) -> dict[str, object]:
    """A row for each number of beds kept: shares refused, numbers a year, beds in use, days and kroner.

    `best` is the number kept with the lowest sum of costs, the fewest kept of equals.
    """
    values: Any = asked
    demand = Demand(values["acute"], values["acute_stay"], values["ready"], values["ready_stay"])
    prices = Prices(
        values["wait_days"],
        values["hospital_days"],
        values["hospital_price"],
        values["municipal_price"],
        values["fee"],
    )
    rows = []
    for one in shared_table(demand, values["beds"]):
        cost = cost_of(one, prices)
        rows.append(
            {
                "reserved": one.reserved,
                "acute_refused": round(100 * one.acute_refused, 3),
                "acute_a_year": round(one.acute_refused_per_year, 2),
                "ready_refused": round(100 * one.ready_refused, 3),
                "ready_a_year": round(one.ready_refused_per_year, 2),
                "used": round(100 * one.utilisation, 2),
                "waiting_days": round(cost.waiting_days, 1),
                "acute_days": round(cost.acute_days, 1),
                "hospital": round(cost.hospital_nok),
                "municipality": round(cost.municipal_nok),
                "total": round(cost.total_nok),
            }
        )
    return {"rows": rows, "best": min(rows, key=lambda row: (row["total"], row["reserved"]))["reserved"]}


def answered(asked: Plain) -> tuple[Plain, Plain]:
    """The whole question and its answer: no open figures are needed."""
    filled_in = whole(asked)
    return filled_in, solve(filled_in)


def answer(_figures: Figures, _municipalities: tuple[str, ...], asked: Plain) -> Plain:
    return solve(asked)


SHARED_BEDS = CalculationKind(
    KEY, _("Beds two can share"), VERSION, whole, answer, tell, page=numbers_page("insight:shared-beds")
)
