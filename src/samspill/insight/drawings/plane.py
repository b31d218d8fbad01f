"""What each way costs and gives: cost against effect, a line through those that are worth considering."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.named_rows import FJORD, INK, SHAPES, Spec

HEIGHT = {"wide": 340, "narrow": 320}
FALLEN = "#6b7780"
AIR = 0.12  # of each axis, around the points for their names


@dataclass(frozen=True)
class Point:
    """`kept`: no other way, and no mix of two, gives as much for less."""

    name: str
    effect: float
    cost: float
    kept: bool


def plane(found: Sequence[Point], *, told: str, effect: str, cost: str, form: str) -> Mapping[str, Spec]:
    """`effect` and `cost` name the axes; `form` is how effects are written, as in d3-format."""
    values = [
        {
            "name": one.name,
            "effect": one.effect,
            "cost": one.cost,
            "kept": one.kept,
            "colour": FJORD if one.kept else FALLEN,
            "shape": "circle" if one.kept else "cross",
        }
        for one in found
    ]
    kept = sorted((one for one in found if one.kept), key=lambda one: one.effect)
    line = [{"effect": one.effect, "cost": one.cost} for one in kept]
    x, y = _ends([one.effect for one in found]), _ends([one.cost for one in found])
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "data": {"values": values},
            "encoding": {
                "x": _axis("effect", effect, x, "wide", form),
                "y": _axis("cost", cost, y, shape, ",.0f"),
            },
            "layer": [_line(line), _points(), *_names(x)],
        }
        for shape in SHAPES
    }


def _ends(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    return [low - AIR * span, high + AIR * span]


def _axis(field: str, title: str, ends: Sequence[float], shape: str, form: str) -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {
            "grid": True,
            "tickCount": 4,
            "tickMinStep": (ends[1] - ends[0]) / 10,
            "format": form,
            **({} if shape == "wide" else {"titleFontSize": 12}),
        },
    }


def _line(values: Sequence[Mapping[str, float]]) -> Spec:
    return {
        "data": {"values": list(values)},
        "mark": {"type": "line", "color": FJORD, "strokeWidth": 2, "aria": False},
    }


def _points() -> Spec:
    return {
        "mark": {"type": "point", "size": 110, "aria": False},
        "encoding": {
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "shape": {"field": "shape", "type": "nominal", "scale": None},
        },
    }


def _names(ends: Sequence[float]) -> list[Spec]:
    """To the right of a point, to the left of those far to the right."""
    middle = (ends[0] + ends[1]) / 2
    left, right = f"datum.effect < {middle}", f"datum.effect >= {middle}"
    sides = (
        (f"{left} && datum.kept", "left", 8, 16),  # below, so that the line through it goes free
        (f"{left} && !datum.kept", "left", 8, -14),
        (right, "right", -8, -14),
    )
    return [
        {
            "transform": [{"filter": test}],
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "middle",
                "dx": dx,
                "dy": dy,
                "color": INK,
                "aria": False,
            },
            "encoding": {"text": {"field": "name", "type": "nominal"}},
        }
        for test, align, dx, dy in sides
    ]
