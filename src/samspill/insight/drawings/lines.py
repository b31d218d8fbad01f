"""A few lines over a number (beds, hours, days), each with its name beside it; a mark where one stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT = {"wide": 320, "narrow": 260}
INK, FJORD, GREY = "#16222b", "#0f4c64", "#6b7780"
LOOKS: Mapping[str, Mapping[str, object]] = {
    "main": {"color": FJORD, "strokeWidth": 2.5},
    "second": {"color": INK, "strokeWidth": 2.25, "strokeDash": [2, 5]},
    "third": {"color": GREY, "strokeWidth": 1.75, "strokeDash": [8, 4]},
}
PLACES: Mapping[str, Mapping[str, object]] = {
    "above": {"align": "center", "dy": -14},
    "below": {"align": "center", "dy": 16},
    "left": {"align": "right", "dx": -10},
    "right": {"align": "left", "dx": 10},
    "under": {"align": "left", "dx": 12, "dy": 10},
}
Spec = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """`points` are (x, y) from left to right; `name` stands at the point `named_at`: `side` of PLACES."""

    name: str
    points: Sequence[tuple[float, float]]
    look: str = "main"
    named_at: int = -1
    side: str = "above"


def lines(
    shown: Sequence[Line],
    *,
    told: str,
    across: str,
    counts: str,
    here: tuple[float, str] | None = None,
    names: Mapping[float, str] | None = None,
    percent: bool = False,
    zero: bool = True,
    years: bool = False,
) -> Mapping[str, Spec]:
    """`across` and `counts` name the axes; `here` (x, words) is marked; `names` are ticks with words.

    `years`: x is a year, written without a mark for thousands.
    """
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "layer": [
                *(_line(one, across, counts, names, percent, zero, shape, years) for one in shown),
                *([_rule(here)] if here else []),
                *(_name(one, shape) for one in shown),
                *([_told(here)] if here else []),
            ],
        }
        for shape in ("wide", "narrow")
    }


def _line(
    one: Line,
    across: str,
    counts: str,
    names: Mapping[float, str] | None,
    percent: bool,
    zero: bool,
    shape: str,
    years: bool,
) -> Spec:
    form = ".0%" if percent else ",~f"
    return {
        "data": {"values": [{"x": x, "y": y} for x, y in one.points]},
        "mark": {"type": "line", "aria": False, "tooltip": True, **LOOKS[one.look]},
        "encoding": {
            "x": {
                "field": "x",
                "type": "quantitative",
                "title": across,
                "scale": {"nice": False, "zero": False},
                "axis": {**_ticks(names, shape), **({"format": "d"} if years else {})},
            },
            "y": {
                "field": "y",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": zero},
                "axis": {"format": form},
            },
            "tooltip": [
                {"field": "x", "type": "quantitative", "title": across, "format": "d" if years else ",~f"},
                {"field": "y", "type": "quantitative", "title": f"{one.name}, {counts}", "format": form},
            ],
        },
    }


def _ticks(names: Mapping[float, str] | None, shape: str) -> Spec:
    if not names:
        return {"tickCount": 8 if shape == "wide" else 4}
    said = {f"{place:g}": word for place, word in names.items()}
    # without a count Vega leaves out every second name of more than it finds fitting
    return {
        "values": list(names),
        "tickCount": len(names),
        "labelExpr": f"{said}[datum.value]",
        "labelOverlap": False,
    }


def _at(x: float, y: float, mark: Spec) -> Spec:
    return {
        "data": {"values": [{"x": x, "y": y}]},
        "mark": {"aria": False, **mark},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative"},
        },
    }


def _name(one: Line, shape: str) -> Spec:
    x, y = one.points[one.named_at]
    size = {} if shape == "wide" else {"fontSize": 12.5}
    mark = {"type": "text", "style": "label", "text": one.name, "color": INK, "baseline": "middle"}
    return _at(x, y, {**mark, **PLACES[one.side], **size})


def _rule(here: tuple[float, str]) -> Spec:
    return {
        "data": {"values": [{"x": here[0]}]},
        "mark": {"type": "rule", "style": "now", "aria": False},
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }


def _told(here: tuple[float, str]) -> Spec:
    return {
        "data": {"values": [{"x": here[0]}]},
        "mark": {
            "type": "text",
            "style": "label",
            "aria": False,
            "text": here[1],
            "align": "left",
            "baseline": "top",
            "dx": 6,
            "dy": 0,
            "y": 0,
        },
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }
