"""A population pyramid: today's people as bars, those of a chosen year as a line around them.

The chosen year is the parameter `year` of the drawing: a page moves it without fetching anything, also
between two whole years. Ages are grouped in `step` years; the last group is open.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Spec = dict[str, Any]
HEIGHT = {"wide": 430, "narrow": 380}
GAP = {"wide": 0.09, "narrow": 0.14}  # of the longest bar, on each side of the middle, for the ages
TOP = {5: 90, 1: 100}  # the first age of the open group
OLD = 80
PALE, BAR, INK = "#bfd0d8", "#5f93a8", "#16222b"
SIDES = (-1, 1)  # men to the left
LABELLED = 20  # years between ages that are named
AIR = 6  # years above the oldest, for words


@dataclass(frozen=True)
class Pyramid:
    """`men[year]` and `women[year]`: persons by age 0..105 on 1 January, from `now` to the last year."""

    now: int
    men: Mapping[int, Sequence[float]]
    women: Mapping[int, Sequence[float]]

    @property
    def years(self) -> list[int]:
        return sorted(self.men)

    def grouped(self, year: int, step: int) -> list[tuple[int, float, float]]:
        """(first age, men, women) of each group; the last holds everybody from TOP on."""
        ends = [*range(0, TOP[step] + 1, step), 106]
        return [
            (low, sum(self.men[year][low:high]), sum(self.women[year][low:high]))
            for low, high in itertools.pairwise(ends)
        ]


def pyramid(people: Pyramid, *, year: int, told: str, step: int = 5) -> Mapping[str, Spec]:
    """`year` is the one the line shows at first, `told` the figure in words, `step` 5 or 1."""
    return {shape: _drawing(people, year, told, step, shape) for shape in ("wide", "narrow")}


def label_of(low: int, step: int) -> str:
    """An age group as it is named in a table."""
    if low == TOP[step]:
        return f"{low}+"
    return str(low) if step == 1 else f"{low}–{low + step - 1}"


def _drawing(people: Pyramid, year: int, told: str, step: int, shape: str) -> Spec:
    groups = {one: people.grouped(one, step) for one in people.years}
    longest = max(value for rows in groups.values() for _low, *sides in rows for value in sides)
    gap = max(1, math.ceil(GAP[shape] * longest))
    ceiling = TOP[step] + step + AIR
    return {
        "description": told,
        "height": HEIGHT[shape],
        "params": [{"name": "year", "value": year}],
        "encoding": {
            "x": {
                "type": "quantitative",
                "title": None,
                "scale": _scale(longest, gap),
                "axis": _axis(longest, gap),
            },
            "y": {"type": "quantitative", "title": None, "axis": None, "scale": {"domain": [0, ceiling]}},
        },
        "layer": [
            _bars(groups[people.now], gap, step, PALE, old=False),
            _bars(groups[people.now], gap, step, BAR, old=True),
            _outline(groups, gap, step),
            *_ages(step),
            _words(-gap, ceiling, _("Men"), "right"),
            _words(gap, ceiling, _("Women"), "left"),
            _year(-(longest + gap), ceiling),
        ],
    }


def _scale(longest: float, gap: int) -> Spec:
    end = (longest + gap) * 1.01  # so that the line is not cut
    return {"domain": [-end, end], "nice": False, "zero": False}


def _axis(longest: float, gap: int) -> Spec:
    tick = _tick(longest)
    places = [gap + tick * number for number in range(int(longest // tick) + 1)]
    values = [-place for place in reversed(places)] + places
    return {
        "values": values,
        "tickCount": len(values),
        "grid": False,
        "labelExpr": f"format(abs(datum.value) - {gap}, ',')",
        "labelOverlap": "greedy",
        "labelFlush": False,
    }


def _tick(longest: float) -> int:
    """A round number that goes two or three times in the longest bar."""
    size = 10 ** math.floor(math.log10(max(longest, 1) / 2)) if longest >= 2 else 1
    return int(next(size * factor for factor in (5, 2, 1) if size * factor * 2 <= max(longest, 2)))


def _bars(rows: Sequence[tuple[int, float, float]], gap: int, step: int, colour: str, *, old: bool) -> Spec:
    air = 0.08 * step
    values = [
        {
            "from": side * gap,
            "to": side * (gap + value),
            "low": low + air,
            "high": low + step - air,
            "ages": label_of(low, step),
            "persons": round(value),
        }
        for low, *sides in rows
        for side, value in zip(SIDES, sides, strict=True)
        if (low >= OLD) is old
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "rect", "color": colour, "aria": False},
        "encoding": {
            "x": {"field": "from"},
            "x2": {"field": "to"},
            "y": {"field": "low"},
            "y2": {"field": "high"},
            "tooltip": [
                {"field": "ages", "type": "nominal", "title": _("Age")},
                {"field": "persons", "type": "quantitative", "format": ",", "title": _("Persons")},
            ],
        },
    }


def _outline(groups: Mapping[int, Sequence[tuple[int, float, float]]], gap: int, step: int) -> Spec:
    """A step around each side; between whole years it is as far between as the year is."""
    rows = [
        {
            "side": side,
            "low": low,
            "ages": [low, low + step],
            "y": [round(groups[year][number][place]) for year in sorted(groups)],
        }
        for side, place in zip(SIDES, (1, 2), strict=True)
        for number, (low, *_sides) in enumerate(groups[min(groups)])
    ]
    nobody = [0] * len(groups)
    rows += [
        {"side": side, "low": low, "ages": [age], "y": nobody}
        for side in SIDES
        for low, age in ((-1, 0), (TOP[step] + step, TOP[step] + step))
    ]
    before, after = (f"datum.y[{way}(year) - {min(groups)}]" for way in ("floor", "ceil"))
    long = f"{before} + ({after} - {before}) * (year - floor(year))"
    return {
        "data": {"values": rows},
        "transform": [
            {"calculate": f"datum.side * ({gap} + {long})", "as": "x"},
            {"flatten": ["ages"], "as": ["age"]},
            {"calculate": "datum.low + datum.age", "as": "order"},
        ],
        "mark": {"type": "line", "color": INK, "strokeWidth": 1.75, "strokeJoin": "round", "aria": False},
        "encoding": {
            "x": {"field": "x"},
            "y": {"field": "age"},
            "order": {"field": "order", "type": "quantitative"},
            "detail": {"field": "side"},
        },
    }


def _ages(step: int) -> list[Spec]:
    named = [*range(0, TOP[step], LABELLED), TOP[step]]
    return [
        _text(0, low + step / 2, f"{low}+" if low == TOP[step] else str(low), "center", size=13)
        for low in named
    ]


def _words(x: float, y: float, text: str, align: str) -> Spec:
    return _text(x, y - AIR / 2, text, align, size=13.5)


def _year(x: float, y: float) -> Spec:
    spec = _words(x, y, "", "left")
    return {
        **spec,
        "mark": {**spec["mark"], "style": "value", "fontSize": 18, "text": {"expr": "'' + round(year)"}},
    }


def _text(x: float, y: float, text: str, align: str, *, size: float) -> Spec:
    return {
        "data": {"values": [{"x": x, "y": y}]},
        "mark": {
            "type": "text",
            "style": "label",
            "text": text,
            "align": align,
            "baseline": "middle",
            "fontSize": size,
            "aria": False,
        },
        "encoding": {"x": {"field": "x"}, "y": {"field": "y"}},
    }
