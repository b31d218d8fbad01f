"""Contributions: from one value to another, step by step, each step from where the one before it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.named_rows import (
    BAR,
    BELOW,
    FJORD,
    INK,
    PALE,
    SHAPES,
    STEP,
    Spec,
    across,
    both,
    domain,
    names,
    row,
)


@dataclass(frozen=True)
class Step:
    """`change` is added to what was before; `said` is how it is written."""

    name: str
    change: float
    said: str


def contributions(
    start: Step, steps: Sequence[Step], end: Step, *, told: str, unit: str, less: str, more: str
) -> Mapping[str, Spec]:
    """`start` and `end` hold whole values; `less` and `more` are the words of the key."""
    values, at = [], start.change
    for place, one in enumerate(steps, 1):
        values.append(_row(place, one, at, at + one.change, more if one.change > 0 else less))
        at += one.change
    whole = [(0, start, start.change), (len(steps) + 1, end, end.change)]
    marked = [{"row": place, "name": one.name, "at": value, "said": one.said} for place, one, value in whole]
    ends = [float(str(one[key])) for one in values for key in ("from", "to")] + [start.change, end.change]
    layers = {
        shape: [
            _bar(across("from", domain(ends, shape, zero=False), unit=unit), less, more),
            _said("right"),
            names([start.name, *(one.name for one in steps), end.name]),
            *_ends(marked),
        ]
        for shape in SHAPES
    }
    return both(
        told, layers, data={"values": values}, height={"step": STEP - 6}, encoding={"y": row(len(steps) + 2)}
    )


def _row(place: int, one: Step, begins: float, ends: float, side: str) -> dict[str, object]:
    return {
        "row": place,
        "name": one.name,
        "from": begins,
        "to": ends,
        "right": max(begins, ends),
        "side": side,
        "said": one.said,
    }


def _bar(x: Spec, less: str, more: str) -> Spec:
    return {
        "mark": {"type": "bar", "height": 15, "yOffset": BELOW, "aria": False},
        "encoding": {
            "x": x,
            "x2": {"field": "to"},
            "color": {
                "field": "side",
                "type": "nominal",
                "scale": {"domain": [less, more], "range": [PALE, BAR]},
                "legend": {"title": None},
            },
        },
    }


def _said(field: str) -> Spec:
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 8,
            "yOffset": BELOW,
            "color": INK,
            "aria": False,
        },
        "encoding": {
            "x": {"field": field, "type": "quantitative"},
            "text": {"field": "said", "type": "nominal"},
        },
    }


def _ends(marked: Sequence[Mapping[str, object]]) -> list[Spec]:
    """The whole values at both ends, as dots: the axis need not begin at 0."""
    data = {"values": list(marked)}
    dot = {"type": "point", "style": "dot", "color": FJORD, "yOffset": BELOW, "aria": False}
    text = _said("at")
    text["mark"] |= {"fontWeight": 600, "dx": 12}
    return [
        {"data": data, "mark": dot, "encoding": {"x": {"field": "at", "type": "quantitative"}}},
        {"data": data, **text},
    ]
