"""Scenarios below each other on one axis: a dot for what each gives, a bar for what is likely."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, NamedTuple

Spec = dict[str, Any]
STEP = {"wide": 56, "narrow": 84}  # pixels of height for each scenario, at least
LINE = 18  # of each line of its name
TICKS = {"wide": 6, "narrow": 3}
WRAP = {"wide": 30, "narrow": 40}  # letters of a name on one line
ROOM = 0.14  # of the axis, to the right of the last value for its number
SPLIT = "split(datum.label, '\\n')"
INK = "#16222b"


class Beside(NamedTuple):
    """`low` and `high` hold the true value eight times of ten, None when nobody says; `said` is `value`."""

    name: str
    value: float
    low: float | None
    high: float | None
    said: str


def beside(rows: Sequence[Beside], *, told: str) -> dict[str, Spec]:
    """`told` is the figure in words. On a narrow page the name stands above its dot."""
    return {"wide": _drawn(rows, told, "wide"), "narrow": _drawn(rows, told, "narrow")}


def _drawn(rows: Sequence[Beside], told: str, shape: str) -> Spec:
    names = ["\n".join(wrap(one.name, WRAP[shape])) for one in rows]
    lines = max(name.count("\n") + 1 for name in names)
    values = [
        {"name": name, "value": one.value, "low": one.low, "high": one.high, "said": one.said}
        for name, one in zip(names, rows, strict=True)
    ]
    is_wide = shape == "wide"
    axis = {"labelExpr": SPLIT, "labelLimit": 0, "labelColor": INK, "labelPadding": 16} if is_wide else None
    above = [] if is_wide else [_text("name", INK, dx=0, dy=-24, align="left", shape=shape)]
    return {
        "description": told,
        "height": max(STEP[shape], LINE * (lines + (1 if is_wide else 3))) * len(rows),
        "data": {"values": values},
        "encoding": {"y": {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": axis}},
        "layer": [
            {"mark": {"type": "bar", "style": "b80", "height": 14, "aria": False},
             "encoding": {"x": _across("low", rows, shape), "x2": {"field": "high"}},
             "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}]},
            {"mark": {"type": "point", "style": "dot", "aria": False},
             "encoding": {"x": _across("value", rows, shape)}},
            _text("said", INK, dx=0, dy=20, align="center", shape=shape, rows=rows),
            *above,
        ],
    }  # fmt: skip


def _across(field: str, rows: Sequence[Beside], shape: str) -> Spec:
    """From zero, so that twice as far is twice as much; below it only when values are."""
    ends = [end for one in rows for end in (one.value, one.low, one.high) if end is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    spread = (high - low) or 1.0
    domain = [low - (ROOM * spread if low < 0 else 0), high + ROOM * spread]
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "scale": {"domain": domain, "nice": False},
        "axis": {"tickCount": TICKS[shape]},
    }


def _text(
    field: str, color: str, *, dx: int, dy: int, align: str, shape: str, rows: Sequence[Beside] = ()
) -> Spec:
    """At the value of its row; without `rows`, at the left edge."""
    mark = {
        "type": "text",
        "color": color,
        "dx": dx,
        "dy": dy,
        "align": align,
        "baseline": "middle",
        "fontSize": 13.5,
        "lineBreak": "\n",
        "aria": False,
    }
    across: Spec = _across("value", rows, shape) if rows else {"value": 0}
    return {"mark": mark, "encoding": {"x": across, "text": {"field": field, "type": "nominal"}}}
