"""What the levers do, told: each by itself and all together, and how far each must be pulled."""

from typing import Any

from django.utils.translation import gettext as _

from samspill.directory.public import Figure
from samspill.insight.drawings.ranges import Range, ranges
from samspill.insight.telling import Asked, Passage
from samspill.insight.wording import about, decimal, rounded, rounded_either
from samspill.insight.wording.levers import name_of_lever, value_in_words
from samspill.insight.wording.staff import fte, is_even

ALL = 0.98  # of the gap: so much closed is all of it


def together_in_words(told: Asked) -> str:
    """How much of the gap the levers close together; nothing when none is pulled."""
    found: Any = told.found
    if not found["together"]:
        return ""
    closed, before = found["together"][1], found["before"]["values"][-1]
    if closed < 0.5:
        return _("The levers win no hours that count.")
    if before <= 0 or is_even(before, found["need"]["values"][-1]):
        return _("The levers give %(fte)s more to work with.") % {"fte": fte(closed)}
    share = closed / before
    values = {"closed": about(closed), "before": about(before), "share": decimal(100 * min(share, 1), 0)}
    if share >= ALL:
        return _("Together the levers close the gap: %(closed)s of %(before)s FTE.") % values
    return _("Together the levers close %(closed)s of %(before)s FTE: %(share)s percent of the gap.") % values


def effects(told: Asked) -> list[Passage]:
    """A row per lever that is pulled, by itself, and all together. Their sum is not what they do together."""
    found: Any = told.found
    asked: Any = told.asked
    if not found["effects"]:
        return []
    rows = [
        _row(
            name_of_lever(one["lever"]),
            one["closed"],
            value_in_words(one["lever"], asked["levers"][one["lever"]]),
        )
        for one in found["effects"]
    ]
    if len(rows) > 1:
        rows.append(_row(_("All of it together"), found["together"], ""))
    sentence = together_in_words(told)
    lines = [sentence, _("Each bar is one lever by itself, on the same drawn futures.")]
    if "task_shift" in asked["levers"]:
        lines.append(_shifted(found, asked["levers"]["task_shift"]))
    figure = Figure(
        key="3",
        title=_("What each lever closes in %(year)s, in FTE") % {"year": found["years"][-1]},
        spec=ranges(rows, told="; ".join(f"{row.label}: {row.words}" for row in rows)),
        head=[_("Lever"), _("FTE"), _("Eight of ten, from"), _("Eight of ten, to")],
        rows=[
            [row.label, rounded_either(row.middle), rounded_either(row.low), rounded_either(row.high)]
            for row in rows
        ],
        source=told.source,
    )
    return [Passage(figure, _("What the levers do"), lines)]


def _row(label: str, closed: list[float], pulled: str) -> Range:
    low, middle, high = closed
    words = _("%(pulled)s: %(won)s") % {"pulled": pulled, "won": _won(middle)} if pulled else _won(middle)
    return Range(label, low, middle, high, words)


def _won(value: float) -> str:
    if abs(value) < 0.5:
        return _("no FTE")
    sign = "+" if value > 0 else "−"
    return f"{sign}{fte(value)}"


def _shifted(found: Any, share: float) -> str:
    moved = share / (1 - share) * found["need"]["values"][-1] if share < 1 else 0.0
    return _("Health-care workers get about %(fte)s more to do. They must be there, too.") % {
        "fte": fte(moved)
    }


def closing(told: Asked) -> list[Passage]:
    """How far each lever must be pulled by itself for nobody to lack in the middle future."""
    found: Any = told.found
    rows = [one for one in found["closing"] or [] if one["before"] > 0]
    if not rows or is_even(rows[0]["before"], found["need"]["values"][-1]):
        return []
    rows.sort(key=lambda one: (one["value"] is None, one["left"]))
    enough = [one for one in rows if one["value"] is not None]
    before = rows[0]["before"]
    bars = []
    for one in rows:
        part = 100.0 if one["value"] is not None else 100 * (1 - max(0.0, one["left"]) / before)
        bars.append(Range(name_of_lever(one["lever"]), 0.0, part, part, _needed(one)))
    heading = _closing_heading(len(enough))
    lines = [
        _("How far one lever must be pulled by itself, from next year on, for nobody to lack in %(year)s.")
        % {"year": found["years"][-1]},
        _("The bar is how much of the gap the lever closes, as far as anybody has reason to believe in it."),
    ]
    figure = Figure(
        key="6",
        title=_("How much of the gap each lever can close by itself, percent"),
        spec=ranges(bars, told="; ".join(f"{bar.label}: {bar.words}" for bar in bars), until=100),
        head=[_("Lever"), _("Must be"), _("At most"), _("FTE that still lack")],
        rows=[
            [
                name_of_lever(one["lever"]),
                "–" if one["value"] is None else value_in_words(one["lever"], one["value"]),
                value_in_words(one["lever"], one["high"]),
                rounded(max(0.0, one["left"])) if one["value"] is None else 0,
            ]
            for one in rows
        ],
        source=told.source,
    )
    return [Passage(figure, heading, lines)]


def _closing_heading(enough: int) -> str:
    if not enough:
        return _("No lever can close the gap by itself")
    if enough == 1:
        return _("One lever could close the gap by itself")
    return _("%(number)s levers could each close the gap by themselves") % {"number": enough}


def _needed(one: Any) -> str:
    if one["value"] is not None:
        return _("enough with %(value)s") % {"value": value_in_words(one["lever"], one["value"])}
    if one["left"] >= one["before"] - 0.5:
        return _("wins no hours")
    return _("not enough: %(fte)s still lack") % {"fte": fte(one["left"])}
