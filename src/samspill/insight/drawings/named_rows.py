"""What drawings with a row per thing have in common: the name above its marks, an axis below, figures.

A name above the marks may be as long as it is, on a phone too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Spec = dict[str, Any]

SHAPES = ("wide", "narrow")
INK, QUIET, PAPER, FJORD, BAR, PALE = "#16222b", "#4c5a64", "#ffffff", "#0f4c64", "#5f93a8", "#bfd0d8"
"""Of the palette; the browser turns them with the colour scheme."""
CATEGORIES = (FJORD, BAR, "#c3ced4", INK, "#93bccb")
MARKS = ("circle", "square", "diamond", "triangle-up", "cross")
"""Colour is never alone: each has a shape of its own."""
ABOVE, BELOW = -15, 10  # pixels from the middle of a row: its name, its mark
ROOM = {"wide": 0.16, "narrow": 0.3}  # of the axis, to the right of the marks for their figures
STEP = 54  # pixels of a row


def both(told: str, layers: Mapping[str, Sequence[Spec]], **more: Any) -> Mapping[str, Spec]:
    """The wide and the narrow drawing of `layers`; `told` is the figure in words."""
    return {shape: {"description": told, **more, "layer": list(layers[shape])} for shape in SHAPES}


def domain(values: Iterable[float], shape: str, *, zero: bool) -> list[float]:
    """From the lowest to the highest with some air, and room to the right for figures."""
    listed = [*values, *([0.0] if zero else [])]
    low, high = min(listed), max(listed)
    span = (high - low) or abs(high) or 1.0
    left = low if zero and low == 0 else low - 0.04 * span
    return [left, high + ROOM[shape] * span]


def across(field: str, ends: Sequence[float], *, unit: str, form: str = ",~f") -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": unit,
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {"grid": True, "tickCount": 4, "tickMinStep": (ends[1] - ends[0]) / 10, "format": form},
    }


def row(count: int) -> Spec:
    """Rows are numbered from 0, so that they stand in their order whatever layer names them first."""
    domain = list(range(count))
    return {"field": "row", "type": "ordinal", "sort": None, "axis": None, "scale": {"domain": domain}}


def names(said: Sequence[str]) -> Spec:
    """The name of each row, from the left edge; once, however many marks the row has."""
    return {
        "data": {"values": [{"row": place, "name": name} for place, name in enumerate(said)]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "yOffset": ABOVE,
            "color": INK,
            "aria": False,
        },
        "encoding": {"x": {"value": 0}, "text": {"field": "name", "type": "nominal"}},
    }


def zero_line() -> Spec:
    return {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1, "aria": False},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}, "y": None},
    }
