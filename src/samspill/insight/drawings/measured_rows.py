"""Areas under each other by their figure, each with its limits, and a line where all together stand.

Shape tells who differs: a triangle up or down; a circle may be chance. With many areas rows are thin and only
the reader's own have a name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from samspill.insight.drawings.parts import FJORD, INK, SHAPES, Spec

GREY, LIGHT = "#6b7780", "#c3ced4"
MOST_NAMED = 40
ROW = {"wide": 28, "narrow": 26}
THIN = 3  # pixels of a row among many
LABELS = {"wide": 220, "narrow": 118}
FORMS = {"higher": "triangle-up", "lower": "triangle-down"}


@dataclass(frozen=True)
class MeasuredRow:
    """An area: `words` is its figure as one writes it, `standing` one of `telling.indicators.Standing`."""

    name: str
    value: float
    lower: float | None
    upper: float | None
    words: str
    standing: str
    is_own: bool = False
    is_whole: bool = False


def measured_rows(
    rows: Sequence[MeasuredRow], *, whole: tuple[str, float] | None, told: str, unit: str
) -> Mapping[str, Spec]:
    """`rows` in the order they stand; `whole` is the name and the figure of all together."""
    named = len(rows) <= MOST_NAMED
    values = [_drawn(one) for one in rows]
    return {shape: _drawing(values, rows, whole, told, unit, shape, named) for shape in SHAPES}


def _drawn(one: MeasuredRow) -> dict[str, Any]:
    return {
        "n": one.name,
        "v": round(one.value, 3),
        "l": None if one.lower is None else round(one.lower, 3),
        "u": None if one.upper is None else round(one.upper, 3),
        "w": one.words,
        "s": FORMS.get(one.standing, "circle"),
        "c": FJORD if one.is_own else INK if one.is_whole else GREY,
    }


def _drawing(
    values: Sequence[Mapping[str, Any]],
    rows: Sequence[MeasuredRow],
    whole: tuple[str, float] | None,
    told: str,
    unit: str,
    shape: str,
    named: bool,
) -> Spec:
    x = {"type": "quantitative", "title": unit, "scale": {"zero": False, "nice": True}}
    x["axis"] = {"grid": True, "tickCount": 6 if shape == "wide" else 4}
    axis = {"labelLimit": LABELS[shape], "labelColor": INK, "grid": False} if named else None
    y = {"field": "n", "type": "nominal", "sort": [one.name for one in rows], "title": None, "axis": axis}
    return {
        "description": told,
        "height": (ROW[shape] if named else THIN) * max(len(rows), 1),
        "data": {"values": list(values)},
        "encoding": {"y": y},
        "layer": [_limits(x, named), *_whole(whole, x), _points(x, named), *_figures(x, shape, named)],
    }


def _limits(x: Spec, named: bool) -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 2 if named else 1, "color": LIGHT, "aria": False},
        "encoding": {"x": {"field": "l", **x}, "x2": {"field": "u"}},
    }


def _whole(whole: tuple[str, float] | None, x: Spec) -> list[Spec]:
    if whole is None:
        return []
    return [
        {
            "data": {"values": [{"v": round(whole[1], 3)}]},
            "mark": {"type": "rule", "style": "norway", "aria": False},
            "encoding": {"x": {"field": "v", **x}, "y": None},
        }
    ]


def _points(x: Spec, named: bool) -> Spec:
    return {
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 100 if named else 18, "aria": False},
        "encoding": {
            "x": {"field": "v", **x},
            "shape": {"field": "s", "type": "nominal", "scale": None},
            "color": {"field": "c", "type": "nominal", "scale": None},
            "tooltip": [
                {"field": "n", "type": "nominal", "title": " "},
                {"field": "w", "type": "nominal", "title": str(x["title"])},
            ],
        },
    }


def _figures(x: Spec, shape: str, named: bool) -> list[Spec]:
    """Each figure beside its limits, where there is room."""
    if not named or shape != "wide":
        return []
    mark = {"type": "text", "style": "text", "align": "left", "dx": 8, "aria": False}
    ends = {"calculate": "datum.u === null ? datum.v : datum.u", "as": "e"}
    encoding = {"x": {"field": "e", **x}, "text": {"field": "w", "type": "nominal"}}
    return [{"transform": [ends], "mark": mark, "encoding": encoding}]
