"""The calculation «workload» told: posts for a workload, activity by activity."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.analysis.workforce import working_times
from samspill.directory.public import Figure
from samspill.insight.asked.numbers import said
from samspill.insight.drawings.ranges import Range, ranges
from samspill.insight.telling import Asked, Passage, Told
from samspill.insight.wording import decimal

PRESSED = 0.95  # of what is needed: below it those who are there are pressed


def tell(told: Asked) -> Told:
    found: Any = told.found
    asked: Any = told.asked
    return Told(
        heading=_("The workload needs %(fte)s FTE") % {"fte": decimal(found["total"], 1)},
        lede=_ratio(found, asked),
        passages=[_parts(told)],
        question=[
            *(
                (
                    names_of_activities(asked)[place],
                    _("%(units)s a year, %(hours)s hours each")
                    % {"units": said(one["units"]), "hours": said(one["hours"])},
                )
                for place, one in enumerate(asked["activities"])
            ),
            (
                _("Time for what all do besides"),
                _("%(number)s %%") % {"number": said(100 * asked["support"])},
            ),
            (
                _("Duties of some"),
                _("%(persons)s persons, %(hours)s hours a year each")
                % {"persons": said(asked["others"]), "hours": said(asked["others_hours"])},
            ),
            (_("A full post works"), _("%(number)s hours a year") % {"number": decimal(found["hours"], 0)}),
        ],
        method=[
            (
                _("Method"),
                _(
                    "Times a year times hours each, over the hours of a full post; more for what all do "
                    "besides, and what some do is added. World Health Organization: Workload indicators of "
                    "staffing need (WISN), 2010."
                ),
            ),
            (_("Hours of a full post"), working_times()[asked["time"]].source),
            (_("Sick leave"), _("It is in the hours of a full post, and never in the norm.")),
        ],
    )


def names_of_activities(asked: Any) -> list[str]:
    return [
        one["name"] or _("Activity %(number)s") % {"number": place}
        for place, one in enumerate(asked["activities"], start=1)
    ]


def _ratio(found: Any, asked: Any) -> str:
    if found["ratio"] is None:
        return ""
    values = {"present": said(asked["present"]), "percent": decimal(100 * found["ratio"], 0)}
    if found["ratio"] < PRESSED:
        return _("%(present)s FTE are %(percent)s percent of that: those who are there are pressed.") % values
    if found["ratio"] > 1 / PRESSED:
        return _("%(present)s FTE are %(percent)s percent of that: there is room for more.") % values
    return _("%(present)s FTE are %(percent)s percent of that: about enough.") % values


def _parts(told: Asked) -> Passage:
    found: Any = told.found
    names = names_of_activities(told.asked)
    besides = found["basic"] * (found["category_factor"] - 1)
    parts = [
        *zip(names, found["by_activity"], strict=True),
        (_("What all do besides"), besides),
        (_("Duties of some"), found["individual_factor"]),
    ]
    rows = [
        Range(label, 0.0, value, value, _("%(number)s FTE") % {"number": decimal(value, 1)})
        for label, value in parts
    ]
    figure = Figure(
        key="1",
        title=_("What the posts are needed for, in FTE"),
        spec=ranges(rows, told="; ".join(f"{row.label}: {row.words}" for row in rows)),
        head=[_("Activity"), _("FTE")],
        rows=[
            *([label, round(value, 2)] for label, value in parts),
            [_("All of it together"), round(found["total"], 2)],
        ],
        source=told.source,
    )
    return Passage(figure, _("What the posts are needed for"), [])
