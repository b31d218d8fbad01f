"""Dots with their intervals, a row per thing: what is compared, side by side on the same axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samspill.insight.drawings.named_rows import (
    BELOW,
    FJORD,
    INK,
    SHAPES,
    STEP,
    Spec,
    across,
    both,
    domain,
    names,
    row,
)

FIRST = "#6b7780"
"""What the others are compared with is grey."""


@dataclass(frozen=True)
class Dot:
    """`low`..`high` holds it eight times of ten; `said` is the figure as it is written beside it."""

    name: str
    low: float
    middle: float
    high: float
    said: str
    is_first: bool = False


def dots(found: Sequence[Dot], *, told: str, unit: str) -> Mapping[str, Spec]:
    """One axis that need not begin at 0: dots tell place, not size."""
    ends = [end for one in found for end in (one.low, one.high)]
    layers = {
        shape: [
            _rule(domain(ends, shape, zero=False), unit),
            _dot(),
            names([one.name for one in found]),
            _said(),
        ]
        for shape in SHAPES
    }
    values = [
        {
            "row": place,
            "name": one.name,
            "low": one.low,
            "middle": one.middle,
            "high": one.high,
            "said": one.said,
            "colour": FIRST if one.is_first else FJORD,
        }
        for place, one in enumerate(found)
    ]
    return both(told, layers, data={"values": values}, height={"step": STEP}, encoding={"y": row(len(found))})


def _rule(ends: Sequence[float], unit: str) -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 7, "yOffset": BELOW, "aria": False}
        | {"stroke": "#bfd9e3", "strokeCap": "round"},
        "encoding": {"x": across("low", ends, unit=unit), "x2": {"field": "high"}},
    }


def _dot() -> Spec:
    return {
        "mark": {"type": "point", "style": "dot", "yOffset": BELOW, "aria": False},
        "encoding": {
            "x": {"field": "middle", "type": "quantitative"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def _said() -> Spec:
    return {
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            "dx": 12,
            "yOffset": BELOW,
            "color": INK,
            "fontWeight": 600,
            "aria": False,
        },
        "encoding": {
            "x": {"field": "high", "type": "quantitative"},
            "text": {"field": "said", "type": "nominal"},
        },
    }
