"""Areas by size and figure, inside the limits chance alone would keep them in; those outside are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.parts import FJORD, INK, SHAPES, Spec

HEIGHT = {"wide": 380, "narrow": 320}
GREY = "#6b7780"
MANY = 40
FORMS = ("circle", "triangle-up", "triangle-down")
"""By the sign of how many limits an area is outside: none, above, below."""


@dataclass(frozen=True)
class FunnelPoint:
    """An area: `outside` is how many limits it passes, below 0 when it is low."""

    name: str
    size: float
    value: float
    words: str
    outside: int
    is_own: bool = False
    is_named: bool = False


@dataclass(frozen=True)
class FunnelCurve:
    """The limits for areas of `sizes`: (lower, upper) of the inner level and of the outer."""

    sizes: Sequence[float]
    inner: tuple[Sequence[float], Sequence[float]]
    outer: tuple[Sequence[float], Sequence[float]]
    target: float


def funnel_drawing(
    points: Sequence[FunnelPoint], curve: FunnelCurve, *, told: str, unit: str, size: str
) -> Mapping[str, Spec]:
    """`unit` is what the figure is of, `size` what an area's size counts."""
    return {shape: _drawing(points, curve, told, unit, size, shape) for shape in SHAPES}


def _drawing(
    points: Sequence[FunnelPoint], curve: FunnelCurve, told: str, unit: str, size: str, shape: str
) -> Spec:
    x: Spec = {"type": "quantitative", "title": size, "scale": {"zero": True, "nice": False}}
    if len(points) > MANY:
        x["scale"]["type"] = "sqrt"  # a few large ones would else press the many together
    x["scale"]["domain"] = [0, round(curve.sizes[-1])]
    x["axis"] = {"grid": False, "tickCount": 6 if shape == "wide" else 3}
    y: Spec = {"type": "quantitative", "title": unit, "scale": {"zero": False, "nice": False}}
    y["scale"]["domain"] = _ends(points, curve)
    return {
        "description": told,
        "height": HEIGHT[shape],
        "layer": [
            *(_limit(curve.sizes, ends, [2, 4], x, y) for ends in curve.inner),
            *(_limit(curve.sizes, ends, [1, 0], x, y) for ends in curve.outer),
            _target(curve.target, y),
            _points(points, x, y),
            _names(points, x, y),
        ],
    }


def _ends(points: Sequence[FunnelPoint], curve: FunnelCurve) -> list[float]:
    """What holds every area and the narrow half of the funnel: its mouth is endlessly wide."""
    half = len(curve.sizes) // 4
    seen = [one.value for one in points] + [curve.outer[0][half], curve.outer[1][half]]
    air = 0.06 * ((max(seen) - min(seen)) or 1.0)
    return [max(0.0, min(seen) - air), max(seen) + air]


def _limit(sizes: Sequence[float], ends: Sequence[float], dash: list[int], x: Spec, y: Spec) -> Spec:
    rows = [{"x": round(at, 1), "y": round(end, 3)} for at, end in zip(sizes, ends, strict=True)]
    mark = {"type": "line", "color": GREY, "strokeWidth": 1.25, "strokeDash": dash, "clip": True}
    return {
        "data": {"values": rows},
        "mark": {**mark, "aria": False},
        "encoding": {"x": {"field": "x", **x}, "y": {"field": "y", **y}},
    }


def _target(target: float, y: Spec) -> Spec:
    return {
        "data": {"values": [{"y": round(target, 3)}]},
        "mark": {"type": "rule", "style": "norway", "aria": False},
        "encoding": {"y": {"field": "y", **y}},
    }


def _rows(points: Sequence[FunnelPoint]) -> list[dict[str, object]]:
    return [
        {
            "n": one.name,
            "x": one.size,
            "y": round(one.value, 3),
            "w": one.words,
            "s": FORMS[(one.outside > 0) - (one.outside < 0)],
            "c": FJORD if one.is_own else GREY,
        }
        for one in points
    ]


def _points(points: Sequence[FunnelPoint], x: Spec, y: Spec) -> Spec:
    mark = {"type": "point", "filled": True, "opacity": 1, "size": 90 if len(points) <= MANY else 34}
    return {
        "data": {"values": _rows(points)},
        "mark": {**mark, "stroke": "#ffffff", "strokeWidth": 0.75, "aria": False},
        "encoding": {
            "x": {"field": "x", **x},
            "y": {"field": "y", **y},
            "shape": {"field": "s", "type": "nominal", "scale": None},
            "fill": {"field": "c", "type": "nominal", "scale": None},
            "tooltip": [
                {"field": "n", "type": "nominal", "title": " "},
                {"field": "w", "type": "nominal", "title": str(y["title"])},
                {"field": "x", "type": "quantitative", "format": ",d", "title": str(x["title"])},
            ],
        },
    }


def _names(points: Sequence[FunnelPoint], x: Spec, y: Spec) -> Spec:
    named = [one for one in points if one.is_named]
    mark = {"type": "text", "style": "label", "color": INK, "align": "left", "dx": 8, "aria": False}
    return {
        "data": {"values": [{"n": one.name, "x": one.size, "y": round(one.value, 3)} for one in named]},
        "mark": {**mark, "baseline": "middle"},
        "encoding": {
            "x": {"field": "x", **x},
            "y": {"field": "y", **y},
            "text": {"field": "n", "type": "nominal"},
        },
    }
