"""A funnel: areas by how many people they rest on, within what chance alone would make of the average."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from samspill.analysis.rates import Funnel
from samspill.insight.drawings.parts import FJORD, PAPER, QUIET, SHAPES, Spec

HEIGHT = {"wide": 380, "narrow": 300}
POINTS = 60  # of each line
DASHES: tuple[list[int], list[int]] = ([6, 4], [])  # of the inner and the outer limits
LOOKS: Mapping[bool, Mapping[str, object]] = {
    False: {"shape": "circle", "fill": "#9aa6ae", "size": 45},
    True: {"shape": "diamond", "fill": FJORD, "size": 120},
}
"""How a point looks inside and outside the outer limits: by shape first."""


@dataclass(frozen=True)
class Words:
    """`told` is the figure in words, `people` and `unit` stand under and at the axes."""

    told: str
    people: str
    unit: str
    place: str


def funnel_of_areas(found: Funnel, names: Sequence[str], words: Words) -> Mapping[str, Spec]:
    """`names` in the order of the funnel's areas; those without a figure are not drawn."""
    shown = np.isfinite(found.value) & np.isfinite(found.denominator)
    points = [
        {
            "people": float(found.denominator[at]),
            "value": float(found.value[at]),
            "name": names[at],
            "outside": bool(abs(found.signal[at]) > 1),
        }
        for at in np.flatnonzero(shown).tolist()
    ]
    people = [float(one) for one in found.denominator[shown]] or [1.0]
    across = np.geomspace(max(min(people) * 0.8, 1.0), max(people) * 1.05, POINTS)
    return {shape: _spec(shape, points, _lines(found, across), found.target, words) for shape in SHAPES}


def _lines(found: Funnel, across: np.ndarray) -> list[list[Mapping[str, float]]]:
    lower, upper = found.curve(across)
    return [
        [{"people": float(x), "value": float(y)} for x, y in zip(across, side[level], strict=True)]
        for level in range(len(found.levels))
        for side in (lower, upper)
    ]


def _spec(
    shape: str,
    points: Sequence[Mapping[str, object]],
    lines: Sequence[Sequence[Mapping[str, float]]],
    target: float,
    words: Words,
) -> Spec:
    return {
        "description": words.told,
        "height": HEIGHT[shape],
        "layer": [
            *(_line(line, DASHES[place // 2], words) for place, line in enumerate(lines)),
            {
                "data": {"values": [{"value": target}]},
                "mark": {"type": "rule", "color": QUIET, "aria": False},
                "encoding": {"y": {"field": "value", "type": "quantitative"}},
            },
            *(_dots([one for one in points if one["outside"] is out], out, words) for out in (False, True)),
        ],
    }


def _axes(words: Words) -> Spec:
    return {
        "x": {
            "field": "people",
            "type": "quantitative",
            "title": words.people,
            "scale": {"type": "log", "nice": False},
            "axis": {"format": ",d", "tickCount": 5, "grid": False},
        },
        "y": {
            "field": "value",
            "type": "quantitative",
            "title": words.unit,
            "scale": {"zero": False},
            "axis": {"format": ",~r"},
        },
    }


def _line(values: Sequence[Mapping[str, float]], dash: Sequence[int], words: Words) -> Spec:
    return {
        "data": {"values": list(values)},
        "mark": {
            "type": "line",
            "color": QUIET,
            "strokeWidth": 1.25,
            "strokeDash": list(dash),
            "aria": False,
            "clip": True,
        },
        "encoding": _axes(words),
    }


def _dots(values: Sequence[Mapping[str, object]], outside: bool, words: Words) -> Spec:
    mark: dict[str, Any] = {"type": "point", "filled": True, "opacity": 1, "stroke": PAPER, "aria": False}
    return {
        "data": {"values": list(values)},
        "mark": {**mark, **LOOKS[outside]},
        "encoding": {
            **_axes(words),
            "tooltip": [
                {"field": "name", "type": "nominal", "title": words.place},
                {"field": "value", "type": "quantitative", "format": ",.3~r", "title": words.unit},
                {"field": "people", "type": "quantitative", "format": ",.0f", "title": words.people},
            ],
        },
    }
