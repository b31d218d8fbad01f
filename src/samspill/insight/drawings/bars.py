"""Bars that begin where one says: steps from a number to another (a waterfall), parts of a whole, lengths.

On a phone the name stands above its bar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.marks import BAR, FJORD, HALF, INK, PALE, Spec, value

STEP = {"wide": 36, "narrow": 52}  # pixels per row
THICK = 16
LONGEST = 330
ROOM = 0.16  # of the axis: for the number behind the last bar
COLOURS = {"whole": PALE, "more": BAR, "less": FJORD, "other": HALF}
WORDS_OF = {"whole": "c-p", "more": "c-pold", "less": "c-me", "other": "c-iqr"}
"""The class of each kind's mark in words beside a figure."""


@dataclass(frozen=True)
class Bar:
    """From `start` to `end`; `kind` is one of COLOURS, `said` what stands behind it. Bars of one name share a
    row."""

    name: str
    start: float
    end: float
    kind: str
    said: str = ""


def bars(rows: Sequence[Bar], *, told: str, unit: str = "", least: float = 0.0) -> Mapping[str, Spec]:
    """`least` is where the axis begins; a break must be said in words."""
    return {shape: _drawn(rows, told, unit, least, shape) for shape in ("wide", "narrow")}


def _drawn(rows: Sequence[Bar], told: str, unit: str, least: float, shape: str) -> Spec:
    high = max([least, *(max(row.start, row.end) for row in rows)])
    low = min([least, *(min(row.start, row.end) for row in rows)])
    room = ROOM * ((high - low) or 1.0)
    narrow = shape == "narrow"
    dy = 10 if narrow else 0
    x = value(
        "start",
        scale={"domain": [low, high + room], "nice": False, "zero": False},
        axis={"labelExpr": f"format(datum.value, ',~f') + '{unit}'", "tickCount": 5 if not narrow else 4},
    )
    colour = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(COLOURS), "range": list(COLOURS.values())},
    }
    shown = {"labelLimit": LONGEST, "labelFontSize": 13.5, "labelColor": INK, "labelPadding": 12}
    said = {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "dy": dy, "color": INK}
    layer: list[Spec] = [
        {
            "mark": {"type": "bar", "height": THICK, "yOffset": dy, "aria": False},
            "encoding": {"x": x, "x2": {"field": "end"}, "color": colour},
        },
        {
            "mark": {**said, "fontWeight": 500, "aria": False},
            "encoding": {"x": value("far"), "text": {"field": "said"}},
        },
    ]
    if narrow:
        name = {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dy": -17,
            "fontSize": 13,
            "color": INK,
        }
        layer.append(
            {"mark": {**name, "aria": False}, "encoding": {"x": {"value": 0}, "text": {"field": "name"}}}
        )
    return {
        "description": told,
        "height": STEP[shape] * len({row.name for row in rows}),
        "data": {"values": [{**row.__dict__, "far": max(row.start, row.end)} for row in rows]},
        "encoding": {
            "y": {
                "field": "name",
                "type": "ordinal",
                "sort": None,
                "title": None,
                "axis": {**({"labels": False} if narrow else shown), "grid": False},
            }
        },
        "layer": layer,
    }
