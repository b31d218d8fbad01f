"""Bars lying down: a name, a length, and the number written at its end. The chosen one is dark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROW = {"wide": 44, "narrow": 40}
FJORD, INK = "#0f4c64", "#16222b"
ROOM = {"wide": 1.45, "narrow": 2.8}  # of the longest: room for the words at its end
Spec = dict[str, Any]


@dataclass(frozen=True)
class Length:
    """`words` is the value as people say it."""

    name: str
    value: float
    words: str
    chosen: bool = False


def lengths(shown: Sequence[Length], *, told: str) -> Mapping[str, Spec]:
    """In the order they are given."""
    longest = max((one.value for one in shown), default=0) or 1
    rows = [{"name": one.name, "value": one.value, "words": one.words, "chosen": one.chosen} for one in shown]
    return {
        shape: {
            "description": told,
            "height": ROW[shape] * len(shown),
            "data": {"values": rows},
            "encoding": {
                "y": {
                    "field": "name",
                    "type": "nominal",
                    "sort": None,
                    "title": None,
                    "axis": {"labelColor": INK, "labelLimit": 260 if shape == "wide" else 185},
                },
                "x": {
                    "field": "value",
                    "type": "quantitative",
                    "title": None,
                    "axis": None,
                    "scale": {"domain": [0, longest * ROOM[shape]]},
                },
            },
            "layer": [
                {
                    "mark": {"type": "bar", "height": 18, "aria": False},
                    "encoding": {
                        "color": {"condition": {"test": "datum.chosen", "value": FJORD}, "value": "#5f93a8"}
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 8, "color": INK, "aria": False},
                    "encoding": {"text": {"field": "words"}},
                },
            ],
        }
        for shape in ("wide", "narrow")
    }
