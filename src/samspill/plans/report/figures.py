"""The figures of a report: how each area stands, and how it has gone month by month (Vega-Lite).

Colours are those of the statuses everywhere (the palette), and never alone: each part carries its number, and
a table stands behind. `wide` for a column and for paper, `narrow` for a phone; the same data in both.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from textwrap import wrap
from typing import Any

from django.utils import dateformat

from samspill.plans.states import ShownStatus

Spec = dict[str, Any]
INK, PAPER, EDGE = "#16222b", "#ffffff", "#6b7780"
ORDER = (
    ShownStatus.DONE,
    ShownStatus.ON_TRACK,
    ShownStatus.LATE,
    ShownStatus.NOT_STARTED,
    ShownStatus.UNKNOWN,
)
"""From what is behind us to what nobody knows."""
# Fill, and the text upon it
LOOKS = {
    ShownStatus.DONE: ("#1b7a3a", PAPER),
    ShownStatus.ON_TRACK: ("#0f4c64", PAPER),
    ShownStatus.LATE: ("#b3191e", PAPER),
    ShownStatus.NOT_STARTED: ("#c3ced4", INK),
    ShownStatus.UNKNOWN: (PAPER, INK),
}
SPLIT = "split(datum.label, '\\n')"  # a name on several lines
WRAP = {"wide": 34, "narrow": 19}  # letters of an area's name on one line
STEP, LINE = 44, 17  # pixels of height for each area, at least; of each line of its name
HEIGHT = {"wide": 260, "narrow": 220}
KEYS = {"wide": len(ORDER), "narrow": 2}  # words of the legend beside each other
LEAST_SHARE = 0.045  # of the longest bar: a part narrower than its number goes without


def by_area(areas: Sequence[tuple[str, Counter[ShownStatus]]], *, told: str) -> dict[str, Spec]:
    """A bar for each area, divided by status."""
    longest = max((sum(counts.values()) for _name, counts in areas), default=1)
    return {shape: _areas(areas, shape, longest, told) for shape in ("wide", "narrow")}


def _areas(areas: Sequence[tuple[str, Counter[ShownStatus]]], shape: str, longest: int, told: str) -> Spec:
    names = ["\n".join(wrap(name, WRAP[shape])) for name, _counts in areas]
    rows = [
        row
        for name, (_area, counts) in zip(names, areas, strict=True)
        for row in _parts(name, counts, longest)
    ]
    lines = max(name.count("\n") + 1 for name in names)
    axis = {
        "labelExpr": SPLIT, "labelLimit": 0, "labelColor": INK, "labelPadding": 12, "labelOverlap": False,
    }  # fmt: skip
    return {
        "description": told,
        "height": max(STEP, LINE * (lines + 1)) * len(areas),
        "data": {"values": rows},
        "encoding": {
            "y": {"field": "group", "type": "nominal", "title": None, "sort": names, "axis": axis},
            "x": _measures("x", longest, is_shown=False),
        },
        "layer": _bars("x", 22, shape),
    }


def over_time(months: Sequence[tuple[date, Counter[ShownStatus]]], *, told: str) -> dict[str, Spec]:
    """A column for each month, divided by status."""
    longest = max((sum(counts.values()) for _day, counts in months), default=1)
    return {shape: _months(months, shape, longest, told) for shape in ("wide", "narrow")}


def _months(months: Sequence[tuple[date, Counter[ShownStatus]]], shape: str, longest: int, told: str) -> Spec:
    names = month_names([day for day, _counts in months])
    rows = [
        row
        for name, (_day, counts) in zip(names, months, strict=True)
        for row in _parts(name, counts, longest)
    ]
    axis = {
        "labelExpr": SPLIT, "labelAngle": 0, "labelColor": INK, "labelOverlap": "parity",
    }  # fmt: skip
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": rows},
        "encoding": {
            "x": {"field": "group", "type": "nominal", "title": None, "sort": names, "axis": axis},
            "y": _measures("y", longest, is_shown=True),
        },
        "layer": _bars("y", {"band": 0.62}, shape),
    }


def month_names(days: Sequence[date]) -> list[str]:
    """«juni», the year below the first and each January; the last one is the day itself when it is early."""
    names = []
    for place, day in enumerate(days):
        is_last = place == len(days) - 1
        same = place > 0 and (days[place - 1].year, days[place - 1].month) == (day.year, day.month)
        name = dateformat.format(day, "j. b" if is_last or same else "b").rstrip(".")
        year = f"\n{day.year}" if place == 0 or days[place - 1].year != day.year else ""
        names.append(f"{name}{year}")
    return names


def _parts(group: str, counts: Counter[ShownStatus], longest: int) -> Iterable[dict[str, object]]:
    """The parts of one bar, each from where the one before ended."""
    start = 0
    for place, status in enumerate(ORDER):
        if count := counts[status]:
            label = str(count) if count >= LEAST_SHARE * longest else ""
            yield {
                "group": group, "status": str(status.label), "place": place, "count": count,
                "from": start, "to": start + count, "middle": start + count / 2, "label": label,
                "ink": LOOKS[status][1],
            }  # fmt: skip
            start += count


def _measures(side: str, longest: int, *, is_shown: bool) -> Spec:
    axis = {"tickMinStep": 1, "format": "d", "grid": True} if is_shown else None
    return {
        "field": "from", "type": "quantitative", "title": None, "axis": axis,
        "scale": {"domain": [0, longest], "nice": False, "zero": True},
    }  # fmt: skip


def _bars(side: str, size: object, shape: str) -> list[Spec]:
    """The parts, and their numbers upon them. What nobody knows is only a dashed edge."""
    known, unknown = [one for one in ORDER if one != ShownStatus.UNKNOWN], [ShownStatus.UNKNOWN]
    return [
        _bar(side, size, shape, known, {"strokeWidth": 0}),
        _bar(side, size, shape, unknown, {"stroke": EDGE, "strokeWidth": 1.25, "strokeDash": [3, 2]}),
        {
            "mark": {"type": "text", "fontSize": 13, "fontWeight": 600, "baseline": "middle", "aria": False},
            "encoding": {
                side: {"field": "middle", "type": "quantitative", "title": None},
                "text": {"field": "label", "type": "nominal"},
                "fill": {"field": "ink", "type": "nominal", "scale": None},
            },
        },
    ]


def _bar(side: str, size: object, shape: str, statuses: Sequence[ShownStatus], look: Spec) -> Spec:
    labels = [str(status.label) for status in ORDER]
    legend = {
        "title": None, "orient": "top", "symbolStrokeColor": EDGE, "symbolStrokeWidth": 1, "labelLimit": 0,
        "offset": 12, "columns": KEYS[shape],
    }  # fmt: skip
    return {
        "transform": [
            {"filter": {"field": "status", "oneOf": [str(status.label) for status in statuses]}},
        ],
        "mark": {"type": "bar", "height" if side == "x" else "width": size, "aria": False, **look},
        "encoding": {
            f"{side}2": {"field": "to"},
            "fill": {
                "field": "status",
                "type": "nominal",
                "scale": {"domain": labels, "range": [LOOKS[status][0] for status in ORDER]},
                "legend": legend,
            },
            "tooltip": [
                {"field": "status", "type": "nominal", "title": " "},
                {"field": "count", "type": "quantitative", "title": "  "},
            ],
        },
    }
