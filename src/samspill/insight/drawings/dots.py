"""Rows of dots on a common axis: one row for each place or group, a dot for each way of saying its value.

A row may have an interval behind its dots. Which dot is which is said beside the drawing, in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]
ROW = {"wide": 30, "narrow": 34}  # pixels for each row
BAND = 10  # pixels of an interval
LABELS = {"wide": 260, "narrow": 130}  # pixels for the names of the rows


@dataclass(frozen=True)
class Dots:
    """A row: its name, its values by the key of their mark, and perhaps what they are expected between."""

    label: str
    values: Mapping[str, float]
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Mark:
    """How a dot looks: colour and shape of the palette (never colour alone), and its name."""

    name: str
    colour: str
    shape: str = "circle"
    size: int = 110


def dots(
    rows: Sequence[Dots], marks: Mapping[str, Mark], *, told: str, unit: str, zero: bool = True
) -> Mapping[str, Spec]:
    """`told` is the figure in words, `unit` stands under the axis. Rows stand in the order they come.

    The axis begins at nothing unless `zero` is False, for values that all are about the same.
    """
    order = [row.label for row in rows]
    return {
        shape: {
            "description": told,
            "height": ROW[shape] * len(rows),
            "encoding": {
                "y": {
                    "field": "label",
                    "type": "nominal",
                    "sort": order,
                    "title": None,
                    "axis": {"labelLimit": LABELS[shape], "grid": True, "tickBand": "extent"},
                },
            },
            "layer": [
                *_intervals(rows, unit, zero),
                *(_points(rows, key, mark, _across(unit, zero)) for key, mark in marks.items()),
            ],
        }
        for shape in ROW
    }


def _across(unit: str, zero: bool) -> Spec:
    scale = {"zero": zero, "nice": True}
    return {"type": "quantitative", "title": unit, "scale": scale, "axis": {"grid": True}}


def _intervals(rows: Sequence[Dots], unit: str, zero: bool) -> list[Spec]:
    values = [
        {"label": row.label, "low": row.interval[0], "high": row.interval[1]} for row in rows if row.interval
    ]
    drawing = {
        "data": {"values": values},
        "mark": {"type": "bar", "color": "#bfd9e3", "height": BAND, "aria": False},
        "encoding": {"x": {"field": "low", **_across(unit, zero)}, "x2": {"field": "high"}},
    }
    return [drawing] if values else []


def _points(rows: Sequence[Dots], key: str, mark: Mark, across: Spec) -> Spec:
    values = [{"label": row.label, "value": row.values[key]} for row in rows if key in row.values]
    return {
        "data": {"values": values},
        "mark": {
            "type": "point",
            "shape": mark.shape,
            "size": mark.size,
            "filled": True,
            "fill": mark.colour,
            "stroke": "#ffffff",
            "strokeWidth": 1.5,
            "opacity": 1,
            "aria": False,
        },
        "encoding": {
            "x": {"field": "value", **across},
            "tooltip": [
                {"field": "label", "type": "nominal", "title": " "},
                {"field": "value", "type": "quantitative", "format": ",.1~f", "title": mark.name},
            ],
        },
    }
