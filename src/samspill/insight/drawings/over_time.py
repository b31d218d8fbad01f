"""An area over time: its figure with limits, all together, what is usual, and where counting changed.

Points that are more than chance have a shape of their own. A period without a figure is a gap, and the line
does not pass a change in how things are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from samspill.insight.drawings.parts import FJORD, INK, SHAPES, Spec

HEIGHT = {"wide": 300, "narrow": 260}
GREY = "#6b7780"
FORMS = {"high": "triangle-up", "low": "triangle-down"}
MONTHS = 12


@dataclass(frozen=True)
class Moment:
    """A period: `at` is the year, with the month as a part of it; `segment` grows where a line must break.

    centre, low, high   what is usual, and its limits; None in a run chart
    special             "high" or "low" when it is more than chance
    """

    at: float
    name: str
    value: float
    words: str
    lower: float | None = None
    upper: float | None = None
    whole: float | None = None
    centre: float | None = None
    low: float | None = None
    high: float | None = None
    special: str = ""
    segment: int = 0


@dataclass(frozen=True)
class Break:
    """From `at`, things are counted in another way."""

    at: float
    words: str


@dataclass(frozen=True)
class Names:
    """What stands beside lines and axes."""

    own: str
    whole: str
    unit: str
    ticks: Sequence[int] = field(default=())


def over_time(
    moments: Sequence[Moment], breaks: Sequence[Break], names: Names, *, told: str
) -> Mapping[str, Spec]:
    """`moments` oldest first, at least one."""
    return {shape: _drawing(moments, breaks, names, told, shape) for shape in SHAPES}


def _drawing(moments: Sequence[Moment], breaks: Sequence[Break], names: Names, told: str, shape: str) -> Spec:
    x, y = _across(moments, names, shape), _up(names)
    return {
        "description": told,
        "height": HEIGHT[shape],
        "data": {"values": [_row(one) for one in moments]},
        "layer": [
            _band(x, y),
            *(_line(key, look, x, y) for key, look in LINES.items()),
            _points(x, y),
            *_ends(moments, names, x, y, shape),
            *(one for each in breaks for one in _break(each, x, shape)),
        ],
    }


LINES: Mapping[str, Mapping[str, Any]] = {
    "a": {"color": GREY, "strokeWidth": 1.75},
    "m": {"color": INK, "strokeWidth": 1, "strokeDash": [2, 4]},
    "l": {"color": INK, "strokeWidth": 1, "strokeDash": [8, 4]},
    "h": {"color": INK, "strokeWidth": 1, "strokeDash": [8, 4]},
    "v": {"color": FJORD, "strokeWidth": 2.25},
}
"""All together, the middle, the limits of what is usual, and the area itself, which lies on top."""


def _row(one: Moment) -> dict[str, Any]:
    return {
        "x": round(one.at, 4),
        "n": one.name,
        "v": round(one.value, 3),
        "w": one.words,
        "lo": _rounded(one.lower),
        "up": _rounded(one.upper),
        "a": _rounded(one.whole),
        "m": _rounded(one.centre),
        "l": _rounded(one.low),
        "h": _rounded(one.high),
        "s": FORMS.get(one.special, "circle"),
        "c": INK if one.special else FJORD,
        "g": one.segment,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _across(moments: Sequence[Moment], names: Names, shape: str) -> Spec:
    first, last = moments[0].at, moments[-1].at
    free = 0.16 * (last - first or 1) if shape == "wide" else 0.02
    every = 1 if shape == "wide" else max(1, len(names.ticks) // 4)
    shown = list(reversed(list(reversed(names.ticks))[::every]))
    return {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [round(first, 3), round(last + free, 3)], "nice": False},
        "axis": {"format": "d", "values": shown, "tickCount": len(shown), "labelFlush": False},
    }


def _up(names: Names) -> Spec:
    return {"type": "quantitative", "title": names.unit, "scale": {"zero": False, "nice": True}}


def _band(x: Spec, y: Spec) -> Spec:
    return {
        "mark": {"type": "area", "style": "b95", "aria": False},
        "encoding": {
            "x": x,
            "y": {"field": "lo", **y},
            "y2": {"field": "up"},
            "detail": {"field": "g", "type": "nominal"},
        },
    }


def _line(key: str, look: Mapping[str, Any], x: Spec, y: Spec) -> Spec:
    return {
        "mark": {"type": "line", "aria": False, **look},
        "encoding": {"x": x, "y": {"field": key, **y}, "detail": {"field": "g", "type": "nominal"}},
    }


def _points(x: Spec, y: Spec) -> Spec:
    return {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "aria": False},
        "encoding": {
            "x": x,
            "y": {"field": "v", **y},
            "shape": {"field": "s", "type": "nominal", "scale": None},
            "color": {"field": "c", "type": "nominal", "scale": None},
            "tooltip": [
                {"field": "n", "type": "nominal", "title": " "},
                {"field": "w", "type": "nominal", "title": str(y["title"])},
            ],
        },
    }


def _ends(moments: Sequence[Moment], names: Names, x: Spec, y: Spec, shape: str) -> list[Spec]:
    """The names of the lines at their right ends, in the wide drawing; the words beside it name them too."""
    if shape != "wide":
        return []
    last = moments[-1]
    ends = [(names.own, last.value, FJORD)]
    if last.whole is not None:
        ends.append((names.whole, last.whole, GREY))
    is_first_above = len(ends) < 2 or ends[0][1] >= ends[1][1]
    return [
        {
            "data": {"values": [{"x": round(last.at, 4), "y": round(value, 3)}]},
            "mark": {
                "type": "text",
                "style": "label",
                "text": text,
                "color": colour,
                "align": "left",
                "dx": 10,
                "dy": -6 if (place == 0) == is_first_above else 8,
                "baseline": "middle",
                "aria": False,
            },
            "encoding": {"x": x, "y": {"field": "y", **y}},
        }
        for place, (text, value, colour) in enumerate(ends)
    ]


def _break(one: Break, x: Spec, shape: str) -> list[Spec]:
    """A line where counting changed, and what changed."""
    data = {"values": [{"x": round(one.at, 4)}]}
    text = {"type": "text", "style": "label", "text": one.words, "align": "right", "dx": -6}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "style": "now", "aria": False},
            "encoding": {"x": x},
        },
        *(
            [
                {
                    "data": data,
                    "mark": {**text, "y": 0, "baseline": "top", "aria": False},
                    "encoding": {"x": x},
                }
            ]
            if shape == "wide"
            else []
        ),
    ]
