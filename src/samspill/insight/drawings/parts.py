"""Pieces that several drawings are made of."""

from typing import Any

Spec = dict[str, Any]
INK, PAPER, FJORD, QUIET = "#16222b", "#ffffff", "#0f4c64", "#4c5a64"
"""Of the palette; the browser turns them with the colour scheme."""
SHAPES = ("wide", "narrow")
TICKS_APART = 2  # years between ticks that would touch


def years_axis(first: int, last: int, shape: str, *, room: float = 0.0) -> Spec:
    """The x of a drawing by year, with `room` of its length left free to the right in the wide one."""
    every = {"wide": 2 if last - first <= 16 else 5, "narrow": 5}[shape]
    even = {year for year in range(first, last + 1) if year % every == 0}
    shown = sorted({first, last} | {year for year in even if min(year - first, last - year) >= TICKS_APART})
    free = round((last - first) * room) if shape == "wide" else 0
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [first, last + free], "nice": False},
        "axis": {
            "format": "d",
            "values": shown,
            "tickCount": len(shown),
            "labelOverlap": False,
            "labelFlush": False,
        },
    }


def text_at(value: str, style: str, *, x: object, y: object, **place: object) -> Spec:
    """A text where x and y are (field or datum) encodings."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "text", "style": style, "baseline": "middle", "text": value, "aria": False, **place},
        "encoding": {"x": x, "y": y},
    }
