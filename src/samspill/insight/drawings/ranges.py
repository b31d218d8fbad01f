"""Things under each other, each with its middle and what holds it eight times of ten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.parts import INK, SHAPES, Spec

STEP = {"wide": 44, "narrow": 80}
ROOM = 0.42  # of the width, to the right of the widest interval, for its words
LONGEST = 290  # pixels of a label


@dataclass(frozen=True)
class Range:
    """A row: what it is, its interval and middle, and the middle in words."""

    label: str
    low: float
    middle: float
    high: float
    words: str


def ranges(rows: Sequence[Range], *, told: str, until: float | None = None) -> Mapping[str, Spec]:
    """The rows in the order given, on one axis that holds 0; its last tick is `until`, when it is given."""
    return {shape: _drawing(rows, told, until, shape) for shape in SHAPES}


def _drawing(rows: Sequence[Range], told: str, until: float | None, shape: str) -> Spec:
    least, most = min(0.0, *(one.low for one in rows)), max(1.0, *(one.high for one in rows))
    free = ROOM if shape == "wide" else 0.0
    x: Spec = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [least, most + free * (most - least)], "nice": False},
        "axis": {"grid": True, "tickCount": 5 if shape == "wide" else 3, "labelFlush": False},
    }
    if until is not None:
        x["axis"] |= {"values": [until * part / 4 for part in range(5)]}
    axis = (
        {"labelLimit": LONGEST, "labelFontSize": 14, "labelColor": INK, "grid": False}
        if shape == "wide"
        else None
    )
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": axis}
    return {
        "description": told,
        "height": {"step": STEP[shape]},
        "data": {"values": [{**vars(one), "zero": 0} for one in rows]},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "style": "b80", "height": 14, "aria": False},
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "aria": False},
                "encoding": {"x": {"datum": 0, **x}, "y": None},
            },
            {
                "mark": {"type": "point", "style": "dot", "aria": False},
                "encoding": {"x": {"field": "middle", **x}},
            },
            *_texts(x, least, shape),
        ],
    }


def _texts(x: Spec, least: float, shape: str) -> list[Spec]:
    if shape == "wide":
        mark = {"type": "text", "style": "text", "align": "left", "dx": 12, "color": INK, "aria": False}
        return [{"mark": mark, "encoding": {"x": {"field": "high", **x}, "text": {"field": "words"}}}]
    mark = {"type": "text", "style": "text", "align": "left", "dx": 5, "aria": False}
    return [
        {
            "mark": {**mark, "dy": -34, "color": INK},
            "encoding": {"x": {"datum": least, **x}, "text": {"field": "label"}},
        },
        {
            "mark": {**mark, "dy": -17},
            "encoding": {"x": {"datum": least, **x}, "text": {"field": "words"}},
        },
    ]
