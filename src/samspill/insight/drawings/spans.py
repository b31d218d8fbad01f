"""Spans: a row per thing, a dot for what is most likely and a bar for what holds eight times of ten.

A line stands where nothing differs. On a phone the name stands above its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.marks import INK, Spec, value

STEP = {"wide": 34, "narrow": 52}  # pixels per row
LONGEST = 330  # pixels of a name beside its row
ROOM = 0.2  # of the axis: for the number behind the longest bar
LEFT = 0.2  # of that, before the first when no number stands there


@dataclass(frozen=True)
class Span:
    """One row; `said` is its number in words."""

    name: str
    low: float
    middle: float
    high: float
    said: str


def span(name: str, band: Sequence[float], said: str) -> Span:
    """A row of (low, middle, high)."""
    low, middle, high = band
    return Span(name, low, middle, high, said)


def spans(rows: Sequence[Span], *, told: str, unit: str = "", same: float = 0.0) -> Mapping[str, Spec]:
    """`same` is where the line stands that says «as now»; `unit` follows the numbers of the axis."""
    return {shape: _drawn(rows, told, unit, same, shape) for shape in ("wide", "narrow")}


def _drawn(rows: Sequence[Span], told: str, unit: str, same: float, shape: str) -> Spec:
    low = min([same, *(row.low for row in rows)])
    high = max([same, *(row.high for row in rows)])
    room = ROOM * ((high - low) or 1.0)
    before = 1.0 if any(row.middle < same for row in rows) else LEFT
    axis = {"labelExpr": f"format(datum.value, ',~f') + '{unit}'", "grid": True, "tickCount": 5}
    scale = {"domain": [low - before * room, high + room], "nice": False}
    dy = 10 if shape == "narrow" else 0
    layer: list[Spec] = [
        _same(same, scale, shape),
        _mark(
            {"type": "rule", "style": "half", "strokeWidth": 9, "yOffset": dy}, "low", scale, axis, x2="high"
        ),
        _mark({"type": "point", "style": "us", "size": 110, "yOffset": dy}, "middle", scale, axis),
        _number("high", f"datum.middle >= {same}", {"align": "left", "dx": 8, "dy": dy}),
        _number("low", f"datum.middle < {same}", {"align": "right", "dx": -8, "dy": dy}),
    ]
    if shape == "narrow":
        layer.append(_name())
    return {
        "description": told,
        "height": STEP[shape] * len(rows),
        "data": {"values": [row.__dict__ for row in rows]},
        "encoding": {"y": _names(shape)},
        "layer": layer,
    }


def _same(same: float, scale: Spec, shape: str) -> Spec:
    """The upright line where nothing differs, beside each row: never through a name."""
    mark = {"type": "tick", "thickness": 1.5, "color": INK, "aria": False}
    tall = {"size": STEP["wide"]} if shape == "wide" else {"size": 24, "yOffset": 10}
    return {
        "transform": [{"calculate": str(same), "as": "same"}],
        "mark": {**mark, **tall},
        "encoding": {"x": value("same", scale=scale)},
    }


def _names(shape: str) -> Spec:
    shown = {"labelLimit": LONGEST, "labelFontSize": 13.5, "labelColor": INK, "labelPadding": 12}
    axis = shown if shape == "wide" else {"labels": False}
    return {"field": "name", "type": "ordinal", "sort": None, "title": None, "axis": {**axis, "grid": False}}


def _mark(mark: Spec, field: str, scale: Spec, axis: Spec, x2: str = "") -> Spec:
    encoding: Spec = {"x": value(field, scale=scale, axis=axis)}
    if x2:
        encoding["x2"] = {"field": x2}
    return {"mark": {"aria": False, **mark}, "encoding": encoding}


def _number(field: str, of: str, place: Spec) -> Spec:
    """The number of a row, outside the end of its bar that is farthest from the line."""
    mark = {"type": "text", "baseline": "middle", "color": INK, "fontWeight": 500, "aria": False}
    return {
        "transform": [{"filter": of}],
        "mark": {**mark, **place},
        "encoding": {"x": value(field), "text": {"field": "said"}},
    }


def _name() -> Spec:
    """The name of a row above it, from the left edge."""
    mark = {"type": "text", "align": "left", "baseline": "middle", "dy": -19, "fontSize": 13, "color": INK}
    return {"mark": {"aria": False, **mark}, "encoding": {"x": {"value": 0}, "text": {"field": "name"}}}
