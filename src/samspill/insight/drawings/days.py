"""Coming days as standing bars: those who are still there and those who come, with a band around the sum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

HEIGHT = {"wide": 320, "narrow": 260}
FJORD, BAR, INK, RED, PAPER = "#0f4c64", "#8bb8c9", "#16222b", "#b3191e", "#ffffff"
FEW = 7  # names of days a phone has room for
Spec = dict[str, Any]


@dataclass(frozen=True)
class Day:
    """Mean numbers `present` and `coming`; the band `low`..`high` and `middle` are of the sum."""

    name: str
    present: float
    coming: float
    low: float
    middle: float
    high: float


def days_ahead(
    shown: Sequence[Day], *, told: str, beds: tuple[float, str] | None = None
) -> Mapping[str, Spec]:
    """`beds` is how many there are, with words: a line across."""
    rows = [
        {
            "place": place,
            "name": one.name,
            "present": one.present,
            "sum": one.present + one.coming,
            "low": one.low,
            "middle": one.middle,
            "high": one.high,
        }
        for place, one in enumerate(shown)
    ]
    return {
        shape: {
            "description": told,
            "height": HEIGHT[shape],
            "data": {"values": rows},
            "encoding": {"x": _names(len(shown), shape)},
            "layer": [
                _bar("sum", BAR),
                _bar("present", FJORD),
                _band(),
                _middle(),
                *(_beds(*beds) if beds else []),
            ],
        }
        for shape in ("wide", "narrow")
    }


def _names(number: int, shape: str) -> Spec:
    crowded = shape == "narrow" and number > FEW
    return {
        "field": "name",
        "type": "ordinal",
        "sort": {"field": "place"},
        "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": "parity" if crowded else False, "labelLimit": 60},
        "scale": {"paddingInner": 0.35},
    }


def _sum(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "title": None, "scale": {"zero": True}}


def _bar(field: str, colour: str) -> Spec:
    return {
        "mark": {"type": "bar", "color": colour, "aria": False},
        "encoding": {"y": {**_sum(field), "stack": None}},
    }


def _band() -> Spec:
    return {
        "mark": {"type": "rule", "color": INK, "strokeWidth": 1.75, "aria": False},
        "encoding": {"y": _sum("low"), "y2": {"field": "high"}},
    }


def _middle() -> Spec:
    return {
        "mark": {"type": "point", "style": "dot", "size": 60, "aria": False},
        "encoding": {"y": _sum("middle")},
    }


def _beds(number: float, words: str) -> list[Spec]:
    """A line across, with its words on a halo of paper so that they stand clear of the bars."""
    line = {"data": {"values": [{"beds": number}]}}
    places = {"x": None, "y": {"field": "beds", "type": "quantitative"}}
    rule = {"type": "rule", "color": RED, "strokeDash": [6, 4], "strokeWidth": 1.5, "aria": False}
    text = {
        "type": "text",
        "style": "label",
        "text": words,
        "align": "left",
        "baseline": "bottom",
        "dx": 4,
        "dy": -4,
        "aria": False,
        "x": 0,
    }
    halo = {**text, "color": PAPER, "stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round"}
    return [{**line, "mark": mark, "encoding": places} for mark in (rule, halo, {**text, "color": INK})]
