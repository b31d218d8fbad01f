"""A map of municipalities coloured by growth, in steps. Each leads to its own page."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
Ring = Sequence[tuple[float, float]]
HEIGHT = {"wide": 460, "narrow": 400}
WIDTH = {"wide": 540, "narrow": 340}  # what it is drawn in, about: decides which names there is room for
FINE = 500  # points across the map: finer is not seen
LETTER = 6.5  # pixels of a letter in a name
COLOURS = ("#e8f0f3", "#c5dce5", "#93bccb", "#0f4c64")
WITHOUT = "#ffffff"  # where there is no figure to tell
INK, PAPER, LINE = "#16222b", "#ffffff", "#ffffff"
BORDER = "#6b7780"


@dataclass(frozen=True)
class Shape:
    """A municipality: `rings` in degrees (east, north), `told` its figure, `step` its colour: 0..3, or 4."""

    name: str
    told: str
    step: int
    url: str
    rings: Sequence[Ring]


@dataclass(frozen=True)
class _Placed:
    """The same with its rings in the plane, equally long in both directions."""

    shape: Shape
    rings: Sequence[Ring]

    @property
    def main(self) -> Ring:
        return max(self.rings, key=lambda ring: abs(_area(ring)))


def growth_map(shapes: Sequence[Shape], *, told: str, counts: str = "80+") -> Mapping[str, Spec]:
    """`told` is the figure in words, `counts` what each municipality's is of.

    Coordinates are laid in the plane at the map's own latitude.
    """
    placed = _placed(shapes)
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "projection": {"type": "identity", "reflectY": True},
            "layer": [_areas(placed, counts), *_names(placed, shape)],
        }
        for shape in HEIGHT
    }


def _placed(shapes: Sequence[Shape]) -> list[_Placed]:
    north = [y for shape in shapes for ring in shape.rings for _x, y in ring]
    narrowed = math.cos(math.radians((min(north) + max(north)) / 2))
    east = [x * narrowed for shape in shapes for ring in shape.rings for x, _y in ring]
    grid = max(max(north) - min(north), max(east) - min(east)) / FINE
    return [
        _Placed(
            one, [ring for ring in (_on_grid(ring, narrowed, grid) for ring in one.rings) if len(ring) > 3]
        )
        for one in shapes
    ]


def _on_grid(ring: Ring, narrowed: float, grid: float) -> Ring:
    """Points moved to a grid and said once: neighbours move alike, so that no gap opens between them."""
    moved = [(round(x * narrowed / grid), round(y / grid)) for x, y in ring]
    kept = [point for place, point in enumerate(moved) if place == 0 or point != moved[place - 1]]
    return [(float(x), float(y)) for x, y in kept]


def _area(ring: Ring) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in itertools.pairwise(ring)) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of a ring that is not empty."""
    area = _area(ring)
    pairs = list(itertools.pairwise(ring))
    turned = [x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs]
    x = sum((a[0] + b[0]) * t for (a, b), t in zip(pairs, turned, strict=True)) / (6 * area)
    y = sum((a[1] + b[1]) * t for (a, b), t in zip(pairs, turned, strict=True)) / (6 * area)
    return round(x, 1), round(y, 1)


def _areas(placed: Sequence[_Placed], counts: str) -> Spec:
    features = [
        {
            "type": "Feature",
            "name": one.shape.name,
            "told": one.shape.told,
            "step": one.shape.step,
            "url": one.shape.url,
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in one.rings]},
        }
        for one in placed
    ]
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "strokeWidth": 1, "aria": False},
        "encoding": {
            "color": {
                "field": "step",
                "type": "ordinal",
                "scale": {"domain": list(range(len(COLOURS) + 1)), "range": [*COLOURS, WITHOUT]},
                "legend": None,
            },
            "stroke": {
                "condition": {"test": f"datum.step == {len(COLOURS)}", "value": BORDER},
                "value": LINE,
            },
            "href": {"field": "url", "type": "nominal"},
            "tooltip": [
                {"field": "name", "type": "nominal", "title": " "},
                {"field": "told", "type": "nominal", "title": counts},
            ],
        },
    }


def _names(placed: Sequence[_Placed], shape: str) -> list[Spec]:
    """Names and growth where there is room for them, light on the darkest colour."""
    scale = _scale(placed, shape)
    rows = [
        {
            "x": x,
            "y": y,
            "name": one.shape.name,
            "told": one.shape.told,
            "dark": one.shape.step == len(COLOURS) - 1,
        }
        for one in placed
        if one.rings and _has_room(one, scale)
        for x, y in [_middle(one.main)]
    ]
    return [
        _text(rows, field, size, weight, dy)
        for field, size, weight, dy in (("name", 12, 400, -7), ("told", 13, 600, 8))
    ]


def _scale(placed: Sequence[_Placed], shape: str) -> float:
    """Pixels for each unit of the plane."""
    xs, ys = zip(*[point for one in placed for ring in one.rings for point in ring], strict=True)
    return min(WIDTH[shape] / max(max(xs) - min(xs), 1), HEIGHT[shape] / max(max(ys) - min(ys), 1))


def _has_room(one: _Placed, scale: float) -> bool:
    across = [x for x, _y in one.main]
    return (max(across) - min(across)) * scale > LETTER * len(one.shape.name) and abs(
        _area(one.main)
    ) * scale**2 > 900


def _text(rows: Sequence[Mapping[str, object]], field: str, size: int, weight: int, dy: int) -> Spec:
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "text", "fontSize": size, "fontWeight": weight, "dy": dy, "aria": False},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": field, "type": "nominal"},
            "color": {"condition": {"test": "datum.dark", "value": PAPER}, "value": INK},
        },
    }
