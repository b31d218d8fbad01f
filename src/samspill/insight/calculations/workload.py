"""The calculation «workload»: how many posts a workload needs, as the World Health Organization reckons."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from samspill.analysis.workforce import Activity, Additional, Support, wisn, working_times
from samspill.insight.asked.numbers import Limits, numbers_in
from samspill.insight.calculating import CalculationKind, Plain
from samspill.insight.queries.figures import Figures
from samspill.insight.telling.workload import tell
from samspill.refusal import Refused

KEY, VERSION = "workload", "WISN 2010"
MOST_ACTIVITIES, LONGEST_NAME = 6, 60
LIMITS = {
    "support": Limits(0.15, 0, 0.9),
    "others": Limits(0, 0, 200),
    "others_hours": Limits(0, 0, 2000),
    "present": Limits(0, 0, 100_000),
}
ACTIVITY = {"units": Limits(0, 0, 10_000_000), "hours": Limits(0, 0.001, 2000)}
DEFAULT: tuple[dict[str, float], ...] = ({"units": 400, "hours": 20.0}, {"units": 3200, "hours": 0.75})


def whole(asked: Plain) -> Plain:
    """`activities` of name, units a year and hours each; `time` a customary year (shifts or day);
    `support` a share of everybody's time; `others` persons with `others_hours` of duties; `present` FTE."""
    time = asked.get("time", "shifts")
    if time not in working_times():
        raise Refused("question.time", _("Choose shifts or work by day."), field="time")
    return {**numbers_in(asked, LIMITS), "time": time, "activities": _activities(asked)}


def answer(figures: Figures, municipalities: tuple[str, ...], asked: Plain) -> Plain:
    """FTE in all and by activity, the factors they are made of, and the ratio of those present."""
    del figures, municipalities  # the workload is what was typed
    given: Any = asked
    norm = working_times()[given["time"]]
    need = wisn(
        norm.time,
        [
            Activity(str(place), one["units"], one["hours"])
            for place, one in enumerate(given["activities"], start=1)
        ],
        [Support("support", given["support"])],
        [Additional("others", given["others"], given["others_hours"])],
    )
    return {
        "hours": round(need.available_hours, 1),
        "by_activity": [round(one, 3) for one in need.by_activity.values()],
        "basic": round(need.basic, 3),
        "category_factor": round(need.category_factor, 4),
        "individual_factor": round(need.individual_factor, 4),
        "total": round(need.total, 3),
        "ratio": round(need.ratio(given["present"]), 4) if given["present"] and need.total else None,
        "source": norm.source,
    }


def _activities(asked: Plain) -> list[dict[str, object]]:
    given = asked.get("activities", DEFAULT)
    if not isinstance(given, Sequence) or isinstance(given, str) or not 0 < len(given) <= MOST_ACTIVITIES:
        raise Refused(
            "question.activities",
            _("Write what is done: one activity at least, and at most %(most)s.") % {"most": MOST_ACTIVITIES},
            field="activities",
        )
    return [_activity(one, place) for place, one in enumerate(given, start=1)]


def _activity(one: object, place: int) -> dict[str, object]:
    row = one if isinstance(one, Mapping) else {}
    try:
        numbers = numbers_in(row, ACTIVITY)
    except Refused as refused:
        raise Refused(refused.code, refused.sentence, field=f"{refused.field}-{place}") from refused
    return {"name": str(row.get("name", ""))[:LONGEST_NAME], **numbers}


WORKLOAD = CalculationKind(KEY, _("Posts for a workload"), VERSION, whole, answer, tell)
